"""Adds up what became of touches and enrollments, one lead at a time."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from touches.report.conversion import CAME_BACK, Conversion, conversion_of
from touches.report.survival import Point, kaplan_meier, median_touch
from touches.store.statistics import Contact, LeftTouch, Past, Stay

SPOKEN = frozenset({"call", "meeting"})
KEYS = ("number", "channel", "news", "variant", "owner", "policy")
WON_BACK_BY = frozenset({"lapsed", "fading"})
CARED_FOR_BY = frozenset({"purchase", "complaint_solved"})  # no sale is tried
THEIR_OWN_END = ("opt", "died", "erased", "merged", "unreachable")  # reasons that are no giving up of ours
GIVEN_UP_AFTER = 3
SEVENTH = 7


@dataclass(slots=True, kw_only=True)
class Line:
    """What became of the touches of one kind. An answer belongs to the last touch before it, several to the same touch
    count once; a purchase counts once for an enrollment (`conversion_of`)."""

    sent: int = 0
    came_back: int = 0
    answers: int = 0
    purchases: int = 0


@dataclass(slots=True, kw_only=True)
class Figures:
    """All of them; `add` each lead, then read. `window_of` says within which time of a touch a purchase belongs to it,
    `complained` which leads ever opened a complaint."""

    window_of: Callable[[Stay], timedelta]
    complained: Collection[int] = ()
    lines: dict[str, dict[str, Line]] = field(default_factory=lambda: {key: defaultdict(Line) for key in KEYS})
    stays: list[tuple[int, bool]] = field(default_factory=list)
    spoken: list[tuple[int, bool]] = field(default_factory=list)
    given_up: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    won_back: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    never_voiced: list[bool] = field(default_factory=list)  # who fell silent without a complaint: bought again?
    leads: int = 0

    def add(self, past: Past) -> None:
        """Count one lead."""
        self.leads += 1
        credited = set()
        for stay in past.stays:
            own = [touch for touch in past.touches if touch.enrollment_id == stay.id]
            conversion = conversion_of(own, past.purchases, self.window_of(stay))
            self._count_stay(stay, own, past, conversion)
            self._count_end(stay, own, past)
            credited |= {conversion.touch} if conversion is not None else set()
        self._count_touches(past, credited)

    def _count_touches(self, past: Past, credited: Collection[LeftTouch]) -> None:
        times = [touch.at for touch in past.touches]
        answered = {bisect_right(times, at) - 1 for at in past.answers}
        for place, touch in enumerate(past.touches):
            for key in KEYS:
                name = _name(touch, key)
                if name:
                    line = self.lines[key][name]
                    line.sent += 1
                    line.came_back += touch.state in CAME_BACK
                    line.answers += place in answered
                    line.purchases += touch in credited

    def _count_stay(self, stay: Stay, own: list[LeftTouch], past: Past, conversion: Conversion | None) -> None:
        """Until the first purchase ever: of that the rule speaks. What we said in a conversation counts towards the
        seven."""
        if any(at < stay.entered_at for at in past.purchases):
            return
        until = conversion.at if conversion is not None else stay.ended_at
        before = [touch for touch in own if conversion is None or touch.at <= conversion.at]
        if before:
            contacts: list[LeftTouch | Contact] = [*before, *_said(stay, past, until)]
            bought = conversion is not None
            self.stays.append((len(contacts), bought))
            self.spoken.append((sum(one.channel in SPOKEN for one in contacts), bought))

    def _count_end(self, stay: Stay, own: list[LeftTouch], past: Past) -> None:
        bought = any(at >= stay.entered_at for at in past.purchases)
        if stay.trigger in WON_BACK_BY:
            self.won_back[stay.policy][0] += 1
            self.won_back[stay.policy][1] += bought
            if past.lead_id not in self.complained:
                self.never_voiced.append(bought)
        if _given_up(stay) and not bought and len(own) + len(_said(stay, past, stay.ended_at)) <= GIVEN_UP_AFTER:
            self.given_up[stay.policy] += 1


def _given_up(stay: Stay) -> bool:
    """Whether we ended it ourselves, and not a lead who wanted no more or cannot be reached."""
    ended = stay.state in ("finished", "stopped") and stay.trigger not in CARED_FOR_BY
    return ended and not stay.reason.startswith(THEIR_OWN_END)


def _said(stay: Stay, past: Past, until: datetime | None) -> list[Contact]:
    return [one for one in past.contacts if one.at >= stay.entered_at and (until is None or one.at <= until)]


def _name(touch: LeftTouch, key: str) -> str:
    if key == "number":
        return f"{touch.number:>3}"
    if key == "variant":
        return f"{touch.policy}/{touch.step}/{touch.variant}" if touch.variant else ""
    return str(getattr(touch, key)) or ("(nobody)" if key == "owner" else "")


def rows_by(figures: Figures, key: str) -> list[dict[str, Any]]:
    """A row for each value of a key, in order."""
    return [
        {
            key: name.strip(),
            "sent": line.sent,
            "came_back": line.came_back,
            "answers": line.answers,
            "purchases": line.purchases,
            "answer_rate": round(line.answers / line.sent, 4) if line.sent else 0.0,
            "purchase_rate": round(line.purchases / line.sent, 4) if line.sent else 0.0,
        }
        for name, line in sorted(figures.lines[key].items())
    ]


def survival_of(stays: Iterable[tuple[int, bool]]) -> dict[str, Any]:
    """The curve, and how the user's own buyers stand beside the seventh-touch rule."""
    stays = list(stays)
    points = kaplan_meier(stays)
    buyers = [touches for touches, bought in stays if bought]
    return {
        "enrollments": len(stays),
        "buyers": len(buyers),
        "average_touches_to_purchase": round(sum(buyers) / len(buyers), 2) if buyers else None,
        "half_have_bought_by": median_touch(points),
        "buyers_after_the_third": _share(buyers, GIVEN_UP_AFTER),
        "buyers_from_the_seventh": _share(buyers, SEVENTH - 1),
        "rule": f"the average buyer buys after touch {SEVENTH}; the typical seller stops after {GIVEN_UP_AFTER}",
        "curve": [_point(point) for point in points],
    }


def _share(buyers: list[int], after: int) -> float | None:
    return round(sum(touches > after for touches in buyers) / len(buyers), 4) if buyers else None


def _point(point: Point) -> dict[str, Any]:
    return {
        "touches": point.number,
        "at_risk": point.at_risk,
        "bought": point.bought,
        "not_bought_yet": round(point.survival, 4),
        "low": round(point.low, 4),
        "high": round(point.high, 4),
    }
