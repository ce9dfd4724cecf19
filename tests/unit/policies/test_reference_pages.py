"""The reference pages name every key and every finding, and none that is not there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

import policies
from policies import composing
from policies.schema import (
    Caps,
    ChannelRule,
    Expectation,
    Fading,
    Lapsed,
    Never,
    NewsSpec,
    OnReply,
    Policy,
    Step,
    StepPromise,
    Then,
    TriggerFilter,
    Variant,
    Window,
)
from policies.schema.news import FrontMatter, VariantMatter
from policies.schema.triggers import TriggerRules

SOURCE = Path(policies.__file__).parent
PAGES = SOURCE.parent / "docs" / "reference"
POSITION_OF_CODE = {
    "error": 0,
    "warning": 0,
    "report": 1,
    "_Stop": 1,
    "_no_text": 1,
    "_error": 2,
    "_error_at": 3,
    "at": 3,
}
POSITION_OF_CODE |= {"Finding": 4, "Fault": 2}


def page(name: str) -> str:
    return (PAGES / name).read_text(encoding="utf-8")


def codes_in_source() -> set[str]:
    files = [path for path in SOURCE.rglob("*.py") if "likeness" not in path.parts]
    found = {code for path in files for code in codes_of(ast.parse(path.read_text(encoding="utf-8")))}
    return found | {code for _, code, _ in composing._PROBLEMS} | {"template-error"} | set(codes_of_play())


def codes_of_play() -> Iterator[str]:
    """What is found by playing: outside of `policies`, where alone findings are made by name."""
    for path in (SOURCE.parent / "touches").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding" and len(node.args) > 4:
                yield from (one.value for one in node.args[4:5] if isinstance(one, ast.Constant))


def codes_of(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            position = POSITION_OF_CODE.get(name, 99)
            given = node.args[position : position + 1] + [word.value for word in node.keywords if word.arg == "code"]
            yield from (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str))
        if isinstance(node, ast.Assign | ast.Return) and isinstance(node.value, ast.Tuple | ast.IfExp):
            constants = [one for one in ast.walk(node.value) if isinstance(one, ast.Constant)]
            words = [one.value for one in constants if isinstance(one.value, str)]
            yield from (word for word in words if re.fullmatch(r"[a-z]+(-[a-z]+)+", word))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Yield) and isinstance(node.value.value, ast.Tuple):
            constants = [one for one in node.value.value.elts if isinstance(one, ast.Constant)]
            yield from (str(one.value) for one in constants if re.fullmatch(r"[a-z]+(-[a-z]+)+", str(one.value)))


def test_every_finding_is_explained_and_no_other() -> None:
    explained = re.findall(r"^\| `([a-z-]+)` \| (?:error|warning) \|", page("findings.md"), re.MULTILINE)
    assert len(explained) == len(set(explained))
    assert set(explained) == codes_in_source()


@pytest.mark.parametrize(
    "model",
    [
        Policy, Step, Then, NewsSpec, Variant, StepPromise, Window, ChannelRule, OnReply, Caps, Expectation, Never,
        TriggerRules, TriggerFilter, Lapsed, Fading,
    ],
)  # fmt: skip
def test_every_key_of_a_policy_is_on_its_page(model: type[BaseModel]) -> None:
    text = page("policy-files.md")
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert {key for key in keys if f"`{key}`" not in text} == set()


@pytest.mark.parametrize("model", [FrontMatter, VariantMatter])
def test_every_key_of_news_is_on_its_page(model: type[BaseModel]) -> None:
    text = page("news-files.md")
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert {key for key in keys if f"`{key}`" not in text} == set()


def test_no_page_names_a_key_that_is_not_there() -> None:
    models = (
        Policy,
        Step,
        Then,
        NewsSpec,
        Variant,
        Window,
        ChannelRule,
        OnReply,
        Caps,
        Expectation,
        TriggerFilter,
        Lapsed,
    )
    known = {field.alias or name for model in models for name, field in model.model_fields.items()}
    known |= {"below", "call", "email", "sms", "letter", *TriggerRules.model_fields}
    rows = re.findall(r"^\| `(\w+)` \|", page("policy-files.md"), re.MULTILINE)
    assert set(rows) - known == set()


def test_the_example_of_each_page_can_be_read(tmp_path: Path) -> None:
    from policies.checking import check_files
    from policies.linter import LintContext

    (tmp_path / "policies").mkdir()
    (tmp_path / "news").mkdir()
    policy = re.findall(r"```yaml\n(.*?)```", page("policy-files.md"), re.DOTALL)[0]
    news = re.findall(r"```markdown\n(.*?)```", page("news-files.md"), re.DOTALL)[0]
    (tmp_path / "policies" / "new-lead.yaml").write_text(policy, encoding="utf-8")
    (tmp_path / "news" / "autumn-hours.md").write_text(news, encoding="utf-8")
    (tmp_path / "news" / "welcome-pack.md").write_text(
        "---\nkind: product\nheadline: W\n---\nText.\n", encoding="utf-8"
    )
    findings = check_files(tmp_path / "policies", tmp_path / "news", LintContext())
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
