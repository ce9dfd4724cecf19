"""Texts of the settings that mean a quantity, a place or an address; ValueError says what is wrong."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from zoneinfo import ZoneInfo, available_timezones

from touches.errors import did_you_mean

_LENGTHS = {"second": 1, "minute": 60, "hour": 3600, "day": 86400, "week": 7 * 86400}
_LENGTH = re.compile(r"(\d{1,9}) ?(second|minute|hour|day|week)s?")
_SIZES = {"B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}
_SIZE = re.compile(r"(\d{1,12}) ?([KMGT]?B)", re.IGNORECASE)
_LONGEST = timedelta(days=3650)
_WARM_UP = re.compile(r"(\d{1,9}) per day(?:, doubling (daily|weekly|every (\d{1,3}) days))?")
_ATOM = r"[^\s@<>\"(),:;\[\\\]\x00-\x1f\x7f]+"
_MAILBOX = re.compile(rf"{_ATOM}@{_ATOM}")
_HABITS = {"UK": "GB", "EN": "GB", "EL": "GR", "SU": "RU"}


@dataclass(frozen=True, slots=True)
class DateRange:
    """Whole days, both ends included."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"


@dataclass(frozen=True, slots=True)
class WarmUp:
    """A daily ceiling that starts at `per_day` and doubles every `doubling_days` (0: it stays)."""

    per_day: int
    doubling_days: int

    def ceiling(self, days: int) -> int:
        """How many may leave on the day that is `days` after the first."""
        doublings = days // self.doubling_days if self.doubling_days else 0
        return self.per_day << min(doublings, 40)


def elapsed(text: str) -> timedelta:
    """`"20 hours"`, `"7 days"`: elapsed time, a day being 24 hours; ten years at most."""
    match = _LENGTH.fullmatch(text.strip().casefold())
    if not match:
        raise ValueError(f'found "{text}", expected a length as "20 hours" or "7 days"')
    seconds = int(match[1]) * _LENGTHS[match[2]]
    if seconds > _LONGEST.total_seconds():
        raise ValueError(f'found "{text}", expected at most {_LONGEST.days} days')
    return timedelta(seconds=seconds)


def byte_count(text: str) -> int:
    """`"200 MB"` in bytes; a megabyte is a million bytes, as on a disk's label."""
    match = _SIZE.fullmatch(text.strip())
    if not match:
        raise ValueError(f'found "{text}", expected a size as "200 MB" or "2 GB"')
    return int(match[1]) * _SIZES[match[2].upper()]


def day(text: str) -> date:
    """`"2026-12-24"`."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f'found "{text}", expected a day of the calendar as "2026-12-24"') from None


def date_range(text: str) -> DateRange:
    """`"2027-07-01..2027-07-28"`, or one day alone."""
    first, dots, last = text.partition("..")
    found = DateRange(day(first.strip()), day(last.strip()) if dots else day(first.strip()))
    if found.last < found.first:
        raise ValueError(f'found "{text}", expected the earlier day first')
    return found


def warm_up(text: str) -> WarmUp | None:
    """`"50 per day, doubling weekly"` (or `daily`, or `every 3 days`), `"50 per day"`; empty: no ramp."""
    if not text:
        return None
    match = _WARM_UP.fullmatch(" ".join(text.casefold().split()))
    if not match or int(match[1]) < 1 or match[3] == "0":
        raise ValueError(f'found "{text}", expected a ramp as "50 per day, doubling weekly"')
    named = {None: 0, "daily": 1, "weekly": 7}
    return WarmUp(int(match[1]), int(match[3]) if match[3] else named[match[2]])


def zone_name(text: str) -> str:
    """An IANA zone name as `"Europe/Helsinki"`."""
    try:
        ZoneInfo(text)
    except (KeyError, ValueError, OSError):
        names = available_timezones()
        cities = {name.rpartition("/")[2]: name for name in sorted(names)}
        city = cities.get(text.strip().replace(" ", "_").title())
        near = f' Did you mean "{city}"?' if city else did_you_mean(text, names)
        raise ValueError(f'found "{text}", expected a time zone as "Europe/Helsinki".{near}') from None
    return text


def country_code(text: str) -> str:
    """An ISO 3166-1 alpha-2 code in capitals, as `"FI"`."""
    code = text.strip().upper()
    if code in known_countries():
        return code
    near = f' Did you mean "{_HABITS[code]}"?' if code in _HABITS else ""
    raise ValueError(f'found "{text}", expected a country code of two letters as "FI".{near}')


def known_countries() -> frozenset[str]:
    """Every ISO 3166-1 alpha-2 code, from the table that comes with the time zones."""
    table = resources.files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    return frozenset(line[:2] for line in table.splitlines() if line and not line.startswith("#"))


def mailbox(text: str) -> str:
    """A bare mailbox as `"aino@kahvila.example"`: no name, no angle brackets, no control characters."""
    if not _MAILBOX.fullmatch(text) or len(text) > 254:
        raise ValueError(f'found "{text}", expected one mail address as "aino@kahvila.example"')
    return text


def host_name(text: str) -> str:
    """`"mail.example.com"` or an IP address: what a resolver takes."""
    try:
        text.encode("idna")
    except UnicodeError:
        fits = False
    else:
        fits = re.fullmatch(r"[^\s/@\x00-\x1f\x7f]{1,253}", text) is not None
    if not fits:
        raise ValueError(f'found "{text[:60]}", expected a host as "mail.example.com" or an IP address')
    return text


def web_address(text: str) -> str:
    """`"https://touch.example"`, without a slash at its end."""
    if not re.fullmatch(r"https?://([^\s/?#@\[\]]+|\[[0-9A-Fa-f:.]+\](:\d+)?)(/[^\s?#]*)?", text):
        raise ValueError(f'found "{text}", expected an address as "https://touch.example"')
    return text.rstrip("/")


def listening_address(text: str) -> str:
    """`"127.0.0.1:8080"`: where a server listens."""
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError(f'found "{text}", expected a host and a port as "127.0.0.1:8080"')
    return text


def database_url(text: str) -> str:
    """A SQLite file or a PostgreSQL server, in the form that SQLAlchemy takes; never quoted in a message."""
    if text.startswith("sqlite:///") and text != "sqlite:///" and ":memory:" not in text:
        return text
    for prefix in ("postgresql+psycopg://", "postgresql://", "postgres://"):
        if text.startswith(prefix):
            return "postgresql+psycopg://" + text.removeprefix(prefix)
    scheme = re.match(r"[a-z+]{1,30}://", text)
    found = f'an address that starts with "{scheme[0]}"' if scheme else "something that is no database address"
    raise ValueError(f'found {found}, expected "sqlite:///touches.db" or "postgresql+psycopg://user@host/name"')
