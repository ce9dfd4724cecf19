"""Forgets a person on request: everywhere, for good; only keyed hashes stay, so that nobody writes to them again."""

import csv
import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from channels.letter.spool import COLUMNS, STAGES, file_name
from touches.engine.stopping import cancel_touches, stop
from touches.errors import Refused
from touches.model.cadence import Enrollment, Touch
from touches.model.people import Lead
from touches.model.states import IN_HAND, PENDING, TouchState
from touches.people.address_hashes import address_hash
from touches.store.erasing import ERASED, LEAVING, TOLD, Erasing
from touches.store.events import Event
from touches.store.personal_news import forget_personal_news
from touches.store.records import Records
from touches.store.units import Unit
from touches.tokens import Purpose, Signer

ANSWERED_WITHIN = timedelta(days=1)  # whoever was handing something over has written down what came of it, or is dead


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """What was forgotten: how many addresses, touches that will not go out, and the keys of letters in the spool."""

    lead_id: int
    addresses: int
    cancelled: int
    letters: tuple[str, ...]


def erase_lead(unit: Unit, signer: Signer, lead: Lead, *, actor: str, at: datetime) -> Erased:
    """Empty every personal value of a lead and of those merged into it, in the caller's transaction. Enrollments and
    open cases end, touches are cancelled, hashes of all addresses and of the external id stay suppressed.

    The caller removes the letters (`remove_letters`) and wipes the file (`touches.store.erasing.wipe`) afterwards.
    """
    if lead.dead == ERASED:
        raise Refused(f'The lead "#{lead.id}" is erased already.')
    ids = Records(unit.connection).family([lead.id])[lead.id]
    erasing = Erasing(unit.connection)
    identities = erasing.identities(ids)
    hashes = [address_hash(signer, kind, value, lead.full_name) for kind, value in identities]
    running = [each for found in unit.enrollments.of_leads(ids, running=True).values() for each in found]
    found = unit.touches.of_leads(ids, states=PENDING | IN_HAND | {TouchState.COMMITTING}, lock=True).values()
    touches = [each for of_lead in found for each in of_lead]
    _remember_leaving(unit, touches, actor=actor, at=at)
    cancelled = stop(unit, running, because=ERASED, actor=actor, at=at)
    cancelled += cancel_touches(unit, _outside(touches, running), because=ERASED, at=at)
    letters = [file_name(signer.token(Purpose.TOUCH, number)) for number in erasing.touches_of(ids)]
    unit.suppressions.add(hashes, channel="all", reason=ERASED, source=ERASED, since=at)
    erasing.close_cases(ids, at=at)
    erasing.empty(ids, hashes)
    if not erasing.forget_told(at):
        unit.switches.set(TOLD, at.isoformat(), at=at, by=actor)
    forget_personal_news(unit.connection, ids, at=at)
    unit.events.add([Event(at=at, action=ERASED, because="on request", actor=actor, lead_id=lead.id)])
    return Erased(lead_id=lead.id, addresses=len(identities), cancelled=cancelled, letters=tuple(letters))


def _outside(touches: Sequence[Touch], running: Sequence[Enrollment]) -> list[Touch]:
    """What can be cancelled and belongs to none of these enrollments: notices, urgent news."""
    ending = {enrollment.id for enrollment in running}
    return [touch for touch in touches if touch.state in PENDING | IN_HAND and touch.enrollment_id not in ending]


def _remember_leaving(unit: Unit, touches: Sequence[Touch], *, actor: str, at: datetime) -> None:
    """What is in somebody's hand right now: the other side's answer will still be written down, and may name them."""
    until = at + ANSWERED_WITHIN
    for touch in (each for each in touches if each.lease_owner):
        unit.switches.set(f"{LEAVING}{touch.id}", f"{touch.fence} {until.isoformat()}", at=at, by=actor)


def forget_outcomes(unit: Unit, *, at: datetime) -> int:
    """Empty what was answered since to touches that were leaving while their lead was erased; how many are known."""
    erasing, done = Erasing(unit.connection), 0
    for key, value in unit.switches.under(LEAVING).items():
        fence, _, until = value.partition(" ")
        known = erasing.forget_outcome(int(key.removeprefix(LEAVING)), int(fence))
        if known or at >= datetime.fromisoformat(until):
            unit.switches.set(key, "", at=at)
            done += 1
    return done


def remove_letters(spool: Path, letters: Sequence[str]) -> int:
    """Delete a person's letters from the spool and empty their lines of the manifest; how many files there were."""
    removed = 0
    for stage in ("tmp", *STAGES):
        for name in letters:
            with suppress(FileNotFoundError):
                (spool / stage / name).unlink()
                removed += 1
    manifest = spool / "manifest.csv"
    if manifest.is_file():
        _blank(manifest, {name.removesuffix(".pdf") for name in letters})
    return removed


def _blank(manifest: Path, keys: set[str]) -> None:
    with manifest.open(encoding="utf-8", newline="") as opened:
        rows = list(csv.reader(opened))
    personal = [COLUMNS.index(name) for name in ("name", "postal_lines", "country")]
    found = [row for row in rows if row and row[0] in keys]
    if not found:
        return
    for row in found:
        for at in personal:
            row[at] = ""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    part = manifest.with_name(".manifest.part")
    part.write_text(text.getvalue(), encoding="utf-8", newline="")
    part.replace(manifest)
