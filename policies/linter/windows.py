"""Rules on time: windows that never open, touches outside the decision window, agreed hours of calls."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from policies.findings import Finding
from policies.linter.context import Case
from policies.schema import PREFERRED, Channel, Step
from policies.schema.words import SPOKEN

_CALLS_FROM: Final = 9 * 60
_CALLS_UNTIL: Final = 18 * 60


def window_never_opens(case: Case) -> Iterator[Finding]:
    """Hours in which no minute is open."""
    for channel, window in case.policy.hours.items():
        if window.never_opens:
            told = f"the hours of {channel} never open: from {window.from_} until {window.until}"
            yield case.error("window-never-opens", told, f"hours.{channel}")


def time_outside_hours(case: Case) -> Iterator[Finding]:
    """A step's `at` at which none of its channels is open: it could never leave at that time."""
    for index, step in enumerate(case.policy.contacts):
        if step.at is None or PREFERRED in step.channel:
            continue
        windows = [case.policy.hours[Channel(name)] for name in step.channel]
        if not any(window.holds(step.at.minutes) for window in windows):
            hours = ", ".join(f"{name} {w.from_} to {w.until}" for name, w in zip(step.channel, windows, strict=True))
            told = f'"{step.at}" never lies in the hours of its channel ({hours}); change at or the hours'
            yield case.error("window-never-opens", told, *case.step_place(index, "at"))


def outside_window(case: Case) -> Iterator[Finding]:
    """A touch after the end of the decision window, in which most buyers decide."""
    window = case.policy.window
    day = 0.0
    for index, step in enumerate(case.policy.touches):
        day = _day_of(step, day)
        if window is not None and day > window.last + 0.5:
            told = (
                f'the step "{step.id}" comes about day {day:.0f}, after the decision window ({window}); move it to then'
            )
            yield case.warning("outside-window", told, *case.step_place(index, "day"), *case.step_place(index, "after"))


def _day_of(step: Step, before: float) -> float:
    if step.day is not None:
        return float(step.day)
    return before + step.after.roughly / timedelta(days=1) if step.after else before


def call_hours(case: Case) -> Iterator[Finding]:
    """Calls and meetings outside 09 to 18 or at a weekend, against the agreed rules of contact."""
    for channel in sorted(SPOKEN & _channels_used(case)):
        window = case.policy.hours[channel]
        late = window.from_.minutes < _CALLS_FROM or window.until.minutes > _CALLS_UNTIL or window.until < window.from_
        if late and not window.never_opens:
            told = f"{channel} from {window.from_} until {window.until}; people agree to calls from 09:00 until 18:00"
            yield case.warning("call-hours", told, f"hours.{channel}", "hours")
        if set(window.days) & {5, 6}:
            told = f"{channel} at a weekend; people agree to calls from Monday to Friday"
            yield case.warning("call-hours", told, f"hours.{channel}.days", f"hours.{channel}")


def _channels_used(case: Case) -> frozenset[Channel]:
    named = {name for step in case.policy.contacts for name in step.channel}
    named |= {name for rule in case.policy.channel_rules for name in rule.use}
    return frozenset(Channel) if PREFERRED in named else frozenset(Channel(name) for name in named)


def calendar_ends(case: Case) -> Iterator[Finding]:
    """Holidays that are known for less than 60 days ahead."""
    today = case.context.today
    if today is None:
        return
    for country, last in sorted(case.context.calendar_ends.items()):
        if last < today + timedelta(days=60):
            told = f"the holidays of {country} are known until {last} only; update the package holidays"
            yield case.warning("calendar-ends", told, "holidays", "policy")
