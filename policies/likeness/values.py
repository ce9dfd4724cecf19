"""What is compared, and the answer."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A piece of news, or what a person told a lead. `body` is Markdown as written, placeholders and greeting included.

    `language` is a tag such as `fi` or `de-AT`; `None` has it guessed from the words.
    """

    id: str
    body: str
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Whether two texts seem to say the same. Never proof: the author has the last word (`same_as`, `differs_from`).

    `score` runs from 0 to 1 and says how much of the wording (or meaning) is shared, whatever the guards say; `same` is
    true only when nothing that counts speaks against it. The reasons are whole phrases for a person.
    """

    score: float
    same: bool
    because_for: tuple[str, ...]
    because_against: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LikePair:
    """Two texts by their ids, in the order in which they were added, and what was found."""

    first: str
    second: str
    likeness: Likeness
