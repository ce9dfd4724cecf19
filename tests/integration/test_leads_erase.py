"""Erasure leaves nothing: every text column of every table is filled with a canary, and the files are searched."""

import csv
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Table, Text, insert, inspect, select, update

from channels.letter.spool import append_line, file_name
from policies.schema.news import NewsItem
from tests.integration.people import NOW, SIGNER, People
from touches.engine.library import pool_of
from touches.errors import Refused
from touches.model.states import TouchState
from touches.people.draft import Defaults
from touches.people.erasing import erase_lead, remove_letters
from touches.people.exporting import documents
from touches.people.finding import lead_of
from touches.people.importing import ImportOrder, import_leads
from touches.people.joining import merge_leads
from touches.store.catalog import PublishedNews
from touches.store.erasing import wipe
from touches.store.inbound import REVIEW, Arrival
from touches.store.records import BY_ANOTHER_WAY, BY_LEAD, BY_TOUCH, Records
from touches.store.rows import metadata
from touches.store.touches import Move
from touches.store.types import Json
from touches.store.units import Store, Unit
from touches.tokens import Purpose

CANARY = "canary7f3a"

# Columns that say nothing of a person: states, names of ours, colleagues, digests. A column that is in neither this
# list nor among what is emptied fails the test: whoever adds one decides.
OURS = {
    "touch": {"kind", "policy", "step", "channel", "news", "news_class", "state", "local_time", "zone", "owner",
              "variant", "lease_owner", "message_id", "digest"},
    "enrollment": {"policy", "state", "phase", "entered_by", "trigger"},
    "activity": {"kind", "apart"},
    "event": {"action", "actor"},
    "conversation": {"owner", "state"},
    "promise": {"owner", "department", "state", "made_by"},
    "complaint": {"state", "owner", "step"},
    "inbound": {"source", "kind"},
    "ledger": {"news_class", "news", "status", "by"},
    "interaction": {"who", "channel", "direction", "outcome", "news", "content_digest", "previous", "hash"},
    "attempt": {"owner", "phase", "outcome", "code"},
    "decision": set(),
    "notice": {"key", "purpose"},
    "lead": {"segment"},
    "contact_point": {"kind"},
    "company": set(),
    "suppression": {"address_hash", "channel", "reason"},
}  # fmt: skip


def texts(table: Table) -> list[str]:
    """Columns that may hold words."""
    return [column.name for column in table.columns if isinstance(column.type, Text | Json)]


def filled(table: Table) -> dict[str, Any]:
    """A canary for every column that may speak of a person."""
    values: dict[str, Any] = {}
    for name in texts(table):
        if name not in OURS[table.name] and table.c[name].primary_key is False:
            values[name] = {CANARY: CANARY} if isinstance(table.c[name].type, Json) else f"{CANARY} {table.name} {name}"
    return values


def plant(unit: Unit, lead_id: int, touch_id: int) -> None:
    """A row of every table that speaks of the lead, full of canaries."""
    times = {"at", "opened_at", "answer_by", "stalled_at", "by", "made_at", "received_at", "created_at", "began_at"}
    for name in (*BY_LEAD, *BY_TOUCH):
        table = metadata.tables[name]
        values = filled(table)
        if name == "touch":
            unit.connection.execute(update(table).where(table.c.id == touch_id).values(**values))
            continue
        if name in {"enrollment", "contact_point"}:
            unit.connection.execute(update(table).where(table.c.lead_id == lead_id).values(**values))
            continue
        values |= {column: NOW for column in times & set(table.columns.keys()) if column not in values}
        values |= {"lead_id": lead_id} if name in BY_LEAD else {"touch_id": touch_id}
        closed = {"conversation": "open", "promise": "open", "complaint": "open"}
        values |= {"state": closed[name]} if name in closed else {}
        values |= {"number": 1} if name == "attempt" else {}
        values |= {"status": "told", "by": "x", "at": NOW} if name == "ledger" else {}
        unit.connection.execute(insert(table).values(**values))
    lead, company = metadata.tables["lead"], metadata.tables["company"]
    company_id = unit.connection.execute(insert(company).values(**filled(company)).returning(company.c.id)).scalar_one()
    changes = {**filled(lead), "company_id": company_id, "birth_year": 1970, "dead": "", "concerns": [CANARY]}
    unit.connection.execute(update(lead).where(lead.c.id == lead_id).values(**changes))


def everything(unit: Unit) -> str:
    """The contents of the whole database."""
    return "\n".join(repr(row) for table in metadata.sorted_tables for row in unit.connection.execute(select(table)))


@pytest.fixture
def planted(database_url: str) -> Any:
    store = Store(database_url)
    people = People(store)
    lead_id = people.add(f"{CANARY}-id", email=f"{CANARY}@x.example", phone="+358401234567", fax="+358912345678")
    touch_id = people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    with store.write() as unit:
        plant(unit, lead_id, touch_id)
    yield store, lead_id, touch_id
    store.close()


# Tables that speak of nobody whom we follow up: what is published, switches, daemons, colleagues.
OF_NOBODY = {"policy_version", "setting", "daemon", "sign", "web_user", "alembic_version"}


def test_every_table_is_either_exported_and_emptied_or_known_to_speak_of_nobody(
    planted: tuple[Store, int, int],
) -> None:
    """A table that is in neither list fails the test: whoever adds one decides, and what hangs on a person by a key is
    never of nobody."""
    store, lead_id, _ = planted
    personal = {*BY_LEAD, *BY_TOUCH, *BY_ANOTHER_WAY}
    assert set(inspect(store.engine).get_table_names()) - OF_NOBODY == personal
    keys = {"lead_id", "touch_id", "point_id", "enrollment_id", "merged_into"}
    hanging = {table.name for table in metadata.sorted_tables if keys & set(table.columns.keys())}
    assert hanging <= personal
    with store.read() as unit:
        found = Records(unit.connection).of([lead_id])
        (document,) = documents(unit, [lead_id])
    assert set(found) == personal
    assert len(document) == len(personal) + 1, "each table and the merged records"
    assert {name for name in (*BY_LEAD, *BY_TOUCH) if not found[name]} == set(), "nothing planted is missed"


def test_every_column_is_either_emptied_or_known_to_say_nothing(planted: tuple[Store, int, int]) -> None:
    store, lead_id, _ = planted
    with store.write() as unit:
        assert CANARY in everything(unit)
        erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
    with store.read() as unit:
        left = everything(unit)
    assert CANARY not in left
    assert "401234567" not in left


def arrival(unit: Unit, number: int, sender: str) -> None:
    """A mail that nobody could place."""
    unit.inbound.add(
        Arrival(
            source="mail", source_id=f"<{number}@{sender}>", kind="unmatched", because="nobody known", sender=sender,
            subject=CANARY, body=f"{CANARY} {number}", at=NOW, received_at=NOW, handled=REVIEW,
        )
    )  # fmt: skip


def test_mails_that_were_placed_with_nobody_are_exported_and_emptied_by_their_sender(database_url: str) -> None:
    store = Store(database_url)
    people = People(store)
    ann = people.add("ann", email="ann@x.example", phone="+358401234567")
    people.add("bob", email="bob@x.example", phone="+358401234567")
    senders = ("Ann@x.example", "+358401234567", "bob@x.example", "stranger@x.example")
    with store.write() as unit:
        for number, sender in enumerate(senders):
            arrival(unit, number, sender)
        (document,) = documents(unit, [ann])
        assert [row["sender"] for row in document["inbound"]] == ["Ann@x.example"]
        erase_lead(unit, SIGNER, lead_of(unit, f"#{ann}"), actor="test", at=NOW)
        left = unit.inbound.to_review()
    assert [each.sender for each in left] == list(senders[1:]), "theirs alone"
    with store.read() as unit:
        assert "ann@" not in everything(unit).lower()
        assert f"{CANARY} 0" not in everything(unit)
    store.close()


def personal(unit: Unit, item_id: str, lead_id: int | str) -> None:
    """Put in a piece of news for one lead."""
    text = {"language": "", "headline": CANARY, "subject": CANARY, "body": CANARY, "path": "", "digest": ""}
    item = NewsItem.model_validate(
        {"id": item_id, "kind": "event", "for": {"lead_id": str(lead_id)}, "texts": {"": {**text, "body_line": 1}}}
    )
    unit.catalog.put_news(
        PublishedNews(
            id=item_id,
            news_class=item_id,
            document=item.model_dump_json(by_alias=True),
            digest="",
            author=CANARY,
            published_at=NOW,
        )
    )


def test_news_recorded_for_the_lead_alone_is_emptied_and_withdrawn(planted: tuple[Store, int, int]) -> None:
    store, lead_id, _ = planted
    with store.write() as unit:
        personal(unit, f"for-{lead_id}-1", lead_id)
        personal(unit, f"for-{lead_id}0-1", f"{lead_id}0")
        stamp = unit.catalog.stamp()
        (document,) = documents(unit, [lead_id])
        assert [row["id"] for row in document["news"]] == [f"for-{lead_id}-1"]
        erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
        assert unit.catalog.stamp() != stamp
    with store.read() as unit:
        assert list(unit.catalog.news()) == [f"for-{lead_id}0-1"]
        mine = unit.catalog.news(withdrawn=True)[f"for-{lead_id}-1"]
    assert CANARY not in repr(mine)
    assert NewsItem.model_validate_json(mine.document).headline == "erased"


def test_news_recorded_for_a_record_that_was_merged_is_for_the_survivor_and_forgotten_with_it(
    planted: tuple[Store, int, int],
) -> None:
    store, lead_id, _ = planted
    kept = People(store).add("kept", email="kept@x.example")
    with store.write() as unit:
        personal(unit, f"for-{lead_id}-1", lead_id)
        merge_leads(unit, SIGNER, lead_of(unit, f"#{lead_id}"), lead_of(unit, f"#{kept}"), actor="test", at=NOW)
    with store.write() as unit:
        (item,) = pool_of(unit.catalog.news(), None).items
        assert item.only_lead == kept
        (document,) = documents(unit, [kept])
        assert [row["id"] for row in document["news"]] == [f"for-{lead_id}-1"]
        erase_lead(unit, SIGNER, lead_of(unit, f"#{kept}"), actor="test", at=NOW)
        assert unit.catalog.news() == {}
        assert CANARY not in repr(unit.catalog.news(withdrawn=True))


def test_nothing_is_left_in_the_file_either(sqlite_url: str) -> None:
    store = Store(sqlite_url)
    people = People(store)
    lead_id = people.add(f"{CANARY}-id", email=f"{CANARY}@x.example")
    touch_id = people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    with store.write() as unit:
        plant(unit, lead_id, touch_id)
    with store.write() as unit:  # a change leaves the old value in the page's free space
        unit.leads.update(lead_id, city=f"{CANARY}-later")
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    assert CANARY in contents(file)
    with store.write() as unit:
        erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
    assert wipe(store.engine)
    assert CANARY not in contents(file)
    store.close()
    assert CANARY not in contents(file)


def contents(file: Path) -> str:
    """The database and its log, as they lie on the disk."""
    return "".join(part.read_bytes().decode("latin-1") for part in file.parent.glob(f"{file.name}*"))


def test_what_runs_is_ended_and_nobody_writes_again(planted: tuple[Store, int, int], tmp_path: Path) -> None:
    store, lead_id, touch_id = planted
    with store.write() as unit:
        unit.leads.update(lead_id, external_id=f"{CANARY}-id")
        point = metadata.tables["contact_point"]
        unit.connection.execute(
            update(point)
            .where(point.c.lead_id == lead_id, point.c.kind == "email")
            .values(address=f"{CANARY}@x.example")
        )
        erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
        assert unit.touches.by_ids([touch_id])[touch_id].state.value == "cancelled"
        assert unit.enrollments.of_leads([lead_id], running=True)[lead_id] == []
        with pytest.raises(Refused, match="erased already"):
            erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
    file = tmp_path / "leads.csv"
    file.write_text(f"external_id,email\n{CANARY}-id,\nother,{CANARY}@x.example\nc3,free@x.example\n")
    order = ImportOrder(file=file, defaults=Defaults(country="FI", year=2026), now=NOW, actor="test")
    report = import_leads(store, SIGNER, order)
    assert (report.new, report.rejected) == (1, 2)
    assert [rejection.values for rejection in report.first_rejections] == [
        (f"{CANARY}-id", ""),
        ("other", f"{CANARY}@x.example"),
    ]


def test_what_stands_still_of_them_says_that_they_were_erased(database_url: str) -> None:
    """A notice that was set aside is looked at by a person, who has to see why nothing is left of it."""
    store = Store(database_url)
    people = People(store)
    lead_id = people.add("ann", email="ann@x.example")
    broken = people.touch(lead_id, None, "a")
    with store.write() as unit:
        reason = {"reason": f"{CANARY}: nobody could write this"}
        move = Move(touch_id=broken, old=TouchState.PLANNED, new=TouchState.QUARANTINED, values=reason)
        unit.touches.move([move])
        erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
    with store.read() as unit:
        kept = unit.touches.by_ids([broken])[broken]
    assert (kept.state, kept.reason) == (TouchState.QUARANTINED, "erased")
    store.close()


def test_open_cases_of_a_person_who_is_forgotten_end(planted: tuple[Store, int, int]) -> None:
    store, lead_id, _ = planted
    cases = [metadata.tables[name] for name in ("conversation", "promise", "complaint")]
    with store.write() as unit:
        for table in cases:
            unit.connection.execute(update(table).where(table.c.lead_id == lead_id).values(state="open"))
        erase_lead(unit, SIGNER, lead_of(unit, f"#{lead_id}"), actor="test", at=NOW)
        left = {table.name: set(unit.connection.execute(select(table.c.state)).scalars()) for table in cases}
    assert left == {"conversation": {"closed"}, "promise": {"closed"}, "complaint": {"closed"}}


def test_a_shared_company_stays(database_url: str) -> None:
    store = Store(database_url)
    people = People(store)
    one = people.add("a", email="a@x.example", company="Acme")
    other = people.add("b", email="b@x.example", company="Acme")
    with store.write() as unit:
        erase_lead(unit, SIGNER, lead_of(unit, f"#{one}"), actor="test", at=NOW)
    company = people.lead(other).company
    assert company is not None
    store.close()


def test_letters_leave_the_spool_and_their_lines_the_manifest(tmp_path: Path) -> None:
    mine, other = SIGNER.token(Purpose.TOUCH, 1), SIGNER.token(Purpose.TOUCH, 2)
    (tmp_path / "out").mkdir()
    for key in (mine, other):
        (tmp_path / "out" / file_name(key)).write_bytes(b"%PDF")
        line = {"date": "2026-11-02", "pages": "1", "digest": "", "printed": "", "country": "FI"}
        append_line(tmp_path, {"key": key, "name": f"Name {key}", "postal_lines": f"Katu {key}", **line})
    assert remove_letters(tmp_path, [file_name(mine)]) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == [file_name(other)]
    with (tmp_path / "manifest.csv").open(newline="", encoding="utf-8") as opened:
        rows = {row["key"]: row["name"] for row in csv.DictReader(opened)}
    assert rows == {mine: "", other: f"Name {other}"}
