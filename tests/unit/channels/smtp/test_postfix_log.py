"""What a Postfix log proves, in both forms of its time stamps."""

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from channels.proof import CannotTell, Finding
from channels.protocol import Accepted
from channels.smtp.postfix_log import find_in_log, stamp_of

SINCE = datetime(2026, 11, 2, 8, 0, 0, tzinfo=UTC)
KEY = "t42-abc"
BEFORE = "2026-11-02T07:59:00.000001+00:00 mx postfix/anvil[9]: statistics: max connection rate 1/60s"
CONNECT = "2026-11-02T08:00:00.200000+00:00 mx postfix/smtpd[11]: 4ZQ1: client=localhost[127.0.0.1]"
NAMED = "2026-11-02T08:00:00.210000+00:00 mx postfix/cleanup[12]: 4ZQ1: message-id=<t42-abc@cafe.test>"
ACTIVE = (
    "2026-11-02T08:00:00.300000+00:00 mx postfix/qmgr[3]: 4ZQ1: from=<b@cafe.test>, size=900, nrcpt=1 (queue active)"
)
LEFT = (
    "2026-11-02T08:00:01.000000+00:00 mx postfix/smtp[14]: 4ZQ1: to=<liisa@shop.test>, relay=mx.shop.test[192.0.2.1], "
    "delay=0.8, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 99)"
)
CUT = "2026-11-02T08:00:00.500000+00:00 mx postfix/smtpd[11]: lost connection after DATA (900 bytes) from localhost"
AFTER = "2026-11-02T08:05:00.000000+00:00 mx postfix/anvil[9]: statistics: max cache size 1"


def look(folder: Path, *lines: str, key: str = KEY) -> Finding:
    log = folder / "mail.log"
    log.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return find_in_log(log, key=key, since=SINCE)


def test_a_message_that_was_active_in_the_queue_was_accepted(tmp_path: Path) -> None:
    assert look(tmp_path, BEFORE, CONNECT, NAMED, ACTIVE) == Accepted(reference="4ZQ1", detail="in the queue")


def test_what_became_of_it_is_told(tmp_path: Path) -> None:
    assert look(tmp_path, BEFORE, NAMED, ACTIVE, LEFT, AFTER) == Accepted(reference="4ZQ1", detail="sent")


def test_a_message_that_was_cut_off_before_its_end_is_proven_not_to_be_there(tmp_path: Path) -> None:
    assert look(tmp_path, BEFORE, CONNECT, NAMED, CUT, AFTER) is None


def test_a_message_that_was_never_named_is_proven_not_to_be_there(tmp_path: Path) -> None:
    assert look(tmp_path, BEFORE, AFTER) is None


def test_another_message_proves_nothing_even_if_its_id_goes_on(tmp_path: Path) -> None:
    assert look(tmp_path, BEFORE, NAMED.replace(KEY, "t42-abcd"), ACTIVE, AFTER) is None
    assert look(tmp_path, BEFORE, NAMED.replace(KEY, "xt42-abc"), ACTIVE, AFTER) is None


@pytest.mark.parametrize(
    ("lines", "because"),
    [((AFTER,), "does not go back"), ((), "does not go back"), ((BEFORE, CONNECT), "has not come to that time")],
)
def test_a_log_that_does_not_cover_the_time_proves_nothing(
    lines: tuple[str, ...], because: str, tmp_path: Path
) -> None:
    found = look(tmp_path, *lines)

    assert isinstance(found, CannotTell)
    assert because in found.because


def test_a_log_that_cannot_be_read_proves_nothing(tmp_path: Path) -> None:
    found = find_in_log(tmp_path / "none.log", key=KEY, since=SINCE)

    assert isinstance(found, CannotTell)
    assert "no such file" in found.because


def test_a_message_may_begin_in_a_part_of_the_log_that_was_rotated_away(tmp_path: Path) -> None:
    (tmp_path / "mail.log.1").write_text(f"{BEFORE}\n{NAMED}\n", encoding="utf-8")
    with gzip.open(tmp_path / "mail.log.2.gz", "wb") as older:
        older.write(b"2026-11-01T00:00:00+00:00 mx postfix/anvil[9]: statistics\n")

    assert look(tmp_path, ACTIVE, AFTER) == Accepted(reference="4ZQ1", detail="in the queue")


def test_a_queue_id_that_was_used_before_belongs_to_another_message(tmp_path: Path) -> None:
    assert look(tmp_path, ACTIVE.replace("2026-11-02T08", "2026-11-02T07"), NAMED, CUT, AFTER) is None


def test_instances_of_postfix_have_names_of_their_own(tmp_path: Path) -> None:
    lines = (line.replace("postfix/", "postfix-out/") for line in (BEFORE, NAMED, ACTIVE))

    assert look(tmp_path, *lines) == Accepted(reference="4ZQ1", detail="in the queue")


def test_stamps_without_a_year_are_of_the_nearest_one() -> None:
    new_year = datetime(2027, 1, 1, 0, 10, tzinfo=UTC)

    found = stamp_of(b"Dec 31 23:50:00 mx postfix/qmgr[3]: 4ZQ1: removed", new_year)

    assert found is not None
    assert abs(new_year - found) < timedelta(days=2)
    assert stamp_of(b"Feb 29 10:00:00 mx x", datetime(2028, 3, 1, tzinfo=UTC)) is not None
    assert stamp_of(b"what is this", new_year) is None
