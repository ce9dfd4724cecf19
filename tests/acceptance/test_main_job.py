"""The main job as its users do it: files in, mails, letters and calls out, counted and read at the receiver."""

from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

import pytest

from tests.acceptance.conftest import Touches
from tests.servers.smtpd import Smtpd, running_smtpd

LEADS = """external_id,email,phone,first_name,last_name,company,country,timezone,segment,street,postal_code,city
ann,ann@customer.test,+358401234567,Änn,O'Mäkelä,Café Ilo,FI,Europe/Helsinki,cafe,Katu 1,00100,Helsinki
liu,liu@customer.test,,刘,伟,茶馆,CN,Asia/Shanghai,cafe,,,
bad,not an address,,Bad,Row,,FI,,cafe,,,
jin,jin@customer.test,,{{7*7}},=?utf-8?q?a?=,,DE,Europe/Berlin,cafe,,,
"""
CADENCE = """policy: hello
hours: {email: any, letter: any, call: any}
holidays: ignore
touches:
  - {id: mail, day: 0, channel: email, news: any, ask: Reply by Friday.}
  - {id: again, after: 0 hours, channel: email, news: any, ask: Reply by Monday.}
  - {id: call, after: 0 hours, channel: call, news: any, ask: Agree on a date.}
"""
NEWS = {
    "hours": "We answer until **22:00** now, {{ lead.first_name }}.",
    "parking": "Behind the house there are six places to park, free for guests.",
    "cards": "Cards of all kinds are taken from Monday on, also at the counter.",
}


@pytest.fixture
def smtpd() -> Iterator[Smtpd]:
    """A mail server on loopback that keeps what it accepts."""
    with running_smtpd() as server:
        yield server


@pytest.fixture
def workspace(touches: Touches, smtpd: Smtpd, tmp_path: Path) -> Path:
    """A workspace with one cadence, three pieces of news and a lead list."""
    touches("init", "shop", "--name", "Kahvila Oy")
    shop = tmp_path / "shop"
    settings = shop / "touches.toml"
    text = settings.read_text(encoding="utf-8").replace("port = 25\n", f"port = {smtpd.port}\n")
    text = text.replace('min_gap = "20 hours"', 'min_gap = "0 hours"')
    settings.write_text(text, encoding="utf-8")
    for old in [*(shop / "policies").iterdir(), *(shop / "news").iterdir()]:
        old.unlink()
    (shop / "policies" / "hello.yaml").write_text(CADENCE, encoding="utf-8")
    for name, body in NEWS.items():
        front = f"---\nkind: schedule\nheadline: About {name}\n---\n"
        (shop / "news" / f"{name}.md").write_text(front + body + "\n", encoding="utf-8")
    (shop / "leads.csv").write_text(LEADS, encoding="utf-8")
    return shop


def read(raw: bytes) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(raw)
    assert isinstance(message, EmailMessage)
    return message


def test_leads_in_mails_out_each_with_something_new(touches: Touches, workspace: Path, smtpd: Smtpd) -> None:
    imported = touches("lead", "import", "leads.csv", "--json", folder=workspace).document
    assert (imported["new"], imported["rejected"]) == (3, 1)
    assert "not an address" in (workspace / "leads.rejected.csv").read_text(encoding="utf-8")
    touches("publish", folder=workspace)
    enrolled = touches("enroll", "hello", "--all", "--json", folder=workspace).rows
    assert [row["enrolled"] for row in enrolled] == [True, True, True]

    touches("tick", folder=workspace)
    touches("tick", folder=workspace)

    bodies: dict[str, list[str]] = {}
    for mail in smtpd.mails:
        message = read(mail.content)
        body = message.get_body(preferencelist=("plain",))
        assert body is not None
        bodies.setdefault(message["To"].addresses[0].addr_spec, []).append(body.get_content())
        assert message["List-Unsubscribe"].startswith("<mailto:")
        assert message["Bcc"] is None
    assert {address: len(texts) for address, texts in bodies.items()} == {
        "ann@customer.test": 2,
        "liu@customer.test": 2,
        "jin@customer.test": 2,
    }
    for texts in bodies.values():
        assert len({text.split("\n\n")[0] for text in texts}) == 2
    assert any("{{7*7}}" in text for text in bodies["jin@customer.test"])


def test_a_second_pass_sends_nothing_twice(touches: Touches, workspace: Path, smtpd: Smtpd) -> None:
    touches("lead", "import", "leads.csv", folder=workspace)
    touches("publish", folder=workspace)
    touches("enroll", "hello", "ann", folder=workspace)
    for _ in range(5):
        touches("tick", folder=workspace)

    assert len(smtpd.mails) == 2
    assert len({read(mail.content)["Message-ID"] for mail in smtpd.mails}) == 2


def test_a_call_stands_on_the_list_and_done_takes_it_off(touches: Touches, workspace: Path) -> None:
    touches("lead", "import", "leads.csv", folder=workspace)
    touches("publish", folder=workspace)
    touches("enroll", "hello", "ann", folder=workspace)
    for _ in range(3):
        touches("tick", folder=workspace)

    tasks = touches("today", "--all", "--json", folder=workspace).rows
    assert [(task["lead"], task["kind"], task["ask"]) for task in tasks] == [("ann", "call", "Agree on a date.")]
    touches("done", tasks[0]["touch"], "--outcome", "reached", "--minutes", 9, folder=workspace)
    assert touches("today", "--all", "--json", folder=workspace).rows == []
    states = [row["state"] for row in touches("outbox", "--json", folder=workspace).rows]
    assert states == ["sent", "sent", "sent"]


def test_an_unreachable_server_loses_nothing(touches: Touches, workspace: Path, smtpd: Smtpd) -> None:
    touches("lead", "import", "leads.csv", folder=workspace)
    touches("publish", folder=workspace)
    touches("enroll", "hello", "ann", folder=workspace)
    settings = workspace / "touches.toml"
    settings.write_text(settings.read_text().replace(f"port = {smtpd.port}\n", "port = 9\n"))

    touches("tick", folder=workspace)

    row = touches("outbox", "--json", folder=workspace).rows[0]
    assert row["state"] == "ready"
    assert "connect" in row["reason"]
    assert smtpd.mails == []


def test_importing_the_same_file_again_changes_nothing(touches: Touches, workspace: Path) -> None:
    touches("lead", "import", "leads.csv", folder=workspace)
    again = touches("lead", "import", "leads.csv", "--json", folder=workspace).document

    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, 3)


def test_why_names_the_rule_the_file_and_what_was_considered(touches: Touches, workspace: Path) -> None:
    touches("lead", "import", "leads.csv", folder=workspace)
    touches("publish", folder=workspace)
    touches("enroll", "hello", "ann", folder=workspace)
    touches("tick", folder=workspace)

    told = touches("why", "ann", folder=workspace).out

    assert "hello.yaml" in told
    assert "hours" in told
