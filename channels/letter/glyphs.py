"""What cannot be set: characters without a glyph, named by their script, before a letter with boxes is
printed."""

import re
import unicodedata
from collections.abc import Iterable

from channels.errors import UnsendableError

_KIND = re.compile(r" (?:LETTER|SYLLABLE|VOWEL|CONSONANT|CHARACTER|SIGN|DIGIT|IDEOGRAPH|LIGATURE)\b.*")
_SHOWN = 3


def refuse_unset(texts: Iterable[str], known: frozenset[int]) -> None:
    """Raise UnsendableError("script cannot be set") if a visible character has no glyph; all scripts are
    named."""
    missing = dict.fromkeys(char for text in texts for char in text if _visible(char) and ord(char) not in known)
    if not missing:
        return
    scripts: dict[str, list[str]] = {}
    for char in missing:
        scripts.setdefault(script_name(char), []).append(char)
    named = "; ".join(f"{script} ({', '.join(chars[:_SHOWN])})" for script, chars in scripts.items())
    raise UnsendableError("script cannot be set", f"letters have no font for {named}")


def script_name(char: str) -> str:
    """`Thai` for a Thai letter, by its Unicode name; the whole name of what belongs to no script."""
    name = unicodedata.name(char, f"U+{ord(char):04X}")
    script = _KIND.sub("", name)
    return script.title() if script != name else name.lower()


def _visible(char: str) -> bool:
    """Joiners, variation selectors and marks of direction draw nothing; line breaks are ours to set."""
    return not (
        char.isspace()
        or unicodedata.category(char) == "Cf"
        or "\ufe00" <= char <= "\ufe0f"
        or "\U000e0100" <= char <= "\U000e01ef"
    )
