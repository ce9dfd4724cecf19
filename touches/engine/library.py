"""Published policies and news, parsed once and kept until somebody publishes or their worth is counted anew."""

import json
from collections.abc import Mapping
from typing import Any

from policies.schema import Policy
from policies.schema.news import NewsItem, NewsText
from touches.planning.news_choice import Item, Pool, Wording
from touches.planning.worth import Achieved, Worth
from touches.store.catalog import PublishedNews
from touches.store.units import Unit

NO_FIGURES = Worth()
WORTH = "news/worth"  # the switch with what each class of news achieved


class Library:
    """What the engine goes by. Not shared by threads while it is refreshed."""

    def __init__(self, language: str = "en") -> None:
        """`language` is that of news without one in its file name."""
        self.language = language
        self._stamp: object = None
        self._versions: dict[tuple[str, int], tuple[Policy, Mapping[str, Any]]] = {}
        self._current: dict[str, int] = {}
        self.pool = Pool()

    def refresh(self, unit: Unit) -> bool:
        """Read again what was published since; whether there was anything."""
        stamp = unit.catalog.stamp()
        if stamp == self._stamp:
            return False
        published = unit.catalog.current_policies()
        self._current = {name: version.number for name, version in published.items()}
        self.pool = pool_of(unit.catalog.news(), stamp, self.language, worth_of(unit))
        self._stamp = stamp
        return True

    @property
    def current(self) -> Mapping[str, int]:
        """The version of each policy that new enrollments get."""
        return self._current

    def policy(self, unit: Unit, name: str, number: int) -> tuple[Policy, Mapping[str, Any]]:
        """A version and the places of its parts in the file. KeyError: there is no such version."""
        key = (name, number)
        if key not in self._versions:
            row = unit.catalog.versions([key])[key]
            self._versions[key] = (Policy.model_validate_json(row.document), {**row.places, "file": row.path})
        return self._versions[key]


def worth_of(unit: Unit) -> Worth:
    """What news achieved, as it was counted last."""
    stored = json.loads(unit.switches.get(WORTH) or "{}")
    return Worth(achieved={name: Achieved(told=told, followed=followed) for name, (told, followed) in stored.items()})


def pool_of(news: Mapping[str, PublishedNews], stamp: object, language: str = "en", worth: Worth = NO_FIGURES) -> Pool:
    """The published news as the engine sees it, in a settled order; `language` is that of the originals."""
    classes = {item_id: row.news_class for item_id, row in news.items()}
    return Pool(items=tuple(_item(news[item_id], classes, language, worth) for item_id in sorted(news)), stamp=stamp)


def _item(row: PublishedNews, classes: Mapping[str, str], language: str, worth: Worth) -> Item:
    news = NewsItem.model_validate_json(row.document)
    only = next((one.values[0] for one in news.for_ if one.field == "lead_id"), "")
    return Item(
        id=row.id,
        news_class=row.news_class,
        kind=news.kind,
        wordings=_wordings(news, language.casefold()),
        published_at=row.published_at,
        conditions=news.for_,
        valid=news.valid,
        needs=tuple(classes.get(need, need) for need in news.needs),
        answers=news.answers,
        urgent=news.urgent,
        pinned=news.pinned,
        only_lead=int(only) if only else None,
        worth=worth.of(row.news_class),
        achieved=worth.record(row.news_class),
    )


def _wordings(news: NewsItem, original: str) -> Mapping[str, Wording]:
    """By language; the original stands under "" and, unless there is a variant, under its own language."""
    found = {language: _wording(text, language or original) for language, text in news.texts.items()}
    return {original: found[""], **found}


def _wording(text: NewsText, language: str) -> Wording:
    return Wording(language=language, headline=text.headline, subject=text.subject, body=text.body, digest=text.digest)
