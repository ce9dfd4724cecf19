"""Rules on the steps as a whole: ids, order, number, what each asks for."""

from collections.abc import Iterator
from typing import Final

from policies.findings import Finding
from policies.linter.context import Case
from policies.schema import Step

_BUYING_TOUCHES: Final = 7  # the average buyer buys after the seventh touch
_OF_CUSTOMERS: Final = frozenset({"purchase", "complaint_solved", "lapsed", "fading"})


def duplicate_step(case: Case) -> Iterator[Finding]:
    """Two steps of one id: records could not tell them apart."""
    first: dict[str, int] = {}
    for index, step in enumerate(case.policy.contacts):
        if step.id in first:
            line, column = case.loaded.place(*case.step_place(first[step.id], "id"))
            told = f'the id "{step.id}" stands twice, first at line {line}, column {column}; give this step its own'
            yield case.error("duplicate-step", told, *case.step_place(index, "id"))
        first.setdefault(step.id, index)


def step_without_time(case: Case) -> Iterator[Finding]:
    """A step that says neither day nor after, in a policy that does not spread its steps itself."""
    if case.policy.spread is not None:
        return
    for index, step in enumerate(case.policy.touches):
        if step.day is None and step.after is None:
            told = f'the step "{step.id}" has no time; write day: 3, or after: 2 days, or spread: for the policy'
            yield case.error("step-without-time", told, *case.step_place(index))


def spread_without_window(case: Case) -> Iterator[Finding]:
    """`spread` places steps in the decision window, so it needs one."""
    if case.policy.spread is not None and case.policy.decision_window is None:
        told = "spread needs a decision_window to place the touches in; write e.g. decision_window: 21-30 days"
        yield case.error("spread-without-window", told, "spread")


def days_out_of_order(case: Case) -> Iterator[Finding]:
    """A step whose day lies before that of a step above it."""
    latest = 0
    for index, step in enumerate(case.policy.touches):
        if step.day is not None and step.day < latest:
            told = f'the step "{step.id}" has day {step.day}, but a step above it has day {latest}; sort them by day'
            yield case.warning("days-out-of-order", told, *case.step_place(index, "day"))
        latest = max(latest, step.day or 0)


def fewer_than_seven(case: Case) -> Iterator[Finding]:
    """Too few touches to win a buyer. Policies for customers only (purchase, lapse, complaint) may be shorter."""
    kinds = {trigger.kind for trigger in case.policy.enroll_when}
    count = len(case.policy.touches)
    if count >= _BUYING_TOUCHES or (kinds and kinds <= _OF_CUSTOMERS):
        return
    touches = "1 touch" if count == 1 else f"{count} touches"
    told = f"{touches}; the average buyer buys after the seventh: plan at least seven before giving up"
    yield case.warning("fewer-than-seven", told, "touches")


def no_ask(case: Case) -> Iterator[Finding]:
    """A touch that does not say which step or decision is expected."""
    for index, step in enumerate(case.policy.contacts):
        arms = step.variants.values() if isinstance(step, Step) else ()
        if not step.ask and not (arms and all(arm.ask for arm in arms)):
            told = f'the step "{step.id}" asks for nothing; end it with the decision you expect, e.g. ask: Book a demo.'
            yield case.warning("no-ask", told, *case.step_place(index))
