"""Whom a policy is for, and what may be told to them: counted by segment, without any single lead."""

from policies.linter.context import Case, Offers
from policies.news import NewsItem
from policies.schema import Contact, NewsSpec, Step

ANYBODY = ""  # no segment is known: conditions on segments are left open


def targeted_segments(case: Case) -> tuple[str, ...]:
    """The segments of the triggers, else all that leads have, else ANYBODY."""
    named = {segment for trigger in case.policy.enroll_when for segment in trigger.rule.segment}
    if named and all(trigger.rule.segment for trigger in case.policy.enroll_when):
        return tuple(sorted(named))
    known = set(case.context.leads.segments) - {""} if case.context.leads else set()
    return tuple(sorted(named | known)) or (ANYBODY,)


def candidates(case: Case, contact: Contact, segment: str) -> frozenset[str]:
    """The classes of news that the step could tell a lead of the segment today."""
    general, narrowed = _split_offers(case, contact)
    own = frozenset(case.classes[item.id] for item in narrowed if segment == ANYBODY or _is_for(item, segment))
    return general | own if own else general


def _split_offers(case: Case, contact: Contact) -> Offers:
    """What everybody may be told at the step, and the items that are for some segments alone."""
    if contact.id not in case.offers:
        items = [item for item in case.context.pool or () if not _has_ended(case, item) and _is_allowed(contact, item)]
        narrowed = tuple(item for item in items if any(condition.field == "segment" for condition in item.for_))
        general = {item.id for item in items} - {item.id for item in narrowed}
        case.offers[contact.id] = (frozenset(case.classes[name] for name in general), narrowed)
    return case.offers[contact.id]


def specs(contact: Contact) -> tuple[NewsSpec, ...]:
    """What the step, or each of its variants, may tell."""
    arms = contact.variants.values() if isinstance(contact, Step) else ()
    own = tuple(arm.news for arm in arms if arm.news is not None)
    return own if own and len(own) == len(list(arms)) else (contact.news, *own)


def _is_allowed(contact: Contact, item: NewsItem) -> bool:
    return any(spec.allows(item=item.id, kind=item.kind) for spec in specs(contact))


def _has_ended(case: Case, item: NewsItem) -> bool:
    return case.context.today is not None and item.has_ended(case.context.today)


def _is_for(item: NewsItem, segment: str) -> bool:
    return all(condition.matches({"segment": segment}) for condition in item.for_ if condition.field == "segment")
