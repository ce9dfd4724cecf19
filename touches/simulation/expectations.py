"""The assertions of policies (`expect:`), asked of every touch that leaves."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from policies.amounts import Rate
from policies.schema import Expectation, Never
from touches.simulation.cadences import Cadence
from touches.simulation.caps import free_at
from touches.simulation.played import SENT, Played
from touches.simulation.timetable import MICRO, Timetable, to_instant
from touches.time.spans import DAY
from touches.time.tables import local_clock


@dataclass(slots=True, kw_only=True)
class Violation:
    """An assertion that does not hold: where it stands, how often it was broken, and the first touch that broke it."""

    policy: str
    file: str
    line: int
    column: int
    text: str
    first: Played
    detail: str
    count: int = 1

    def row(self) -> dict[str, Any]:
        """For output."""
        return {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "policy": self.policy,
            "expected": self.text,
            "broken": self.count,
            "lead": self.first.lead.key,
            "step": self.first.step,
            "at": to_instant(self.first.at),
            "detail": self.detail,
        }


class Expectations:
    """Ask of each touch as it is played; `violations` in the order in which they were first broken."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int, int], Violation] = {}

    @property
    def violations(self) -> list[Violation]:
        """One for each assertion that was broken."""
        return list(self._found.values())

    def check(self, played: Played) -> None:
        """Ask all assertions of the touch's policy."""
        cadence = played.enrollment.cadence
        if played.state != SENT or not cadence.policy.expect:
            return
        for index, wanted in enumerate(cadence.policy.expect):
            detail = next(_broken(wanted, played), "")
            if detail:
                self._note(cadence, index, wanted, played, detail)

    def _note(self, cadence: Cadence, index: int, wanted: Expectation, played: Played, detail: str) -> None:
        key = (cadence.name, cadence.version, index)
        known = self._found.get(key)
        if known is not None:
            known.count += 1
            return
        line, column = _place(cadence.places, f"expect[{index}]", "expect", "policy")
        self._found[key] = Violation(
            policy=cadence.name,
            file=str(cadence.places.get("file", "")),
            line=line,
            column=column,
            text=_written(wanted),
            first=played,
            detail=detail,
        )


def _place(places: Mapping[str, Any], *names: str) -> tuple[int, int]:
    found = next((places[name] for name in names if name in places), (1, 1))
    return int(found[0]), int(found[1])


def _written(wanted: Expectation) -> str:
    if wanted.never is not None:
        parts = wanted.never.model_dump(mode="json", by_alias=True, exclude_none=True)
        return "never " + ", ".join(f"{name} {value}" for name, value in parts.items())
    return f"at most {wanted.at_most}" if wanted.at_most is not None else "always new"


def _broken(wanted: Expectation, played: Played) -> Iterator[str]:
    if wanted.never is not None:
        yield from _happened(wanted.never, played, played.table.zones)
    if wanted.at_most is not None and _too_many(wanted.at_most, played, played.table):
        yield f"more than {wanted.at_most}"
    if wanted.always_new and (not played.news or played.bit & played.told_before):
        yield "nothing new is told"


def _happened(never: Never, played: Played, zones: tuple[str, ...]) -> Iterator[str]:
    """In whichever zone the lead may be."""
    person = played.lead.profile.lead
    if never.channel is not None and never.channel != played.channel:
        return
    if never.segment is not None and person.segment.casefold() not in {word.casefold() for word in never.segment}:
        return
    if never.country is not None and person.country.casefold() not in {word.casefold() for word in never.country}:
        return
    for zone in zones:
        local = local_clock(zone).local(played.at // MICRO)
        minute, weekday = local % DAY // 60, (local // DAY + 3) % 7
        if _at_that_time(never, minute, weekday):
            yield f"a {played.channel} at {minute // 60:02d}:{minute % 60:02d} in {zone}"
            return


def _at_that_time(never: Never, minute: int, weekday: int) -> bool:
    if never.days is not None and weekday not in never.days:
        return False
    start = never.from_.minutes if never.from_ is not None else 0
    end = never.until.minutes if never.until is not None else 24 * 60
    if start <= end:
        return start <= minute < end
    return minute >= start or minute < end


def _too_many(rate: Rate, played: Played, table: Timetable) -> bool:
    """Whether the touches to this lead, this one counted, are more than the rate allows."""
    if rate.unlimited:
        return False
    before = [at for at in played.lead.times if at < played.at]
    same = sum(at == played.at for at in played.lead.times) - 1
    free = free_at([*before, *([played.at] * same)], rate, played.at, table)
    return free is None or free > played.at
