"""Rules on the pool of news itself."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from policies.findings import Finding, Severity, did_you_mean, one_of
from policies.linter.context import Likeness, LintContext, at
from policies.news import NewsItem, NewsPool, news_classes

_TOLERANCE: Final = 3600.0  # seconds: files of one checkout or copy are written one after another


def unknown_kind_of_item(pool: NewsPool, context: LintContext) -> Iterator[Finding]:
    """An item of a kind that the settings do not list."""
    for item in pool if context.kinds is not None else ():
        kinds = context.kinds or frozenset()
        if item.kind not in kinds:
            near = did_you_mean(item.kind, kinds) or f" (expected {one_of(sorted(kinds))})"
            told = f'there is no kind of news "{item.kind}"{near}; kinds stand in [news] of {context.settings_file}'
            yield at(item.path, pool.place(item.id, "kind"), Severity.ERROR, "unknown-kind", told)


def look_alikes(pool: NewsPool, context: LintContext) -> Iterator[Finding]:
    """Two items that seem to say the same, and nobody has said whether they do."""
    if context.similar is None:
        return
    classes = news_classes(pool)
    for likeness in context.similar(list(pool)):
        a, b = pool.items[likeness.a], pool.items[likeness.b]
        declared = classes[a.id] == classes[b.id] or b.id in a.differs_from or a.id in b.differs_from
        if not declared:
            yield _look_alike(pool, a, b, likeness)


def _look_alike(pool: NewsPool, a: NewsItem, b: NewsItem, likeness: Likeness) -> Finding:
    line, column = pool.place(b.id, "headline")
    reasons = "; ".join((*likeness.for_, *(f"against: {reason}" for reason in likeness.against)))
    told = (
        f'"{a.id}" seems to say the same as "{b.id}" ({b.path}:{line}:{column}), score {likeness.score:.2f}'
        f"{f' ({reasons})' if reasons else ''}; write same_as: [{b.id}] or differs_from: [{b.id}]"
    )
    return at(a.path, pool.place(a.id, "headline"), Severity.ERROR, "look-alike-news", told)


def missing_translation(pool: NewsPool, context: LintContext) -> Iterator[Finding]:
    """For each language that leads read and some news is written in: the items that lack it."""
    if context.leads is None:
        return
    readers = {code.casefold(): count for code, count in context.leads.languages.items()}
    for language in sorted({language for item in pool for language in item.texts if language} & set(readers)):
        lacking = [item for item in pool if language not in item.texts and not _has_ended(item, context)]
        if lacking:
            names = ", ".join(item.id for item in lacking[:5]) + (", …" if len(lacking) > 5 else "")
            told = (
                f'{len(lacking)} of {len(pool)} items are not written in "{language}", which {readers[language]}'
                f" leads read; they get the original of: {names}"
            )
            place = pool.place(lacking[0].id, "headline")
            yield at(lacking[0].path, place, Severity.WARNING, "translation-missing", told)


def _has_ended(item: NewsItem, context: LintContext) -> bool:
    return context.today is not None and item.has_ended(context.today)


def old_translation(pool: NewsPool, _context: LintContext) -> Iterator[Finding]:
    """A translation whose file is older than the original's by more than an hour."""
    for item in pool:
        for text in item.texts.values():
            if text.language and 0 < text.changed_at < item.original.changed_at - _TOLERANCE:
                day = datetime.fromtimestamp(item.original.changed_at, tz=UTC).date()
                told = f"the original ({item.path}) was changed on {day}, after this translation; bring it up to date"
                yield at(text.path, (1, 1), Severity.WARNING, "translation-old", told)
