"""The demo's own check sees what it is there to see: a mail too many, news told twice, a mail at night."""

from datetime import UTC, datetime
from pathlib import Path

from touches.demo.proof import Received, _ill_timed, _told_twice, _unwanted, fingerprints, news_in, opt_outs, read_mails

BODY = "The help desk now answers until ten at night, from Monday to Saturday."
MAIL = """From: Aino <aino@us.example>
To: =?utf-8?q?Sari_M=C3=A4kel=C3=A4?= <sari@a.example>
Message-ID: <t1-x@us.example>
Date: Mon, 05 Oct 2026 08:00:00 +0000
List-Unsubscribe: <mailto:post+u1@us.example>
Content-Type: text/plain; charset=utf-8

Hello Sari,
{body}
"""


def test_a_mail_is_read_as_its_reader_sees_it(tmp_path: Path) -> None:
    (tmp_path / "1.eml").write_text(MAIL.format(body=BODY), encoding="utf-8")
    mail = read_mails(tmp_path)[0]
    assert mail.address == "sari@a.example"
    assert mail.key == "t1-x@us.example"
    assert mail.touch
    assert mail.at == datetime(2026, 10, 5, 8, tzinfo=UTC)


def test_news_is_found_however_its_lines_are_broken(tmp_path: Path) -> None:
    known = {"hours": ["thehelpdesknowanswersuntiltenatnight"], "other": ["somethingelseentirelyandlongenough"]}
    assert news_in("THE help\r\n desk now answers\nuntil ten — at night!", known) == ["hours"]
    assert news_in("Nothing of the kind.", known) == []


def test_fingerprints_know_every_language_of_the_starter_news() -> None:
    from policies.news_loader import load_news
    from touches.workspace import STARTER

    pool, _ = load_news(STARTER / "news")
    known = fingerprints(pool)
    assert len(known["welcome-pack"]) == 3
    for item in pool:
        for text in item.texts.values():
            assert news_in(text.body, known) == [item.id]


def test_what_was_told_twice_is_seen() -> None:
    assert _told_twice([("a", ("x",)), ("b", ("x",)), ("a", ("y",))]) == 0
    assert _told_twice([("a", ("x",)), ("a", ("x",)), ("b", ("y", "x"))]) == 1


def test_a_mail_at_night_or_on_sunday_is_seen() -> None:
    places = {"a@x.example": "Asia/Manila"}

    def mail(at: datetime) -> Received:
        return Received(address="a@x.example", key="k", text="", at=at)

    assert _ill_timed([mail(datetime(2026, 10, 5, 2, tzinfo=UTC))], places) == 0  # ten in the morning
    assert _ill_timed([mail(datetime(2026, 10, 5, 14, tzinfo=UTC))], places) == 1  # ten at night
    assert _ill_timed([mail(datetime(2026, 10, 4, 2, tzinfo=UTC))], places) == 1  # Sunday


def test_a_mail_after_an_opt_out_is_seen(tmp_path: Path) -> None:
    head = "From: Sari <sari@a.example>\nDate: Mon, 05 Oct 2026 09:00:00 +0000\n\nstop\n"
    (tmp_path / "2026-10-05-0001-opt_out.eml").write_text(head, encoding="utf-8")
    silent = opt_outs(tmp_path)
    before = Received(address="sari@a.example", key="k", text="", at=datetime(2026, 10, 5, 8, tzinfo=UTC))
    after = Received(address="sari@a.example", key="k", text="", at=datetime(2026, 10, 6, 8, tzinfo=UTC))
    assert (_unwanted(before, silent), _unwanted(after, silent)) == (False, True)
