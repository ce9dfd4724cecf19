"""Bytes of unknown or lying charsets become text. Never raises, and never runs a codec that is no charset."""

import binascii
import codecs
import re

# Names that mail programs write and Python does not know, or knows too narrowly for what they send.
_ALIASES = {
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
    "shift_jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "shift-jis": "cp932", "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext", "x-euc-jp": "euc_jp", "iso-8859-1": "cp1252", "latin1": "cp1252",
    "us-ascii": "ascii", "ansi_x3.110-1983": "cp1252", "unicode-1-1-utf-8": "utf-8", "utf8mb4": "utf-8",
    "iso-8859-8-i": "iso-8859-8", "x-user-defined": "cp1252", "cp-850": "cp850",
}  # fmt: skip
# Codecs that transform, execute escapes, or hide text from filters.
_REFUSED = frozenset({"undefined", "unicode_escape", "raw_unicode_escape", "utf_7", "idna", "punycode", "mbcs", "oem"})
_ENCODED_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\s]{0,4000}|[^?]{0,200})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\n]{1,100}(=\?)")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def decode(data: bytes, charset: str = "") -> str:
    """Text of `data`: by the declared charset when it is a real one, else UTF-8, else cp1252/Latin-1."""
    name = _known(charset)
    if b"\x1b$" in data and name in {"", "ascii", "cp1252", "utf-8"}:
        name = "iso2022_jp_ext"
    if name:
        text = _try(data, name)
        if text is not None:
            return _CONTROLS.sub("", text)
    text = _try(data, "utf-8")
    return _CONTROLS.sub("", text if text is not None else _single_bytes(data, lossy=name))


def decode_header(value: str) -> str:
    """A raw header value (surrogates for 8-bit bytes) with its encoded words (RFC 2047) read, on one line."""
    if any("\udc80" <= letter <= "\udcff" for letter in value):
        value = decode(value.encode("utf-8", "surrogateescape"))
    value = _BETWEEN_WORDS.sub(r"\1\2", value)
    value = _ENCODED_WORD.sub(_word, value)
    return " ".join(_CONTROLS.sub("", value).split())


def _word(found: re.Match[str]) -> str:
    charset, kind, content = found.groups()
    raw = content.encode("ascii", "replace")
    try:
        data = (
            binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))
            if kind in "bB"
            else binascii.a2b_qp(raw.replace(b"_", b" "))
        )
    except (binascii.Error, ValueError):
        return content
    return decode(data, charset.partition("*")[0])


def _known(charset: str) -> str:
    """The codec's name, empty for none, unknown, or one that is no charset."""
    name = charset.strip().strip("\"'").lower()[:40]
    name = _ALIASES.get(name, name)
    try:
        found = codecs.lookup(name).name.replace("-", "_") if name else ""
        if not found or found in _REFUSED:
            return ""
        b"a".decode(name, "ignore")  # a codec that is no charset (zlib, base64) is a LookupError here
    except (LookupError, ValueError):
        return ""
    return name


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):
        return None


def _single_bytes(data: bytes, *, lossy: str) -> str:
    """A declared multi-byte charset with broken bytes keeps what can be read; anything else is Western text."""
    if lossy and lossy not in {"ascii", "utf-8"}:
        return data.decode(lossy, "replace")
    return data.decode("cp1252", "replace") if lossy != "utf-8" else data.decode("utf-8", "replace")
