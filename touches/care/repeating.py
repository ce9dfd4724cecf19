"""Whether what a person tells a lead repeats what the lead was told before. A guess: a warning and nothing more."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from touches.engine.library import pool_of
from touches.engine.office import Office
from touches.errors import MissingExtra
from touches.model.cadence import LedgerEntry
from touches.model.people import Lead
from touches.newsroom.likeness import embedder_of
from touches.planning.news_choice import Item
from touches.store.units import Unit

if TYPE_CHECKING:
    from policies.likeness import Embedder, LikePair, Text


def said_before(unit: Unit, office: Office, lead: Lead, told: str, *, but: Sequence[str] = ()) -> list[str]:
    """Sentences about what a text seems to repeat of what the lead was told, by news or in words; `but` are items that
    it is meant to tell."""
    if not told.strip():
        return []
    from policies.likeness import Text, told_before

    known = {**_by_news(unit, office, lead, but), **_waiting(office, lead, but), **_by_people(unit, lead)}
    embedder, warnings = _embedder(office)
    alike = told_before(Text(id="now", body=told), [text for _, text in known.values()], embedder=embedder)
    return [*warnings, *(_told(pair, known[pair.first][0]) for pair in alike)]


def _told(pair: "LikePair", where: str) -> str:
    likeness = pair.likeness
    return f"this seems to say the same as {where} (score {likeness.score:.2f}: {'; '.join(likeness.because_for)})"


def _embedder(office: Office) -> "tuple[Embedder | None, list[str]]":
    """What was said is written down in any case, so a missing part is a warning here."""
    try:
        return embedder_of(office.desk.likeness), []
    except MissingExtra as missing:
        return None, [f"compared by wording alone: {missing} {missing.hint}"]


def _by_news(unit: Unit, office: Office, lead: Lead, but: Sequence[str]) -> "dict[str, tuple[str, Text]]":
    from policies.likeness import Text

    entries = [entry for entry in unit.ledger.told([lead.id])[lead.id].values() if entry.news not in but]
    found = {}
    for name, (entry, item) in _items(unit, office, entries).items():
        wording = item.wording_for(lead.language)
        text = Text(id=f"news {name}", body=wording.body, language=wording.language or None)
        found[text.id] = (f'the news "{name}", told on {entry.at:%Y-%m-%d}', text)
    return found


def _waiting(office: Office, lead: Lead, but: Sequence[str]) -> "dict[str, tuple[str, Text]]":
    """What was recorded for this lead alone, told or still to be told."""
    from policies.likeness import Text

    own = [item for item in office.library.pool.items if item.only_lead == lead.id and item.id not in but]
    return {
        f"news {item.id}": (f'the news "{item.id}", recorded for this lead', Text(id=f"news {item.id}", body=body.body))
        for item in own
        for body in [item.wording_for("")]
    }


def _items(unit: Unit, office: Office, entries: Iterable[LedgerEntry]) -> Mapping[str, tuple[LedgerEntry, Item]]:
    """What was told, also where it was withdrawn since."""
    told = {entry.news: entry for entry in entries}
    items = {item.id: item for item in office.library.pool.items if item.id in told}
    if len(items) < len(told):
        gone = {name: row for name, row in unit.catalog.news(withdrawn=True).items() if name in set(told) - set(items)}
        items |= {item.id: item for item in pool_of(gone, None).items}
    return {name: (told[name], item) for name, item in items.items()}


def _by_people(unit: Unit, lead: Lead) -> "dict[str, tuple[str, Text]]":
    from policies.likeness import Text

    said = [one for one in unit.interactions.of_leads([lead.id])[lead.id] if one.told and one.direction == "out"]
    return {
        f"said {one.id}": (f"what {one.who} told on {one.at:%Y-%m-%d}", Text(id=f"said {one.id}", body=one.told))
        for one in said
    }
