import pytest

from policies.findings import Severity
from policies.linter import LeadFacts, LintContext, lint, lint_news
from tests.unit.policies.files import SEVEN, codes, item, loaded, policy_text, pool

LEADS = LeadFacts(total=4, variables={"first_name": 4, "city": 3, "shoe_size": 1})


def asking(source: str) -> str:
    return policy_text(SEVEN.replace("ask: Reply.", f"ask: '{source}'", 1))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("{{ lead.first_name }}", []),
        ("{{ lead.city }}", [("variable-lacking", Severity.WARNING)]),
        ("{{ lead.city | default(1) }}", []),
        ("{{ lead.frist_name }}", [("unknown-variable", Severity.ERROR)]),
        ("{{ lead.frist_name | default(1) }}", [("unknown-variable", Severity.WARNING)]),
        ("{{ lead.company }}", [("unknown-variable", Severity.ERROR)]),
        ("{{ first_name }}", [("unknown-variable", Severity.ERROR)]),
        ("{{ lead }}", [("unknown-variable", Severity.ERROR)]),
        ("{{ owner.name }}", []),
        ("{{ lead.x ", [("template-error", Severity.ERROR)]),
        ("{% include 1 %}", [("template-not-allowed", Severity.ERROR)]),
    ],
)
def test_a_variable_that_nobody_has_is_an_error_and_one_that_some_lack_a_warning(
    source: str, expected: list[tuple[str, Severity]]
) -> None:
    findings = lint([loaded(asking(source))], LintContext(leads=LEADS))
    assert [(finding.code, finding.severity) for finding in findings] == expected


def test_without_leads_the_usual_columns_are_taken_as_known() -> None:
    empty = LintContext(leads=LeadFacts())
    assert lint([loaded(asking("{{ lead.company }}"))], empty) == []
    assert codes(lint([loaded(asking("{{ lead.shoe_size }}"))], empty)) == ["unknown-variable"]


def test_when_nothing_is_known_of_leads_columns_are_not_judged() -> None:
    assert lint([loaded(asking("{{ lead.shoe_size }}"))], LintContext()) == []


def test_promises_and_variants_are_texts_too() -> None:
    steps = SEVEN.replace("ask: Reply.", "ask: R., promises: [{text: '{{ x }}', by: 1 day}]", 1)
    assert codes(lint([loaded(policy_text(steps))], LintContext())) == ["unknown-variable"]
    steps = SEVEN.replace("ask: Reply.", "ask: R., variants: {a: {share: 100, subject: '{{ x }}'}}", 1)
    assert codes(lint([loaded(policy_text(steps))], LintContext())) == ["unknown-variable"]


def test_a_variable_of_news_is_found_on_its_line_in_every_language() -> None:
    news = pool(item("a", body="One\n{{ lead.nick }}", translations={"fi": "{{ lead.nick }}"}))
    findings = lint_news(news, LintContext(leads=LEADS))
    assert [(finding.file, finding.line) for finding in findings] == [("news/a.fi.md", 5), ("news/a.md", 6)]
