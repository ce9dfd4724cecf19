"""The policy: one cadence."""

from typing import Annotated, TypeAlias

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)

from policies.amounts import DayRange
from policies.durations import Duration, Unit
from policies.errors import Refused
from policies.schema.fields import (
    ClockText,
    DayRangeText,
    DaysText,
    DurationText,
    Flag,
    Identifier,
    Number,
    PolicyModel,
    RateText,
    Text,
    Whole,
    Words,
    between,
    text_of,
    word_of,
    word_schema,
)
from policies.schema.hours import ChannelRule, ChannelWord, Window, default_hours, with_defaults
from policies.schema.steps import Contact, Step, Then
from policies.schema.triggers import Trigger
from policies.schema.words import Holidays, PauseOn, ReEnroll, Spread, StopOn, parse_re_enroll

StopWord: TypeAlias = Annotated[StopOn, word_of(StopOn), word_schema(StopOn)]
PauseWord: TypeAlias = Annotated[PauseOn, word_of(PauseOn), word_schema(PauseOn)]
HolidaysWord: TypeAlias = Annotated[Holidays, word_of(Holidays), word_schema(Holidays)]
SpreadWord: TypeAlias = Annotated[Spread, word_of(Spread), word_schema(Spread)]
ReEnrollText: TypeAlias = Annotated[
    ReEnroll,
    PlainValidator(lambda value: value if isinstance(value, ReEnroll) else parse_re_enroll(text_of(value))),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^(never|always|after .+)$", "examples": ["after 90 days"]}),
]


def _one_or_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class OnReply(PolicyModel):
    """What a reply starts: automatic sending stops, the owner owes an answer by a clock."""

    answer_by: DurationText = Duration(1, Unit.WORKING_DAYS)
    """How soon the owner answers."""
    stalled_after: DurationText = Duration(5, Unit.DAYS)
    """After so long without a word the cadence goes on where it was."""


class Caps(PolicyModel):
    """Most touches in a time. Absent: no cap of ours; `0`: none; `unlimited`: not even others' caps."""

    per_lead: RateText | None = None
    """Touches to one lead."""
    per_company: RateText | None = None
    """Touches to one company; `1 per day` keeps colleagues apart."""
    per_channel: dict[ChannelWord, RateText] = Field(default_factory=dict)
    """Touches to one lead on a channel, e.g. `{sms: 1 per week}`."""
    per_owner: RateText | None = None
    """Calls and meetings of one owner."""


class Never(PolicyModel):
    """What must not happen: a touch of which everything named here is true."""

    channel: ChannelWord | None = None
    """On this channel …"""
    from_: ClockText | None = Field(default=None, alias="from")
    """… at this local time or later …"""
    until: ClockText | None = None
    """… before this local time …"""
    days: DaysText | None = None
    """… on these days …"""
    segment: Words | None = None
    """… to these segments …"""
    country: Words | None = None
    """… in these countries."""

    @model_validator(mode="after")
    def _names_something(self) -> "Never":
        if all(value is None for _, value in self):
            raise Refused(found="never", expected='names nothing (write e.g. {channel: call, from: "18:00"})')
        return self


class Expectation(PolicyModel):
    """One assertion, checked by `simulate` for every touch."""

    never: Never | None = None
    """What must not happen."""
    at_most: RateText | None = None
    """Touches to one lead, on all channels."""
    always_new: Flag = False
    """true: each touch tells at least one item that its lead has not been told."""


def _at_least_one(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    if not steps:
        raise Refused(found="an empty list", expected="stands where at least one touch is expected")
    return steps


def _each_alone(value: object) -> object:
    """A mapping of several assertions is a list of them."""
    return [{name: wanted} for name, wanted in value.items()] if isinstance(value, dict) else value


class Policy(PolicyModel):
    """One cadence, as published. Goes to JSON and back unchanged."""

    policy: Identifier
    """The policy's name; the file may be called otherwise."""
    title: Text = ""
    """A name for people."""
    enroll_when: tuple[Trigger, ...] = ()
    """What enrolls a lead by itself; nothing: by hand alone."""
    decision_window: DayRangeText | None = None
    """The first period, in which buyers decide."""
    complexity: Annotated[Number, between(1, 10)] = 1.0
    """How many times longer the window is for a complex product."""
    hours: Annotated[dict[ChannelWord, Window], BeforeValidator(with_defaults)] = Field(default_factory=default_hours)
    """Open hours by channel, in the lead's local time; channels left out keep theirs; `any` is always."""
    holidays: HolidaysWord = Holidays.SKIP
    """`skip`: holidays of the lead's country and own days are closed; `ignore`: they are like other days."""
    channel_rules: tuple[ChannelRule, ...] = ()
    """Which leads get which channel first."""
    spread: SpreadWord | None = None
    """`front-loaded` or `even`: the engine places the touches in the decision window itself."""
    touches: Annotated[tuple[Step, ...], AfterValidator(_at_least_one)]
    """The cadence, in order."""
    then: Then | None = None
    """What goes on afterwards, until a stop."""
    stop_on: Annotated[tuple[StopWord, ...], BeforeValidator(_one_or_list)] = (
        StopOn.PURCHASE,
        StopOn.OPT_OUT,
    )
    """What ends an enrollment; an opt-out always does."""
    pause_on: Annotated[tuple[PauseWord, ...], BeforeValidator(_one_or_list)] = (
        PauseOn.COMPLAINT,
        PauseOn.BROKEN_PROMISE,
    )
    """What holds it until settled."""
    on_reply: OnReply = OnReply()
    """The clock of a conversation."""
    caps: Caps = Caps()
    """Most touches in a time."""
    re_enroll: ReEnrollText = ReEnroll(False)
    """`never`, `always` or `after 90 days`."""
    priority: Annotated[Whole, between(0, 100)] = 50
    """Of two policies that want the same lead, day or owner, the higher goes first."""
    expect: Annotated[tuple[Expectation, ...], BeforeValidator(_each_alone)] = ()
    """Assertions for `simulate`."""

    @property
    def window(self) -> DayRange | None:
        """The decision window in days after enrollment, with the complexity counted in."""
        if self.decision_window is None:
            return None
        first, last = self.decision_window.first, self.decision_window.last
        return DayRange(round(first * self.complexity), round(last * self.complexity))

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All steps, and the repetition where there is one."""
        return (*self.touches, self.then) if self.then else self.touches

    def step_by_id(self, step: str) -> Step | Then | None:
        """The step, or the repetition, of that id; None for an unknown one."""
        if self.then is not None and self.then.id == step:
            return self.then
        return next((one for one in self.touches if one.id == step), None)
