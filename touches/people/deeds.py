"""One row of a list of activities: who, what, when, how much. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from touches.errors import FileError, quoted_list
from touches.people.draft import EMAIL, PHONE, Point, Rejection
from touches.people.header_words import folded, spellings
from touches.people.mailboxes import BadMailbox, mailbox_of
from touches.people.phones import phone_of
from touches.people.wishes import OPT_IN
from touches.time.local import local_instant

_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "lead": ("lead", "customer", "who", "person", "contact"),
    "kind": ("kind", "type", "activity", "activity type", "event", "event type", "what"),
    "at": (
        "at", "date", "time", "when", "timestamp", "datetime", "order date", "purchase date", "purchased at",
        "closed at", "close date", "date/time", "happened at", "visited at", "bought at",
    ),
    "amount": ("amount", "total", "value", "price", "sum", "order total", "revenue"),
}  # fmt: skip
_KINDS: Final = {
    "order": "purchase", "sale": "purchase", "bought": "purchase", "buy": "purchase", "visited": "visit",
    "optout": "opt_out", "opted_out": "opt_out", "unsubscribe": "opt_out", "unsubscribed": "opt_out",
    "complaints": "complaint", "complained": "complaint",
}  # fmt: skip
_BY_COMMAND: Final = {  # to note them would do nothing of what they say
    OPT_IN: "opens nothing; what a lead asked for is opened by  touches lead set LEAD --opt-in CHANNEL",
    "complaint": "holds nothing and gives nobody a clock; a case is opened by  touches complaint open LEAD TEXT",
}
_KIND: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_EUROPEAN: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(?:[ T]+(\d{1,2})[:.](\d{2})(?::(\d{2}))?)?")
_WHO: Final = ("lead", "external_id", "email", "phone", "mobile")


class BadDeed(ValueError):
    """The text is the end of a sentence that begins with the column and its value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedColumns:
    """Where things stand; `kind` may be missing when all rows are of one kind."""

    who: tuple[tuple[str, int], ...]
    kind: int | None
    at: int
    amount: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """A checked row. `keys` are external ids that may be meant, `points` addresses, best first."""

    line: int
    keys: tuple[str, ...]
    points: tuple[Point, ...]
    kind: str
    at: datetime
    amount: Decimal | None
    values: tuple[str, ...]


def deed_columns(header: Sequence[str], *, file: str, kind: str = "") -> DeedColumns:
    """Map the names of the columns. `kind` is that of all rows, where the list has no column for it.

    Raises FileError when somebody, something or some time is missing, or two columns mean the same.
    """
    known = {folded(spelling): name for name, listed in _COLUMNS.items() for spelling in listed}
    places: dict[str, int] = {}
    for position, name in enumerate(header):
        field = known.get(folded(name)) or spellings().get(folded(name), "")
        if field in places:
            raise FileError(
                f'In "{file}" the columns {places[field] + 1} and {position + 1} both mean "{field}".',
                hint="Rename or remove one of them.",
            )
        if field in (*_WHO, *_COLUMNS):
            places[field] = position
    missing = [name for name in ("kind", "at") if name not in places and not (name == "kind" and kind)]
    if not any(name in places for name in _WHO):
        missing.insert(0, "lead")
    if missing:
        shown = quoted_list([name[:40] for name in header[:12]]) or "nothing"
        raise FileError(f'"{file}" has no column {quoted_list(missing)}; found {shown}.', hint=_EXPECTED)
    who = tuple((name, places[name]) for name in _WHO if name in places)
    return DeedColumns(who=who, kind=places.get("kind"), at=places["at"], amount=places.get("amount"))


_EXPECTED = "Expected the columns lead (external id, email or phone), kind (purchase, visit, …), at, and amount."


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedRules:
    """What holds for rows that do not say: `zone` of times without an offset, `country` of phone numbers, `kind`."""

    zone: str
    country: str
    now: datetime
    kind: str = ""


def check_deed(line: int, values: Sequence[str], columns: DeedColumns, rules: DeedRules) -> Deed | Rejection:
    """Everything that a row says, or why it cannot be taken."""
    problems: list[str] = []
    said = [(name, _cell(values, at)) for name, at in columns.who if _cell(values, at)]
    keys = tuple(text for name, text in said if name in {"lead", "external_id"})
    points = tuple(point for name, text in said for point in _points(name, text, rules.country, problems))
    if not said:
        problems.append("it names no lead")
    at, amount, kind = rules.now, None, rules.kind
    name, text = "kind", _cell(values, columns.kind)
    try:
        kind = kind_of(text) if text or not kind else kind
        name, text = "at", _cell(values, columns.at)
        at = past_instant(text, rules)
        name, text = "amount", _cell(values, columns.amount)
        amount = amount_of(text) if text else None
    except BadDeed as error:
        problems.append(f'{name} "{text[:60]}" {error}')
    if problems:
        return Rejection(line=line, reason="; ".join(problems), values=tuple(values))
    return Deed(line=line, keys=keys, points=points, kind=kind, at=at, amount=amount, values=tuple(values))


def past_instant(text: str, rules: DeedRules) -> datetime:
    """When it happened. Raises BadDeed for what is no time, or more than a day ahead: nobody has done it yet."""
    at = instant_of(text, rules.zone)
    if at > rules.now + timedelta(days=1):
        raise BadDeed("is in the future")
    return at


def _cell(values: Sequence[str], at: int | None) -> str:
    return values[at].strip() if at is not None and at < len(values) else ""


def _points(name: str, text: str, country: str, problems: list[str]) -> list[Point]:
    """What an address column says; a `lead` column may hold an address as well as an id."""
    if name == "external_id":
        return []
    if "@" in text:
        try:
            return [(EMAIL, mailbox_of(text))]
        except BadMailbox as error:
            if name != "lead":
                problems.append(f'{name} "{text[:60]}" {error}')
            return []
    if name == "email":
        problems.append(f'email "{text[:60]}" is no address')
        return []
    phone = phone_of(text, country) if len(text) <= 60 else None
    if phone is not None and phone.number:
        return [(PHONE, phone.number)]
    if name != "lead":
        problems.append(f'{name} "{text[:60]}" {phone.problem if phone else "is too long for a phone number"}')
    return []


def kind_of(text: str) -> str:
    """A kind of activity: a word, as `purchase`. Raises BadDeed."""
    word = re.sub(r"[\s-]+", "_", text.strip().casefold())
    word = _KINDS.get(word, word)
    if not _KIND.fullmatch(word):
        raise BadDeed("is no kind of activity: expected one word as purchase or visit")
    if word in _BY_COMMAND:
        raise BadDeed(_BY_COMMAND[word])
    return word


def instant_of(text: str, zone: str) -> datetime:
    """An instant from ISO 8601 or `2.11.2026 10:00`; without an offset, in `zone`; a date alone is its midnight there.

    Raises BadDeed; `11/02/2026` is refused, for nobody knows which month it is.
    """
    european = _EUROPEAN.fullmatch(text)
    try:
        if european:
            day, month, year, hour, minute, second = (int(part or 0) for part in european.groups())
            return local_instant(date(year, month, day), time(hour, minute, second), zone)
        found = datetime.fromisoformat(text)
    except (ValueError, OverflowError):
        raise BadDeed("is no time: expected one as 2026-11-30 14:05 or 2026-11-30T14:05+02:00") from None
    if not 1970 <= found.year <= 2200:
        raise BadDeed("is no time of ours: expected a year after 1970")
    if found.tzinfo is None:
        return local_instant(found.date(), found.time(), zone)
    return found.astimezone(UTC)


def amount_of(text: str) -> Decimal:
    """An amount of money to the cent, with a point or a comma; a currency sign or code is ignored. Raises BadDeed."""
    plain = re.sub(r"^[^\d+-]{0,4}|[^\d]{0,4}$", "", re.sub(r"[\s'’]", "", text))
    marks = [char for char in plain if char in ",."]
    if marks and _is_decimal(marks, digits_after=len(plain) - plain.rfind(marks[-1]) - 1):
        whole, _, cents = plain.rpartition(marks[-1])
        plain = f"{re.sub('[.,]', '', whole)}.{cents}"
    else:
        plain = re.sub("[.,]", "", plain)
    try:
        amount = Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise BadDeed("is no amount: expected one as 12.50") from None
    if abs(amount) >= Decimal(10) ** 11:
        raise BadDeed("is more money than we can count")
    return amount


def _is_decimal(marks: Sequence[str], *, digits_after: int) -> bool:
    """Whether the last mark separates cents: of two kinds the last one does; alone, unless three digits follow it."""
    if len(set(marks)) == 2:
        return marks.count(marks[-1]) == 1
    return len(marks) == 1 and digits_after != 3
