"""Doubt is resolved by proof: each channel that can be asked is asked, and only what cannot be proven is decided by
`in_doubt` of the settings."""

import asyncio
from collections.abc import Mapping

from channels.proof import CannotTell, Finding, Prover
from channels.protocol import Accepted, Channel
from touches.engine.office import Office
from touches.engine.rescue import plan_after, resolve_doubt, settle_doubts
from touches.model.doubts import Doubt
from touches.planning.proof import is_settled, may_ask
from touches.store.doubts import Doubts
from touches.store.units import Unit

AT_ONCE = 20  # doubts that one round asks about


async def prove_doubts(office: Office, channels: Mapping[str, Channel]) -> tuple[int, int]:
    """Ask about touches in doubt, then let the settings decide about the rest: how many are sent, how many go again."""
    provers = {name: channel for name, channel in channels.items() if isinstance(channel, Prover)}
    doubts = await asyncio.to_thread(_doubts, office)
    if not doubts:
        return 0, 0
    now = office.clock.now()
    asked = [doubt for doubt in doubts if doubt.touch.channel in provers and may_ask(doubt, now)][:AT_ONCE]
    found = [(doubt, await _ask(provers[doubt.touch.channel], doubt)) for doubt in asked]
    return await asyncio.to_thread(_settle, office, found, frozenset(provers))


async def _ask(prover: Prover, doubt: Doubt) -> Finding:
    key = doubt.touch.message_id.partition("@")[0]
    return await prover.find(key=key, address=doubt.touch.address, since=doubt.since)


def _doubts(office: Office) -> list[Doubt]:
    with office.store.read() as unit:
        return Doubts(unit.connection).all()


def _settle(office: Office, found: list[tuple[Doubt, Finding]], provers: frozenset[str]) -> tuple[int, int]:
    with office.store.write() as unit:
        sent = [
            doubt.touch
            for doubt, finding in found
            if isinstance(finding, Accepted) and _prove(unit, office, doubt, finding)
        ]
        again = sum(
            _answered(unit, office, doubt, finding) for doubt, finding in found if not isinstance(finding, Accepted)
        )
        plan_after(unit, office, sent, office.clock.now())
        decided = settle_doubts(unit, office, provers=provers)
    return len(sent) + decided[0], again + decided[1]


def _prove(unit: Unit, office: Office, doubt: Doubt, finding: Accepted) -> bool:
    because = f"the {doubt.touch.channel} channel has it: {finding.reference} {finding.detail}".strip()
    now = office.clock.now()
    return resolve_doubt(unit, doubt.touch, arrived=True, because=because, at=now, reference=finding.reference)


def _answered(unit: Unit, office: Office, doubt: Doubt, finding: CannotTell | None) -> bool:
    """Nothing was found; whether that proved that it is not there."""
    now = office.clock.now()
    if finding is None and is_settled(doubt, now):
        because = f"the {doubt.touch.channel} channel surely does not have it"
        return resolve_doubt(unit, doubt.touch, arrived=False, because=because, at=now)
    why = "not there yet" if finding is None else finding.because
    Doubts(unit.connection).note(doubt.touch.id, why, at=now)
    return False
