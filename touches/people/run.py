"""What the chunks of one import share, and what comes of each."""

from dataclasses import dataclass, field
from datetime import datetime

from touches.people.applying import Pending
from touches.people.checking import RowChecker
from touches.people.draft import Point, Rejection, Remark
from touches.people.matching import Known
from touches.people.wholesale import Wholesale
from touches.tokens import Signer


@dataclass(slots=True, kw_only=True)
class Overlay:
    """Leads as they will be once the chunk is written: what later rows of it are matched against."""

    by_external_id: dict[str, Known] = field(default_factory=dict)
    holders: dict[Point, list[Known]] = field(default_factory=dict)
    pending: dict[int, Pending] = field(default_factory=dict)
    known: dict[int, list[Point]] = field(default_factory=dict)
    digests: dict[int, str] = field(default_factory=dict)  # of leads that the file changed or confirmed
    companies: dict[str, int] = field(default_factory=dict)  # that a dry run would make
    reserved: int = 0  # ids of leads that a dry run only plans


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
    """What came of it; counted only when its transaction has ended well."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejections: list[Rejection] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    seen: list[tuple[int, str]] = field(default_factory=list)
