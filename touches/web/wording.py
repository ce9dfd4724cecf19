"""What public pages say, by language. The sentences stand in wording.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).parent / "wording.toml"
_RIGHT_TO_LEFT: Final = frozenset({"ar", "dv", "fa", "he", "ps", "ur", "yi"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Sentences of the pages that leads see; `{…}` are filled in by the templates."""

    language: str
    itself: str  # the language's own name
    stop_title: str
    stop_intro: str
    stop_email: str
    stop_sms: str
    stop_letter: str
    stop_fax: str
    stop_call: str
    stop_all: str
    stopped_title: str
    stopped: str
    stopped_all: str
    choose: str
    prefer_title: str
    prefer_intro: str
    channels: str
    email: str
    sms: str
    letter: str
    call: str
    fax: str
    language_label: str
    pause: str
    pause_month: str
    pause_end: str
    paused_until: str
    save: str
    saved: str
    complain_title: str
    complain_intro: str
    complain_label: str
    send: str
    complained_title: str
    complained: str
    few_words: str
    no_page_title: str
    no_page: str
    busy: str


@lru_cache(maxsize=1)
def wordings() -> dict[str, Wording]:
    """All languages that the pages speak, English first."""
    found = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {language: Wording(language=language, **sentences) for language, sentences in found.items()}


def wording_for(language: str) -> Wording:
    """The sentences of a BCP 47 tag's language; English where we have none."""
    known = wordings()
    return known.get(language.partition("-")[0].lower(), known["en"])


def wording_asked(accept_language: str) -> Wording:
    """The sentences for a browser's Accept-Language (RFC 9110, 12.5.4), the first that we know."""
    asked = re.findall(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?(?:\s*;\s*q=([01](?:\.\d{1,3})?))?", accept_language[:200])
    ordered = sorted(asked, key=lambda pair: -float(pair[1] or 1))
    known = wordings()
    return next((known[language.lower()] for language, _ in ordered if language.lower() in known), known["en"])


def direction_of(language: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"
