from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from policies.findings import Finding, Severity
from policies.linter import LeadFacts, LintContext, lint
from policies.linter.matching import Matching
from policies.news import NewsPool
from tests.unit.policies.files import SEVEN, codes, item, loaded, policy_text, pool

PLENTY = [item(f"n{number}") for number in range(7)]
TODAY = date(2026, 11, 22)


def findings(text: str, news: NewsPool, leads: LeadFacts | None = None) -> list[Finding]:
    return lint([loaded(text)], LintContext(pool=news, today=TODAY, leads=leads))


def with_news(*choices: str) -> str:
    steps = SEVEN
    for choice in choices:
        steps = steps.replace("news: any", f"news: {choice}", 1)
    return policy_text(steps)


def test_enough_news_is_no_finding() -> None:
    assert findings(policy_text(), pool(*PLENTY)) == []


def test_an_unknown_item_is_an_error_with_the_nearest_name() -> None:
    finding = findings(with_news("welcome-pakc"), pool(item("welcome-pack"), *PLENTY))[0]
    assert (finding.code, finding.severity) == ("unknown-news", Severity.ERROR)
    assert 'did you mean "welcome-pack"?' in finding.message


def test_an_item_whose_file_is_broken_is_not_unknown() -> None:
    news = NewsPool(items=pool(*PLENTY).items, broken=frozenset({"half"}))
    assert "unknown-news" not in codes(findings(with_news("half"), news))


def test_an_unknown_kind_is_an_error() -> None:
    assert "unknown-kind" in codes(findings(with_news("{kind: pricing}"), pool(*PLENTY)))


def test_a_named_item_that_has_ended_is_a_warning() -> None:
    news = pool(item("spring", valid="2026-03-01..2026-11-21"), *PLENTY)
    assert "news-expired" in codes(findings(with_news("spring"), news))
    last_day = pool(item("spring", valid="2026-03-01..2026-11-22"), *PLENTY)
    assert findings(with_news("spring"), last_day) == []


def test_a_step_without_any_fitting_item_is_a_warning() -> None:
    assert codes(findings(with_news("{kind: event}"), pool(*PLENTY))) == ["news-missing"]


def test_two_steps_that_can_only_tell_the_same_are_a_warning_at_the_second() -> None:
    warnings = findings(with_news("n0", "n0"), pool(*PLENTY))
    assert [(finding.code, finding.line) for finding in warnings] == [("same-news-only", 5)]


def test_two_names_of_one_news_are_the_same() -> None:
    news = pool(item("again", same_as=["n0"]), *PLENTY)
    assert codes(findings(with_news("n0", "again"), news)) == ["same-news-only"]


def test_without_a_pool_only_names_are_compared() -> None:
    assert codes(lint([loaded(with_news("n0", "n0", "{kind: price}", "{kind: price}"))], LintContext())) == [
        "same-news-only"
    ]


def test_news_that_runs_out_is_told_with_touch_and_segment() -> None:
    news = pool(
        *PLENTY[:5],
        item("for-cafes", **{"for": {"segment": "cafe"}}),
        item("for-firms", **{"for": {"segment": "firm"}}),
    )
    leads = LeadFacts(total=2, segments={"cafe": 1, "baker": 1})
    told = [(finding.code, finding.line, finding.message) for finding in findings(policy_text(), news, leads)]
    assert [(code, line) for code, line, _ in told] == [("news-runs-out", 9), ("news-runs-out", 10)]
    assert 'touch 6, "step-20" for segment "baker"' in told[0][2]
    assert 'touch 7, "step-24" for segment "cafe"' in told[1][2]


def test_a_fixed_item_is_kept_for_its_step() -> None:
    """`any` before must not be counted as taking the only item of a later step."""
    steps = SEVEN.replace("news: any", "news: n0").replace("news: n0", "news: any", 6)
    assert findings(policy_text(steps), pool(*PLENTY)) == []


def test_the_repetition_wants_news_for_four_rounds() -> None:
    text = policy_text(tail="then: {every: 1 week, channel: email, news: any, ask: Reply.}")
    lasting = pool(*PLENTY, *(item(f"more-{number}") for number in range(4)))
    assert findings(text, lasting) == []
    short = findings(text, pool(*PLENTY, item("more-0")))
    assert codes(short) == ["news-runs-out"]
    assert "lasts for 1 rounds" in short[0].message


@given(st.lists(st.frozensets(st.sampled_from("abcde"), max_size=4), max_size=7))
def test_a_matching_finds_as_many_as_trying_all_ways_does(offers: list[frozenset[str]]) -> None:
    def most(remaining: list[frozenset[str]], free: frozenset[str]) -> int:
        if not remaining:
            return 0
        ways = [1 + most(remaining[1:], free - {news}) for news in remaining[0] & free]
        return max([most(remaining[1:], free), *ways])

    matching = Matching()
    assert sum(matching.add(offer) for offer in offers) == most(offers, frozenset("abcde"))


def test_a_very_long_policy_is_counted_without_running_out_of_stack() -> None:
    count = 800
    steps = "\n".join(f"  - {{id: s{n}, day: 1, channel: [email, sms], news: any}}" for n in range(count))
    news = pool(*(item(f"n{n}") for n in range(count - 1)))
    text = policy_text(steps)
    assert "news-runs-out" in codes(findings(text, news))
