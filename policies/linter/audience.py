"""Whom a policy is for, and what may be told to them: counted by segment, without any single lead."""

from policies.linter.context import Case
from policies.news import NewsItem, NewsPool, news_classes
from policies.schema import Contact, NewsSpec, Step

ANYBODY = ""  # no segment is known: conditions on segments are left open


def targeted_segments(case: Case) -> tuple[str, ...]:
    """The segments of the triggers, else all that leads have, else ANYBODY."""
    named = {segment for trigger in case.policy.enroll_when for segment in trigger.rule.segment}
    if named and all(trigger.rule.segment for trigger in case.policy.enroll_when):
        return tuple(sorted(named))
    known = set(case.context.leads.segments) - {""} if case.context.leads else set()
    return tuple(sorted(named | known)) or (ANYBODY,)


def candidates(case: Case, contact: Contact, segment: str) -> frozenset[str]:
    """The classes of news that the step could tell a lead of the segment today."""
    pool = case.context.pool or NewsPool()
    classes = news_classes(pool)
    items = [item for item in pool if _may_hear(case, item, segment) and _is_allowed(contact, item)]
    return frozenset(classes[item.id] for item in items)


def specs(contact: Contact) -> tuple[NewsSpec, ...]:
    """What the step, or each of its variants, may tell."""
    arms = contact.variants.values() if isinstance(contact, Step) else ()
    own = tuple(arm.news for arm in arms if arm.news is not None)
    return own if own and len(own) == len(list(arms)) else (contact.news, *own)


def _is_allowed(contact: Contact, item: NewsItem) -> bool:
    return any(spec.allows(item=item.id, kind=item.kind) for spec in specs(contact))


def _may_hear(case: Case, item: NewsItem, segment: str) -> bool:
    if case.context.today is not None and item.has_ended(case.context.today):
        return False
    if segment == ANYBODY:
        return True
    return all(condition.matches({"segment": segment}) for condition in item.for_ if condition.field == "segment")
