"""Which news a touch tells: the best that the step allows, that is valid, and that this lead has not heard."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from policies.schema.conditions import Condition, all_match
from policies.schema.steps import NewsSpec
from policies.times import DateRange
from touches.model.people import Lead
from touches.planning.worth import Achieved


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language of a piece of news."""

    language: str
    headline: str
    subject: str
    body: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A published piece of news as the engine sees it. `needs` are news classes that must be told before;
    `only_lead` is set for news that was recorded for one lead. `worth` is the share that may be expected to answer or
    buy, `achieved` the figures it comes from, where there are enough."""

    id: str
    news_class: str
    kind: str
    wordings: Mapping[str, Wording]  # by language; "" is the original
    published_at: datetime
    conditions: tuple[Condition, ...] = ()
    valid: DateRange | None = None
    needs: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    urgent: bool = False
    pinned: bool = False
    only_lead: int | None = None
    worth: float = 0.0
    achieved: Achieved | None = None

    def wording_for(self, language: str) -> Wording:
        """The lead's language, its base language, else the original."""
        folded = language.casefold()
        for wanted in (folded, folded.partition("-")[0], ""):
            if wanted in self.wordings:
                return self.wordings[wanted]
        return next(iter(self.wordings.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """All published news. `stamp` changes whenever it does.

    `chosen` remembers choices: leads that look the same to the choice are many, and it is made twice for each touch.
    """

    items: tuple[Item, ...] = ()
    stamp: object = None
    chosen: "dict[object, tuple[NewsSpec, NewsChoice]]" = field(default_factory=dict, compare=False, repr=False)
    fields: tuple[str, ...] = field(init=False, compare=False, repr=False, default=())
    personal: frozenset[int] = field(init=False, compare=False, repr=False, default=frozenset())

    def __post_init__(self) -> None:
        fields = sorted({condition.field for item in self.items for condition in item.conditions})
        object.__setattr__(self, "fields", tuple(fields))
        personal = frozenset(item.only_lead for item in self.items if item.only_lead is not None)
        object.__setattr__(self, "personal", personal)

    def get(self, item_id: str) -> Item | None:
        """The item of this id."""
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearer:
    """What the choice must know of a lead. `told` holds the classes told or reserved, `kinds` those told last, latest
    first."""

    lead: Lead
    facts: Mapping[str, object]
    told: Collection[str]
    day: date  # the local date of the hand-over
    kinds: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewsChoice:
    """The chosen item or none, the reason, and for each other item why it was not."""

    item: Item | None
    because: str
    considered: tuple[tuple[str, str], ...] = field(default=())


def choose_news(spec: NewsSpec, pool: Pool, hearer: Hearer, *, keep_considered: bool = True) -> NewsChoice:
    """The best of what may be told: pinned first, then what answers a concern, fit, language, what ends soon,
    variety of kind, what worked, freshness; the id settles the rest, so that the choice is always the same."""
    key = (id(spec), keep_considered, *_look(hearer, pool))
    known = pool.chosen.get(key)
    if known is not None and known[0] is spec:
        return known[1]
    choice = _chosen(spec, pool, hearer, keep_considered=keep_considered)
    if len(pool.chosen) >= MOST_REMEMBERED:
        pool.chosen.clear()
    pool.chosen[key] = (spec, choice)
    return choice


def _look(hearer: Hearer, pool: Pool) -> tuple[object, ...]:
    """All that the choice looks at in a lead."""
    lead = hearer.lead
    facts = tuple([repr(hearer.facts.get(name)) for name in pool.fields])
    personal = lead.id if lead.id in pool.personal else None
    return (frozenset(hearer.told), hearer.day, lead.language, lead.concerns, tuple(hearer.kinds[:1]), facts, personal)


def _chosen(spec: NewsSpec, pool: Pool, hearer: Hearer, *, keep_considered: bool) -> NewsChoice:
    refused: list[tuple[str, str]] = []
    fit: list[Item] = []
    for item in pool.items:
        reason = why_not(item, spec, hearer)
        if not reason:
            fit.append(item)
        elif keep_considered and reason != NOT_ASKED:
            refused.append((item.id, reason))
    if not fit:
        return NewsChoice(item=None, because=f"nothing new to tell for news: {spec}", considered=tuple(refused))
    best = min(fit, key=lambda item: _rank(item, spec, hearer))
    others = [(item.id, _later(item)) for item in fit if item is not best] if keep_considered else []
    return NewsChoice(item=best, because=_praise(best, spec, hearer), considered=(*others, *refused))


MOST_REMEMBERED = 10_000
NOT_ASKED = "not asked for by the step"


def why_not(item: Item, spec: NewsSpec, hearer: Hearer) -> str:
    """Why an item cannot be told now; empty when it can."""
    if item.only_lead is not None and item.only_lead != hearer.lead.id:
        return NOT_ASKED
    # A person found a reason for this very lead: every step that still needs one may tell it.
    if item.only_lead is None and not spec.allows(item=item.id, kind=item.kind):
        return NOT_ASKED
    if item.news_class in hearer.told:
        return "told already" if item.news_class == item.id else f"told already, as {item.news_class}"
    if item.valid is not None and not item.valid.holds(hearer.day):
        return f"expired on {item.valid.last}" if item.valid.is_before(hearer.day) else f"valid from {item.valid.first}"
    if not all_match(item.conditions, hearer.facts):
        return "for others: " + ", ".join(condition.field for condition in item.conditions)
    missing = [need for need in item.needs if need not in hearer.told]
    return f"needs {', '.join(missing)} first" if missing else ""


def _rank(item: Item, spec: NewsSpec, hearer: Hearer) -> tuple[object, ...]:
    return (
        item.only_lead is None,
        _position(item.id, spec.pinned),
        not item.pinned,
        _position(item.id, spec.id),
        not _met_concerns(item, hearer.lead),
        -len(item.conditions),
        not _in_language(item, hearer.lead.language),
        _days_left(item, hearer.day),
        item.kind in hearer.kinds[:1],
        -item.worth,
        -item.published_at.timestamp(),
        item.id,
    )


def _position(item_id: str, ids: Sequence[str]) -> int:
    return ids.index(item_id) if item_id in ids else len(ids)


def _met_concerns(item: Item, lead: Lead) -> list[str]:
    return [concern for concern in lead.concerns if concern in item.answers]


def _in_language(item: Item, language: str) -> bool:
    folded = language.casefold()
    return not folded or folded in item.wordings or folded.partition("-")[0] in item.wordings


def _days_left(item: Item, day: date) -> int:
    return 10_000 if item.valid is None or item.valid.last is None else (item.valid.last - day).days


def _later(item: Item) -> str:
    return "would do, comes later" + (f" ({item.achieved})" if item.achieved is not None else "")


def _praise(item: Item, spec: NewsSpec, hearer: Hearer) -> str:
    reasons = []
    if item.id in spec.pinned or item.pinned:
        reasons.append("pinned")
    if item.id in spec.id:
        reasons.append("named by the step")
    if item.only_lead is not None:
        reasons.append("recorded for this lead")
    reasons += [f"answers the concern {concern}" for concern in _met_concerns(item, hearer.lead)]
    if item.conditions:
        reasons.append("made for " + ", ".join(f"{each.field} {each.text}" for each in item.conditions))
    if not _in_language(item, hearer.lead.language):
        reasons.append(f"not in {hearer.lead.language}, so in the original language")
    if item.valid is not None and item.valid.last is not None:
        reasons.append(f"valid until {item.valid.last}")
    if item.achieved is not None:
        reasons.append(str(item.achieved))
    return f"{item.id} is new to this lead" + (": " + ", ".join(reasons) if reasons else "")
