"""Which rows of a list made a lead what it is: their digests, kept with the lead."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

BEFORE: Final = -1  # the place of a row that was laid over a lead once, and has to be again
_NOW_AND_BEFORE: Final = "|"


@dataclass(slots=True, kw_only=True, eq=False)
class Told:
    """`rows` were laid over the lead one after the other, the latest last: a list in which only some of these speak of
    it says nothing new. `before` are rows that stood there until something else was said in their midst. They tell
    whom they are about, no more."""

    rows: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Told":
        """As it is stored."""
        rows, _, before = text.partition(_NOW_AND_BEFORE)
        return cls(rows=rows.split(), before=before.split())

    @property
    def text(self) -> str:
        """To be stored."""
        rows = " ".join(self.rows)
        return f"{rows}{_NOW_AND_BEFORE}{' '.join(self.before)}" if self.before else rows

    def places(self) -> Mapping[str, int]:
        """Where in the order each row stands last."""
        return dict.fromkeys(self.before, BEFORE) | {digest: place for place, digest in enumerate(self.rows)}

    def lay(self, digest: str, *, reached: int | None) -> None:
        """Another row is laid over the lead. `reached`: how many of `rows` the list has said again so far; None where
        they are all its own."""
        if reached is not None:
            self.before = self.rows[reached:]
            del self.rows[reached:]
        if self.rows[-1:] != [digest]:
            self.rows.append(digest)
