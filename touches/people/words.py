"""What people write for a country, language, channel, legal basis, size, or yes: understood, or an error with near
words. Pure."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Final, TypeVar, cast

from touches.errors import did_you_mean
from touches.law.values import Basis
from touches.model.people import CHANNELS
from touches.people.countries import alpha2, alpha3, country_names
from touches.time.regions import region_code
from touches.time.zones import near_zones, zone_names

Value = TypeVar("Value")


class NotUnderstood(ValueError):
    """The text is the end of a sentence that begins with the value."""


_CHANNEL_WORDS: Final[Mapping[str, str]] = {
    "e-mail": "email", "mail": "email", "text": "sms", "text message": "sms", "phone": "call", "telephone": "call",
    "post": "letter", "postal mail": "letter", "paper": "letter", "puhelin": "call", "sähköposti": "email",
    "any": "", "no preference": "", "none": "",
}  # fmt: skip
_BASIS_WORDS: Final[Mapping[str, str]] = {
    **{basis.value.replace("_", " "): basis.value for basis in Basis},
    "yes": "express", "true": "express", "1": "express", "opt in": "express", "opted in": "express",
    "consent": "express", "explicit": "express", "double opt in": "express", "freely given consent": "express",
    "freely given consent from contact": "express", "subscribed": "express", "granted": "express",
    "inquiry": "implied", "customer": "soft opt in".replace(" ", "_"), "existing customer": "soft_opt_in",
    "performance of a contract": "implied", "contract": "implied", "legitimate interest existing customer":
    "soft_opt_in", "legitimate interest prospect lead": "legitimate_interest", "b2b": "b2b_corporate",
    "corporate": "b2b_corporate", "no": "none", "false": "none", "0": "none", "opt out": "none", "opted out": "none",
    "denied": "none", "not applicable": "", "unknown": "",
}  # fmt: skip
_LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    "english": "en", "finnish": "fi", "suomi": "fi", "swedish": "sv", "svenska": "sv", "ruotsi": "sv", "german": "de",
    "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es", "español": "es", "italian": "it",
    "italiano": "it", "portuguese": "pt", "português": "pt", "dutch": "nl", "nederlands": "nl", "danish": "da",
    "dansk": "da", "norwegian": "nb", "norsk": "nb", "estonian": "et", "eesti": "et", "russian": "ru", "русский": "ru",
    "polish": "pl", "polski": "pl", "chinese": "zh", "中文": "zh", "japanese": "ja", "日本語": "ja", "korean": "ko",
    "한국어": "ko", "filipino": "fil", "tagalog": "tl", "arabic": "ar", "العربية": "ar", "hebrew": "he",
    "turkish": "tr",
    "ukrainian": "uk", "greek": "el", "hindi": "hi", "thai": "th", "vietnamese": "vi", "czech": "cs", "hungarian": "hu",
    "englanti": "en",
}  # fmt: skip
_LANGUAGE: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|[0-9]{3}))?")
_NUMBER: Final = re.compile(r"([0-9]+(?:[.,  '’][0-9]{3})*)\s*([km])?\b|([0-9]+)\s*([km])", re.IGNORECASE)
_YES: Final = frozenset({"1", "yes", "true", "y", "x", "on", "kyllä", "ja", "oui", "sí", "unsubscribed", "opted out"})
_NO: Final = frozenset({"", "0", "no", "false", "n", "off", "ei", "nein", "non", "subscribed", "-"})


def _remembered(function: Callable[[str], Value]) -> Callable[[str], Value]:
    """A list has few different countries, zones and languages: each is looked up once, also what is wrong."""

    @lru_cache(maxsize=4096)
    def outcome(text: str) -> tuple[Value | None, str]:
        try:
            return function(text), ""
        except NotUnderstood as error:
            return None, str(error)

    @wraps(function)
    def look_up(text: str) -> Value:
        value, problem = outcome(text)
        if problem:
            raise NotUnderstood(problem)
        return cast("Value", value)

    return look_up


@_remembered
def country_of(text: str) -> str:
    """ISO 3166-1 alpha-2, from a code of two or three letters or a name in one of many languages."""
    code = text.upper()
    if code in alpha2():
        return code
    names = country_names()
    found = alpha3().get(code, "") or names.get(_plain(text)) or names.get(_plain(text).removeprefix("the "))
    if not found:
        english = [name for name in names if name.isascii()]
        raise NotUnderstood(f"is no country: expected a code as FI or a name{_near(text, english)}")
    return found


@_remembered
def zone_name_of(text: str) -> str:
    """A name of the IANA database; case, spaces and HubSpot's `us_slash_eastern` are forgiven."""
    if text in zone_names():
        return text
    wanted = text.replace("_slash_", "/").replace(" ", "_").casefold()
    found = _folded_zones().get(wanted)
    if not found:
        near = near_zones(text)
        guess = f" Did you mean {', '.join(near)}?" if near else ""
        raise NotUnderstood(f"is no time zone: expected a name as Europe/Helsinki.{guess}")
    return found


@lru_cache(maxsize=1)
def _folded_zones() -> Mapping[str, str]:
    return {name.casefold(): name for name in zone_names()}


@_remembered
def language_of(text: str) -> str:
    """A BCP 47 tag in its usual case (`zh-Hant-TW`), from a tag or the name of a language."""
    named = _LANGUAGE_NAMES.get(text.casefold().partition(" (")[0])
    if named:
        return named
    found = _LANGUAGE.fullmatch(text)
    if not found:
        raise NotUnderstood(f"is no language: expected a code as fi or en-GB{_near(text, _LANGUAGE_NAMES)}")
    language, script, region = found.groups()
    parts = [language.lower(), (script or "").title(), (region or "").upper()]
    return "-".join(part for part in parts if part)


@_remembered
def channel_of(text: str) -> str:
    """A channel; empty for "no preference"."""
    word = text.casefold()
    found = word if word in CHANNELS else _CHANNEL_WORDS.get(word)
    if found is None:
        raise NotUnderstood(f"is no channel: expected one of {', '.join(CHANNELS)}{_near(text, CHANNELS)}")
    return found


@_remembered
def basis_of(text: str) -> str:
    """A legal basis (see touches.law), from its name or what other programs write; empty for "unknown"."""
    found = _BASIS_WORDS.get(_plain(text))
    if found is None:
        bases = [basis.value for basis in Basis]
        raise NotUnderstood(f"is no basis for contact: expected one of {', '.join(bases)}{_near(text, bases)}")
    return found


@_remembered
def size_of(text: str) -> int:
    """A head count: of "250-499", "1,000+" or "> 50" the lower bound."""
    found = _NUMBER.search(text)
    if not found:
        raise NotUnderstood('is no number of people: expected one as 250, "250-499" or "1,000+"')
    digits = re.sub(r"[^0-9]", "", found[1] or found[3])
    times = {"k": 1000, "m": 1_000_000}.get((found[2] or found[4] or "").lower(), 1)
    size = int(digits[:12]) * times
    if size > 10_000_000:
        raise NotUnderstood("is more people than any company has")
    return size


@_remembered
def yes_or_no(text: str) -> bool:
    """What a tick box was exported as."""
    word = text.casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise NotUnderstood("is neither yes nor no")


def region_of(country: str, text: str) -> str:
    """The code of a part of a country where we know it ("California" is CA), else the text."""
    return (region_code(country, text) or text) if country else text


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", text.casefold()).split())


def _near(text: str, known: "Mapping[str, str] | list[str] | tuple[str, ...]") -> str:
    return f".{did_you_mean(text[:60], known)}"
