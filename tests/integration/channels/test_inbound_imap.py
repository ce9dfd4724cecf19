"""The IMAP reader against a real Dovecot."""

import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from channels.inbound.errors import InboundConnectionError, InboundLoginError
from channels.inbound.imap import Cursor, ImapMailbox, ImapSettings
from channels.inbound.limits import READ_AT_MOST
from tests.servers import dovecot
from tests.servers.imapd import MAIL, running_imapd

needs_dovecot = pytest.mark.skipif(bool(dovecot.missing()), reason=dovecot.missing() or "-")


@pytest.fixture(scope="module")
def server() -> Iterator[dovecot.Dovecot]:
    """In a folder of its own under the system's, since Dovecot's users must be able to walk there."""
    with tempfile.TemporaryDirectory(prefix="dovecot") as root, dovecot.running_dovecot(Path(root)) as running:
        yield running


@pytest.fixture
def settings(server: dovecot.Dovecot) -> ImapSettings:
    return ImapSettings(
        host="127.0.0.1", port=server.port, security="none", username=dovecot.USER, password=dovecot.PASSWORD
    )


def _mail(number: int, body: str = "hello") -> bytes:
    return f"From: ann@customer.test\nMessage-ID: <{number}@customer.test>\nSubject: mail {number}\n\n{body}\n".encode()


def _subjects(box: ImapMailbox, cursor: Cursor) -> tuple[list[str], Cursor]:
    found = list(box.fetch_new(cursor))
    subjects = [one.raw.split(b"Subject: ")[1].split(b"\r\n")[0].decode() for one in found]
    return subjects, found[-1].cursor if found else cursor


@pytest.mark.system
@needs_dovecot
def test_new_mail_is_fetched_once_and_left_as_it_was(server: dovecot.Dovecot, settings: ImapSettings) -> None:
    server.deliver(_mail(1), "1.a.b")
    server.deliver(_mail(2), "2.a.b")
    with ImapMailbox(settings) as box:
        subjects, cursor = _subjects(box, Cursor())
        assert subjects == ["mail 1", "mail 2"]
        assert _subjects(box, cursor) == ([], cursor)
        server.deliver(_mail(3), "3.a.b")
        assert _subjects(box, cursor)[0] == ["mail 3"]
    files = [found.name for found in Path(server.root, "mail", dovecot.USER).rglob("*.a.b*")]
    assert not [name for name in files if name.endswith("S")], "PEEK leaves mails unseen"


@pytest.mark.system
@needs_dovecot
def test_a_huge_mail_is_cut_and_its_size_told(server: dovecot.Dovecot, settings: ImapSettings) -> None:
    with ImapMailbox(settings) as box:
        _, cursor = _subjects(box, Cursor())
        server.deliver(_mail(4, body="x" * 70 + "\n" + "y" * 3 * READ_AT_MOST), "4.a.b")
        (huge,) = box.fetch_new(cursor)
    assert len(huge.raw) == READ_AT_MOST
    assert huge.size > 3 * READ_AT_MOST


@pytest.mark.system
@needs_dovecot
def test_a_cursor_of_another_mailbox_starts_from_the_first(server: dovecot.Dovecot, settings: ImapSettings) -> None:
    server.deliver(_mail(5), "5.a.b")
    with ImapMailbox(settings) as box:
        every, cursor = _subjects(box, Cursor())
        assert _subjects(box, replace(cursor, mailbox="other"))[0] == every
        assert _subjects(box, replace(cursor, uidvalidity=cursor.uidvalidity + 1))[0] == every


@pytest.mark.system
@needs_dovecot
def test_a_renumbered_mailbox_is_read_again(server: dovecot.Dovecot, settings: ImapSettings) -> None:
    server.deliver(_mail(6), "6.a.b")
    with ImapMailbox(settings) as box:
        every, before = _subjects(box, Cursor())
    server.renumber()
    with ImapMailbox(settings) as box:
        again, after = _subjects(box, before)
    assert sorted(again) == sorted(every)
    assert after.uidvalidity != before.uidvalidity


@pytest.mark.system
@needs_dovecot
def test_idle_wakes_for_new_mail(server: dovecot.Dovecot, settings: ImapSettings) -> None:
    with ImapMailbox(settings) as box:
        _subjects(box, Cursor())
        late = threading.Timer(0.5, server.deliver, (_mail(7), "7.a.b"))
        late.start()
        assert box.wait_for_mail(threading.Event(), seconds=60)
        late.join()


@pytest.mark.system
@needs_dovecot
def test_a_stop_ends_the_waiting(settings: ImapSettings) -> None:
    stop = threading.Event()
    with ImapMailbox(settings) as box:
        threading.Timer(0.2, stop.set).start()
        assert not box.wait_for_mail(stop, seconds=250)


@pytest.mark.system
@needs_dovecot
def test_a_wrong_password_is_a_setting(settings: ImapSettings) -> None:
    with pytest.raises(InboundLoginError, match=r"inbound\.imap\.username"):
        list(ImapMailbox(replace(settings, password="wrong")).fetch_new(Cursor()))


@pytest.mark.system
@needs_dovecot
def test_a_folder_that_is_not_there_is_a_setting(settings: ImapSettings) -> None:
    with pytest.raises(InboundLoginError, match="there is no folder 'Nowhere'"):
        list(ImapMailbox(replace(settings, folder="Nowhere")).fetch_new(Cursor()))


def test_nobody_listening_is_a_connection_error() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    box = ImapMailbox(ImapSettings(host="127.0.0.1", port=port, security="none", timeout=5))
    with pytest.raises(InboundConnectionError, match=f"127.0.0.1:{port}"):
        list(box.fetch_new(Cursor()))


@pytest.mark.parametrize(
    "greeting", [b"", b"220 this is no imap\r\n", b"* BYE go away\r\n"], ids=["hangs up", "smtp", "bye"]
)
def test_a_server_that_is_none_is_a_connection_error(greeting: bytes) -> None:
    def answer(listening: socket.socket) -> None:
        line, _ = listening.accept()
        with line:
            line.sendall(greeting)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=answer, args=(listening,), daemon=True).start()
        box = ImapMailbox(ImapSettings(host="127.0.0.1", port=listening.getsockname()[1], security="none", timeout=5))
        with pytest.raises(InboundConnectionError):
            list(box.fetch_new(Cursor()))


LIES = {
    "a renumbering that is no number": {"STATUS": b"* STATUS INBOX (UIDVALIDITY abc)\r\n%s OK done\r\n"},
    "no renumbering": {"STATUS": b"%s OK done\r\n"},
    "numbers that are none": {"UID SEARCH": b"* SEARCH 1 \xff 2\r\n%s OK done\r\n"},
    "a number without an end": {"UID SEARCH": b"* SEARCH " + b"9" * 5000 + b"\r\n%s OK done\r\n"},
    "capabilities in no charset": {"CAPABILITY": b"* CAPABILITY \xff IMAP4rev1\r\n%s OK done\r\n"},
    "a terabyte": {"UID FETCH 1 (BODY": b"* 1 FETCH (UID 1 BODY[]<0> {1000000000000}\r\n"},
    "more than there are numbers": {"UID FETCH 1 (BODY": b"* 1 FETCH (UID 1 BODY[]<0> {" + b"9" * 30 + b"}\r\n"},
    "the size refused": {"UID FETCH 1 (RFC822": b"%s NO [SERVERBUG] internal error\r\n"},
    "the mail refused": {"UID FETCH 1 (BODY": b"%s NO [UNAVAILABLE] later\r\n"},
}


@pytest.mark.parametrize("lie", LIES)
def test_a_server_that_talks_nonsense_is_a_connection_error_and_no_mail_is_passed_over(lie: str) -> None:
    with running_imapd(LIES[lie]) as port:
        box = ImapMailbox(ImapSettings(host="127.0.0.1", port=port, security="none", timeout=5))
        with pytest.raises(InboundConnectionError, match=f"127.0.0.1:{port}"):
            next(box.fetch_new(Cursor()))


def test_an_honest_server_of_the_same_kind_is_read() -> None:
    with running_imapd({}) as port, ImapMailbox(ImapSettings(host="127.0.0.1", port=port, security="none")) as box:
        assert [(found.raw, found.cursor.uid) for found in box.fetch_new(Cursor())] == [(MAIL, 1), (MAIL, 2)]
