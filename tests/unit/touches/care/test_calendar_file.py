"""The calendar of the day by the letter of RFC 5545, whatever is written in a task."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from touches.care.morning import calendar_of
from touches.care.tasks import Task, TaskKind

NOW = datetime(2026, 11, 22, 8, tzinfo=UTC)
LINE = re.compile(r"[A-Z-]+(?:;[A-Z-]+=[^:;]+)*:[^\n]*")
HOSTILE = [
    "a\rEND:VEVENT\rBEGIN:VALARM\rb",
    "a\nEND:VEVENT\nb",
    "a\r\nEND:VEVENT\r\nb",
    "back\\slash; semi, comma \\n",
    "\x00\x07\x0b\x0c\x1b[31m",
    "\x85next\u2028line\u2029",
    "ä" * 200,
    "🎉" * 100,
    "BEGIN:VCALENDAR",
    "https://e/?a=b:c;d",
    "",
]


def calendar(text: str, kind: TaskKind = TaskKind.CALL) -> bytes:
    task = Task(
        task=7, kind=kind, lead_id=1, lead="ann", name=text, phone=text, owner="aino", due_at=NOW + timedelta(hours=1),
        script=text, said_last=(text,),
    )  # fmt: skip
    return calendar_of([task], name=text, domain="cafe.test", now=NOW)


def lines_of(data: bytes) -> list[str]:
    """Content lines unfolded, after the letter of 3.1."""
    assert data.endswith(b"\r\n")
    folded = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 for line in folded), "octets, without the line break"
    text = data.decode("utf-8")
    assert not re.search(r"\r(?!\n)|(?<!\r)\n", text), "bare line breaks"
    assert not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", text), "CONTROL is in no value (3.1)"
    return text.removesuffix("\r\n").replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("kind", [TaskKind.CALL, TaskKind.PROMISE])
@pytest.mark.parametrize("text", HOSTILE)
def test_every_line_is_one_of_the_standard(text: str, kind: TaskKind) -> None:
    lines = lines_of(calendar(text, kind))
    assert all(LINE.fullmatch(line) for line in lines), lines
    component = "VEVENT" if kind is TaskKind.CALL else "VTODO"
    begun = [line for line in lines if line.startswith(("BEGIN:", "END:"))]
    assert begun == ["BEGIN:VCALENDAR", f"BEGIN:{component}", f"END:{component}", "END:VCALENDAR"]
    assert {"VERSION:2.0", "UID:task-7@cafe.test", "DTSTAMP:20261122T080000Z"} <= set(lines)
    when = {"DTSTART:20261122T090000Z", "DTEND:20261122T091500Z"} if component == "VEVENT" else {"DUE:20261122T090000Z"}
    assert when <= set(lines)


@given(st.text(max_size=200))
def test_no_text_breaks_the_file(text: str) -> None:
    lines = lines_of(calendar(text))
    assert sum(line.startswith(("BEGIN:", "END:")) for line in lines) == 4


def test_commas_semicolons_and_backslashes_are_escaped() -> None:
    (summary,) = [line for line in lines_of(calendar("a,b;c\\d")) if line.startswith("SUMMARY:")]
    assert summary == r"SUMMARY:call: a\,b\;c\\d"


def test_a_day_without_tasks_has_the_component_that_a_calendar_needs_and_nothing_to_see() -> None:
    lines = lines_of(calendar_of([], name="Kahvila", domain="cafe.test", now=NOW))
    assert [line for line in lines if line.startswith("BEGIN:")] == [
        "BEGIN:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "BEGIN:STANDARD",
    ]
    assert {"TZID:UTC", "DTSTART:19700101T000000", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000"} <= set(lines)
