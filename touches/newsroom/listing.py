"""Each piece of news with what became of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from policies.news import NewsItem, NewsPool, news_classes
from policies.schema.conditions import all_match
from touches.engine.library import worth_of
from touches.store.catalog import PublishedNews
from touches.store.news_figures import Audience, audiences, followed_counts, told_counts
from touches.store.units import Unit

COUNTED = frozenset({"segment", "country", "language"})  # facts by which leads are counted


def news_rows(unit: Unit, drafts: NewsPool, today: date) -> list[Mapping[str, Any]]:
    """One mapping for each item of the files and of what is published, by id."""
    published = unit.catalog.news(withdrawn=True)
    stored = {name: NewsItem.model_validate_json(row.document) for name, row in published.items()}
    items = {**stored, **drafts.items}
    classes = news_classes(items.values())
    told = told_counts(unit.connection)
    answers = followed_counts(unit.connection, "reply")
    purchases = followed_counts(unit.connection, "purchase")
    groups = audiences(unit.connection)
    worth = worth_of(unit)
    rows: list[Mapping[str, Any]] = []
    for name in sorted(items):
        item, news_class = items[name], published[name].news_class if name in published else classes[name]
        reached = told.get(news_class, 0)
        concerned = _concerned(item, groups)
        rows.append(
            {
                "news": name,
                "kind": item.kind,
                "headline": item.headline,
                "state": _state(name, drafts, published.get(name), stored.get(name)),
                "languages": sorted(language for language in item.texts if language),
                "valid": str(item.valid) if item.valid else "",
                "days_left": _days_left(item, today),
                "urgent": item.urgent,
                "told": reached,
                "to_tell": None if concerned is None else max(0, concerned - reached),
                "answers": answers.get(news_class, 0),
                "purchases": purchases.get(news_class, 0),
                "worth": worth.of(news_class) if worth.record(news_class) is not None else None,
                "class": news_class,
            }
        )
    return rows


def _concerned(item: NewsItem, groups: Sequence[Audience]) -> int | None:
    """How many living leads it is for; None where that depends on more than we count by."""
    if any(condition.field not in COUNTED for condition in item.for_):
        return None
    facts = [
        ({"segment": group.segment, "country": group.country, "language": group.language}, group.leads)
        for group in groups
    ]
    return sum(leads for known, leads in facts if all_match(item.for_, known))


def _state(name: str, drafts: NewsPool, row: PublishedNews | None, stored: NewsItem | None) -> str:
    if row is None:
        return "draft"
    if row.withdrawn_at is not None:
        return "withdrawn"
    if name not in drafts.items:
        personal = stored is not None and any(condition.field == "lead_id" for condition in stored.for_)
        return "for one lead" if personal else "published, file gone"
    return "published" if stored is not None and _same(stored, drafts.items[name]) else "changed"


def _same(stored: NewsItem, draft: NewsItem) -> bool:
    plain = {"texts": {"__all__": {"path", "changed_at", "body_line"}}}
    return stored.model_dump_json(exclude=plain) == draft.model_dump_json(exclude=plain)


def _days_left(item: NewsItem, today: date) -> int | None:
    if item.valid is None or item.valid.last is None:
        return None
    return max(0, (item.valid.last - today).days + 1)
