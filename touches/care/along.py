"""What is entered together with a task's result, a promise or a complaint: written down, and taken back with it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from touches.care.complaint_clock import Harm, Reaction
from touches.care.complaints import open_complaint, withdraw_complaint
from touches.care.promises import add_promise, withdraw_promise
from touches.engine.office import Office
from touches.model.people import Lead
from touches.store.units import Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """A promise with its time, a complaint, both or neither."""

    promise: str = ""  # what we said we would do, by `by`
    by: datetime | None = None
    complaint: str = ""  # what the lead complained of: a case is opened with it
    harm: Harm = Harm.MIDDLE
    reaction: Reaction = Reaction.CALM

    def __bool__(self) -> bool:
        return bool(self.promise or self.complaint)


@dataclass(slots=True, kw_only=True)
class Entered:
    """What came of it: the numbers that taking it back needs, and sentences for whoever entered it."""

    numbers: dict[str, Any] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


def enter_along(unit: Unit, office: Office, lead: Lead, along: Along, *, task: str, actor: str) -> Entered:
    """Write it down, in the caller's transaction; `task` is what it was entered with. Refused where it cannot be."""
    entered = Entered()
    if along.promise and along.by is not None:
        promise = add_promise(unit, office, lead, along.promise, by=along.by, actor=actor)
        entered.numbers["promises"] = [promise.id]
        entered.said.append(f"promise {promise.id} is written down")
    if along.complaint:
        source = f"outcome of {task}"
        case = open_complaint(
            unit, office, lead, along.complaint, actor=actor, harm=along.harm, reaction=along.reaction, source=source
        )
        entered.numbers["complaint"] = case.id
        entered.said.append(f"complaint {case.id} is open: nothing is sold until it is solved")
    return entered


def take_back_along(unit: Unit, office: Office, numbers: Mapping[str, Any], *, task: str, actor: str) -> list[str]:
    """Take back what was entered with a task whose result is undone. What was worked on since stays: a sentence for
    each that went or stayed."""
    because = f"the result of {task} was undone"
    said = [
        _said(f"promise {number}", withdraw_promise(unit, office, number, because=because, actor=actor))
        for number in numbers.get("promises", [])
    ]
    number = numbers.get("complaint")
    if number is not None:
        stays = withdraw_complaint(unit, office, int(number), because=because, actor=actor)
        said.append(_said(f"complaint {number}", stays))
    return said


def _said(what: str, stays: str) -> str:
    return f"{what} stays: {stays}" if stays else f"{what} was taken back with it"
