"""Whether the database keeps its promises: its file, its settings, and that nothing is lost between the tables."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from touches.errors import SchemaMismatch
from touches.model.states import FINAL, TouchState
from touches.store.interactions import ChainReport, Digest
from touches.store.references import loose_rows
from touches.store.schema import current, require_current
from touches.store.units import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at. `health` is ok, warn or fail; `advice` is empty when all is well."""

    check: str
    health: str
    found: str
    advice: str = ""


RECORD: Final = "the record of contacts is whole"
SHOWN_FAULTS: Final = 5
NO_KEY: Final = Finding(
    check=RECORD,
    health="fail",
    found="not known: secret.key cannot be read, and nothing else proves what was written",
    advice="Restore secret.key from a backup.",
)

_FINAL: Final = ", ".join(f"'{state.value}'" for state in sorted(FINAL))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Something that must not exist: how to count it, what it means where there is some, what to do about it."""

    check: str
    question: str
    meaning: str
    advice: str
    health: str = "fail"


RULES: Final = (
    Rule(
        check="every running enrollment has a next touch",
        health="warn",
        question=f"""
            SELECT count(*) FROM enrollment WHERE state = 'active' AND NOT EXISTS
            (SELECT 1 FROM touch WHERE enrollment_id = enrollment.id AND state NOT IN ({_FINAL}))
        """,  # noqa: S608
        meaning="enrollments wait for their next touch to be planned",
        advice="`touches tick` or the daemon plans it.",
    ),
    Rule(
        check="ended enrollments have nothing waiting",
        question="""
            SELECT count(*) FROM touch JOIN enrollment ON enrollment.id = touch.enrollment_id
            WHERE enrollment.state IN ('stopped', 'finished') AND touch.state IN ('planned', 'ready', 'held', 'claimed')
        """,
        meaning="touches wait although their enrollment has ended",
        advice="They are refused before they leave; `touches why LEAD` tells more.",
    ),
    Rule(
        check="nothing waits for the dead, merged or erased",
        question="""
            SELECT count(*) FROM touch JOIN lead ON lead.id = touch.lead_id
            WHERE lead.dead <> '' AND touch.kind = 'touch' AND touch.state IN ('planned', 'ready', 'held')
        """,
        meaning="touches wait for leads that are dead, merged or erased",
        advice="They are refused before they leave.",
    ),
    Rule(
        check="what is held says why",
        question="SELECT count(*) FROM touch WHERE state IN ('held', 'quarantined') AND reason = ''",
        meaning="touches are held without a reason",
        advice="`touches outbox` lists them.",
    ),
    Rule(
        check="what was handed over is told",
        question="""
            SELECT count(*) FROM touch WHERE kind = 'touch' AND state IN ('sent', 'delivered') AND news_class <> ''
            AND NOT EXISTS (SELECT 1 FROM ledger WHERE ledger.lead_id = touch.lead_id
                            AND ledger.news_class = touch.news_class AND ledger.status = 'told')
        """,
        meaning="touches went out whose news the ledger does not hold as told",
        advice="The same news could be told again.",
    ),
    Rule(
        check="what came back is new again",
        question="""
            SELECT count(*) FROM ledger JOIN touch ON touch.id = ledger.touch_id WHERE ledger.status = 'told'
            AND touch.state IN ('bounced', 'returned', 'failed', 'cancelled', 'expired')
        """,
        meaning="news count as told by touches that never arrived",
        advice="They are not told again until somebody looks.",
    ),
    Rule(
        check="nothing is reserved for what has ended",
        question=f"""
            SELECT count(*) FROM ledger JOIN touch ON touch.id = ledger.touch_id
            WHERE ledger.status = 'reserved' AND touch.state IN ({_FINAL})
        """,  # noqa: S608
        meaning="news are reserved by touches that have ended",
        advice="They are not told until somebody looks.",
    ),
    Rule(
        check="merged leads lead to somebody",
        question="""
            SELECT count(*) FROM lead AS gone JOIN lead AS kept ON kept.id = gone.merged_into
            WHERE kept.merged_into IS NOT NULL
        """,
        meaning="leads were merged into leads that are merged themselves",
        advice="Their external ids lead nowhere.",
    ),
    Rule(
        check="nothing is in doubt",
        health="warn",
        question="SELECT count(*) FROM touch WHERE state = 'in_doubt'",
        meaning="touches may or may not have arrived",
        advice="`touches outbox resolve` settles them.",
    ),
)


def look_over(store: Store, digest: Digest | None) -> Iterator[Finding]:
    """Everything in turn; a database of another version is told and looked at no further.

    `digest` is the keyed digest of the record (care/record), with which its chain is followed; None: the key is gone.
    """
    try:
        require_current(store.engine)
    except SchemaMismatch as error:
        yield Finding(check="schema", health="fail", found=error.message, advice=error.hint)
        return
    yield Finding(check="schema", health="ok", found=current(store.engine))
    with store.read() as unit:
        if store.is_sqlite:
            yield from _file(unit.connection)
        yield _references(unit.connection)
        yield _counts(unit.vitals.counts())
        for rule in RULES:
            yield _kept(unit.connection, rule)
        yield _record(unit.interactions.verify(digest=digest)) if digest else NO_KEY


def _file(connection: Connection) -> Iterator[Finding]:
    problems = list(connection.exec_driver_sql("PRAGMA integrity_check(10)").scalars())
    sound = problems == ["ok"]
    yield Finding(
        check="file",
        health="ok" if sound else "fail",
        found="sound" if sound else "; ".join(problems),
        advice="" if sound else "Stop the daemon and restore a backup: touches db restore FILE",
    )
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    for name, value in wanted.items():
        found = connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        yield Finding(check=name, health="ok" if found == value else "fail", found=str(found))


def _references(connection: Connection) -> Finding:
    loose = loose_rows(connection)
    if not loose:
        return Finding(check="references", health="ok", found="every row points to one that is there")
    return Finding(
        check="references",
        health="fail",
        found=f"{loose.total()} rows point to nothing ({', '.join(sorted(loose))})",
        advice="Restore a backup: touches db restore FILE",
    )


def _counts(counts: Mapping[TouchState, int]) -> Finding:
    shown = ", ".join(f"{count} {state}" for state, count in sorted(counts.items())) or "none yet"
    return Finding(check="touches", health="ok", found=shown)


def _kept(connection: Connection, rule: Rule) -> Finding:
    count = int(connection.exec_driver_sql(rule.question).scalar_one())
    if not count:
        return Finding(check=rule.check, health="ok", found="yes")
    return Finding(check=rule.check, health=rule.health, found=f"{count} {rule.meaning}", advice=rule.advice)


def _record(report: ChainReport) -> Finding:
    if not report.faults:
        return Finding(check=RECORD, health="ok", found=f"{report.rows} interactions, as they were written")
    more = f"; and {len(report.faults) - SHOWN_FAULTS} more" if len(report.faults) > SHOWN_FAULTS else ""
    return Finding(
        check=RECORD,
        health="fail",
        found="; ".join(report.faults[:SHOWN_FAULTS]) + more,
        advice="Somebody or something changed the record outside of touches, or secret.key is not the one it was "
        "written with. `touches log --verify` names every row; a backup from before holds what was written.",
    )
