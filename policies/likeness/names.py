"""Names in a text: words with a capital inside a sentence, all in capitals or with one inside, and quoted ones."""

import re

from policies.likeness.lookup import described, meaning_of, unit_of
from policies.likeness.plain import lowered
from policies.likeness.stems import stem

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AMONG_HAN = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_QUOTED = re.compile(
    r"«([^«»\n]{1,40})»|“([^“”\n]{1,40})”|\"([^\"\n]{1,40})\"|„([^„“”\n]{1,40})[“”]|「([^」\n]{1,40})」"
)
_NEW_SENTENCE = re.compile(r"(?:^|[.!?…:\n。！？：])[\s\"'«“„(\[*-]*$")
_MOSTLY = 0.5


def names_in(text: str, *, language: str) -> frozenset[str]:
    """The stems of the names in a text whose case is kept; of quoted ones alone where it is mostly capitals."""
    letters = [c for c in text if c.isalpha()]
    shouted = sum(c.isupper() for c in letters) > _MOSTLY * len(letters)
    found = set(_quoted(text))
    if not shouted:
        by_capital = described(language).names_by_capital
        words = (_AMONG_HAN if language == "zh" else _WORD).finditer(text)
        found.update(m.group() for m in words if _is_name(m, text, by_capital=by_capital))
    return frozenset(
        stem(lowered(name), language=language) for name in found if _counts(lowered(name), language=language)
    )


def _quoted(text: str) -> list[str]:
    groups = (group for found in _QUOTED.finditer(text) for group in found.groups() if group)
    return [word for group in groups for word in _WORD.findall(group)]


def _is_name(found: re.Match[str], text: str, *, by_capital: bool) -> bool:
    word = found.group()
    if len(word) > 1 and (word.isupper() or any(c.isupper() for c in word[1:].split("-")[0])):
        return True
    before = text[max(0, found.start() - 8) : found.start()]
    return by_capital and word[0].isupper() and not _NEW_SENTENCE.search(before)


def _counts(word: str, *, language: str) -> bool:
    kinds = ("months", "weekdays", "numbers", "days")
    return (
        len(word) > 1
        and word not in described(language).common
        and unit_of(word, language=language) is None
        and not any(meaning_of(word, language=language, kind=kind) for kind in kinds)
    )
