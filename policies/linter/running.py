"""All rules, and how they are run."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeAlias

from policies.findings import Finding
from policies.linter import channel_use, history, news_items, news_use, steps, texts, windows
from policies.linter.context import Case, LintContext
from policies.loader import LoadedPolicy
from policies.news import NewsPool, news_classes

PolicyRule: TypeAlias = Callable[[Case], Iterable[Finding]]
NewsRule: TypeAlias = Callable[[NewsPool, LintContext], Iterable[Finding]]

POLICY_RULES: Final[tuple[PolicyRule, ...]] = (
    steps.duplicate_step,
    steps.step_without_time,
    steps.spread_without_window,
    steps.days_out_of_order,
    steps.fewer_than_seven,
    steps.no_ask,
    windows.window_never_opens,
    windows.time_outside_hours,
    windows.outside_window,
    windows.call_hours,
    windows.calendar_ends,
    channel_use.channel_three_times,
    channel_use.no_paper,
    channel_use.channel_not_set_up,
    news_use.unknown_news,
    news_use.unknown_kind,
    news_use.expired_news,
    news_use.missing_news,
    news_use.same_news_only,
    news_use.news_runs_out,
    texts.step_texts,
    history.changed_meaning,
)
NEWS_RULES: Final[tuple[NewsRule, ...]] = (
    news_items.unknown_kind_of_item,
    news_items.look_alikes,
    news_items.missing_translation,
    news_items.old_translation,
    texts.news_texts,
)


def lint(policies: Sequence[LoadedPolicy], context: LintContext) -> list[Finding]:
    """What the rules say of all policies that could be read, sorted by place. Findings of reading are not repeated."""
    classes = news_classes(context.pool or NewsPool())
    cases = [
        Case(policy=one.policy, loaded=one, context=context, classes=classes)
        for one in policies
        if one.policy is not None
    ]
    return sorted({finding for case in cases for rule in POLICY_RULES for finding in rule(case)})


def lint_news(pool: NewsPool, context: LintContext) -> list[Finding]:
    """What the rules say of the news, sorted by place. Findings of reading are not repeated."""
    return sorted({finding for rule in NEWS_RULES for finding in rule(pool, context)})
