"""The copies of do-not-call registers: whether each can be read, holds numbers, and may still be used."""

from collections.abc import Iterable
from datetime import datetime, time

from touches.doctor.answer import Answer, fail, ok, warn
from touches.errors import SettingsError
from touches.settings.model import Settings
from touches.settings.sections import DncSection


def registers(settings: Settings, now: datetime) -> Iterable[Answer]:
    """One answer for each copy."""
    for country, copy in settings.dnc.items():
        yield _register(settings, country, copy, now)


def _register(settings: Settings, country: str, copy: DncSection, now: datetime) -> Answer:
    from touches.people.registers import numbers_in

    check = f"register {country}"
    try:
        count = len(numbers_in(settings.path(copy.snapshot), country))
    except SettingsError as error:
        return fail(check, error.message, error.hint or "Fetch it again.")
    found = f"{count} number{'s' if count != 1 else ''}, fetched on {copy.date}"
    if not count:
        return warn(check, found, "An empty copy refuses nobody: was it fetched whole?")
    taken_at = datetime.combine(copy.date, time(), settings.zone)
    if taken_at > now:
        return fail(check, f"{found}, which is yet to come", f"Set [dnc.{country}] date to the day it was fetched.")
    oldest = _serves_until(settings, country, taken_at)
    if oldest is None:
        return ok(check, f"{found}; no rule of {country} asks for it")
    if now > oldest:
        return fail(check, f"{found}: too old since {oldest:%Y-%m-%d}", "Fetch it again, and set its date.")
    return ok(check, f"{found}, serves until {oldest:%Y-%m-%d}")


def _serves_until(settings: Settings, country: str, taken_at: datetime) -> datetime | None:
    """The end that the first of the country's rules sets; None where none of them looks at the copy."""
    from touches.law.presets import builtin_presets
    from touches.law.rules import RegisterRule
    from touches.time.local import later
    from touches.wiring import laws_of

    laws = laws_of(settings)
    preset = (laws.presets if laws is not None else builtin_presets()).get(country)
    rules = [rule for rule in preset.rules if isinstance(rule, RegisterRule)] if preset is not None else []
    return min((later(taken_at, rule.max_age, settings.workspace.timezone) for rule in rules), default=None)
