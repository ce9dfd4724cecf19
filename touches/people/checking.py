"""One row of a list: a draft of a lead, or why it cannot be taken, with everything that is wrong with it. Pure."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from touches.people.cleaning import FIELD_LIMIT, look_closely, tidied
from touches.people.draft import EMAIL, FAX, PHONE, PLAIN_FIELDS, Defaults, LeadDraft, Point, Rejection
from touches.people.headers import Columns
from touches.people.mailboxes import BadMailbox, mailbox_of
from touches.people.meanings import NUMBERS, UNDERSTOOD, day_of
from touches.people.phones import Phone, library_number, phone_of, quick_number
from touches.people.reading import SourceRow
from touches.people.row_digests import RowDigests
from touches.people.words import NotUnderstood, basis_of, region_of, yes_or_no

_MOST_REMEMBERED: Final = 10_000
_EMAILS: Final = ("email", "email_2", "email_3")
_PHONES: Final = ("mobile", "phone", "phone_2", "phone_3", "fax")


class RowChecker:
    """Checks the rows of one list. Rows may be shorter than the header, not longer."""

    def __init__(self, columns: Columns, defaults: Defaults, *, anonymous: bool = False) -> None:
        """`anonymous`: a row need not say who it is about."""
        self._anonymous = anonymous
        self._defaults = defaults
        self._width = columns.width
        self._at = dict(columns.fields)
        self._plain = [(name, columns.fields[name]) for name in PLAIN_FIELDS if name in columns.fields]
        self._understood: list[tuple[str, Callable[[str], str], dict[str, str]]] = [
            (name, understand, {}) for name, understand in UNDERSTOOD if name in columns.fields
        ]
        self._numbers: dict[tuple[str, str], int] = {}
        self._attributes = list(columns.attributes.items())
        self._emails = [(name, columns.fields[name]) for name in _EMAILS if name in columns.fields]
        self._phones = [(name, columns.fields[name]) for name in _PHONES if name in columns.fields]
        self._external_id = columns.fields.get("external_id", -1)
        self._rare = [
            (name, columns.fields[name])
            for name in ("consent", "consent_source", "consent_at", "opted_out", "email_opt_out", "no_calls", "no_fax")
            if name in columns.fields
        ]
        self.digests = RowDigests(columns, defaults)

    def external_id(self, values: Sequence[str]) -> str:
        """What the row says of its id, before any check; empty when it says nothing."""
        at = self._external_id
        return tidied(values[at]) if 0 <= at < len(values) else ""

    def external_ids(self, rows: Sequence[SourceRow]) -> Sequence[str]:
        """`external_id` of each row."""
        at = self._external_id
        if at < 0:
            return [""] * len(rows)
        cells = [row.values[at] if at < len(row.values) else "" for row in rows]
        if "".join(cells).isascii():
            return list(map(str.strip, cells))
        return [self.external_id(row.values) for row in rows]

    def fitted(self, values: list[str]) -> list[str] | None:
        """The row with as many cells as the header; None when it has more that are not empty."""
        missing = self._width - len(values)
        if missing == 0:
            return values
        if missing > 0:
            return values + [""] * missing
        return None if any(values[self._width :]) else values[: self._width]

    def check(self, line: int, values: list[str], digest: str = "", *, country: str = "") -> LeadDraft | Rejection:
        """Everything that a fitted row says; `country` counts for a row without one, before the default."""
        problems: list[str] = []
        cells = self._cleaned(values, problems)
        fields = {name: cells[at] for name, at in self._plain if cells[at]}
        for name, understand, known in self._understood:
            if name in fields:
                value = known.get(fields[name])
                if value:
                    fields[name] = value
                else:
                    self._understand(fields, name, understand, known, problems)
        country = fields.get("country") or country or self._defaults.country
        if "region" in fields:
            fields["region"] = region_of(country, fields["region"])
        draft = LeadDraft(
            line=line,
            external_id=cells[self._external_id] if self._external_id >= 0 else "",
            fields=fields,
            points=[],
            attributes={name: cells[at] for name, at in self._attributes if cells[at]},
            digest=digest,
        )
        self._add_points(draft, cells, country, problems)
        self._add_numbers(draft, cells, problems)
        if self._rare:
            self._add_rare(draft, cells, problems)
        self._add_defaults(fields)
        if not (draft.external_id or draft.points_identify or problems or self._anonymous):
            problems.append("it has no external_id, email or phone")
        if problems:
            return Rejection(line=line, reason="; ".join(problems), values=tuple(values))
        return draft

    def _cleaned(self, values: list[str], problems: list[str]) -> list[str]:
        cells = [value.strip() for value in values]
        joined = "".join(cells)
        if not joined.isascii() and ("\ufeff" in joined or not unicodedata.is_normalized("NFC", joined)):
            cells = list(map(tidied, cells))
        too_long = len(joined) > FIELD_LIMIT and max(map(len, cells)) > FIELD_LIMIT
        if too_long or not joined.isprintable():
            look_closely(cells, self._at.items(), self._attributes, problems)
        return cells

    def _understand(
        self,
        fields: dict[str, str],
        name: str,
        understand: Callable[[str], str],
        known: dict[str, str],
        problems: list[str],
    ) -> None:
        text = fields.pop(name)
        try:
            value = understand(text)
        except NotUnderstood as error:
            problems.append(_sentence(name, text, error))
            return
        if value:
            fields[name] = known[text] = value

    def _add_points(self, draft: LeadDraft, cells: list[str], country: str, problems: list[str]) -> None:
        for name, at in self._emails:
            if cells[at]:
                _add_emails(draft.points, name, cells[at], problems)
        for name, at in self._phones:
            if cells[at]:
                _add_phone(draft, name, cells[at], country, problems)

    def _add_numbers(self, draft: LeadDraft, cells: list[str], problems: list[str]) -> None:
        at = self._at
        if "company" in at:
            draft.company = cells[at["company"]]
        if "company_size" in at and cells[at["company_size"]]:
            draft.company_size = self._number("company_size", cells, problems)
        if "birth_year" in at and cells[at["birth_year"]]:
            draft.birth_year = self._number("birth_year", cells, problems)
        elif "age" in at and cells[at["age"]]:
            draft.birth_year = self._number("age", cells, problems)

    def _number(self, name: str, cells: list[str], problems: list[str]) -> int | None:
        text = cells[self._at[name]]
        known = self._numbers.get((name, text))
        if known is not None:
            return known
        try:
            value = NUMBERS[name](text, self._defaults.year)
        except NotUnderstood as error:
            problems.append(_sentence(name, text, error))
            return None
        if len(self._numbers) < _MOST_REMEMBERED:
            self._numbers[name, text] = value
        return value

    def _add_rare(self, draft: LeadDraft, cells: list[str], problems: list[str]) -> None:
        said = {name: cells[at] for name, at in self._rare if cells[at]}
        if not said:
            return
        name = "consent"
        try:
            draft.consent = basis_of(said[name]) if name in said else ""
            draft.consent_source = said.get("consent_source", "")
            name = "consent_at"
            draft.consent_at = day_of(said[name]) if name in said else None
            for name, channel in (
                ("opted_out", "all"),
                ("email_opt_out", "email"),
                ("no_calls", "call"),
                ("no_fax", "fax"),
            ):
                if name in said and yes_or_no(said[name]):
                    draft.opted_out = (*draft.opted_out, channel)
        except NotUnderstood as error:
            problems.append(_sentence(name, said[name], error))

    def _add_defaults(self, fields: dict[str, str]) -> None:
        defaults = self._defaults
        if defaults.segment and "segment" not in fields:
            fields["segment"] = defaults.segment
        if defaults.source and "source" not in fields:
            fields["source"] = defaults.source
        owner = fields.get("owner")
        if owner and defaults.owners:
            fields["owner"] = defaults.owners.get(owner.casefold(), owner)


def _sentence(name: str, value: str, error: Exception | str) -> str:
    shown = value if len(value) <= 60 else f"{value[:60]}…"
    return f'{name} "{shown}" {error}'


def _add_emails(points: list[Point], name: str, text: str, problems: list[str]) -> None:
    for part in (text,) if name == "email" else re.split(r"[;,\s]+", text):
        try:
            point = (EMAIL, mailbox_of(part))
        except BadMailbox as error:
            problems.append(_sentence(name, part, error))
            continue
        if point not in points:
            points.append(point)


def _add_phone(draft: LeadDraft, name: str, text: str, country: str, problems: list[str]) -> None:
    text = text.removeprefix("'")
    number = quick_number(text, country)
    phone = Phone(number=number) if number else _phone(text, country)
    if phone.problem:
        problems.append(_sentence(name, text, phone.problem))
        return
    if phone.extension:
        draft.attributes[f"{name}_extension"] = phone.extension
    point = (FAX if name == "fax" else PHONE, phone.number)
    if point not in draft.points:
        draft.points.append(point)


def _phone(text: str, country: str) -> Phone:
    return phone_of(text, country) if len(text) <= 60 else library_number(text, country)
