"""The rows of a list that are plainly new leads, taken a column at a time: what most of a first import is.

A row goes this way only when nothing about it needs a thought: an id, a mailbox and phones that nobody has, words that
are understood, nothing closed. All others are checked one by one; both ways make the same leads, which a test holds.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, compress, repeat
from typing import Any, Final
from unicodedata import is_normalized

from touches.people.checking import RowChecker
from touches.people.cleaning import FIELD_LIMIT
from touches.people.draft import EMAIL, PHONE, PLAIN_FIELDS, POSTAL, Defaults
from touches.people.headers import Columns
from touches.people.mailboxes import BadMailbox, mailbox_of
from touches.people.meanings import understood_by
from touches.people.phones import quick_numbers
from touches.people.postal import address_lines
from touches.people.reading import SourceRow
from touches.people.words import NotUnderstood, region_of
from touches.store.imports import LEAD_NAMES, stored_json

_ONE_BY_ONE: Final = frozenset(
    {
        "email_2",
        "email_3",
        "phone_2",
        "phone_3",
        "fax",
        "consent_at",
        "opted_out",
        "email_opt_out",
        "no_calls",
        "no_fax",
    }
)
_PHONES: Final = ("mobile", "phone")
_POINTS: Final = (
    (EMAIL, "email"),
    (PHONE, "mobile"),
    (PHONE, "phone"),
    (POSTAL, "postal"),
)  # in the order of their use
Column = list[Any]


@dataclass(slots=True, kw_only=True, eq=False)
class Batch:
    """Rows side by side: `positions` in the chunk, and columns of equal length by name."""

    positions: list[int]
    columns: dict[str, Column]

    def keep(self, good: Sequence[bool]) -> None:
        """Let go of the rows that are not good."""
        if good and not all(good):
            self.positions = list(compress(self.positions, good))
            self.columns = {name: list(compress(column, good)) for name, column in self.columns.items()}

    def addresses(self) -> list[tuple[str, list[str]]]:
        """(kind, addresses) with empty ones, in the order in which they are to be used."""
        return [(kind, self.columns[name]) for kind, name in _POINTS if name in self.columns]

    def copy(self) -> "Batch":
        """Another one, for a transaction that may have to be tried again."""
        return Batch(positions=self.positions, columns=dict(self.columns))


class Wholesale:
    """Made once for a list. `batch` is pure; what is known already is for the caller to take out."""

    def __init__(self, columns: Columns, defaults: Defaults, checker: RowChecker) -> None:
        self._at = dict(columns.fields)
        self._attributes = sorted(columns.attributes.items())
        self._width = columns.width
        self._defaults = defaults
        self._checker = checker
        self._words: dict[str, dict[str, Any]] = {}

    def batch(self, rows: Sequence[SourceRow], external_ids: Sequence[str], known: Collection[str]) -> Batch:
        """The rows that can go this way, as far as they themselves tell. `external_ids` are those of all rows, `known`
        those that somebody has."""
        if "external_id" not in self._at:
            return Batch(positions=[], columns={})
        often = {value for value, count in Counter(external_ids).items() if count > 1 or value in known}
        positions = [
            at
            for at, row in enumerate(rows)
            if external_ids[at] and external_ids[at] not in often and not row.problem and len(row.values) == self._width
        ]
        if not positions:
            return Batch(positions=[], columns={})
        values = [rows[at].values for at in positions]
        looked = [_looked_at(column) for column in zip(*values, strict=True)]
        found = Batch(positions=positions, columns=self._named([cells for cells, _ in looked]))
        found.columns["digest"] = list(map(self._checker.digest, values))
        found.columns["external_id"] = [external_ids[at] for at in positions]
        found.columns["line"] = [rows[at].line for at in positions]
        found.keep(self._plain(found, [cells for cells, plain in looked if not plain]))
        self._understand(found)
        found.keep(_alone([address for kind, address in found.addresses() if kind == EMAIL]))
        found.keep(_alone([address for kind, address in found.addresses() if kind == PHONE]))
        return found

    def finish(self, batch: Batch, hashed: Callable[[str, str], str]) -> None:
        """What follows from the columns: postal address, attributes, and each address `hashed`."""
        columns, count = batch.columns, len(batch.positions)
        if not count:
            return
        columns["attributes"] = self._stated(columns, count)
        for name, default in (("segment", self._defaults.segment), ("source", self._defaults.source)):
            if default:
                columns[name] = [value or default for value in columns.get(name) or repeat("", count)]
        if "age" in columns:
            born = columns.get("birth_year") or repeat("", count)
            columns["birth_year"] = [year or other for year, other in zip(born, columns["age"], strict=True)]
        if "street" in columns:
            parts = (columns.get(name) or [""] * count for name in ("postal_code", "city", "region", "country"))
            home = self._defaults.country
            columns["postal"] = [
                address_lines(street, code, city, region, country or home) if street else ""
                for street, code, city, region, country in zip(columns["street"], *parts, strict=True)
            ]
        for kind, name in _POINTS:
            if name in columns:
                columns[f"#{name}"] = [hashed(kind, address) if address else "" for address in columns[name]]

    def _named(self, cells: Sequence[list[str]]) -> dict[str, Column]:
        named: dict[str, Column] = {name: cells[at] for name, at in self._at.items()}
        return named | {f"+{name}": cells[at] for name, at in self._attributes}

    def _plain(self, found: Batch, cells: Sequence[list[str]]) -> list[bool]:
        """Whether nothing in a row must be looked at closely, in the columns that are not plain as a whole: controls,
        other forms of a letter, great length."""
        good = [True] * len(found.positions)
        for column in cells:
            good = [one and _is_plain(cell) for one, cell in zip(good, column, strict=True)]
        for name in _ONE_BY_ONE & set(self._at):
            good = [one and not cell for one, cell in zip(good, found.columns[name], strict=True)]
        return good

    def _understand(self, found: Batch) -> None:
        """Words are looked up once for each that there is; a row with one that is not understood is let go."""
        for name, understand in understood_by(self._defaults).items():
            if name in found.columns:
                found.columns[name] = self._meant(name, found.columns[name], understand)
                found.keep([value is not None for value in found.columns[name]])
        home = self._defaults.country
        countries = found.columns.get("country") or [""] * len(found.positions)
        if "region" in found.columns:
            pairs = zip(countries, found.columns["region"], strict=True)
            found.columns["region"] = [region_of(country or home, text) if text else "" for country, text in pairs]
        for name in _PHONES:
            if name in found.columns:
                numbers = quick_numbers(found.columns[name], found.columns.get("country") or (), home)
                good = [bool(number) or not text for number, text in zip(numbers, found.columns[name], strict=True)]
                found.columns[name] = numbers
                found.keep(good)

    def _meant(self, name: str, column: Column, understand: Callable[[str], Any]) -> Column:
        if name == EMAIL:
            return [_mailbox(text) for text in column]
        known = self._words.setdefault(name, {"": ""})
        if len(known) > 50_000:
            known.clear()
            known[""] = ""
        for text in set(column) - known.keys():
            try:
                known[text] = understand(text)
            except NotUnderstood:
                known[text] = None
        return [known[text] for text in column]

    def _stated(self, columns: dict[str, Column], count: int) -> Column:
        """The attributes of each row, as they are stored. Most lists have few different ones."""
        if not self._attributes:
            return ["{}"] * count
        names = [name for name, _ in self._attributes]
        rows = list(zip(*(columns[f"+{name}"] for name in names), strict=True))
        stored = {
            row: stored_json({name: value for name, value in zip(names, row, strict=True) if value})
            for row in set(rows)
        }
        return [stored[row] for row in rows]


def lead_rows(batch: Batch, ids: Sequence[int], companies: Sequence[int | None], now: int) -> Iterator[Sequence[Any]]:
    """Rows as `Imports.put_leads` takes them."""
    made: dict[str, Iterable[Any]] = {
        "id": ids,
        "company_id": companies,
        "birth_year": [value or None for value in batch.columns["birth_year"]] if "birth_year" in batch.columns else (),
        "created_at": repeat(now),
        "updated_at": repeat(now),
    }
    made["birth_year"] = made["birth_year"] or repeat(None)
    empty = {name: repeat("") for name in PLAIN_FIELDS}
    every = empty | batch.columns | made
    return zip(*(every[name] for name in LEAD_NAMES), strict=False)


def point_rows(batch: Batch, ids: Sequence[int], source: str) -> Iterator[Sequence[Any]]:
    """Rows as `Imports.put_points` takes them, a kind at a time."""
    bases = batch.columns.get("consent") or repeat("")
    sources = batch.columns.get("consent_source") or repeat("")
    consents = [
        (basis, said, f"{source}, line {line}", None) if basis else _NO_CONSENT
        for basis, said, line in zip(bases, sources, batch.columns["line"], strict=False)
    ]
    for kind, name in _POINTS:
        if name in batch.columns:
            columns = zip(ids, batch.columns[name], batch.columns[f"#{name}"], consents, strict=True)
            yield from (
                (lead_id, kind, address, hashed, *said) for lead_id, address, hashed, said in columns if address
            )


_NO_CONSENT: Final = ("", "", "", None)


def _looked_at(column: Sequence[str]) -> tuple[list[str], bool]:
    """The cells without the space around them, and whether all are plain. They are looked at as one text, since most
    columns are plain throughout; a bar combines with no letter that might follow it."""
    text = "|".join(column)
    if not text.isprintable() or "| " in text or " |" in text or text[:1] == " " or text[-1:] == " ":
        return list(map(str.strip, column)), False
    plain = text.isascii() or is_normalized("NFC", text)
    return list(column), plain and (len(text) <= FIELD_LIMIT or max(map(len, column)) <= FIELD_LIMIT)


def _is_plain(cell: str) -> bool:
    return len(cell) <= FIELD_LIMIT and cell.isprintable() and is_normalized("NFC", cell) and "\ufeff" not in cell


def _mailbox(text: str) -> str | None:
    try:
        return mailbox_of(text) if text else ""
    except BadMailbox:
        return None


def _alone(columns: Sequence[Column]) -> list[bool]:
    """For each row whether nobody else has any of its addresses in these columns."""
    often = {value for value, count in Counter(chain(*columns)).items() if count > 1 and value}
    return [often.isdisjoint(row) for row in zip(*columns, strict=True)]
