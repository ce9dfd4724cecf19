"""One step of a policy, and the repetition after the last."""

from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, GetJsonSchemaHandler, model_validator
from pydantic_core import CoreSchema

from policies.durations import Duration, Unit
from policies.errors import Refused
from policies.schema.fields import (
    ClockText,
    DurationText,
    Flag,
    Identifier,
    Identifiers,
    PolicyModel,
    Text,
    Whole,
    between,
    or_short_form,
    word_of,
    word_schema,
)
from policies.schema.hours import ChannelChoice
from policies.schema.words import Channel, Late

SAME_WORKING_DAY: Final = "same working day"
HOLDOUT: Final = "holdout"
_LONGEST_DAY: Final = 3_653


Lateness: TypeAlias = Duration | Literal["same working day"] | None


class NewsSpec(PolicyModel):
    """Which news a step may tell. Nothing named at all is `any`."""

    id: Identifiers = ()
    """These items, the first unseen one that is valid."""
    kind: Identifiers = ()
    """Any unseen item of these kinds."""
    pinned: Identifiers = ()
    """Items to take first, before the choice among the others."""

    @property
    def is_any(self) -> bool:
        """Whether every item of the pool may be told."""
        return not self.id and not self.kind

    @property
    def named(self) -> tuple[str, ...]:
        """All items named by id."""
        return (*self.pinned, *self.id)

    def allows(self, *, item: str, kind: str) -> bool:
        """Whether an item of that kind may be told here."""
        return self.is_any or item in self.named or kind in self.kind

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        words: list[dict[str, object]] = [
            {"type": "string"},
            {"type": "array", "items": {"type": "string"}, "minItems": 1},
        ]
        return or_short_form(core_schema, handler, short_forms=words)

    def __str__(self) -> str:
        if self.is_any and not self.pinned:
            return "any"
        return ", ".join((*self.named, *(f"kind {kind}" for kind in self.kind)))


def _news_spec(value: object) -> object:
    if value == "any":
        return {}
    if isinstance(value, str | list | tuple):
        return {"id": value}
    if value is None:
        raise Refused(found="nothing", expected="stands where news is expected (write an id, any, or {kind: price})")
    if isinstance(value, dict):  # a stored version has all three keys
        return {key: words for key, words in value.items() if words not in ([], ())}
    return value


News: TypeAlias = Annotated[NewsSpec, BeforeValidator(_news_spec)]
LateWord: TypeAlias = Annotated[Late, word_of(Late), word_schema(Late)]


class Variant(PolicyModel):
    """One arm of a test. What it leaves out is the step's own."""

    share: Annotated[Whole, between(0, 100)]
    """Percent of the leads; all arms together are 100."""
    news: News | None = None
    """Other news than the step's."""
    subject: Text = ""
    """Another subject."""
    ask: Text = ""
    """Another ask."""

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return or_short_form(core_schema, handler, short_forms=[{"type": "integer"}])


def _variant(value: object) -> object:
    return value if isinstance(value, dict | Variant) else {"share": value}


VariantShare: TypeAlias = Annotated[Variant, BeforeValidator(_variant)]


class StepPromise(PolicyModel):
    """Something the touch says we will do; the clock starts at the hand-over."""

    text: Text
    """What we promise, in words the lead reads."""
    by: DurationText
    """By when, e.g. `2 days`."""


class Contact(PolicyModel):
    """What a step and the repetition after the last have in common."""

    id: Identifier
    """Permanent name; never used again for something else."""
    title: Text = ""
    """A name for people; may change at any time."""
    channel: ChannelChoice
    """A channel, or a list of which the first that can be used is taken; `preferred` is the lead's own."""
    news: News
    """What it tells: an id, a list of ids, `any`, or `{kind: [price, event]}`."""
    ask: Text = ""
    """Which step or decision is expected of the reader; ends the message."""
    subject: Text = ""
    """Subject line instead of the news' own."""
    at: ClockText | None = None
    """Local time of day instead of the opening hour."""
    send_within: DurationText | None = None
    """How late it may leave; see `late`."""
    late: LateWord = Late.SHIFT
    """Past `send_within`: `shift` moves this and the following touches, `drop` lets this one expire."""
    fixed: Flag = False
    """true keeps channel rules out."""
    promises: tuple[StepPromise, ...] = ()
    """Promises that this touch makes."""

    def send_within_on(self, channel: Channel) -> Lateness:
        """How late it may leave on that channel: the step's own, else the channel's. None is no limit."""
        return self.send_within if self.send_within is not None else _SEND_WITHIN[channel]


_SEND_WITHIN: Final[dict[Channel, Lateness]] = {
    Channel.EMAIL: Duration(24, Unit.HOURS),
    Channel.SMS: Duration(4, Unit.HOURS),
    Channel.CALL: SAME_WORKING_DAY,
    Channel.MEETING: SAME_WORKING_DAY,
    Channel.LETTER: None,
    Channel.FAX: None,
}


class Step(Contact):
    """One touch of the cadence."""

    day: Annotated[Whole, between(0, _LONGEST_DAY)] | None = None
    """Days after enrollment; 0 is now."""
    after: DurationText | None = None
    """Or: so long after the touch before was handed over."""
    variants: dict[str, VariantShare] = Field(default_factory=dict)
    """A test: name and share of each arm; `holdout` gets no touch."""

    @model_validator(mode="after")
    def _shares_make_a_whole(self) -> "Step":
        if self.day is not None and self.after is not None:
            raise Refused(found=self.id, expected="has both day and after; keep one")
        total = sum(variant.share for variant in self.variants.values())
        if self.variants and total != 100:
            raise Refused(found=self.id, expected=f"has variants that share {total} %; expected 100 % in all")
        return self


class Then(Contact):
    """What goes on at intervals once the window closes or the deal is lost, until a stop."""

    id: Identifier = "then"
    """Permanent name of the repetition in touches and reports."""
    every: DurationText
    """The interval, e.g. `1 week`."""

    @model_validator(mode="after")
    def _takes_time(self) -> "Then":
        if self.every.amount == 0:
            raise Refused(found=str(self.every), expected="would repeat without end at once (write e.g. 1 week)")
        return self
