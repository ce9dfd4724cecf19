"""What must be true of the rows at any moment, and what at rest, when faults have stopped."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.simulation.evidence import WIRED, Evidence

STILL_TO_GO = ("planned", "ready", "held", "claimed", "prepared", "cancelled", "expired", "failed", "quarantined")
MOVES = {  # the design's picture of a touch's life, read once more
    "planned": {"ready", "claimed", "offering", "held", "expired", "cancelled", "quarantined"},
    "ready": {"planned", "claimed", "offering", "held", "expired", "cancelled", "quarantined"},
    "claimed": {"planned", "ready", "prepared", "held", "expired", "cancelled", "failed", "quarantined"},
    "prepared": {"planned", "ready", "offering", "committing", "held", "expired", "cancelled", "failed", "quarantined"},
    "offering": {"planned", "ready", "committing", "sent", "held", "expired", "cancelled", "failed", "quarantined"},
    "committing": {"sent", "ready", "planned", "failed", "in_doubt"},
    "in_doubt": {"sent", "ready", "failed", "delivered", "bounced"},
    "sent": {"delivered", "bounced", "returned", "offering"},
    "delivered": {"bounced", "returned"},
    "held": {"planned", "ready", "expired", "cancelled"},
    "failed": {"offering"},
    "quarantined": {"ready", "cancelled"},
}
TWICE = {
    "enrollment, step and round": "SELECT enrollment_id FROM touch WHERE enrollment_id IS NOT NULL "
    "GROUP BY enrollment_id, step, round HAVING count(*) > 1",
    "lead and news": "SELECT lead_id FROM ledger WHERE status IN ('reserved', 'told') "
    "GROUP BY lead_id, news_class HAVING count(*) > 1",
    "Message-ID": "SELECT message_id FROM touch WHERE message_id <> '' GROUP BY message_id HAVING count(*) > 1",
    "running enrollment": "SELECT lead_id FROM enrollment WHERE state IN ('active', 'paused') "
    "GROUP BY lead_id, policy HAVING count(*) > 1",
}
HOLDING = "SELECT lead_id, news FROM ledger WHERE status <> 'released'"
WITHOUT_A_CLOCK = {
    "a waiting touch": "SELECT id FROM touch WHERE state IN ('planned', 'ready') AND due_at IS NULL",
    "a held touch without a reason": "SELECT id FROM touch WHERE state IN ('held', 'quarantined') AND reason = ''",
    "a promise": 'SELECT id FROM promise WHERE "by" IS NULL',
    "a conversation": "SELECT id FROM conversation WHERE state = 'open' AND answer_by IS NULL",
    "an open complaint": "SELECT id FROM complaint WHERE state = 'open' AND step_by IS NULL",
}


def moved(evidence: Evidence, seq: int, touch: int, old: str, new: str) -> Iterator[str]:
    """One change of state."""
    if new not in MOVES.get(old, set()):
        yield f"touch {touch} went from {old} to {new} (line {seq})"
    if new != "committing":
        return
    enrollment = evidence.touch(touch)["enrollment_id"]
    for row in evidence.rows("SELECT id FROM touch WHERE enrollment_id = ? AND id < ?", enrollment, touch):
        if evidence.history.states[int(str(row["id"]))].at(seq) == "in_doubt":
            yield f"touch {touch} was marked while touch {row['id']} of its enrollment was in doubt"


def rows(evidence: Evidence) -> Iterator[str]:
    """Between two wakes, whether the last one ended well or not."""
    for name, statement in TWICE.items():
        yield from (f"twice: {name} {row}" for row in evidence.rows(statement))
    for name, statement in WITHOUT_A_CLOCK.items():
        yield from (f"no clock: {name} {row}" for row in evidence.rows(statement))
    yield from _receiver(evidence)
    yield from _ledger(evidence)


def _receiver(evidence: Evidence) -> Iterator[str]:
    """What arrived is known to have left, or in doubt, or in hand; what counts as sent did arrive."""
    taken = evidence.world.network.taken
    ever = {f"{one.key}@cafe.test" for one in taken}
    arrived = {f"{one.key}@cafe.test" for one in taken if not evidence.does_not_count(one)}
    for touch in evidence.rows("SELECT id, channel, state, message_id FROM touch WHERE message_id <> ''"):
        here = touch["message_id"] in arrived
        if here and touch["state"] in STILL_TO_GO:
            yield f"touch {touch['id']} arrived, and is {touch['state']}"
        assumed = touch["id"] in evidence.history.assumed
        missing = touch["message_id"] not in ever  # who asks a reader hears of the blind tries before as well
        if missing and touch["state"] in ("sent", "delivered") and touch["channel"] in WIRED and not assumed:
            yield f"touch {touch['id']} is {touch['state']}, and never arrived"


def _ledger(evidence: Evidence) -> Iterator[str]:
    """Told is what was handed over, kept is what is in doubt; nothing else holds news."""
    merged = {row["merged_into"] for row in evidence.rows("SELECT merged_into FROM lead")}
    told = {(row["lead_id"], _group(evidence, row["news"])) for row in evidence.rows(HOLDING)}
    holding: dict[object, list[str]] = defaultdict(list)
    for row in evidence.rows("SELECT touch_id, status FROM ledger WHERE status <> 'released' ORDER BY id"):
        holding[row["touch_id"]].append(row["status"])
    for touch in evidence.rows("SELECT id, state, news, lead_id FROM touch WHERE kind = 'touch' ORDER BY id"):
        state, held, news = touch["state"], ",".join(holding.get(touch["id"], ())), touch["news"]
        by_another = touch["lead_id"] in merged and (touch["lead_id"], _group(evidence, news)) in told
        if state in ("sent", "delivered") and news and held != "told" and not by_another:
            yield f"touch {touch['id']} is {state}, and its news {news} is {held or 'not in the ledger'}"
        if state in ("in_doubt", "committing") and news and not held and touch["lead_id"] not in merged:
            yield f"touch {touch['id']} is {state}, and its news {news} is free"
        if state in ("planned", "ready", "held", "bounced", "returned", "failed", "cancelled", "expired") and held:
            yield f"touch {touch['id']} is {state}, and holds its news {news} ({held})"


def _group(evidence: Evidence, news: object) -> str:
    told = evidence.world.shelf.items.get(str(news))
    return told.same if told is not None else ""


def at_rest(evidence: Evidence, now: datetime) -> Iterator[str]:
    """Nothing on its way, nothing overdue, nobody forgotten."""
    micros = int(now.timestamp() * 1_000_000)
    late = micros - 3 * 86400 * 1_000_000
    for touch in evidence.rows("SELECT id, state FROM touch WHERE state IN ('claimed', 'prepared', 'committing')"):
        yield f"touch {touch['id']} is still {touch['state']}"
    overdue = "SELECT id, channel, due_at, reason FROM touch WHERE state IN ('planned', 'ready') AND due_at < ?"
    for touch in evidence.rows(overdue, late):
        yield f"touch {touch['id']} by {touch['channel']} waits since {_shown(touch['due_at'])}: {touch['reason']}"
    forgotten = """SELECT e.id FROM enrollment e WHERE e.state = 'active' AND NOT EXISTS (
        SELECT 1 FROM touch t WHERE t.enrollment_id = e.id AND t.state IN
        ('planned', 'ready', 'held', 'offering', 'in_doubt', 'quarantined'))"""
    yield from (f"enrollment {row['id']} runs and has no touch" for row in evidence.rows(forgotten))
    broken = "SELECT id FROM promise WHERE state = 'open' AND \"by\" < ?"
    yield from (f"promise {row['id']} passed its time and nobody said so" for row in evidence.rows(broken, late))
    states = evidence.rows("SELECT count(*) AS n FROM touch")[0]["n"]
    added = len(evidence.history.states)
    if states != added:
        yield f"{added} touches were planned, {states} are there"


def _shown(micros: object) -> str:
    return str(timedelta(microseconds=int(str(micros))) + datetime(1970, 1, 1))
