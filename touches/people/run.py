"""What the chunks of one import share, and what comes of each."""

from dataclasses import dataclass, field
from datetime import datetime

from touches.people.checking import RowChecker
from touches.people.draft import Rejection, Remark
from touches.people.wholesale import Wholesale
from touches.tokens import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What holds for the whole run. `country` is where leads without one are."""

    checker: RowChecker
    signer: Signer
    now: datetime
    actor: str
    file: str
    country: str
    owners: frozenset[str]
    wholesale: Wholesale | None = None  # None: every row is checked by itself
    strange_owners: set[str] = field(default_factory=set)


@dataclass(slots=True, kw_only=True)
class ChunkResult:
    """What came of it; counted only when its transaction has ended well. `about` is the first lead that a row was
    about, new or known."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    about: int | None = None
    rejections: list[Rejection] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
