"""Passwords, sessions, throttles, words, charts and ages: the small decisions of the pages."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from touches.store.switches import Heartbeat
from touches.web import charts
from touches.web.health import health_of
from touches.web.overview import OLDEST, ages
from touches.web.passwords import hash_password, is_password, why_not_password
from touches.web.sessions import LIFE, Sessions
from touches.web.throttle import KEYS_AT_MOST, Throttle
from touches.web.wording import wording_asked, wording_for, wordings

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
SESSIONS = Sessions("k" * 32, secure=True)


def test_a_password_is_kept_as_a_salted_hash_only() -> None:
    stored = hash_password("seven touches")
    assert "seven" not in stored
    assert stored != hash_password("seven touches")
    assert is_password("seven touches", stored)
    assert not is_password("Seven touches", stored)


def test_nobody_has_no_password() -> None:
    assert not is_password("", "")
    assert not is_password("anything", "")


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "x" * 201])
def test_a_weak_password_is_refused_with_a_sentence(password: str) -> None:
    assert why_not_password(password).endswith((".", "instance."))
    assert why_not_password("a few plain words") == ""


def test_a_session_is_read_back_until_its_time_is_over() -> None:
    cookie = SESSIONS.write(SESSIONS.begin("aino", changed_at=NOW, now=NOW))
    session = SESSIONS.read(cookie, now=NOW + LIFE - timedelta(seconds=1))
    assert session is not None
    assert (session.name, session.changed_at) == ("aino", NOW)
    assert SESSIONS.read(cookie, now=NOW + LIFE) is None
    assert SESSIONS.read(cookie, now=NOW - timedelta(seconds=1)) is None


@pytest.mark.parametrize("cookie", ["", "x", "a.b.c", "e30.xxxx", "W10.", "x" * 5000, "\x00", "é"])
def test_a_cookie_of_another_hand_is_nobody(cookie: str) -> None:
    assert SESSIONS.read(cookie, now=NOW) is None
    assert (
        Sessions("o" * 32, secure=True).read(SESSIONS.write(SESSIONS.begin("a", changed_at=NOW, now=NOW)), now=NOW)
        is None
    )


def test_a_form_belongs_to_one_session() -> None:
    token = SESSIONS.form_token("one")
    assert SESSIONS.is_form_token("one", token)
    assert not SESSIONS.is_form_token("two", token)
    assert not SESSIONS.is_form_token("one", "")
    assert not SESSIONS.is_form_token("", SESSIONS.form_token(""))


def test_a_throttle_fills_and_empties_with_time() -> None:
    throttle = Throttle(limit=3, seconds=60)
    for second in range(3):
        assert not throttle.is_full("a", at=second)
        throttle.note("a", at=second)
    assert throttle.is_full("a", at=59)
    assert not throttle.is_full("b", at=59)
    assert not throttle.is_full("a", at=60)


def test_a_throttle_does_not_grow_for_ever() -> None:
    throttle = Throttle(limit=1, seconds=60)
    for number in range(KEYS_AT_MOST + 10):
        throttle.note(str(number), at=1.0)
    assert len(throttle._seen) <= KEYS_AT_MOST
    assert throttle.is_full(str(KEYS_AT_MOST + 9), at=1.0)


def test_every_language_has_every_sentence_with_its_places() -> None:
    english = wordings()["en"]
    for words in wordings().values():
        for name in english.__dataclass_fields__:
            ours, theirs = getattr(words, name), getattr(english, name)
            assert ours.strip(), (words.language, name)
            assert set(re.findall(r"\{\w+\}", ours)) == set(re.findall(r"\{\w+\}", theirs)), (words.language, name)


@pytest.mark.parametrize(
    ("asked", "language"),
    [("fi-FI,fi;q=0.9,en;q=0.8", "fi"), ("en;q=0.1,de", "de"), ("ja", "en"), ("", "en"), ("x" * 9000, "en"),
     ("sv;q=zz", "sv")],
)  # fmt: skip
def test_the_browsers_language_is_taken_where_we_speak_it(asked: str, language: str) -> None:
    assert wording_asked(asked).language == language
    assert wording_for("de-AT").language == "de"


def test_a_chart_has_no_text_and_escapes_its_label() -> None:
    drawn = charts.columns([0, 3, 9], label='"><script>alert(1)</script>')
    assert "<script>" not in drawn
    assert drawn.count("<rect") == 3
    assert 'width="1000"' in charts.bar(5, 5)
    assert "style=" not in drawn + charts.stack([("main", 1), ("bad", 2)], 3)


def test_nothing_at_all_is_drawn_as_nothing() -> None:
    assert 'class="c-main" width="0"' in charts.bar(0, 0)
    assert "<rect" not in charts.columns([], label="empty")


def test_ages_have_the_same_rows_whatever_there_is() -> None:
    found = ages([(timedelta(hours=3), False), (timedelta(days=1), True), (timedelta(days=40), True)])
    assert [(one.count, one.late) for one in found] == [(1, 0), (1, 1), (0, 0), (1, 1)]
    assert found[-1].label == OLDEST


def beat(*, ago: int, stopped: bool = False, note: str = "steady") -> Heartbeat:
    at = NOW - timedelta(seconds=ago)
    return Heartbeat(
        name=f"d{ago}", host="h", pid=1, started_at=at, beat_at=at, stopped_at=at if stopped else None, note=note
    )


@pytest.mark.parametrize(
    ("beats", "daemon", "status"),
    [
        ([], "none", "ok"),
        ([beat(ago=5)], "alive", "ok"),
        ([beat(ago=500)], "silent", "silent"),
        ([beat(ago=500, stopped=True)], "stopped", "ok"),
        ([beat(ago=500), beat(ago=5)], "alive", "ok"),
        ([beat(ago=5, note="serve")], "none", "ok"),
    ],
)
def test_health_tells_a_daemon_that_fell_silent_from_one_that_was_stopped(
    beats: list[Heartbeat], daemon: str, status: str
) -> None:
    found = health_of(beats, now=NOW, stopped=False)
    assert (found["daemon"], found["status"]) == (daemon, status)
