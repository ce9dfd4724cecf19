"""What an import works with, as values: checked rows, refused rows, what became of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from touches.model.people import PointKind

Point = tuple[str, str]  # kind (a PointKind's value: texts make the quicker keys) and address
EMAIL, PHONE, FAX, POSTAL = (kind.value for kind in (PointKind.EMAIL, PointKind.PHONE, PointKind.FAX, PointKind.POSTAL))

PLAIN_FIELDS = (
    "first_name",
    "last_name",
    "name",
    "country",
    "region",
    "street",
    "postal_code",
    "city",
    "timezone",
    "language",
    "segment",
    "owner",
    "preferred_channel",
    "source",
)


@dataclass(slots=True, kw_only=True, eq=False)
class LeadDraft:
    """A checked row. Empty means "not said": it never overwrites what is known. One of many thousands: not frozen,
    for frozen ones cost four times as much to make."""

    line: int
    external_id: str
    fields: dict[str, str]  # of PLAIN_FIELDS, those that are not empty
    points: list[Point]
    attributes: dict[str, str]
    company: str = ""
    company_size: int | None = None
    birth_year: int | None = None
    consent: str = ""
    consent_source: str = ""
    consent_at: datetime | None = None
    opted_out: tuple[str, ...] = ()  # channels, or "all"
    digest: str = ""

    @property
    def points_identify(self) -> bool:
        """Whether an address tells who this is: a mailbox or a phone number, no street and no fax."""
        return any(kind in (EMAIL, PHONE) for kind, _ in self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A row that was not taken. `line` counts from 1, the header included; `values` is the row as it was read."""

    line: int
    reason: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something to look at about a row that was taken."""

    line: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """What holds for rows that do not say: `country` of phone numbers, `segment`, `source`. `owners` are the known
    colleagues by every spelling of theirs, folded. `year` is the one that an age is counted back from."""

    country: str
    year: int
    segment: str = ""
    source: str = ""
    owners: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class ImportReport:
    """What became of a file, counted in rows. Only the first refusals and remarks are kept."""

    encoding: str = ""
    guessed: bool = False
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    warnings: int = 0
    rejected_file: Path | None = None
    first_rejections: list[Rejection] = field(default_factory=list)
    first_remarks: list[Remark] = field(default_factory=list)

    @property
    def all_rejected(self) -> bool:
        """Whether there were rows and none was taken."""
        return self.read > 0 and self.rejected == self.read

    def reject(self, rejection: Rejection, *, shown: int = 20) -> None:
        """Count a refused row."""
        self.rejected += 1
        if len(self.first_rejections) < shown:
            self.first_rejections.append(rejection)

    def remark(self, remark: Remark, *, shown: int = 20) -> None:
        """Count a warning."""
        self.warnings += 1
        if len(self.first_remarks) < shown:
            self.first_remarks.append(remark)
