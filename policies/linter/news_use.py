"""Rules on what the steps can tell: unknown, expired, missing, the same twice, or too little."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from policies.findings import Finding, did_you_mean, one_of
from policies.linter.audience import ANYBODY, candidates, specs, targeted_segments
from policies.linter.context import Case
from policies.linter.matching import Matching

_ROUNDS_AHEAD: Final = 4
_NAMED: Final = 5  # segments in one message


def unknown_news(case: Case) -> Iterator[Finding]:
    """An id that no file has."""
    pool = case.context.pool
    if pool is None:
        return
    for index, step in enumerate(case.policy.contacts):
        for name in dict.fromkeys(name for spec in specs(step) for name in spec.named):
            if name not in pool.items and name not in pool.broken:
                told = f'there is no news "{name}"{did_you_mean(name, pool.items)}'
                yield case.error("unknown-news", told, *case.step_place(index, "news"))


def unknown_kind(case: Case) -> Iterator[Finding]:
    """A kind that the settings do not list."""
    kinds = case.context.kinds
    if kinds is None:
        return
    for index, step in enumerate(case.policy.contacts):
        for name in dict.fromkeys(name for spec in specs(step) for name in spec.kind):
            if name not in kinds:
                near = did_you_mean(name, kinds) or f" (expected {one_of(sorted(kinds))})"
                told = f'there is no kind of news "{name}"{near}'
                yield case.error("unknown-kind", told, *case.step_place(index, "news.kind"), *case.step_place(index))


def expired_news(case: Case) -> Iterator[Finding]:
    """A named item whose last day has passed: it is never sent."""
    pool, today = case.context.pool, case.context.today
    if pool is None or today is None:
        return
    for index, step in enumerate(case.policy.contacts):
        for name in dict.fromkeys(name for spec in specs(step) for name in spec.named):
            item = pool.items.get(name)
            if item is not None and item.valid is not None and item.has_ended(today):
                told = f'the news "{name}" was valid until {item.valid.last}; it is not sent any more'
                yield case.warning("news-expired", told, *case.step_place(index, "news"))


def missing_news(case: Case) -> Iterator[Finding]:
    """A step for which the pool has nothing at all: it would be held from the first lead on."""
    if case.context.pool is None:
        return
    for index, step in enumerate(case.policy.contacts):
        if any(spec.named for spec in specs(step)):
            continue
        dry = [segment for segment in targeted_segments(case) if not candidates(case, step, segment)]
        if dry:
            told = f'no news for the step "{step.id}" ({step.news}){_for(dry)}; it would be held'
            yield case.warning("news-missing", told, *case.step_place(index, "news"))


def same_news_only(case: Case) -> Iterator[Finding]:
    """A step that could only tell what an earlier one tells."""
    first: dict[frozenset[str], str] = {}
    for index, step in enumerate(case.policy.touches):
        only = _only_news(case, index)
        if len(only) != 1:
            continue
        if only in first:
            told = (
                f'"{step.id}" could only tell "{next(iter(only))}", and so could "{first[only]}"; nobody hears it twice'
            )
            yield case.warning("same-news-only", told, *case.step_place(index, "news"))
        first.setdefault(only, step.id)


def _only_news(case: Case, index: int) -> frozenset[str]:
    """The news of a step that can tell one item alone, whoever the lead is; else nothing."""
    step = case.policy.touches[index]
    if case.context.pool is None:
        named = {name for spec in specs(step) for name in spec.id}
        return frozenset(named) if not any(spec.kind or spec.is_any for spec in specs(step)) else frozenset()
    several = {candidates(case, step, segment) for segment in targeted_segments(case)}
    return several.pop() if len(several) == 1 else frozenset()


def news_runs_out(case: Case) -> Iterator[Finding]:
    """The step, or the repetition, at which a lead has heard all there is."""
    if case.context.pool is None:
        return
    dry: dict[tuple[int, int], list[str]] = defaultdict(list)
    for segment in targeted_segments(case):
        place = _first_dry(case, segment)
        if place is not None:
            dry[place].append(segment)
    for (index, rounds), segments in sorted(dry.items()):
        yield _runs_out(case, index, rounds, segments)


def _runs_out(case: Case, index: int, rounds: int, segments: Sequence[str]) -> Finding:
    step = case.policy.contacts[index]
    if index < len(case.policy.touches):
        told = f'the news runs out at touch {index + 1}, "{step.id}"{_for(segments)}; write more of: {step.news}'
    else:
        told = f'the news of "{step.id}" lasts for {rounds} rounds{_for(segments)}; write more of: {step.news}'
    return case.warning("news-runs-out", told, *case.step_place(index, "news"))


def _first_dry(case: Case, segment: str) -> tuple[int, int] | None:
    """Index and round at which an unseen item is missing, when each lead hears every item once."""
    offers = [candidates(case, step, segment) for step in case.policy.contacts]
    matching = Matching()
    for index, _ in enumerate(case.policy.touches):
        if not matching.add(offers[index]) and not _told_elsewhere(offers, index):
            return index, 0
    if case.policy.then is None or not offers[-1]:
        return None
    lasting = next((count for count in range(_ROUNDS_AHEAD) if not matching.add(offers[-1])), None)
    return None if lasting is None else (len(case.policy.touches), lasting)


def _told_elsewhere(offers: Sequence[frozenset[str]], index: int) -> bool:
    """Whether another rule reports the step: it has no news at all, or only that of an earlier step."""
    return not offers[index] or (len(offers[index]) == 1 and offers[index] in offers[:index])


def _for(segments: Sequence[str]) -> str:
    named = [f'"{segment}"' for segment in segments if segment != ANYBODY]
    rest = [f"{len(named) - _NAMED} more"] if len(named) > _NAMED else []
    return f" for segment {one_of([*named[:_NAMED], *rest])}" if named else ""
