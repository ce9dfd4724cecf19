"""What enrolls a lead by itself."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeAlias

from pydantic import (
    BeforeValidator,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema

from policies.amounts import Percent, parse_percent
from policies.durations import Duration, parse_duration
from policies.errors import Refused
from policies.schema.conditions import Conditions, all_match
from policies.schema.fields import (
    DurationText,
    MultipleText,
    PercentText,
    PolicyModel,
    RateText,
    Whole,
    Words,
    between,
    described,
    or_short_form,
    text_of,
)


def _warn_at(value: object) -> Duration | Percent:
    if isinstance(value, (Duration, Percent)):
        return value
    text = text_of(value)
    return parse_percent(text) if "%" in text else parse_duration(text)


WarnAt: TypeAlias = Annotated[
    Duration | Percent,
    PlainValidator(_warn_at),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "examples": ["2 days", "80 %"]}),
]
Purchases: TypeAlias = Annotated[Whole, between(1, 10_000)]


class TriggerFilter(PolicyModel):
    """Which leads it concerns: all, unless narrowed. A lead must meet every key that is given."""

    segment: Words = ()
    """One or several segments."""
    country: Words = ()
    """ISO 3166-1 codes of two letters."""
    language: Words = ()
    """BCP 47 codes."""
    where: Conditions = ()
    """Further comparisons, e.g. `{source: fair, company_size: ">= 50"}`."""

    @model_validator(mode="before")
    @classmethod
    def _without_empty_lists(cls, value: object) -> object:
        """A stored version has every key; an empty tuple there is the default."""
        return {k: v for k, v in value.items() if v not in ([], ())} if isinstance(value, dict) else value

    def concerns(self, facts: Mapping[str, object]) -> bool:
        """Whether the facts of a lead (`segment`, `country`, `language`, attributes) meet it."""
        words = (("segment", self.segment), ("country", self.country), ("language", self.language))
        return all(_listed(facts.get(name), wanted) for name, wanted in words) and all_match(self.where, facts)


def _listed(fact: object, wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return True
    known = fact if isinstance(fact, list | tuple | set | frozenset) else (fact,)
    folded = {word.casefold() for word in wanted}
    return any(str(one).casefold() in folded for one in known if one)


class Lapsed(TriggerFilter):
    """A customer who has gone quiet: for a fixed time, or for a multiple of the own rhythm."""

    silent_for: DurationText | None = None
    """No purchase for so long; days on which the business is closed do not count."""
    usual: RateText | None = None
    """Only those who used to buy at least so often."""
    own_rhythm: MultipleText | None = None
    """No purchase for so many times the median gap of their own purchases."""
    at_least: DurationText | None = None
    """Never sooner than this (with own_rhythm)."""
    at_most: DurationText | None = None
    """Never later than this (with own_rhythm)."""
    warn_at: WarnAt | None = None
    """Warn the owner before the limit: after so long, or at a share of it."""
    purchases_at_least: Purchases = 2
    """Only those who bought so often; 1 where only silent_for is given."""

    @model_validator(mode="before")
    @classmethod
    def _default_of_purchases(cls, value: object) -> object:
        if not isinstance(value, dict) or "purchases_at_least" in value:
            return value
        only_silence = value.get("silent_for") and not value.get("usual") and not value.get("own_rhythm")
        return {**value, "purchases_at_least": 1 if only_silence else 2}

    @model_validator(mode="after")
    def _has_a_limit(self) -> "Lapsed":
        if (self.silent_for is None) == (self.own_rhythm is None):
            raise Refused(found="lapsed", expected="needs silent_for or own_rhythm, and not both")
        if self.own_rhythm is None and (self.at_least or self.at_most):
            raise Refused(found="lapsed", expected="has at_least or at_most, which go with own_rhythm alone")
        if self.at_least and self.at_most and self.at_least.roughly > self.at_most.roughly:
            raise Refused(found="lapsed", expected="has an at_least that is longer than its at_most")
        return self


class Fading(TriggerFilter):
    """A customer who still buys, but less often than usual."""

    below: PercentText
    """The recent rate against the own rhythm."""
    purchases_at_least: Purchases = 2
    """Only those who bought so often."""


def _trigger(value: object) -> object:
    if isinstance(value, str):
        return {value: {}}
    if isinstance(value, dict):
        if len(value) == 1:
            return {kind: {} if rule is None else rule for kind, rule in value.items()}
        return {kind: rule for kind, rule in value.items() if rule is not None}
    raise Refused(found=described(value), expected="is no trigger (write e.g. new_lead: {segment: cafe})")


class TriggerRules(PolicyModel):
    """One key of these."""

    new_lead: TriggerFilter | None = None
    """A lead that was added or imported."""
    lapsed: Lapsed | None = None
    """A customer who has gone quiet."""
    fading: Fading | None = None
    """A customer who buys less often than before."""
    purchase: TriggerFilter | None = None
    """A purchase."""
    complaint_solved: TriggerFilter | None = None
    """A complaint that was solved and proven."""

    @model_validator(mode="after")
    def _exactly_one(self) -> "TriggerRules":
        given = [name for name in TRIGGER_KINDS if getattr(self, name) is not None]
        if len(given) != 1:
            found = " and ".join(given) or "nothing"
            raise Refused(found=found, expected="stands in one trigger; write one trigger for each entry of the list")
        return self

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return or_short_form(core_schema, handler, short_forms=[{"type": "string", "enum": [*TRIGGER_KINDS]}])

    @property
    def kind(self) -> str:
        """`new_lead`, `lapsed`, `fading`, `purchase` or `complaint_solved`."""
        return next(name for name in TRIGGER_KINDS if getattr(self, name) is not None)

    @property
    def rule(self) -> TriggerFilter:
        """What narrows it; a `Lapsed` or `Fading` for these kinds."""
        rules = (self.new_lead, self.lapsed, self.fading, self.purchase, self.complaint_solved)
        return next(rule for rule in rules if rule is not None)


TRIGGER_KINDS = ("new_lead", "lapsed", "fading", "purchase", "complaint_solved")
Trigger: TypeAlias = Annotated[TriggerRules, BeforeValidator(_trigger)]
