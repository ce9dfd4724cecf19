"""When a channel may be used, and who should get which channel."""

from typing import Annotated, Final, TypeAlias

from pydantic import BeforeValidator, Field, WithJsonSchema

from policies.schema.conditions import Conditions
from policies.schema.fields import ClockText, DaysText, PolicyModel, Text, as_list, word_of, word_schema
from policies.schema.words import PREFERRED, Channel
from policies.times import ClockTime

ChannelWord: TypeAlias = Annotated[Channel, word_of(Channel, code="unknown-channel"), word_schema(Channel)]
ChannelOrPreferred: TypeAlias = Annotated[
    str, word_of(Channel, PREFERRED, code="unknown-channel"), word_schema(Channel, PREFERRED)
]
_CHANNELS_SCHEMA = {
    "oneOf": [
        {"type": "string", "enum": [*Channel, PREFERRED]},
        {"type": "array", "items": {"type": "string", "enum": [*Channel, PREFERRED]}, "minItems": 1},
    ]
}
ChannelChoice: TypeAlias = Annotated[
    tuple[ChannelOrPreferred, ...], BeforeValidator(as_list), WithJsonSchema(_CHANNELS_SCHEMA)
]


class Window(PolicyModel):
    """Open hours in the lead's local time, half-open.

    `until` before `from` wraps midnight; the days are those on which the hours begin.
    """

    days: DaysText = (0, 1, 2, 3, 4)
    """Days of the week, e.g. `mon-fri`."""
    from_: ClockText = Field(default=ClockTime(8 * 60), alias="from")
    """The first minute that is open."""
    until: ClockText = ClockTime(20 * 60)
    """The first minute that is closed again; `24:00` is midnight."""

    @property
    def never_opens(self) -> bool:
        """Whether no minute of the week lies inside."""
        return not self.days or self.from_ == self.until or self.from_.minutes == 1_440

    def holds(self, minute: int) -> bool:
        """Whether the minute of the day lies inside, whatever the day."""
        start, end = self.from_.minutes, self.until.minutes
        return start <= minute < end if start <= end else minute >= start or minute < end


def _hours(days: str, start: str, end: str) -> dict[str, str]:
    return {"days": days, "from": start, "until": end}


# Practitioners' agreed rules of contact for calls (not after 18:00, not at weekends); the rest by analogy.
DEFAULT_HOURS: Final[dict[str, dict[str, str]]] = {
    "email": _hours("mon-fri", "08:00", "20:00"),
    "sms": _hours("mon-fri", "09:00", "20:00"),
    "letter": _hours("any", "00:00", "24:00"),
    "call": _hours("mon-fri", "09:00", "18:00"),
    "fax": _hours("any", "00:00", "24:00"),
    "meeting": _hours("mon-fri", "09:00", "18:00"),
}


def with_defaults(value: object) -> object:
    """The hours of a file with the channels and keys that it leaves out."""
    if not isinstance(value, dict):
        return value
    named = {channel: _completed(channel, window) for channel, window in value.items()}
    return {**{channel: dict(hours) for channel, hours in DEFAULT_HOURS.items()}, **named}


def default_hours() -> dict[Channel, Window]:
    """The open hours of all channels where a policy names none."""
    return {Channel(channel): Window.model_validate(hours) for channel, hours in DEFAULT_HOURS.items()}


def _completed(channel: object, window: object) -> object:
    if window == "any":
        return _hours("any", "00:00", "24:00")
    if not isinstance(window, dict):
        return window
    given = {"from" if key == "from_" else key: value for key, value in window.items()}
    return {**DEFAULT_HOURS.get(str(channel), {}), **given}


class ChannelRule(PolicyModel):
    """For leads of whom `when` holds, these channels come before the step's own."""

    when: Conditions
    """Comparisons that must all hold, e.g. `{age: "> 50", company_size: ">= 250"}`."""
    use: ChannelChoice
    """A channel or a list of them."""
    because: Text = ""
    """The reason, shown by `why`."""
