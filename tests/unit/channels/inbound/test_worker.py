"""The reading process: same answers as at home, and nothing it meets stops the next mail from being read."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from channels.inbound.errors import WorkerError
from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind
from channels.inbound.wire import mail_line, read_mail, read_request, request_line
from channels.inbound.worker import MailWorker
from tests.unit.channels.inbound.letters import NOW, OURS, letter, report, status_block


@pytest.fixture(scope="module")
def worker() -> Iterator[MailWorker]:
    with MailWorker() as running:
        yield running


def _pid(worker: MailWorker) -> int:
    assert worker._child is not None
    return worker._child.pid


@pytest.mark.parametrize(
    "raw",
    [
        letter("Tuesday."), letter("STOP"), report(status_block()),
        letter("Zurück am 5.12.", auto_submitted="auto-replied"), b"", b"\xff" * 3_000_000,
    ],
    ids=["human", "stop", "bounce", "absent", "empty", "three megabytes"],
)  # fmt: skip
def test_the_child_answers_as_the_function_does(worker: MailWorker, raw: bytes) -> None:
    assert worker.classify(raw, now=NOW, ours=OURS) == classify_mail(raw, now=NOW, ours=OURS)


def test_one_child_reads_many_mails(worker: MailWorker) -> None:
    worker.classify(letter("one"), now=NOW, ours=OURS)
    first = _pid(worker)
    worker.classify(letter("two"), now=NOW, ours=OURS)
    assert _pid(worker) == first


def test_a_killed_child_is_replaced(worker: MailWorker) -> None:
    worker.classify(letter("one"), now=NOW, ours=OURS)
    os.kill(_pid(worker), signal.SIGKILL)
    kinds = {worker.classify(letter("two"), now=NOW, ours=OURS).kind for _ in range(2)}
    assert InboundKind.HUMAN_REPLY in kinds
    assert kinds <= {InboundKind.HUMAN_REPLY, InboundKind.POISON}


def test_a_child_that_hangs_is_killed_and_the_mail_is_poison(worker: MailWorker) -> None:
    with MailWorker() as hasty:
        hasty.classify(letter("warm"), now=NOW, ours=OURS)
        hasty.seconds = 0.3
        frozen = _pid(hasty)
        os.kill(frozen, signal.SIGSTOP)
        mail = hasty.classify(letter("two"), now=NOW, ours=OURS)
        assert (mail.kind, mail.because) == (InboundKind.POISON, "over a limit: more than 0.3 seconds")
        assert mail.digest
        hasty.seconds = 5.0
        assert hasty.classify(letter("three"), now=NOW, ours=OURS).kind is InboundKind.HUMAN_REPLY
        assert _pid(hasty) != frozen


def test_a_child_that_never_gets_ready_blames_the_installation_and_not_the_mail(tmp_path: Path) -> None:
    broken = tmp_path / "python"
    broken.write_text("#!/bin/sh\nexit 1\n", encoding="ascii")
    broken.chmod(0o755)
    with MailWorker(python=str(broken)) as worker, pytest.raises(WorkerError, match="does not start"):
        worker.classify(letter("one"), now=NOW, ours=OURS)


def test_a_slow_start_does_not_count_against_the_mail(tmp_path: Path) -> None:
    slow = tmp_path / "python"
    slow.write_text(f'#!/bin/sh\nsleep 1\nexec {sys.executable} "$@"\n', encoding="ascii")
    slow.chmod(0o755)
    with MailWorker(python=str(slow), seconds=0.9) as worker:
        assert worker.classify(letter("one"), now=NOW, ours=OURS).kind is InboundKind.HUMAN_REPLY


def test_the_child_may_not_take_more_than_its_memory(worker: MailWorker) -> None:
    worker.classify(letter("one"), now=NOW, ours=OURS)
    limits = Path(f"/proc/{_pid(worker)}/limits").read_text(encoding="ascii").splitlines()
    line = next(line for line in limits if line.startswith("Max address space"))
    assert line.split()[3] == str(256 * 1024 * 1024)


def test_the_child_sees_nothing_of_our_environment(worker: MailWorker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOUCHES_EMAIL_PASSWORD", "hunter2")
    with MailWorker() as fresh:
        fresh.classify(letter("one"), now=NOW, ours=OURS)
        assert b"hunter2" not in Path(f"/proc/{_pid(fresh)}/environ").read_bytes()


def test_threads_share_a_child(worker: MailWorker) -> None:
    found: list[str] = []

    def read(number: int) -> None:
        found.append(worker.classify(letter(f"mail {number}"), now=NOW, ours=OURS).text)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [f"mail {number}" for number in range(8)]


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(st.binary(max_size=400))
def test_a_mail_survives_the_pipe(raw: bytes) -> None:
    mail = classify_mail(b"Subject: \xff\nFrom: a@b.example\n\n" + raw, now=NOW, ours=OURS)
    assert read_mail(mail_line(mail)) == mail


def test_the_marks_survive_the_pipe() -> None:
    assert read_request(request_line(OURS, now=NOW, size=7)) == (OURS, NOW, 7)
