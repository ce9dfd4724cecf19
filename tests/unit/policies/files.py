"""Small policies and news for tests."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from policies.findings import Finding
from policies.loader import LoadedPolicy, load_policy_text
from policies.news import NewsItem, NewsPool
from policies.schema.news import NewsText

PATH = Path("test.yaml")
SEVEN = "\n".join(
    f"  - {{id: step-{day}, day: {day}, channel: [email, letter], news: any, ask: Reply.}}" for day in range(0, 28, 4)
)


def loaded(text: str) -> LoadedPolicy:
    """The policy of a text, which must be readable."""
    policy = load_policy_text(text, path=PATH)
    assert policy.policy is not None, [str(finding) for finding in policy.findings]
    return policy


def policy_text(touches: str = SEVEN, head: str = "", tail: str = "") -> str:
    """A policy of these touches."""
    return f"policy: test\n{head}\ntouches:\n{touches}\n{tail}\n"


def findings_of(text: str) -> list[Finding]:
    """What reading finds."""
    return list(load_policy_text(text, path=PATH).findings)


def codes(findings: Sequence[Finding]) -> list[str]:
    """Their codes."""
    return [finding.code for finding in findings]


def item(name: str, **given: object) -> NewsItem:
    """A piece of news with a plain text."""
    body = str(given.pop("body", f"All about {name}."))
    texts: Mapping[str, str] = given.pop("translations", {})  # type: ignore[assignment]
    wordings = {language: _wording(name, language, text) for language, text in {"": body, **texts}.items()}
    return NewsItem.model_validate({"id": name, "kind": "price", "texts": wordings, **given})


def _wording(name: str, language: str, body: str) -> NewsText:
    suffix = f".{language}" if language else ""
    return NewsText(
        language=language,
        headline=name,
        subject=name,
        body=body,
        path=f"news/{name}{suffix}.md",
        digest="",
        body_line=5,
    )


def pool(*items: NewsItem) -> NewsPool:
    """A pool of these items."""
    return NewsPool(items={one.id: one for one in items})
