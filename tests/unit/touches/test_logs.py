"""Logs: structured, without people and secrets, and never in anybody's way."""

import io
import json
import logging
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from touches.clock import VirtualClock
from touches.logs import Writer, configure_logs, logger, without_people
from touches.settings.secret import Secret


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    structlog.reset_defaults()


def logged(clock: VirtualClock, write: Any, *, as_json: bool = True) -> str:
    stream = io.StringIO()
    writer = configure_logs(stream, as_json=as_json, clock=clock)
    write()
    writer.close()
    return stream.getvalue()


def test_a_line_has_its_action_its_ids_and_the_clocks_time(clock: VirtualClock) -> None:
    text = logged(clock, lambda: logger().info("sent", touch=41, channel="email"))
    assert json.loads(text) == {
        "action": "sent",
        "touch": 41,
        "channel": "email",
        "level": "info",
        "at": "2026-11-02T08:00:00.000+00:00",
    }


def test_a_terminal_gets_text(clock: VirtualClock) -> None:
    text = logged(clock, lambda: logger().warning("refused", touch=41), as_json=False)
    assert text == "2026-11-02T08:00:00.000+00:00 warning  refused touch=41\n"


def test_lines_of_libraries_take_the_same_form(clock: VirtualClock) -> None:
    text = logged(clock, lambda: logging.getLogger("apscheduler").warning("job %s for ann@x.example missed", "email"))
    line = json.loads(text)
    assert line["action"] == "job email for [mailbox] missed"
    assert line["logger"] == "apscheduler"
    assert line["level"] == "warning"


def test_what_is_a_persons_is_dropped_by_its_key() -> None:
    entry = {"action": "sent", "email": "a@b.example", "first_name": "Ann", "touch": 1, "more": {"phone": "1", "n": 2}}
    assert without_people(None, "info", entry) == {"action": "sent", "touch": 1, "more": {"n": 2}}


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("550 no such user <ann.k@x.example>", "550 no such user <[mailbox]>"),
        ("call +358 40 123 4567 back", "call [number] back"),
        ("postgresql+psycopg://touches:hunter2@db/x", "postgresql+psycopg://touches:[secret]@db/x"),
        ("{'Authorization': 'Basic dTpw'}", "{'Authorization': 'Basic [secret]'}"),
        ("authorization: Bearer abc.def", "authorization: Bearer [secret]"),
        (["ann@x.example", 3], ["[mailbox]", 3]),
        ("450 4.2.0 greylisted for 300 seconds", "450 4.2.0 greylisted for 300 seconds"),
        (None, None),
        (2.5, 2.5),
    ],
)
def test_mailboxes_numbers_and_passwords_inside_a_value_are_masked(value: object, written: object) -> None:
    assert without_people(None, "info", {"reply": value})["reply"] == written


def test_a_message_id_is_kept() -> None:
    entry = {"message_id": "t41.abc@kahvila.example"}
    assert without_people(None, "info", entry) == entry


def test_a_traceback_shows_neither_secrets_nor_people(clock: VirtualClock) -> None:
    secret = Secret("open-sesame")

    def fails() -> None:
        try:
            int(f"535 {secret.reveal()} for ann@x.example")
        except ValueError:
            logger().exception("transport_failed", password=secret)

    text = logged(clock, fails)
    assert "'535 [secret] for [mailbox]'" in json.loads(text)["exception"]
    assert "open-sesame" not in text
    assert "ann@x.example" not in text


class Stuck(io.StringIO):
    """A stream that takes nothing until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached = threading.Event()
        self.let_go = threading.Event()

    def write(self, text: str) -> int:
        self.reached.set()
        self.let_go.wait(10)
        return super().write(text)


def test_a_stream_that_is_stuck_loses_lines_and_holds_nobody_up() -> None:
    stream = Stuck()
    writer = Writer(stream, room=3)
    writer.write("first\n")
    assert stream.reached.wait(10)
    for number in range(5):
        writer.write(f"{number}\n")
    assert writer.dropped == 2
    stream.let_go.set()
    writer.close(patience=10)
    lines = stream.getvalue().splitlines()
    assert [line for line in lines if not line.startswith("{")] == ["first", "0", "1", "2"]
    assert json.loads(lines[1]) == {"action": "logs_dropped", "level": "warning", "lines": 2}


def test_a_stream_that_is_gone_is_no_error() -> None:
    stream = io.StringIO()
    stream.close()
    writer = Writer(stream)
    writer.write("lost\n")
    writer.close(patience=10)
    writer.close(patience=10)
    assert writer.dropped == 1
