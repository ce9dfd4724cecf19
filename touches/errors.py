"""What can go wrong, as one tree. The exit code belongs to the family; texts are for people, without secrets.

TouchesError
├── NotFound (1)             what was named does not exist
│   ├── UnknownLead
│   ├── UnknownTouch
│   ├── UnknownPolicy
│   └── UnknownNews
├── FindingsError (1)        files were read and have errors, so nothing was done
├── SettingsError (3)        touches.toml, a secret or the environment is wrong
├── WorkspaceError (3)       there is no workspace, or already one
├── DatabaseError (4)
│   ├── DatabaseUnreachable  no server, no file, no permission
│   ├── SchemaMismatch       older or newer than this program
│   ├── DatabaseLocked       another process holds it for too long
│   ├── DatabaseCorrupt      the file is damaged or no database
│   └── DiskFull
├── FileError (5)            an input or output file: missing, unreadable, wrong encoding, read-only folder
├── ChannelUnavailable (6)   a channel that was asked for cannot be reached or is not set up
├── LockHeld (7)             another process dispatches on this database
├── Refused (8)              a rule forbids it: suppressed, in hold after a restore, needs --yes
└── MissingExtra (9)         an optional library is not installed
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import ClassVar

MOST_NAMED = 12  # in a hint


class TouchesError(Exception):
    """Base of everything we raise on purpose. `hint` says what to do next, in a sentence, or is empty."""

    exit_code: ClassVar[int] = 70

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFound(TouchesError):
    """What was named does not exist: `name` is what was asked for, `near` are known names that look alike."""

    exit_code = 1
    noun: ClassVar[str] = "thing"
    listing: ClassVar[str] = ""
    none_known: ClassVar[str] = ""  # the advice where there is no such thing at all

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        self.name = name
        names = tuple(known)
        self.near = near_words(name, names)
        advice = [f"Did you mean {quoted_list(self.near)}?"] if self.near else []
        if self.listing:
            advice.append(f"`{self.listing}` shows all.")
        elif not self.near:
            advice.append(_named(names) or self.none_known)
        super().__init__(f'There is no {self.noun} "{name}".', hint=" ".join(advice))


def _named(names: tuple[str, ...]) -> str:
    more = " and others" if len(names) > MOST_NAMED else ""
    return f"Known: {', '.join(names[:MOST_NAMED])}{more}." if names else ""


class UnknownLead(NotFound):
    """No lead has this external id, email or phone."""

    noun = "lead"
    listing = "touches lead list"


class UnknownTouch(NotFound):
    """No touch has this number."""

    noun = "touch"
    listing = "touches outbox"


class UnknownPolicy(NotFound):
    """No policy of this name is published."""

    noun = "policy"
    none_known = "Nothing is published yet: see `touches publish`."


class UnknownNews(NotFound):
    """No piece of news has this name."""

    noun = "news"
    listing = "touches news list"


class FindingsError(TouchesError):
    """Files have errors, so what was asked for was not done. `findings` are the printed lines."""

    exit_code = 1

    def __init__(self, message: str, findings: Iterable[str] = (), *, hint: str = "") -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join([*self.findings, message]), hint=hint)


class SettingsError(TouchesError):
    """The settings are wrong. `problems` has one line for each place, all of them at once."""

    exit_code = 3

    def __init__(self, message: str, problems: Iterable[str] = (), *, hint: str = "") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join([*self.problems, message]), hint=hint)


class WorkspaceError(TouchesError):
    """There is no workspace where one was looked for, or there is one where a new one was wanted."""

    exit_code = 3


class DatabaseError(TouchesError):
    """The database cannot be used."""

    exit_code = 4


class DatabaseUnreachable(DatabaseError):
    """No server answers, or the file cannot be opened."""


class SchemaMismatch(DatabaseError):
    """The tables are older than this program (`touches db upgrade`) or newer (install a newer one)."""


class DatabaseLocked(DatabaseError):
    """Another process held a write lock for longer than we wait."""


class DatabaseCorrupt(DatabaseError):
    """The file is damaged, or is no database of ours."""


class DiskFull(DatabaseError):
    """There is no room left where the database lies."""


class FileError(TouchesError):
    """An input or output file is missing, cannot be read or written, or has the wrong form."""

    exit_code = 5

    @classmethod
    def from_os(cls, error: OSError, doing: str) -> "FileError":
        """The operating system's complaint as a sentence; `doing` is what was tried ("read", "write to")."""
        where = f' "{error.filename}"' if error.filename else ""
        return cls(f"Cannot {doing}{where}: {(error.strerror or str(error)).lower()}.")


class ChannelUnavailable(TouchesError):
    """A channel that was asked for by name is not set up or does not answer."""

    exit_code = 6


class LockHeld(TouchesError):
    """Another process dispatches on this database. `owner` says who holds the lock."""

    exit_code = 7

    def __init__(self, owner: str) -> None:
        self.owner = owner
        super().__init__(
            f"The dispatch lock is held by {owner}.",
            hint="Only one daemon or tick sends from a SQLite database; stop that one first, or let it work.",
        )


class Refused(TouchesError):
    """A rule forbids it; nothing was changed."""

    exit_code = 8


class MissingExtra(TouchesError):
    """An optional part is not installed. `extra` names it as in the brackets of the install command."""

    exit_code = 9

    def __init__(self, part: str, extra: str) -> None:
        self.part = part
        self.extra = extra
        super().__init__(
            f"{part} needs an optional part that is not installed.",
            hint=f"Install it with  pip install 'touches[{extra}]'",
        )


INTERNAL_ERROR = 70
INTERRUPTED = 130
BROKEN_PIPE = 141

EXIT_CODES: Mapping[int, str] = MappingProxyType(
    {
        0: "done (warnings and empty answers included)",
        1: "error findings, or a named lead, touch, policy or news that does not exist",
        2: "wrong use: unknown command, option or argument",
        3: "settings or workspace: touches.toml is missing or wrong, or a secret cannot be read",
        4: "database: unreachable, of another version, locked, damaged, or the disk is full",
        5: "file: an input is missing or unreadable, or a folder cannot be written to",
        6: "channel: one that was asked for by name is not set up or does not answer",
        7: "lock: another daemon or tick already dispatches on this database",
        8: "refused: a rule forbids it, or it needs --yes",
        9: "an optional part is not installed",
        INTERNAL_ERROR: "internal error: a defect of this program",
        INTERRUPTED: "interrupted from the keyboard",
        BROKEN_PIPE: "whoever read the output stopped reading",
    }
)


def near_words(word: str, known: Iterable[str], *, count: int = 3) -> tuple[str, ...]:
    """Known words that look like `word`, best first, upper and lower case alike; at most `count`."""
    from difflib import SequenceMatcher, get_close_matches

    by_folded = {name.casefold(): name for name in known}
    matches = get_close_matches(word.casefold(), by_folded, n=count, cutoff=0.6)
    likeness = [SequenceMatcher(None, word.casefold(), match).ratio() for match in matches]
    return tuple(by_folded[match] for match, ratio in zip(matches, likeness, strict=True) if ratio > likeness[0] - 0.1)


def quoted_list(words: Iterable[str]) -> str:
    """`"a", "b" or "c"`: for sentences that name what is possible."""
    quoted = [f'"{word}"' for word in words]
    if len(quoted) < 2:
        return "".join(quoted)
    return f"{', '.join(quoted[:-1])} or {quoted[-1]}"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` Did you mean "x"?` with a leading space, or nothing where no known word is near."""
    near = near_words(word, known)
    return f" Did you mean {quoted_list(near)}?" if near else ""
