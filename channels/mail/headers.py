"""Header fields by ourselves: what may stand in one, RFC 2047 words, folding, dates."""

import re
from binascii import b2a_base64
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from channels.errors import UnsendableError

LINE: Final = 76  # columns of a folded line
WORD: Final = 75  # the longest encoded word, RFC 2047 section 2
_FORBIDDEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_PLAIN_PHRASE: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_FOLDABLE: Final = re.compile(r"[!-~]{1,60}(?: [!-~]{1,60})*")
_URI: Final = re.compile(r"[A-Za-z]+:[!#-;=?-Z\[\]_a-z~]+")  # ignoring case would cost five times as much
_TOKEN: Final = re.compile(r"[!-;=?-~]+")
_PREFIX: Final = {"q": "=?utf-8?q?", "b": "=?utf-8?b?"}
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# RFC 2047 section 5 (3): what may stand bare in a Q word inside a phrase.
_Q: Final = {
    byte: chr(byte) if chr(byte).isalnum() or chr(byte) in "!*+-/" else f"={byte:02X}" for byte in range(128)
} | {0x20: "_"} | {byte: f"={byte:02X}" for byte in range(128, 256)}  # fmt: skip


def checked(text: str, field: str) -> str:
    """The text itself. Raises UnsendableError("control character in a header")."""
    found = _FORBIDDEN.search(text)
    if found is not None:
        raise UnsendableError(
            "control character in a header",
            f"{field}: U+{ord(found.group()):04X} at character {found.start() + 1}",
        )
    return text


@lru_cache(maxsize=256)  # the mails of a batch say mostly the same
def unstructured(text: str, *, field: str) -> str:
    """The value of a field such as Subject, folded, without the trailing line end; `field` is its name."""
    text = checked(text, field)
    if text.isascii() and "=?" not in text and text.strip(" ") == text:
        if len(field) + 2 + len(text) <= LINE:
            return text
        if _FOLDABLE.fullmatch(text):
            return _folded(text, len(field) + 2)
    return encoded(text, len(field) + 2)


def phrase(text: str, *, field: str) -> str:
    """A display name: bare words, a quoted string, or RFC 2047 words. What looks encoded is encoded again."""
    text = checked(text, field)
    column = len(field) + 2
    if not text.isascii() or "=?" in text:
        return encoded(text, column)
    shown = text if _PLAIN_PHRASE.fullmatch(text) else _quoted(text)
    if column + len(shown) <= LINE:
        return shown
    return _folded(shown, column) if _FOLDABLE.fullmatch(shown) else encoded(text, column)


def encoded(text: str, column: int) -> str:
    """RFC 2047 words divided by folds, cut between characters; `column` is where the first one starts."""
    data = text.encode("utf-8")
    short = _q_text(data)
    if len(short) <= len(data) * 4 / 3:
        if text and len(short) <= _room(min(WORD, LINE - column), "q"):  # nearly every name
            return f"{_PREFIX['q']}{short}?="
        return _words(text, column, "q", _q_size, _q_text)
    return _words(text, column, "b", len, _b_text)


def uri(value: str, *, field: str) -> str:
    """`value` in angle brackets. Raises UnsendableError("unfit link in a header") for all but an ASCII URI."""
    if len(value) > 900 or not _URI.fullmatch(value):
        raise UnsendableError("unfit link in a header", f"{field}: expected an ASCII URI of at most 900 characters")
    return f"<{value}>"


def token(value: str, *, field: str) -> str:
    """An identifier that stands bare in a header: printable ASCII without spaces and angle brackets."""
    if len(value) > 900 or not _TOKEN.fullmatch(value):
        raise UnsendableError("unfit identifier in a header", f"{field}: expected printable ASCII without spaces")
    return value


@lru_cache(maxsize=64)  # the mails of a batch have one date
def date_text(moment: datetime) -> str:
    """RFC 5322 section 3.3, with the offset of `moment`'s own zone. Raises ValueError for a naive one."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("the date of a mail needs a time zone")
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S} {_offset_text(offset)}"


def _quoted(text: str) -> str:
    """A quoted string, RFC 5322 section 3.2.4."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _offset_text(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}{rest:02}"


def _folded(text: str, column: int) -> str:
    lines: list[str] = []
    line = ""
    room = LINE - column
    for word in text.split(" "):
        if line and len(line) + 1 + len(word) > room:
            lines.append(line)
            line, room = word, LINE - 1
        else:
            line = f"{line} {word}" if line else word
    return "\r\n ".join([*lines, line])


def _words(text: str, column: int, kind: str, size: Callable[[bytes], int], form: Callable[[bytes], str]) -> str:
    prefix = _PREFIX[kind]
    room = _room(min(WORD, LINE - column), kind)
    whole = text.encode("utf-8")
    if text and size(whole) <= room:
        return f"{prefix}{form(whole)}?="
    words: list[str] = []
    taken, used = bytearray(), 0
    for char in text:
        piece = char.encode("utf-8")
        more = size(piece)
        if taken and used + more > room:
            words.append(f"{prefix}{form(bytes(taken))}?=")
            taken, used, room = bytearray(), 0, _room(WORD, kind)
        taken += piece
        used += more
    words.append(f"{prefix}{form(bytes(taken))}?=")
    return "\r\n ".join(words)


def _room(columns: int, kind: str) -> int:
    """What fits into a word of so many columns: Q counts characters, B bytes."""
    inner = columns - len(_PREFIX[kind]) - len("?=")
    return inner if kind == "q" else inner // 4 * 3


def _q_size(data: bytes) -> int:
    return sum(len(_Q[byte]) for byte in data)


def _q_text(data: bytes) -> str:
    return "".join([_Q[byte] for byte in data])


def _b_text(data: bytes) -> str:
    return b2a_base64(data, newline=False).decode("ascii")
