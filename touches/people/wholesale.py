"""The rows of a list that are plainly new leads, taken a column at a time: what most of a first import is.

A row goes this way only when nothing about it needs a thought: an id, a mailbox and phones that nobody has, words that
are understood, nothing closed. All others are checked one by one; both ways make the same leads, which a test holds.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from itertools import chain, repeat
from typing import Any, Final

from touches.people.address_hashes import all_addressed, is_title, untitled
from touches.people.batch import POINTS, Batch, Column
from touches.people.checking import RowChecker
from touches.people.cleaning import is_plain, looked_at
from touches.people.draft import EMAIL, PHONE, POSTAL, Defaults
from touches.people.headers import Columns
from touches.people.mailboxes import BadMailbox, mailbox_of
from touches.people.meanings import understood_by
from touches.people.phones import quick_numbers
from touches.people.postal import address_lines
from touches.people.reading import SourceRow
from touches.people.words import NotUnderstood, region_of
from touches.store.imports import stored_json

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
_NAMES: Final = ("first_name", "last_name", "name")
_PHONES: Final = ("mobile", "phone")


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
            return Batch(positions=(), columns={})
        positions = self._possible(rows, external_ids, known)
        if not positions:
            return Batch(positions=(), columns={})
        values = [rows[at].values for at in positions]
        looked = [looked_at(column) for column in zip(*values, strict=True)]
        found = Batch(positions=positions, columns=self._named([cells for cells, _ in looked]))
        found.columns["digest"] = self._checker.digests.of_all(values)
        found.columns["external_id"] = [external_ids[at] for at in positions]
        found.columns["line"] = [rows[at].line for at in positions]
        found.keep(self._plain(found, [cells for cells, plain in looked if not plain]))
        self._understand(found)
        for kind in (EMAIL, PHONE):
            found.keep(_alone([addresses for each, addresses in found.addresses() if each == kind]))
        return found

    def _possible(
        self, rows: Sequence[SourceRow], external_ids: Sequence[str], known: Collection[str]
    ) -> Sequence[int]:
        """Where the rows are that have an id of their own, and as many cells as the header."""
        width = self._width
        often = {"", *known} if known else {""}
        if len(set(external_ids)) < len(external_ids):
            often |= {value for value, count in Counter(external_ids).items() if count > 1}
        return [
            at
            for at, (row, external_id) in enumerate(zip(rows, external_ids, strict=True))
            if external_id not in often and len(row.values) == width and not row.problem
        ]

    def finish(self, batch: Batch, hashed: Callable[[str, Sequence[str]], Sequence[str]]) -> None:
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
        for kind, name in POINTS:
            if name in columns:
                told = self._addressed(columns) if kind == POSTAL else columns[name]
                columns[f"#{name}"] = hashed(kind, told)

    def _addressed(self, columns: dict[str, Column]) -> Column:
        """To whom post goes at each street, see `addressed`."""
        streets = columns["postal"]
        first, last, whole = (columns.get(name) or [""] * len(streets) for name in _NAMES)
        names = [name or f"{one} {other}" for one, other, name in zip(first, last, whole, strict=True)]
        if any(map(is_title, {name.lstrip().partition(" ")[0] for name in names})):
            names = list(map(untitled, names))
        told = [f"{street} {name}" for street, name in zip(streets, names, strict=True)]
        return [words if street else "" for words, street in zip(all_addressed(told), streets, strict=True)]

    def _named(self, cells: Sequence[Column]) -> dict[str, Column]:
        named: dict[str, Column] = {name: cells[at] for name, at in self._at.items()}
        return named | {f"+{name}": cells[at] for name, at in self._attributes}

    def _plain(self, found: Batch, cells: Sequence[Column]) -> Sequence[bool]:
        """Whether nothing in a row must be looked at closely, in the columns that are not plain as a whole: controls,
        other forms of a letter, great length."""
        good: Sequence[bool] = ()
        for column in cells:
            good = [one and is_plain(cell) for one, cell in zip(good or repeat(True), column, strict=False)]
        for name in _ONE_BY_ONE & set(self._at):
            good = [one and not cell for one, cell in zip(good or repeat(True), found.columns[name], strict=False)]
        return good

    def _understand(self, found: Batch) -> None:
        """Words are looked up once for each that there is; a row with one that is not understood is let go."""
        for name, understand in understood_by(self._defaults).items():
            if name in found.columns:
                column, all_good = self._meant(name, found.columns[name], understand)
                found.columns[name] = column
                if not all_good:
                    found.keep([value is not None for value in column])
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

    def _meant(self, name: str, column: Column, understand: Callable[[str], Any]) -> tuple[Column, bool]:
        """What the words mean, None where they are not understood, and whether all are."""
        if name == EMAIL:
            found = list(map(_mailbox, column))
            return found, None not in found
        known = self._words.setdefault(name, {"": ""})
        if len(known) > 50_000:
            known.clear()
            known[""] = ""
        different = set(column)
        for text in different - known.keys():
            try:
                known[text] = understand(text)
            except NotUnderstood:
                known[text] = None
        if all(known[text] == text for text in different):
            return column, True
        return [known[text] for text in column], all(known[text] is not None for text in different)

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


def _mailbox(text: str) -> str | None:
    try:
        return mailbox_of(text) if text else ""
    except BadMailbox:
        return None


def _alone(columns: Sequence[Column]) -> Sequence[bool]:
    """For each row whether nobody else has any of its addresses in these columns; empty where that is so of all."""
    every = list(chain(*columns))
    different = set(every)
    if len(different) - ("" in different) == len(every) - every.count(""):
        return ()
    often = {value for value, count in Counter(every).items() if count > 1 and value}
    return [often.isdisjoint(row) for row in zip(*columns, strict=True)]
