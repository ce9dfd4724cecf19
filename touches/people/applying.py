"""What a draft makes of a lead: a new row, or an old one with what the draft says laid over it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from touches.people.draft import EMAIL, PLAIN_FIELDS, POSTAL, LeadDraft, Point
from touches.people.postal import postal_lines


@dataclass(slots=True, kw_only=True, eq=False)
class Pending:
    """A lead as it will be written; later rows are matched against it. `changes` are the names of what a draft changed;
    empty for a new lead. `survivor_id` is itself: what is merged is never written."""

    id: int
    row: dict[str, Any]
    new: bool
    digest: str = ""
    has_email: bool = True
    points: dict[Point, LeadDraft] = field(default_factory=dict)
    replaced: list[Point] = field(default_factory=list)
    changes: list[str] = field(default_factory=list)

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
    by_email = bool(draft.points) and draft.points[0][0] == EMAIL
    points = dict.fromkeys(draft.points, draft)
    pending = Pending(id=lead_id, row=row, new=True, digest=draft.digest, has_email=by_email, points=points)
    postal = postal_lines(draft.fields, draft.fields.get("country") or country)
    if postal:
        pending.points[POSTAL, postal] = draft
    return pending


def lay_over(
    pending: Pending,
    draft: LeadDraft,
    *,
    known: Sequence[Point],
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
    _lay_points(pending, draft, known, country, only_gaps=only_gaps)


def _said(draft: LeadDraft, company_id: int | None) -> Mapping[str, Any]:
    said: dict[str, Any] = dict(draft.fields)
    if draft.external_id:
        said["external_id"] = draft.external_id
    if company_id is not None:
        said["company_id"] = company_id
    if draft.birth_year is not None:
        said["birth_year"] = draft.birth_year
    return said


def _lay_points(pending: Pending, draft: LeadDraft, known: Sequence[Point], country: str, *, only_gaps: bool) -> None:
    here = [point for point in known if point not in pending.replaced]
    here += [point for point in pending.points if point not in here]
    points = list(draft.points)
    postal = postal_lines(pending.row, pending.row["country"] or country)
    if postal and not only_gaps:
        points.append((POSTAL, postal))
    for kind in dict.fromkeys(kind for kind, _ in points):
        told = [point for point in points if point[0] == kind]
        had = [point for point in here if point[0] == kind]
        if told[0] not in had and had and not only_gaps:
            _replace(pending, had[0])
        if any(point not in had for point in told):
            pending.changes.append({"postal": "address"}.get(kind, kind))
    for point in points:
        if point not in here or draft.consent:
            pending.points[point] = draft


def _replace(pending: Pending, point: Point) -> None:
    """The address that was used so far is no longer the lead's; one that was only about to be written never is."""
    if pending.points.pop(point, None) is None or not pending.new:
        pending.replaced.append(point)
