"""One lead by hand: add, or change what is known."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final

from touches.engine.stopping import stop
from touches.errors import FindingsError, Refused, near_words, quoted_list
from touches.model.people import Lead
from touches.people.address_hashes import follow_names
from touches.people.ahead import Prepared
from touches.people.applying import lay_over
from touches.people.checking import RowChecker
from touches.people.draft import EMAIL, FAX, PHONE, POSTAL, Defaults, LeadDraft, Rejection, Remark
from touches.people.header_words import fields
from touches.people.headers import Columns, attribute_name
from touches.people.import_chunk import ChunkImport
from touches.people.opt_out import carry_over
from touches.people.overlay import Overlay
from touches.people.reading import SourceRow
from touches.people.run import Context
from touches.people.seen import SeenLeads
from touches.people.writing import Written
from touches.store.events import Event
from touches.store.imports import Imports
from touches.store.units import Unit
from touches.tokens import Signer

ATTRIBUTE: Final = "attribute."
_POINT_FIELDS: Final = {"email": EMAIL, "phone": PHONE, "mobile": PHONE, "fax": FAX}
_ADDRESS: Final = frozenset({"street", "postal_code", "city"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who changes something, when, and what holds meanwhile."""

    signer: Signer
    defaults: Defaults
    now: datetime
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """What came of it."""

    lead_id: int
    changes: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(default=())


def add_lead(unit: Unit, hand: Hand, values: Mapping[str, str]) -> Edited:
    """Add a lead. `values` by field name; `attribute.NAME` for others.

    Raises FindingsError with everything that is wrong, Refused when the lead exists already.
    """
    checker = RowChecker(_columns(values), hand.defaults)
    chunk = ChunkImport(unit, _context(hand, checker), SeenLeads(), Overlay())
    row = SourceRow(0, list(values.values()))
    result = chunk.take(Prepared(rows=[row], external_ids=[checker.external_id(row.values)]))
    if result.rejections:
        raise FindingsError(f"The lead was not added: {result.rejections[0].reason.rstrip('.')}.")
    if not result.new:
        known = unit.leads.get(result.about or 0)
        shown = known.key if known is not None else next(iter(values.values()))
        raise Refused(f'There is a lead "{shown}" already.', hint=f"`touches lead set {shown} …` changes it.")
    chunk.write()
    lead_id = result.about
    unit.events.add([Event(at=hand.now, action="added", because="by hand", actor=hand.actor, lead_id=lead_id)])
    return Edited(lead_id=lead_id or 0, changes=tuple(values), remarks=_texts(result.remarks))


def set_fields(unit: Unit, hand: Hand, lead: Lead, values: Mapping[str, str]) -> Edited:
    """Change what is known of a lead; an empty value takes it away. `died=yes` ends everything.

    Raises FindingsError for a value that cannot be, or a name that is nearly a field's.
    """
    values = dict(values)
    if "dead" in values:
        raise FindingsError("dead cannot be set; say  died=yes")
    died = values.pop("died", "")
    _require_known(values, lead)
    changes = _say(unit, hand, lead, {name: value for name, value in values.items() if value})
    changes += _take_away(unit, hand, lead, [name for name, value in values.items() if not value])
    if died.casefold() in {"yes", "true", "1"}:
        _bury(unit, hand, lead)
        changes.append("died")
    if changes:
        follow_names(unit, hand.signer, [lead.id])
        carry_over(unit, [lead.id], at=hand.now)
        because = f"set by hand: {', '.join(dict.fromkeys(changes))}"
        unit.events.add([Event(at=hand.now, action="lead_changed", because=because, actor=hand.actor, lead_id=lead.id)])
    return Edited(lead_id=lead.id, changes=tuple(dict.fromkeys(changes)))


def _columns(values: Mapping[str, str]) -> Columns:
    known = set(fields())
    places = {name: at for at, name in enumerate(values) if name in known}
    others = {_attribute(name): at for at, name in enumerate(values) if name not in known}
    return Columns(fields=places, attributes=others, width=len(values))


def _attribute(name: str) -> str:
    safe = attribute_name(name.removeprefix(ATTRIBUTE))
    if not safe:
        raise FindingsError(f'"{name}" is no name for an attribute: expected letters, digits and underscores.')
    return safe


def _context(hand: Hand, checker: RowChecker) -> Context:
    return Context(
        checker=checker,
        signer=hand.signer,
        now=hand.now,
        actor=hand.actor,
        file="by hand",
        country=hand.defaults.country,
        owners=frozenset(hand.defaults.owners.values()),
    )


def _require_known(values: Mapping[str, str], lead: Lead) -> None:
    known = fields()
    for name in values:
        if name in known or name.startswith(ATTRIBUTE) or name in lead.attributes:
            continue
        near = near_words(name, known)
        if near:
            raise FindingsError(
                f'There is no field "{name}". Did you mean {quoted_list(near)}?',
                hint=f"For an attribute of this name say  {ATTRIBUTE}{name}=…",
            )


def _say(unit: Unit, hand: Hand, lead: Lead, values: Mapping[str, str]) -> list[str]:
    if not values:
        return []
    checker = RowChecker(_columns(values), replace(hand.defaults, segment="", source=""), anonymous=True)
    _require_free_id(unit, lead, values.get("external_id", ""))
    country = values.get("country") or lead.country
    checked = checker.check(0, list(values.values()), country=country)
    if isinstance(checked, Rejection):
        raise FindingsError(f"Nothing was changed: {checked.reason}.")
    if checked.consent and checked.consent_at is None:
        checked.consent_at = hand.now
    return _lay(unit, hand, lead, checked)


def _require_free_id(unit: Unit, lead: Lead, external_id: str) -> None:
    if not external_id:
        return
    known = Imports(unit.connection).by_external_ids([external_id]).get(external_id)
    if known is not None and known.id != lead.id:
        raise Refused(
            f'The external id "{external_id}" is that of another lead (#{known.id}).',
            hint="`touches lead merge` makes one lead of two.",
        )


def _lay(unit: Unit, hand: Hand, lead: Lead, draft: LeadDraft) -> list[str]:
    imports = Imports(unit.connection)
    written = Written.of(imports, lead.id)
    company = imports.companies([(draft.company, draft.company_size)]) if draft.company else {}
    if draft.company_size is not None and not draft.company and lead.company is not None:
        imports.companies([(lead.company.name, draft.company_size)])
    lay_over(
        written.pending,
        draft,
        company_id=company.get(draft.company),
        country=hand.defaults.country,
    )
    written.write(imports, hand.signer, hand.now, "by hand")
    return [*written.pending.changes, *(["company_size"] if draft.company_size is not None else [])]


def _take_away(unit: Unit, hand: Hand, lead: Lead, names: list[str]) -> list[str]:
    changes: dict[str, Any] = {}
    attributes = dict(lead.attributes)
    for name in names:
        if name in _POINT_FIELDS:
            _retire(unit, hand, lead, _POINT_FIELDS[name])
        elif name == "external_id":
            changes["external_id"] = None
        elif name in {"company", "birth_year", "age"}:
            changes[{"company": "company_id", "age": "birth_year"}.get(name, name)] = None
        elif name in fields() and name not in {"company_size", "consent", "consent_source", "consent_at"}:
            changes[name] = ""
        else:
            attributes.pop(name.removeprefix(ATTRIBUTE), None)
    if attributes != lead.attributes:
        changes["attributes"] = attributes
    if changes:
        unit.leads.update(lead.id, **changes, updated_at=hand.now)
    if _ADDRESS & set(names):
        _retire(unit, hand, lead, POSTAL)
    return names


def _retire(unit: Unit, hand: Hand, lead: Lead, kind: str) -> None:
    points = [(lead.id, kind, point.address) for point in lead.points if point.kind == kind]
    Imports(unit.connection).replace_points(points, at=hand.now)


def _bury(unit: Unit, hand: Hand, lead: Lead) -> None:
    unit.leads.update(lead.id, dead="died", updated_at=hand.now)
    running = unit.enrollments.of_leads([lead.id], running=True)[lead.id]
    stop(unit, running, because="died", actor=hand.actor, at=hand.now)


def _texts(remarks: list[Remark]) -> tuple[str, ...]:
    return tuple(remark.text for remark in remarks)
