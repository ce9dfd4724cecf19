"""What comes back, end to end: real mails leave, and answers made of their bytes come in through the MTA's filter."""

import shutil
import subprocess
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from tests.acceptance.conftest import Touches
from tests.acceptance.conftest import _environment as clean_environment
from tests.servers.smtpd import Smtpd, running_smtpd

pytestmark = pytest.mark.slow
PEOPLE = ("ann", "bob", "cem", "dee", "eva", "fay")
CADENCE = """policy: hello
hours: {email: any}
holidays: ignore
touches:
  - {id: mail, day: 0, channel: email, news: any, ask: Reply by Friday.}
  - {id: again, after: 0 hours, channel: email, news: any, ask: Reply by Monday.}
  - {id: third, after: 0 hours, channel: email, news: any, ask: Reply by Tuesday.}
"""
NEWS = {
    "hours": "We answer until **22:00** now, {{ lead.first_name }}.",
    "parking": "Behind the house there are six places to park, free for guests.",
    "cards": "Cards of all kinds are taken from Monday on, also at the counter.",
}
OWNER = '\n[owners.aino]\nname = "Aino"\nemail = "aino@cafe.test"\n[inbound]\naddress = "hello@cafe.test"\n'


@pytest.fixture(scope="module")
def server() -> Iterator[Smtpd]:
    """A mail server on loopback that keeps what it accepts."""
    with running_smtpd() as running:
        yield running


@pytest.fixture(scope="module")
def made(command: str, server: Smtpd, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace whose leads all have their first mail; made once."""
    folder = tmp_path_factory.mktemp("inbound")

    def run(*arguments: str, at: Path = folder) -> None:
        subprocess.run([command, *arguments], cwd=at, env=clean_environment(), check=True, capture_output=True)

    run("init", "shop", "--name", "Kahvila Oy")
    shop = folder / "shop"
    settings = shop / "touches.toml"
    text = settings.read_text(encoding="utf-8").replace("port = 25\n", f"port = {server.port}\n")
    text = text.replace('min_gap = "20 hours"', 'min_gap = "0 hours"')
    settings.write_text(text + OWNER, encoding="utf-8")
    for old in [*(shop / "policies").iterdir(), *(shop / "news").iterdir()]:
        old.unlink()
    (shop / "policies" / "hello.yaml").write_text(CADENCE, encoding="utf-8")
    for name, body in NEWS.items():
        front = f"---\nkind: schedule\nheadline: About {name}\n---\n"
        (shop / "news" / f"{name}.md").write_text(front + body + "\n", encoding="utf-8")
    rows = [f"{name},{name}@customer.test,{name.title()},FI,aino" for name in PEOPLE]
    (shop / "leads.csv").write_text("\n".join(["external_id,email,first_name,country,owner", *rows]), encoding="utf-8")
    for line in ("lead import leads.csv", "publish", "enroll hello --all", "tick"):
        run(*line.split(), at=shop)
    return shop


@pytest.fixture
def shop(made: Path, tmp_path: Path, touches: Touches) -> Path:
    """A copy of the test's own, in hold from its first pass until a person says that it alone sends."""
    copy = Path(shutil.copytree(made, tmp_path / "shop"))
    touches("tick", folder=copy)
    assert touches("outbox", "release", "--json", folder=copy).document["released"]
    return copy


def test_who_releases_a_copy_before_its_first_pass_is_told_what_it_is(
    made: Path, tmp_path: Path, touches: Touches
) -> None:
    """What the pass would have found is found by the command: one that ends a channel's rest ends nothing unseen."""
    copy = Path(shutil.copytree(made, tmp_path / "copy"))

    first = touches("outbox", "release", folder=copy, code=8)
    assert "copied to another place: is it the only one that sends?" in first.err
    assert "in hold" in touches("tick", folder=copy).err
    assert touches("outbox", "release", "--json", folder=copy).document["released"]
    assert "hold" not in touches("tick", folder=copy).err


@pytest.fixture
def smtpd(made: Path, server: Smtpd) -> Smtpd:
    """The server with the first mails alone."""
    del server.mails[len(PEOPLE) :]
    return server


def got(smtpd: Smtpd, name: str) -> tuple[str, EmailMessage]:
    """The first mail to somebody: its envelope sender and the message."""
    mail = next(mail for mail in smtpd.mails if mail.recipients == (f"{name}@customer.test",))
    message = BytesParser(policy=policy.default).parsebytes(mail.content)
    assert isinstance(message, EmailMessage)
    return mail.sender, message


def count(smtpd: Smtpd, name: str) -> int:
    return sum(mail.recipients == (f"{name}@customer.test",) for mail in smtpd.mails)


def reply(original: EmailMessage, name: str, text: str, **headers: str) -> bytes:
    answer = EmailMessage()
    answer["From"] = f"{name}@customer.test"
    answer["To"] = original["Reply-To"] or original["From"]
    answer["Subject"] = f"Re: {original['Subject']}"
    answer["Message-ID"] = f"<{name}-answer@customer.test>"
    answer["In-Reply-To"] = answer["References"] = str(original["Message-ID"])
    for header, value in headers.items():
        del answer[header.replace("_", "-")]
        answer[header.replace("_", "-")] = value
    body = original.get_body(preferencelist=("plain",))
    quoted = "".join(f"> {line}\n" for line in (body.get_content() if body else "").splitlines())
    answer.set_content(f"{text}\n\nOn Monday Aino wrote:\n{quoted}")
    return answer.as_bytes()


def bounce(original: EmailMessage, return_path: str, name: str) -> bytes:
    """As Postfix writes it (RFC 3464)."""
    text = (
        f"Return-Path: <>\nFrom: MAILER-DAEMON@mx.customer.test (Mail Delivery System)\nTo: {return_path}\n"
        "Subject: Undelivered Mail Returned to Sender\nAuto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"\n\n'
        "--=_b\nContent-Type: text/plain\n\nThis is the mail system. Your message could not be delivered.\n"
        "--=_b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.customer.test\n\n"
        f"Final-Recipient: rfc822; {name}@customer.test\nAction: failed\nStatus: 5.1.1\n"
        "Diagnostic-Code: smtp; 550 5.1.1 user unknown\n\n"
        "--=_b\nContent-Type: message/rfc822\n\n"
    )
    return text.encode() + original.as_bytes() + b"\n--=_b--\n"


def test_each_answer_has_its_effect_before_the_next_touch_leaves(touches: Touches, shop: Path, smtpd: Smtpd) -> None:
    _, to_ann = got(smtpd, "ann")
    path, to_bob = got(smtpd, "bob")
    _, to_cem = got(smtpd, "cem")
    _, to_dee = got(smtpd, "dee")
    mailto = next(part for part in str(to_dee["List-Unsubscribe"]).split(",") if "mailto:" in part)
    address = mailto.strip(" <>").removeprefix("mailto:").partition("?")[0]
    click = f"From: dee@customer.test\nTo: {address}\nSubject: unsubscribe\n\n"
    _, to_eva = got(smtpd, "eva")

    kinds = [
        touches("inbound", "mail", "--json", folder=shop, given=raw).document["kind"]
        for raw in (
            reply(to_ann, "ann", "Yes, please call me on Friday."),
            bounce(to_bob, path, "bob"),
            reply(to_cem, "cem", "I am out of the office.", Auto_Submitted="auto-replied", Subject="Automatic reply"),
            click.encode(),
            reply(to_eva, "eva", "STOP"),
        )
    ]
    assert kinds == ["human_reply", "hard_bounce", "auto_reply", "unsubscribe", "unsubscribe"]
    for _ in range(4):
        touches("tick", folder=shop)

    assert {name: count(smtpd, name) for name in PEOPLE} == {"ann": 1, "bob": 1, "cem": 1, "dee": 1, "eva": 1, "fay": 3}
    forwarded = [mail for mail in smtpd.mails if mail.recipients == ("aino@cafe.test",)]
    assert len(forwarded) == 1
    assert b"call me on Friday" in forwarded[0].content
    states = {row["state"] for row in touches("outbox", "--lead", "bob", "--json", folder=shop).rows}
    assert "bounced" in states
    assert not {mail.recipients for mail in smtpd.mails} - {
        *((f"{name}@customer.test",) for name in PEOPLE),
        ("aino@cafe.test",),
    }, "no machine got an answer"


def test_the_same_message_offered_twice_is_known(touches: Touches, shop: Path, smtpd: Smtpd) -> None:
    raw = reply(got(smtpd, "ann")[1], "ann", "Yes.")
    touches("inbound", "mail", folder=shop, given=raw)

    assert touches("inbound", "mail", "--json", folder=shop, given=raw).document["known"] is True


def test_a_dry_run_tells_and_changes_nothing(touches: Touches, shop: Path, smtpd: Smtpd) -> None:
    raw = reply(got(smtpd, "ann")[1], "ann", "Yes.")

    told = touches("inbound", "mail", "--dry-run", "--json", folder=shop, given=raw).document

    assert (told["kind"], told["dry_run"]) == ("human_reply", True)
    assert touches("inbound", "mail", "--json", folder=shop, given=raw).document["known"] is False


def test_the_envelope_recipient_is_enough_to_know_whose_it_is(touches: Touches, shop: Path, smtpd: Smtpd) -> None:
    """Where a server tells the recipient alone: a private address answers, thread headers lost."""
    _, original = got(smtpd, "ann")
    raw = b"From: private@home.test\nTo: undisclosed-recipients:;\nSubject: hi\n\nIt is me, call me.\n"

    taken = touches("inbound", "mail", "--recipient", original["Reply-To"], "--json", folder=shop, given=raw).document

    assert (taken["kind"], taken["lead_id"] is not None) == ("human_reply", True)


def test_without_a_database_the_mail_server_keeps_the_message(touches: Touches, shop: Path) -> None:
    away = {"TOUCHES_DATABASE": "postgresql+psycopg://nobody@127.0.0.1:1/none"}

    ran = touches("inbound", "mail", folder=shop, given=b"From: x@y.test\n\nhello\n", environment=away, code=75)

    assert "refused" in ran.err


def test_a_workspace_that_is_not_there_loses_no_message(touches: Touches, tmp_path: Path) -> None:
    touches("inbound", "mail", folder=tmp_path, given=b"From: x@y.test\n\nhello\n", code=75)


def test_a_person_places_what_nobody_could(touches: Touches, shop: Path, smtpd: Smtpd) -> None:
    raw = b"From: boss@customer.test\nTo: hello@cafe.test\nSubject: your offer\n\nWe are interested.\n"
    touches("inbound", "mail", folder=shop, given=raw)

    (waiting,) = touches("inbound", "review", "list", "--json", folder=shop).rows
    assert set(waiting["waiting"]) == set(PEOPLE)
    touches("tick", folder=shop)
    assert count(smtpd, "fay") == 1, "everybody who may be meant waits"
    touches("inbound", "review", "assign", waiting["message"], "ann", folder=shop)
    for _ in range(3):
        touches("tick", folder=shop)

    assert touches("inbound", "review", "list", "--json", folder=shop).rows == []
    assert (count(smtpd, "ann"), count(smtpd, "fay")) == (1, 3)


def test_what_concerns_nobody_is_dismissed_and_all_go_on(touches: Touches, shop: Path, smtpd: Smtpd) -> None:
    raw = b"From: robot@customer.test\nTo: hello@cafe.test\nSubject: buy\n\nBuy our pens.\n"
    touches("inbound", "mail", folder=shop, given=raw)
    (waiting,) = touches("inbound", "review", "list", "--json", folder=shop).rows
    shown = touches("inbound", "review", "list", folder=shop).out
    assert "Buy our pens." in shown, "who places it has to read it"
    assert f"[{waiting['message']}] " in shown

    touches("inbound", "review", "dismiss", waiting["message"], "--because", "spam", folder=shop)
    for _ in range(3):
        touches("tick", folder=shop)

    assert count(smtpd, "ann") == 3
    gone = touches("inbound", "review", "dismiss", waiting["message"], folder=shop, code=1)
    assert "touches inbound review list" in gone.err
