"""Texts of strangers made safe to store, to show and to send on: no control characters, no lone surrogates."""

TEXT_AT_MOST = 20_000
LINE_AT_MOST = 300


def clean_text(text: str, *, at_most: int = TEXT_AT_MOST) -> str:
    """Lines and tabs stay; other control and invisible characters go, and so does what no database takes."""
    lines = text[: at_most * 2].replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(_printable(line, keep="\t") for line in lines)[:at_most].strip("\n")


def clean_line(text: str, *, at_most: int = LINE_AT_MOST) -> str:
    """One line."""
    return " ".join(_printable(text[: at_most * 4], keep="").split())[:at_most]


def _printable(text: str, *, keep: str) -> str:
    return "".join(letter if letter.isprintable() or letter in keep else _gap(letter) for letter in text)


def _gap(letter: str) -> str:
    """What separates words becomes a space; what nobody sees vanishes, and half a character shows that it was one."""
    if "\ud800" <= letter <= "\udfff":
        return "\N{REPLACEMENT CHARACTER}"
    return " " if letter.isspace() or letter < " " else ""
