"""The pages for people: links lead somewhere, commands and options exist, policies and news in them are right."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from cli import root
from touches.commands.root import ALIASES

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
WRITTEN = [page for page in PAGES if page.parent.name != "reference"]
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
COMMAND = re.compile(r"(?:^\s*(?:\$ )?|`|bin/)touches ([^`\n]*)")
HEADING = re.compile(r"^#+ (.*)$", re.MULTILINE)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def anchor(heading: str) -> str:
    """As GitHub makes it of a heading."""
    plain = re.sub(r"[`*]", "", heading.strip().lower())
    return re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_links_lead_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, part = target.partition("#")
        found = (page.parent / path).resolve() if path else page
        assert found.exists(), f"{target} leads nowhere"
        if part:
            headings = HEADING.findall(found.read_text(encoding="utf-8"))
            assert part in {anchor(heading) for heading in headings}, target


def test_the_index_names_every_page() -> None:
    named_there = set(LINK.findall((ROOT / "docs" / "index.md").read_text(encoding="utf-8")))
    pages = {str(page.relative_to(ROOT / "docs")) for page in (ROOT / "docs").rglob("*.md")} - {"index.md"}
    assert pages - named_there == set(), "pages that docs/index.md does not name"


def code_lines(text: str) -> Iterator[str]:
    """Indented code, fenced code without a language, and code in a line."""
    for block in re.findall(r"^```\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield from block.splitlines()
    yield from (line for line in text.splitlines() if line.startswith("    "))
    yield from (f"`{code}" for code in re.findall(r"`(touches [^`\n]+)`", text))


def commands_in(text: str) -> Iterator[list[str]]:
    for line in code_lines(text):
        for found in COMMAND.findall(line.replace("[--", "--").replace("]", "")):
            words = re.split(r" [|<>&]|&&|;| {2,}|\s#", found)[0]
            try:
                yield shlex.split(words)
            except ValueError:
                continue  # an apostrophe: prose


def fault_of(words: list[str]) -> str:
    """What is wrong with a command line, or nothing."""
    group: click.Command = root
    path = ["touches"]
    rest = list(words)
    while rest and isinstance(group, click.Group):
        if rest[0] == "--workspace":
            del rest[:2]
            continue
        name = ALIASES.get(rest[0], rest[0])
        if name.startswith("-") or name not in group.commands:
            break
        group = group.commands[name]
        path.append(rest.pop(0))
    if path == ["touches"] and rest and not rest[0].startswith("-"):
        return f"touches {rest[0]}: no such command"
    known = {option for parameter in group.params for option in (*parameter.opts, *parameter.secondary_opts)}
    known |= {option for parameter in root.params for option in parameter.opts} | {"--help", "-h", "--version"}
    strange = [word for word in rest if word.startswith("--") and word.split("=")[0] not in known]
    return f"{' '.join(path)}: no option {strange[0]}" if strange else ""


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_commands_and_their_options_exist(page: Path) -> None:
    faults = [fault for words in commands_in(page.read_text(encoding="utf-8")) if (fault := fault_of(words))]
    assert faults == []


def test_the_check_sees_a_command_that_does_not_exist() -> None:
    text = "    touches frobnicate L1\n    touches tick --often\n    touches tick\n"
    assert [fault for words in commands_in(text) if (fault := fault_of(words))] == [
        "touches frobnicate: no such command",
        "touches tick: no option --often",
    ]


@pytest.mark.parametrize("page", WRITTEN, ids=named)
def test_whole_policies_in_pages_are_read(page: Path, tmp_path: Path) -> None:
    from policies.loader import load_policies

    blocks = re.findall(r"^```yaml\n(policy: .*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for number, block in enumerate(blocks):
        (tmp_path / f"p{number}.yaml").write_text(block, encoding="utf-8")
    if not blocks:
        return
    loaded = load_policies(tmp_path)
    assert [str(finding) for one in loaded for finding in one.findings] == []
    assert all(one.policy is not None for one in loaded)


def test_the_news_of_the_readme_is_read(tmp_path: Path) -> None:
    from policies.news_loader import load_news

    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.findall(r"^```markdown\n(.*?)^```", text, re.MULTILINE | re.DOTALL)[0]
    (tmp_path / "winter-hours.md").write_text(block, encoding="utf-8")
    pool, findings = load_news(tmp_path)
    assert list(findings) == []
    assert [item.id for item in pool] == ["winter-hours"]


def test_the_readme_opens_with_its_two_commands_and_stays_short() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    code = [line.split()[:2] for line in lines if line.startswith("    ")]
    assert code[:2] == [["make", "demo"], ["make", "test"]]
    assert len(lines) <= 250
