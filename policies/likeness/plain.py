"""From a news body to what it says: without Markdown, placeholders, greeting and sign-off, in lower case."""

import re
import unicodedata

from policies.likeness.words import KNOWN

LONGEST = 20_000
"""Characters that are looked at; what stands behind them is not compared."""

_PLACEHOLDER = re.compile(r"\{\{.{0,300}?\}\}|\{%.{0,300}?%\}|\{#.{0,300}?#\}", re.DOTALL)
_LINK = re.compile(r"!?\[([^\[\]]{0,300})\]\([^()\s]{0,500}\)")
_EMPHASIS = re.compile(r"[*`~]+")
_MARKS = re.compile(r"^[ \t]*(?:#{1,6}|>+|[-+])[ \t]+|(?<!\w)_+|_+(?!\w)|</?[A-Za-z][^<>\n]{0,200}>", re.MULTILINE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u2606]")
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
_HALF_DAY = re.compile(r"(?<=[\d\s])([ap])\.\s?m\.?(?!\w)")
_GREETED = "|".join(re.escape(greeting) for v in KNOWN for greeting in v.greetings)
_GREETING = re.compile(rf"\s*(?:{_GREETED})(?![^\W\d_]{{3}})[^\n,!.:，！：。]{{0,40}}[,!.:，！：。\n]+")
_GREETING_HAN = re.compile(
    r"\s*(?:[^\n，！：。\d]{0,14}(?:您好|你好|大家好)|(?:尊敬的|亲爱的|各位)[^\n，！：。\d]{0,14})[，！：。\n]+"
)
_SIGN_OFFS = tuple(sorted({s for v in KNOWN for s in v.sign_offs}, key=len, reverse=True))
_LONGEST_CLOSING_LINE = 45


def readable(body: str) -> str:
    """The text without Markdown, placeholders and control characters, in Unicode's NFKC form, case kept."""
    text = unicodedata.normalize("NFKC", body[:LONGEST])
    text = _PLACEHOLDER.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _MARKS.sub(" ", _EMPHASIS.sub("", _LINK.sub(r"\1", text)))
    return _western_digits(_CONTROL.sub(" ", _INVISIBLE.sub("", text)).translate(_APOSTROPHES))


def telling(text: str) -> str:
    """What is left of `readable` text without greeting and sign-off. A line that holds a digit always stays."""
    return _without_sign_off(_without_greeting(text.strip())).strip()


def lowered(text: str) -> str:
    """Lower case for comparing; `ё` becomes `е`, and `p.m.` becomes `pm`."""
    folded = text.lower().replace("ё", "е")
    return _HALF_DAY.sub(r"\1m", unicodedata.normalize("NFKC", folded))


def _western_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _without_greeting(text: str) -> str:
    for pattern in (_GREETING, _GREETING_HAN):
        found = pattern.match(text[:120].lower())
        if found and not any(c.isdigit() for c in found.group()) and found.end() < len(text):
            return text[found.end() :].lstrip(" \t\n,!.:，！：。")
    return text


def _without_sign_off(text: str) -> str:
    lines = text.split("\n")
    for at in range(max(1, len(lines) - 5), len(lines)):
        if lines[at].strip().lower().startswith(_SIGN_OFFS) and all(_closes(line) for line in lines[at:]):
            return "\n".join(lines[:at])
    return text


def _closes(line: str) -> bool:
    return len(line) <= _LONGEST_CLOSING_LINE and not any(c.isdigit() for c in line)
