"""Reads the country files: ours in `data/`, and a workspace's own, which replace ours country by country."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path

from policies.durations import Duration, parse_duration
from policies.times import parse_clock_time, parse_days
from touches.law.rules import (
    AttemptsRule,
    ConsentRule,
    DutyRule,
    HoursRule,
    Preset,
    RefusalRule,
    RegisterRule,
    Rule,
    Scope,
    Verified,
)
from touches.law.values import Audience, Basis, Severity
from touches.time.hours import Hours

CHANNELS = frozenset({"email", "sms", "letter", "call", "fax", "meeting"})
_SCOPE_KEYS = frozenset(
    {"kind", "code", "text", "source", "verified", "channels", "audience", "regions", "since", "severity", "unless"}
)
_KIND_KEYS = {
    "hours": frozenset({"windows", "holidays"}),
    "attempts": frozenset({"at_most", "per"}),
    "refusal": frozenset({"pause"}),
    "consent": frozenset({"needs", "evidence", "after_purchase", "after_inquiry"}),
    "register": frozenset({"register", "max_age"}),
    "duty": frozenset(),
}
_AUDIENCES = {
    "any": frozenset(Audience),
    "consumer": frozenset({Audience.CONSUMER, Audience.UNKNOWN}),
    "business": frozenset({Audience.BUSINESS}),
}
Table = Mapping[str, object]


class LawDataError(ValueError):
    """A country file cannot be used; the text names file, rule and what was expected."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name


@lru_cache(maxsize=1)
def builtin_presets() -> Mapping[str, Preset]:
    """The country files that come with the product, by country code."""
    files = resources.files("touches.law").joinpath("data")
    texts = {each.name: each.read_text(encoding="utf-8") for each in files.iterdir() if each.name.endswith(".toml")}
    return _by_country(preset(text, name) for name, text in sorted(texts.items()))


def presets_with(folder: Path) -> Mapping[str, Preset]:
    """Ours, with those countries replaced or added that `folder` has a file for. Raises LawDataError, and OSError for
    what cannot be read."""
    own = _by_country(preset(_text(path), path.name) for path in sorted(folder.glob("*.toml")))
    return {**builtin_presets(), **own}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LawDataError(path.name, f"is no UTF-8 text: {error}") from error


def _by_country(presets: Iterable[Preset]) -> dict[str, Preset]:
    return {each.country: each for each in presets}


def preset(text: str, name: str) -> Preset:
    """One country's file. Raises LawDataError for anything it does not understand: a rule that is silently
    left out would be a rule broken."""
    try:
        data = tomllib.loads(text)
        country = _country(data["country"])
        rules = tuple(_rule(each, country) for each in _tables(data.get("rule", [])))
        _refuse_unknown(data, frozenset({"country", "name", "checked_on", "rule"}))
        _refuse_twins(rules)
        return Preset(country=country, name=str(data["name"]), checked_on=_date(data["checked_on"]), rules=rules)
    except KeyError as error:
        raise LawDataError(name, f"{error} is missing") from error
    except ValueError as error:
        raise LawDataError(name, str(error)) from error


def _country(value: object) -> str:
    """Where a code in small letters stood for no country, no rule of the file would ever be asked."""
    if not isinstance(value, str) or re.fullmatch("[A-Z]{2}", value) is None:
        raise ValueError(f"country {value!r}: expected two capital letters such as DE")
    return value


def _tables(value: object) -> list[Table]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise ValueError("rule: expected tables, each under a line [[rule]]")
    return value


def _one_of(table: Table, key: str, usual: str, known: Iterable[str]) -> str:
    """The value of a key, which is one of the known ones."""
    value = table.get(key, usual)
    if not isinstance(value, str) or value not in known:
        raise ValueError(f"{key} {value!r}: expected one of {', '.join(known)}")
    return value


def _rule(table: Table, country: str) -> Rule:
    kind = str(table["kind"])
    if kind not in _KIND_KEYS:
        raise ValueError(f'kind "{kind}": expected one of {", ".join(_KIND_KEYS)}')
    _refuse_unknown(table, _SCOPE_KEYS | _KIND_KEYS[kind])
    scope = _scope(table, country)
    if kind == "hours":
        closed = _one_of(table, "holidays", "open", ("open", "closed")) == "closed"
        return HoursRule(scope=scope, windows=tuple(map(_window, _texts(table["windows"]))), holidays_closed=closed)
    if kind == "attempts":
        return AttemptsRule(scope=scope, at_most=int(str(table["at_most"])), per=_duration(table["per"]))
    if kind == "refusal":
        return RefusalRule(scope=scope, pause=_duration(table["pause"]))
    if kind == "consent":
        return _consent(table, scope)
    if kind == "register":
        return RegisterRule(scope=scope, register=str(table["register"]), max_age=_duration(table["max_age"]))
    return DutyRule(scope=scope)


def _consent(table: Table, scope: Scope) -> ConsentRule:
    return ConsentRule(
        scope=scope,
        needs=frozenset(map(Basis, _texts(table["needs"]))),
        evidence=_yes_or_no(table.get("evidence", False)),
        after_purchase=_duration(table["after_purchase"]) if "after_purchase" in table else None,
        after_inquiry=_duration(table["after_inquiry"]) if "after_inquiry" in table else None,
    )


def _scope(table: Table, country: str) -> Scope:
    verified = Verified(str(table["verified"]))
    usual = Severity.ADVISE if verified is Verified.UNVERIFIED else Severity.REFUSE
    channels = frozenset(_texts(table["channels"]))
    if not channels <= CHANNELS:
        raise ValueError(f"channels {sorted(channels - CHANNELS)}: expected some of {sorted(CHANNELS)}")
    return Scope(
        code=str(table["code"]),
        country=country,
        text=str(table["text"]),
        source=str(table["source"]),
        verified=verified,
        channels=channels,
        audiences=_AUDIENCES[_one_of(table, "audience", "any", _AUDIENCES)],
        regions=frozenset(_texts(table.get("regions", []))),
        since=_date(table["since"]) if "since" in table else None,
        severity=Severity(str(table.get("severity", usual))),
        unless=frozenset(_texts(table.get("unless", []))),
    )


def _window(text: str) -> Hours:
    """`mon-fri 10:00-13:00`."""
    days, _, span = text.partition(" ")
    start, _, end = span.partition("-")
    return Hours(
        days=frozenset(parse_days(days)),
        start=parse_clock_time(start).minutes,
        end=parse_clock_time(end).minutes,
    )


def _duration(value: object) -> Duration:
    return parse_duration(str(value))


def _texts(value: object) -> list[str]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r}: expected a list")  # noqa: TRY004 - one error for all that a file gets wrong
    return [str(each) for each in value]


def _yes_or_no(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"evidence {value!r}: expected true or false")  # noqa: TRY004 - as above
    return value


def _date(value: object) -> date:
    if not isinstance(value, date):
        raise ValueError(f"{value!r}: expected a date such as 2026-11-22")  # noqa: TRY004 - as above
    return value


def _refuse_twins(rules: tuple[Rule, ...]) -> None:
    codes = [each.scope.code for each in rules]
    twin = next((code for code in codes if codes.count(code) > 1), None)
    if twin:
        raise ValueError(f"two rules have the code {twin}: give each its own")


def _refuse_unknown(table: Table, known: frozenset[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r} in {table.get('code', 'the file')}")
