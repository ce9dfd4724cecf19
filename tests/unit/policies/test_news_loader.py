from pathlib import Path

import pytest

from policies.findings import Finding
from policies.news import UNWRITTEN, NewsPool
from policies.news_loader import load_news
from tests.unit.policies.files import codes

GOOD = "---\nkind: schedule\nheadline: Longer hours\n---\nUntil **22:00**.\n"


def load(folder: Path, **texts: str) -> tuple[NewsPool, list[Finding]]:
    for name, text in texts.items():
        (folder / f"{name.replace('__', '.')}.md").write_text(text, encoding="utf-8", newline="")
    return load_news(folder)


def front(**keys: str) -> str:
    lines = "".join(f"{key}: {value}\n" for key, value in keys.items())
    return f"---\nkind: price\nheadline: H\n{lines}---\nText.\n"


def test_an_item_is_read_with_its_languages(tmp_path: Path) -> None:
    pool, findings = load(tmp_path, hours=GOOD, hours__fi="---\nheadline: Pidempään\nsubject: Auki\n---\n\nKello 22.\n")
    assert findings == []
    news = pool.items["hours"]
    assert (news.kind, news.headline, news.body) == ("schedule", "Longer hours", "Until **22:00**.\n")
    assert news.text_for("fi-FI").subject == "Auki"
    assert news.original.subject == "Longer hours"
    assert (news.original.body_line, news.texts["fi"].body_line) == (5, 6)


def test_lines_that_end_in_carriage_returns_are_read(tmp_path: Path) -> None:
    pool, findings = load(tmp_path, hours=GOOD.replace("\n", "\r\n"))
    assert findings == []
    assert pool.items["hours"].body == "Until **22:00**.\n"


def test_a_line_of_dashes_in_the_text_is_text(tmp_path: Path) -> None:
    pool, findings = load(tmp_path, hours=GOOD + "\n---\n\nMore.\n")
    assert findings == []
    assert "More." in pool.items["hours"].body


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("Just a text.", "no-front-matter", (1, 1)),
        ("---\nkind: price\nheadline: H\n", "no-front-matter", (1, 1)),
        ("---\nkind: price\nheadline: H\n---\n\n \n", "empty-news", (6, 1)),
        (f"---\nkind: price\nheadline: H\n---\n{UNWRITTEN}\n", "unwritten-news", (5, 1)),
        ("---\nkind: price\n---\nText.", "missing-key", (2, 1)),
        ("---\n---\nText.", "missing-key", (1, 1)),
        (front(valid="2026-02-30.."), "bad-value", (4, 8)),
        (front(valid="2026-03-02..2026-03-01"), "bad-value", (4, 8)),
        (front(headlin="x"), "unknown-key", (4, 1)),
        (front(urgent="yes"), "bad-value", (4, 9)),
        (front(**{"for": "cafe"}), "bad-value", (4, 6)),
        ("---\nkind: price\nheadline: H\n---\n\nHi\n{{ lead.x\n", "template-error", (7, 1)),
        ("---\nkind: price\nheadline: 'H {{ x'\n---\nText.", "template-error", (3, 11)),
        ("---\nkind: price\nheadline: H\n---\n{% include 'x' %}", "template-not-allowed", (5, 1)),
        ("---\nkind: price\nheadline: H\nheadline: I\n---\nText.", "duplicate-key", (4, 1)),
        ("---\nkind: price\nheadline: \x01\n---\nText.", "control-character", (3, 11)),
        (front(needs="[gone]"), "unknown-news", (4, 8)),
        (front(same_as="[gone]"), "unknown-news", (4, 10)),
        (front(same_as="[n]"), "unknown-news", (4, 10)),
        (front(needs="[n]"), "circular-needs", (4, 8)),
    ],
)
def test_every_mistake_is_a_finding_at_its_place(tmp_path: Path, text: str, code: str, place: tuple[int, int]) -> None:
    _, findings = load(tmp_path, n=text)
    assert (code, place) in [(finding.code, (finding.line, finding.column)) for finding in findings]


def test_faults_of_front_matter_and_text_are_shown_together(tmp_path: Path) -> None:
    _, findings = load(tmp_path, n="---\nkind: price\nheadline: H\nvalid: soon\n---\n{{ }")
    assert codes(findings) == ["bad-value", "template-error"]


def test_what_could_not_be_taken_is_named_and_not_reported_as_unknown(tmp_path: Path) -> None:
    pool, findings = load(tmp_path, broken="no front matter", other=front(needs="[broken]"))
    assert pool.broken == {"broken"}
    assert codes(findings) == ["no-front-matter"]


def test_a_translation_needs_its_original(tmp_path: Path) -> None:
    _, findings = load(tmp_path, hours__fi="---\nheadline: H\n---\nTeksti.")
    assert codes(findings) == ["no-original"]


def test_a_translation_says_nothing_but_its_words(tmp_path: Path) -> None:
    _, findings = load(tmp_path, hours=GOOD, hours__fi="---\nheadline: H\nvalid: 2026-01-01..\n---\nTeksti.")
    assert codes(findings) == ["unknown-key"]


@pytest.mark.parametrize("name", ["two words", "v2__0", "a__b__c", "-x"])
def test_a_name_that_is_no_id_is_a_finding(tmp_path: Path, name: str) -> None:
    assert codes(load(tmp_path, **{name: GOOD})[1]) == ["bad-news-name"]


def test_the_same_and_different_at_once_is_an_error_also_by_a_third_item(tmp_path: Path) -> None:
    _, findings = load(tmp_path, a=front(same_as="b"), b=front(same_as="c"), c=front(differs_from="a"))
    assert codes(findings) == ["same-and-different"]
    assert findings[0].file.endswith("c.md")


def test_a_circle_of_needs_is_shown_once(tmp_path: Path) -> None:
    _, findings = load(tmp_path, a=front(needs="b"), b=front(needs="c"), c=front(needs="a"))
    assert codes(findings) == ["circular-needs"]
    assert "a → b → c → a" in findings[0].message


def test_what_needs_its_own_class_could_never_be_told_also_by_a_third_item(tmp_path: Path) -> None:
    _, findings = load(tmp_path, a=front(same_as="b"), b=front(same_as="c"), c=front(needs="a"))
    assert codes(findings) == ["needs-the-same"]
    assert findings[0].file.endswith("c.md")
    assert '"a"' in findings[0].message


def test_an_empty_folder_is_a_warning_and_a_missing_one_an_error(tmp_path: Path) -> None:
    assert codes(load_news(tmp_path)[1]) == ["no-news"]
    assert codes(load_news(tmp_path / "gone")[1]) == ["not-found"]
