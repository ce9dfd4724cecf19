"""The doctor's questions, each on a workspace with that one thing wrong."""

import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from touches.clock import VirtualClock
from touches.doctor import database, folder, installation, sending, zone_data
from touches.doctor.answer import Answer, Health
from touches.doctor.visit import visit
from touches.errors import WorkspaceError
from touches.inbound.mailbox import FAILING
from touches.settings.model import Settings
from touches.store.units import Store
from touches.workspace import Workspace

Edit = Callable[[str, str], Workspace]


@pytest.fixture
def edited(workspace: Workspace) -> Edit:
    """The workspace with a text of its settings replaced."""

    def edit(found: str, other: str) -> Workspace:
        file = workspace.root / "touches.toml"
        text = file.read_text(encoding="utf-8")
        assert found in text
        file.write_text(text.replace(found, other, 1), encoding="utf-8")
        return Workspace(workspace.root, environment={})

    return edit


def healths(answers: Iterator[Answer]) -> dict[str, Health]:
    return {answer.check: answer.health for answer in answers}


def settings_of(workspace: Workspace, **sections: object) -> Settings:
    return workspace.settings.model_copy(update=sections)


def test_a_new_workspace_is_well_but_for_its_mail_server(workspace: Workspace, clock: VirtualClock) -> None:
    answers = healths(visit(lambda: workspace, clock.now()))
    wrong = {check for check, health in answers.items() if health is Health.FAIL}
    assert wrong <= {"mail server", "inbound"}
    assert answers["schema"] is answers["secret.key"] is answers["disk"] is Health.OK


def test_without_a_workspace_the_installation_is_still_looked_at(clock: VirtualClock) -> None:
    def nowhere() -> Workspace:
        raise WorkspaceError("There is no touches.toml here.", hint="touches init")

    answers = list(visit(nowhere, clock.now()))
    assert answers[-1] == Answer(
        check="workspace", health=Health.FAIL, found="There is no touches.toml here.", advice="touches init"
    )
    assert healths(iter(answers))["python"] is Health.OK


def test_wrong_settings_are_shown_and_end_the_visit(edited: Edit, clock: VirtualClock) -> None:
    broken = edited("[sender]", "[sendr]")
    *_, last = visit(lambda: broken, clock.now())
    assert last.health is Health.FAIL
    assert 'Did you mean "sender"?' in last.found


def test_a_key_that_others_can_read_is_a_warning(workspace: Workspace) -> None:
    workspace.secret_key.chmod(0o644)
    answer = folder.key(workspace)
    assert (answer.health, answer.advice) == (Health.WARN, f"chmod 600 {workspace.secret_key}")
    workspace.secret_key.unlink()
    assert folder.key(workspace).health is Health.FAIL


def test_a_password_file_that_is_open_or_missing_is_named(workspace: Workspace) -> None:
    email = workspace.settings.channels.email
    assert email is not None
    email = email.model_copy(update={"password_file": "pw"})
    settings = settings_of(workspace, channels=workspace.settings.channels.model_copy(update={"email": email}))
    assert healths(iter(folder.secrets(settings)))["password email"] is Health.FAIL
    (workspace.root / "pw").write_text("x\n")
    (workspace.root / "pw").chmod(0o640)
    assert healths(iter(folder.secrets(settings)))["password email"] is Health.WARN
    (workspace.root / "pw").chmod(0o600)
    assert healths(iter(folder.secrets(settings)))["password email"] is Health.OK


def test_a_disk_below_the_floor_is_a_failure(workspace: Workspace) -> None:
    limits = workspace.settings.limits
    full = settings_of(workspace, limits=limits.model_copy(update={"free_space": 10**18}))
    assert folder.room(full, workspace.root).health is Health.FAIL
    empty = settings_of(workspace, limits=limits.model_copy(update={"free_space": 0}))
    assert folder.room(empty, workspace.root).health is Health.OK


def test_a_missing_database_is_not_made_by_looking(workspace: Workspace, clock: VirtualClock) -> None:
    file = workspace.settings.database_file
    assert file is not None
    file.unlink()
    (answer,) = database.database(workspace.settings, clock.now())
    assert answer.health is Health.FAIL
    assert "touches db upgrade" in answer.advice
    assert not file.exists()


def test_a_file_that_is_no_database_is_a_sentence(workspace: Workspace, clock: VirtualClock) -> None:
    file = workspace.settings.database_file
    assert file is not None
    file.write_bytes(b"this is a letter, and no database at all\n" * 200)
    (answer,) = database.database(workspace.settings, clock.now())
    assert answer.health is Health.FAIL
    assert str(file) in answer.found


def test_a_mailbox_that_could_not_be_read_is_said(edited: Edit, clock: VirtualClock) -> None:
    imap = '[inbound.imap]\nhost = "127.0.0.1"\nport = 9\nusername = "post"\n\n[channels.letter]'
    settings = edited("[channels.letter]", imap).settings
    store = Store(settings.database_url)
    key = f"{FAILING}post@127.0.0.1:9/INBOX"
    with store.write() as unit:
        unit.switches.set(key, f"{clock.now().isoformat()} nobody answers", at=clock.now())
    assert healths(iter(database.database(settings, clock.now())))["inbound mailbox"] is Health.FAIL
    with store.write() as unit:
        unit.switches.set(key, "", at=clock.now())
    assert "inbound mailbox" not in healths(iter(database.database(settings, clock.now())))
    store.close()


def test_a_daemon_that_fell_silent_is_a_warning(clock: VirtualClock) -> None:
    from touches.store.switches import SERVE, Heartbeat

    def beat(ago: timedelta, stopped_at: datetime | None = None, note: str = "") -> Heartbeat:
        at = clock.now() - ago
        return Heartbeat(name="a", host="mail1", pid=7, started_at=at, beat_at=at, stopped_at=stopped_at, note=note)

    def health(*beats: Heartbeat) -> list[Health]:
        return [answer.health for answer in database.daemons(beats, clock.now())]

    assert health(beat(timedelta(seconds=5)), beat(timedelta(minutes=3))) == [Health.OK, Health.WARN]
    assert health(beat(timedelta(days=1), stopped_at=clock.now())) == [Health.SKIPPED]
    pages = beat(timedelta(seconds=5), note=SERVE)
    assert [(each.check, each.health) for each in database.daemons([pages], clock.now())] == [
        ("daemon", Health.SKIPPED),
        ("web pages", Health.OK),
    ]


def test_a_mail_server_answers_or_does_not(edited: Edit) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        edited('host = "localhost"', 'host = "127.0.0.1"')
        settings = edited("port = 25", f"port = {port}").settings
        assert sending.mail_server(settings).health is Health.OK
    assert sending.mail_server(settings).health is Health.FAIL


def test_a_kannel_answers_or_does_not_and_twilio_is_not_looked_at(edited: Edit) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}/cgi-bin/sendsms"
        sms = f'[channels.sms]\nprovider = "kannel"\nurl = "{url}"\naccount = "touches"\n\n[channels.letter]'
        settings = edited("[channels.letter]", sms).settings
        assert healths(iter(sending.sms_gateway(settings))) == {"sms gateway": Health.OK}
    (answer,) = sending.sms_gateway(settings)
    assert (answer.health, answer.advice) == (Health.FAIL, "Check [channels.sms] url, and the server.")
    assert not list(sending.sms_gateway(edited(url, "http://127.0.0.1:99999/").settings))
    assert not list(sending.sms_gateway(edited('provider = "kannel"', 'provider = "twilio"').settings))


def test_a_printer_answers_or_does_not_and_without_one_nobody_is_asked(edited: Edit, workspace: Workspace) -> None:
    assert not list(sending.printer(workspace.settings))
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"ipp://127.0.0.1:{server.getsockname()[1]}/ipp/print"
        settings = edited('printer = ""', f'printer = "{address}"').settings
        assert healths(iter(sending.printer(settings))) == {"printer": Health.OK}
    (answer,) = sending.printer(settings)
    assert (answer.health, answer.advice) == (Health.FAIL, "Check [channels.letter] printer, and the server.")
    (answer,) = sending.printer(edited(address, "ipp://127.0.0.1:99999/ipp/print").settings)
    assert (answer.health, answer.advice) == (Health.FAIL, "Change [channels.letter] printer.")


def test_a_domain_for_trials_is_not_looked_up(workspace: Workspace) -> None:
    (answer,) = sending.domain(workspace.settings)
    assert answer.health is Health.SKIPPED


def test_an_extra_that_the_settings_need_is_a_failure_where_it_is_missing() -> None:
    answers = healths(iter(installation.extras("postgresql+psycopg://h/n", lambda _module: False)))
    assert answers["extra postgresql"] is Health.FAIL
    assert answers["extra charts"] is Health.SKIPPED


def test_a_read_only_workspace_is_a_failure(workspace: Workspace, tmp_path: Path) -> None:
    gone = Workspace(tmp_path / "nowhere", environment={})
    answers = healths(iter(folder.parts(gone)))
    assert answers["writable"] is Health.FAIL
    assert answers["policies"] is Health.WARN


def test_zone_data_older_than_what_touches_brings_is_told_with_both_releases() -> None:
    answer = zone_data.judged("2025b", "2026f", datetime(2026, 11, 22, tzinfo=UTC))
    assert answer.health is Health.WARN
    assert "2025b" in answer.found
    assert "2026f" in answer.found
    assert "tzdata" in answer.advice


@pytest.mark.parametrize(("year", "health"), [(2026, Health.OK), (2027, Health.OK), (2028, Health.WARN)])
def test_zone_data_of_two_years_ago_is_old(year: int, health: Health) -> None:
    assert zone_data.judged("2026f", "2026f", datetime(year, 1, 2, tzinfo=UTC)).health is health


def test_whether_somebody_besides_the_owner_hears_of_what_is_overdue(workspace: Workspace) -> None:
    assert sending.escalations(workspace.settings).health is Health.WARN
    file = workspace.root / "touches.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.partition("[alerts]")[0] + '[alerts]\nto = ["boss@cafe.test"]\n', encoding="utf-8")
    told = sending.escalations(Workspace(workspace.root, environment={}).settings)
    assert (told.health, "boss@cafe.test" in told.found) == (Health.OK, True)


def test_a_country_file_that_cannot_be_used_is_named(workspace: Workspace) -> None:
    assert folder.laws(workspace.settings).health is Health.OK
    (workspace.root / "law").mkdir()
    (workspace.root / "law" / "de.toml").write_text('country = "DE"\n', encoding="utf-8")
    told = folder.laws(workspace.settings)
    assert told.health is Health.FAIL
    assert "de.toml" in told.found
