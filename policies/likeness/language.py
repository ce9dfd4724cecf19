"""Which language a text is in, when its author does not say."""

import re

from policies.likeness.words import KNOWN

_WORD = re.compile(r"[^\W\d_]+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_LATIN = tuple(v for v in KNOWN if v.code not in {"zh", "ru"})
_LOOKED_AT = 2000


def guessed_language(text: str) -> str:
    """One of the described languages, by script and small words; `en` when nothing speaks for another."""
    part = text[:_LOOKED_AT].lower()
    found = _WORD.findall(part)
    letters = sum(map(len, found)) or 1
    if len(_HAN.findall(part)) * 3 > letters:
        return "zh"
    if len(_CYRILLIC.findall(part)) * 2 > letters:
        return "ru"
    counts = {v.code: sum(1 for word in found if word in v.common or word in v.negations) for v in _LATIN}
    return max(counts, key=lambda code: counts[code])
