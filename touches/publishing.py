"""Check files and publish them: new versions of policies and news at once, or nothing at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path

from policies.findings import Finding, Severity
from policies.linter import Likeness, LintContext, lint, lint_news
from policies.loader import LoadedPolicy, load_policies
from policies.news import NewsItem, NewsPool, news_classes
from policies.news_loader import load_news
from policies.schema import Policy
from policies.similar_news import similar_news
from touches.errors import FindingsError, UnknownPolicy
from touches.store.catalog import PublishedNews, PublishedPolicy
from touches.store.events import Event
from touches.store.lead_facts import lint_facts
from touches.store.units import Unit
from touches.store.withdrawals import pull_news, pull_touches
from touches.time.closed import HolidayCalendar


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafts:
    """What the files of a workspace say, with all findings."""

    policies: tuple[LoadedPolicy, ...]
    pool: NewsPool
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Those that stop `publish`."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)

    @property
    def named(self) -> Mapping[str, LoadedPolicy]:
        """The policies that could be read, by name."""
        return {one.policy.policy: one for one in self.policies if one.policy is not None}

    def changed(self, current: Mapping[str, PublishedPolicy]) -> list[str]:
        """The policies that publishing would give a new version, in order of names."""
        return [
            name
            for name, loaded in sorted(self.named.items())
            if name not in current or current[name].digest != loaded.digest
        ]


Similar = Callable[[Sequence[NewsItem]], Iterable[Likeness]]


def read_drafts(policies: Path, news: Path, context: LintContext, similar: Similar = similar_news) -> Drafts:
    """Read and check all files."""
    loaded = load_policies(policies)
    pool, findings = load_news(news)
    known = replace(context, pool=pool, similar=similar)
    read = [finding for one in loaded for finding in one.findings]
    found = sorted({*read, *findings, *lint(loaded, known), *lint_news(pool, known)})
    return Drafts(policies=tuple(loaded), pool=pool, findings=tuple(found))


def context_of(
    unit: Unit, *, kinds: Sequence[str], channels: frozenset[str], now: datetime, country: str = ""
) -> LintContext:
    """What the rules may know: the published versions, the leads, what is set up. `country` is that of leads without
    one."""
    published = {
        name: Policy.model_validate_json(version.document) for name, version in unit.catalog.current_policies().items()
    }
    leads = lint_facts(unit.connection, now.year)
    return LintContext(
        kinds=frozenset(kinds),
        published=published,
        today=now.date(),
        leads=leads,
        channels=channels,
        calendar_ends=_calendar_ends({country, *leads.countries}),
        namespaces=frozenset({"lead", "owner"}),
    )


def _calendar_ends(countries: Iterable[str]) -> Mapping[str, date]:
    """The last day with known holidays, for the countries that leads live in."""
    ends = {country: HolidayCalendar(country=country).ends_on for country in countries}
    return {country: end for country, end in ends.items() if end is not None}


@dataclass(slots=True, kw_only=True)
class Publication:
    """What publishing made or would make. `retired` policies have no file any more: nobody enters them."""

    policies: list[tuple[str, int]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    news: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    pulled: int = 0  # touches in hand whose news was withdrawn, or turned out to have been told


def publish(unit: Unit, drafts: Drafts, *, author: str, at: datetime) -> Publication:
    """Make new versions of what changed, in the caller's transaction. FindingsError when anything is an error."""
    if drafts.errors:
        raise FindingsError(
            f"{len(drafts.errors)} error(s): nothing was published.", [str(finding) for finding in drafts.findings]
        )
    made = Publication()
    _publish_policies(unit, drafts, made, author=author, at=at)
    _publish_news(unit, drafts.pool, made, author=author, at=at)
    told = {"policies": [f"{name}@{number}" for name, number in made.policies], "news": made.news}
    told |= {"retired": made.retired, "withdrawn": made.withdrawn}
    because = f"{len(made.policies)} policies and {len(made.news)} pieces of news"
    unit.events.add([Event(at=at, action="published", because=because, actor=author, data=told)])
    return made


def _publish_policies(unit: Unit, drafts: Drafts, made: Publication, *, author: str, at: datetime) -> None:
    current = unit.catalog.current_policies()
    for name, loaded in sorted(drafts.named.items()):
        if name in current and current[name].digest == loaded.digest:
            made.unchanged.append(name)
        elif loaded.policy is not None:
            number = unit.catalog.publish(
                policy=name,
                document=loaded.policy.model_dump_json(by_alias=True),
                source=loaded.text,
                path=str(loaded.path),
                places={key: list(place) for key, place in loaded.places.items()},
                digest=loaded.digest,
                author=author,
                at=at,
            )
            made.policies.append((name, number))
    made.retired = sorted(set(current) - set(drafts.named))
    for name in made.retired:
        unit.catalog.make_current(name, None, at=at)


def _publish_news(unit: Unit, pool: NewsPool, made: Publication, *, author: str, at: datetime) -> None:
    """News that was recorded for one lead has no file: it stays."""
    known = unit.catalog.news(withdrawn=True)
    classes = news_classes([*pool, *(_stored(row) for item, row in known.items() if item not in pool.items)])
    for item in pool:
        document, digest = item.model_dump_json(by_alias=True), _digest(item)
        row = known.get(item.id)
        same = row is not None and row.digest == digest and row.withdrawn_at is None
        if same and row is not None and row.news_class == classes[item.id]:
            continue
        first = row.published_at if row is not None and row.withdrawn_at is None else at
        made.news.append(item.id)
        unit.catalog.put_news(
            PublishedNews(
                id=item.id,
                news_class=classes[item.id],
                document=document,
                digest=digest,
                author=author,
                published_at=first if same else at,
            )
        )
    gone = [item for item, row in known.items() if item not in pool.items and row.withdrawn_at is None]
    made.withdrawn = [item for item in gone if not _for_one_lead(_stored(known[item]))]
    unit.catalog.withdraw_news(made.withdrawn, at=at)
    made.pulled = pull_news(unit.connection, [*made.withdrawn, *_ended_early(pool, known, at)], at=at)
    made.pulled += pull_touches(unit.connection, unit.ledger.reclassify(classes), at=at)


def _ended_early(pool: NewsPool, known: Mapping[str, PublishedNews], at: datetime) -> list[str]:
    """News whose `valid` now lies in the past, and did not when it was published."""
    today = at.date()
    return [item.id for item in pool if item.id in known and item.has_ended(today)]


def _stored(row: PublishedNews) -> NewsItem:
    return NewsItem.model_validate_json(row.document)


def _for_one_lead(item: NewsItem) -> bool:
    return any(condition.field == "lead_id" for condition in item.for_)


def _digest(item: NewsItem) -> str:
    from hashlib import blake2b

    plain = item.model_dump_json(by_alias=True, exclude={"texts": {"__all__": {"path", "changed_at", "body_line"}}})
    return blake2b(plain.encode(), digest_size=16).hexdigest()


def roll_back(unit: Unit, policy: str, number: int, *, author: str, at: datetime) -> None:
    """Let new enrollments get an older version again. UnknownPolicy when there is no such version."""
    versions = {version.number: version for version in unit.catalog.history(policy)}
    if number not in versions:
        known = [f"{policy}@{one}" for one in versions] or unit.catalog.current_policies()
        raise UnknownPolicy(f"{policy}@{number}", known)
    unit.catalog.make_current(policy, number, at=at)
    event = Event(at=at, action="rolled_back", because=f"{policy} is at version {number} again", actor=author)
    unit.events.add([event])
