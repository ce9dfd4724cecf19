"""Which rules of a country speak against a touch at an instant. A pure function of values and the country
files."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time
from functools import lru_cache

from policies.durations import Duration
from touches.law.presets import builtin_presets
from touches.law.rules import (
    UNKNOWN_REGION,
    AttemptsRule,
    ConsentRule,
    HoursRule,
    Preset,
    RefusalRule,
    RegisterRule,
    Rule,
    Scope,
)
from touches.law.values import Basis, Consent, LawFacts, LawFinding, verdict
from touches.time import tables
from touches.time.closed import HolidayCalendar
from touches.time.instants import utc
from touches.time.local import later, local_instant
from touches.time.regions import address_zones, region_code, regions_of
from touches.time.zones import clock, zone

_NOTHING_KNOWN = LawFacts()
_TRIES = 100  # each leads to a later instant; hours of all American states meet after a handful
_PURCHASE_WORDS = ("purchase", "contract", "customer", "order", "sale", "bought")


def law_findings(
    *,
    country: str,
    channel: str,
    at: datetime,
    zones: tuple[str, ...] = (),
    region: str = "",
    consent: Consent | None = None,
    facts: LawFacts = _NOTHING_KNOWN,
    presets: Mapping[str, Preset] | None = None,
) -> tuple[LawFinding, ...]:
    """Every rule of `country` that speaks against a touch on `channel` at the instant `at`, hours first.

    Local time is that of every zone in `zones` (all of the country's when there is none). Where `region` is
    not known, every region that has one of the zones counts: the strictest decides. An unknown audience
    counts as a consumer, a missing consent as none. A country without a file has no findings; `presets`
    replaces ours."""
    known = builtin_presets() if presets is None else presets
    preset = known.get(country.upper())
    if preset is None:
        return ()
    where = zones or address_zones(country)
    regions = candidate_regions(country, region, where)
    valid = _valid_consent(consent, at)
    found: dict[str, LawFinding] = {}
    for rule in preset.rules:
        if _applies(rule.scope, channel, at, where, regions, valid, facts):
            for finding in _findings(rule, at, where, regions, consent, facts):
                found.setdefault(finding.code, finding)
    return tuple(found.values())


def lawful_from(
    *,
    enforce: Collection[str],
    country: str,
    channel: str,
    at: datetime,
    zones: tuple[str, ...] = (),
    region: str = "",
    consent: Consent | None = None,
    facts: LawFacts = _NOTHING_KNOWN,
    presets: Mapping[str, Preset] | None = None,
) -> datetime | None:
    """The first instant, `at` or later, at which nothing refuses the touch, as far as waiting helps; None
    when it does not. For the planner, which moves a touch to that instant instead of giving it up."""
    for _ in range(_TRIES):
        found = law_findings(
            country=country, channel=channel, at=at, zones=zones, region=region, consent=consent, facts=facts,
            presets=presets,
        )  # fmt: skip
        answer = verdict(found, enforce)
        if answer.allowed:
            return utc(at)
        if answer.until is None:
            return None
        at = answer.until
    return None


@lru_cache(maxsize=4096)
def candidate_regions(country: str, region: str, zones: tuple[str, ...]) -> frozenset[str]:
    """The region if it is known; else every region of the country with the clock of one of `zones`, and
    `unknown`."""
    code = region_code(country, region)
    if code:
        return frozenset({code})
    clocks = {clock(each) for each in zones}
    near = (each for each in regions_of(country) if clocks & {clock(name) for name in address_zones(country, each)})
    return frozenset({UNKNOWN_REGION, *near})


def _applies(
    scope: Scope,
    channel: str,
    at: datetime,
    zones: tuple[str, ...],
    regions: frozenset[str],
    consent: Consent | None,
    facts: LawFacts,
) -> bool:
    if channel not in scope.channels or facts.audience not in scope.audiences:
        return False
    if scope.regions and not scope.regions & regions:
        return False
    if scope.since and all(utc(at) < local_instant(scope.since, time(), each) for each in zones):
        return False
    lifted = {consent.basis.value} if consent else set()
    return not scope.unless & (lifted | ({"contract"} if facts.contract else set()))


def _findings(
    rule: Rule,
    at: datetime,
    zones: tuple[str, ...],
    regions: frozenset[str],
    consent: Consent | None,
    facts: LawFacts,
) -> Iterable[LawFinding]:
    match rule:
        case HoursRule():
            return _outside_hours(rule, at, zones, regions)
        case AttemptsRule():
            return _too_many(rule, at, zones[0], facts.attempts)
        case RefusalRule():
            return _too_soon(rule, at, zones[0], facts.refused_at)
        case ConsentRule():
            return _without_consent(rule, at, zones[0], consent, facts)
        case RegisterRule():
            return _not_looked_up(rule, at, zones[0], facts)
        case _:
            return ()


def _outside_hours(
    rule: HoursRule, at: datetime, zones: tuple[str, ...], regions: frozenset[str]
) -> Iterator[LawFinding]:
    for region in sorted(regions & rule.scope.regions if rule.scope.regions else regions):
        calendar = _calendar(rule.scope.country, region) if rule.holidays_closed else None
        outside = [name for name in zones if not _inside(rule, at, name, calendar)]
        if outside:
            local = at.astimezone(zone(outside[0]))
            opens = [tables.next_open(at, zones, window, calendar) for window in rule.windows]
            yield _finding(
                rule.scope,
                f"{local:%A %Y-%m-%d %H:%M:%S} in {outside[0]}",
                min((each for each in opens if each), default=None),
            )
            return


def _inside(rule: HoursRule, at: datetime, name: str, calendar: HolidayCalendar | None) -> bool:
    return any(tables.is_open(at, (name,), window, calendar) for window in rule.windows)


def _calendar(country: str, region: str) -> HolidayCalendar:
    return HolidayCalendar(country=country, region="" if region == UNKNOWN_REGION else region)


def _too_many(rule: AttemptsRule, at: datetime, zone_name: str, attempts: tuple[datetime, ...]) -> Iterator[LawFinding]:
    earlier = sorted(each for each in attempts if utc(each) <= utc(at))
    ends = [later(each, rule.per, zone_name) for each in earlier]
    running = [each for each in ends if each > utc(at)]
    if len(running) >= rule.at_most:
        yield _finding(rule.scope, f"{len(running)} attempts in {rule.per}", running[-rule.at_most])


def _too_soon(rule: RefusalRule, at: datetime, zone_name: str, refused_at: datetime | None) -> Iterator[LawFinding]:
    if refused_at is None:
        return
    until = later(refused_at, rule.pause, zone_name)
    if utc(at) < until:
        yield _finding(rule.scope, f"refused on {refused_at:%Y-%m-%d}", until)


def _without_consent(
    rule: ConsentRule, at: datetime, zone_name: str, consent: Consent | None, facts: LawFacts
) -> Iterator[LawFinding]:
    basis = consent.basis if consent else Basis.NONE
    if consent is None or basis not in rule.needs:
        needed = " or ".join(each for each in Basis if each in rule.needs)
        yield _finding(rule.scope, f"on record: {basis}; needed: {needed}")
    elif consent.given_at and utc(at) < utc(consent.given_at):
        yield _finding(rule.scope, "the consent on record was given later", consent.given_at)
    elif (end := consent_ends(rule, consent, facts, zone_name)) and utc(at) >= end:
        yield _finding(rule.scope, f"{basis} consent ended on {end:%Y-%m-%d}")
    elif rule.evidence and not consent.evidence:
        proof = replace(rule.scope, code=f"{rule.scope.code}-proof")
        yield _finding(proof, "no evidence of the consent is on record")


def consent_ends(rule: ConsentRule, consent: Consent, facts: LawFacts, zone_name: str) -> datetime | None:
    """When consent ends: its own end, or for implied consent what the country says, counted from the last
    purchase or from the inquiry. An origin that is not known counts as an inquiry, which ends first."""
    ends = [utc(consent.expires_at)] if consent.expires_at else []
    if consent.basis is Basis.IMPLIED and rule.after_purchase and rule.after_inquiry:
        ends.append(_implied_ends(rule.after_purchase, rule.after_inquiry, consent, facts, zone_name))
    return min(ends, default=None)


def _implied_ends(
    after_purchase: Duration, after_inquiry: Duration, consent: Consent, facts: LawFacts, zone_name: str
) -> datetime:
    bought = any(word in consent.source.casefold() for word in _PURCHASE_WORDS)
    by_origin = after_purchase if bought else after_inquiry
    ends = [later(consent.given_at, by_origin, zone_name)] if consent.given_at else []
    if facts.last_purchase_at:
        ends.append(later(facts.last_purchase_at, after_purchase, zone_name))
    return max(ends, default=datetime.fromtimestamp(0, zone("UTC")))


def _not_looked_up(rule: RegisterRule, at: datetime, zone_name: str, facts: LawFacts) -> Iterator[LawFinding]:
    check = facts.register
    if check is None:
        yield _finding(rule.scope, f"the number was not looked up in {rule.register}")
    elif utc(at) > later(check.taken_at, rule.max_age, zone_name):
        yield _finding(rule.scope, f"the copy of {rule.register} of {check.taken_at:%Y-%m-%d} is too old")
    elif utc(at) < utc(check.taken_at):
        yield _finding(rule.scope, f"the copy of {rule.register} is dated {check.taken_at:%Y-%m-%d}, which is to come")
    elif check.listed:
        yield _finding(rule.scope, f"the number is listed in {rule.register}")


def _valid_consent(consent: Consent | None, at: datetime) -> Consent | None:
    """Consent that may lift a rule: given, and not at its own end."""
    if consent is None or consent.expired(at) or (consent.given_at and utc(at) < utc(consent.given_at)):
        return None
    return consent


def _finding(scope: Scope, found: str, until: datetime | None = None) -> LawFinding:
    return LawFinding(
        code=scope.code,
        country=scope.country,
        text=f"{scope.text} ({found})",
        source=scope.source,
        severity=scope.severity,
        until=until,
    )
