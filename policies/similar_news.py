"""Pairs of news items that seem to say the same: the bridge from items in languages to the likeness of texts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from policies.likeness import Embedder, LikePair, Text, facts_against, pairs
from policies.news import NewsItem

_SHORTEST_BODY = 5  # words; what is shorter says little without its headline


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarNews:
    """Two items, by id in order, with the highest score of any two of their texts."""

    a: str
    b: str
    score: float
    for_: tuple[str, ...]
    against: tuple[str, ...]


def similar_news(items: Sequence[NewsItem], *, embedder: Embedder | None = None) -> list[SimilarNews]:
    """All pairs of different items of which some texts seem to say the same: headline and body together, or the bodies
    alone where the headlines hold no other facts. (Two headlines for one body are one news.)"""
    best: dict[tuple[str, str], SimilarNews] = {}
    for found in (*_found(pairs(_texts(items), embedder=embedder)), *_found(_alike_below_the_headline(items))):
        known = best.get((found.a, found.b))
        if known is None or found.score > known.score:
            best[found.a, found.b] = found
    return [best[key] for key in sorted(best)]


def _texts(items: Iterable[NewsItem]) -> Iterator[Text]:
    for item in items:
        for language, text in item.texts.items():
            yield Text(id=f"{item.id}\n{language}", language=language or None, body=f"{text.headline}\n\n{text.body}")


def _alike_below_the_headline(items: Sequence[NewsItem]) -> Iterator[LikePair]:
    whole = {text.id: text for text in _texts(items)}
    bodies = (Text(id=text.id, language=text.language, body=_body(text)) for text in whole.values())
    for pair in pairs(body for body in bodies if len(body.body.split()) >= _SHORTEST_BODY or not body.body.isascii()):
        if not facts_against(whole[pair.first], whole[pair.second]):
            yield pair


def _body(text: Text) -> str:
    return text.body.partition("\n\n")[2]


def _found(alike: Iterable[LikePair]) -> Iterator[SimilarNews]:
    for pair in alike:
        a, b = sorted(side.partition("\n")[0] for side in (pair.first, pair.second))
        if a != b:
            likeness = pair.likeness
            yield SimilarNews(
                a=a, b=b, score=likeness.score, for_=likeness.because_for, against=likeness.because_against
            )
