"""What a draft makes of a lead: a new row, or an old one with what the draft says laid over it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from touches.people.draft import EMAIL, PLAIN_FIELDS, POSTAL, LeadDraft, Point
from touches.people.postal import postal_lines


@dataclass(slots=True, kw_only=True, eq=False)
class Pending:
    """A lead as it will be written; later rows are matched against it. `addresses` are all that it ever had, the oldest
    first, each with whether it is in use; `points` are to be written, one after the other, and then the end of those
    `replaced`. `changes` are the names of what a draft changed; empty for a new lead. `survivor_id` is itself: what is
    merged is never written."""

    id: int
    row: dict[str, Any]
    new: bool
    digest: str = ""
    addresses: dict[Point, bool] = field(default_factory=dict)
    points: list[tuple[Point, LeadDraft]] = field(default_factory=list)
    replaced: list[Point] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

    @property
    def has_email(self) -> bool:
        """Whether it ever had a mailbox."""
        return any(kind == EMAIL for kind, _ in self.addresses)

    @property
    def survivor_id(self) -> int:
        """Itself."""
        return self.id

    @property
    def external_id(self) -> str:
        """As it will be."""
        return self.row["external_id"] or ""

    @property
    def first_name(self) -> str:
        """As it will be."""
        return str(self.row["first_name"])

    @property
    def last_name(self) -> str:
        """As it will be."""
        return str(self.row["last_name"])

    @property
    def name(self) -> str:
        """As it will be."""
        return str(self.row["name"])

    @property
    def full_name(self) -> str:
        """As it will be; empty when none is known."""
        return self.name or f"{self.first_name} {self.last_name}".strip()

    @property
    def renamed(self) -> bool:
        """Whether a draft says another name than the one that was known."""
        return not self.new and any(name in self.changes for name in _NAMES)


_NAMES: Final = ("first_name", "last_name", "name")
_EMPTY_ROW: Final = dict.fromkeys(PLAIN_FIELDS, "")


def new_lead(draft: LeadDraft, *, lead_id: int, company_id: int | None, country: str) -> Pending:
    """A lead that nobody knew."""
    row: dict[str, Any] = {
        **_EMPTY_ROW,
        **draft.fields,
        "id": lead_id,
        "external_id": draft.external_id or None,
        "company_id": company_id,
        "birth_year": draft.birth_year,
        "attributes": draft.attributes,
    }
    points = dict.fromkeys(draft.points, draft)
    postal = postal_lines(draft.fields, draft.fields.get("country") or country)
    if postal:
        points[POSTAL, postal] = draft
    addresses = dict.fromkeys(points, True)
    return Pending(id=lead_id, row=row, new=True, digest=draft.digest, addresses=addresses, points=list(points.items()))


def lay_over(
    pending: Pending,
    draft: LeadDraft,
    *,
    company_id: int | None,
    country: str,
    only_gaps: bool = False,
) -> None:
    """Let a later row say what it says. `only_gaps`: the row is about a lead that was merged into this one, so it adds
    and replaces nothing."""
    row = pending.row
    for name, value in _said(draft, company_id).items():
        if row[name] != value and not (only_gaps and row[name]):
            row[name] = value
            pending.changes.append(name)
    added = {name: value for name, value in draft.attributes.items() if row["attributes"].get(name) != value}
    if only_gaps:
        added = {name: value for name, value in added.items() if not row["attributes"].get(name)}
    if added:
        row["attributes"] = {**row["attributes"], **added}
        pending.changes.extend(sorted(added))
    _lay_points(pending, draft, country, only_gaps=only_gaps)


def _said(draft: LeadDraft, company_id: int | None) -> Mapping[str, Any]:
    said: dict[str, Any] = dict(draft.fields)
    if draft.external_id:
        said["external_id"] = draft.external_id
    if company_id is not None:
        said["company_id"] = company_id
    if draft.birth_year is not None:
        said["birth_year"] = draft.birth_year
    return said


def _lay_points(pending: Pending, draft: LeadDraft, country: str, *, only_gaps: bool) -> None:
    points = list(draft.points)
    postal = postal_lines(pending.row, pending.row["country"] or country)
    if postal and not only_gaps:
        points.append((POSTAL, postal))
    for kind in dict.fromkeys(kind for kind, _ in points):
        _lay_kind(pending, draft, [point for point in points if point[0] == kind], only_gaps=only_gaps)


def _lay_kind(pending: Pending, draft: LeadDraft, told: Sequence[Point], *, only_gaps: bool) -> None:
    """The first address that is told takes the place of the first in use. Others come beside it, but for those whose
    place was taken before."""
    addresses, first = pending.addresses, told[0]
    takes_place = not only_gaps and not addresses.get(first)
    had = next((point for point, used in addresses.items() if used and point[0] == first[0]), None)
    if takes_place and had is not None:
        addresses[had] = False
        pending.replaced.append(had)
    new = [point for point in told if point not in addresses or (point == first and takes_place)]
    addresses |= dict.fromkeys(new, True)
    pending.points += [(point, draft) for point in told if point in new or (draft.consent and addresses[point])]
    if new:
        pending.changes.append({POSTAL: "address"}.get(first[0], first[0]))
