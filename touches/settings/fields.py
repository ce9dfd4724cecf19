"""What a key of the settings can be: pydantic types around the readers in `values` and `schedule`."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from touches.settings import values
from touches.settings.schedule import ScheduleLine, parse_schedule_line


class Section(BaseModel):
    """Frozen; unknown keys and wrong types are errors."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


def key(default: Any, meaning: str) -> Any:
    """A key that may be left out; `default` is written as it would be in the file."""
    return Field(default, description=meaning, validate_default=True)


def required(meaning: str) -> Any:
    """A key that must be there."""
    return Field(description=meaning)


def read_by(parse: Callable[[str], object]) -> PlainValidator:
    """The key is a text in the file and what `parse` makes of it in the model."""
    return PlainValidator(lambda value: parse(_as_text(value)))


def empty_or(parse: Callable[[str], str]) -> PlainValidator:
    """As `read_by`, but an empty text stays one: not set."""
    return PlainValidator(lambda value: parse(value) if _as_text(value) else "")


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return value
    raise ValueError(f"found {value!r}, expected a text in quotes")


def _as_day(value: object) -> date:
    """TOML has dates of its own; a quoted one is as good."""
    return value if type(value) is date else values.day(str(value))


LISTED = BeforeValidator(lambda value: tuple(value) if isinstance(value, list) else value)

Elapsed = Annotated[timedelta, read_by(values.elapsed)]
Bytes = Annotated[int, read_by(values.byte_count)]
Zone = Annotated[str, read_by(values.zone_name)]
Country = Annotated[str, read_by(values.country_code)]
Mailbox = Annotated[str, read_by(values.mailbox)]
Host = Annotated[str, read_by(values.host_name)]
WebAddress = Annotated[str, read_by(values.web_address)]
MailboxOrEmpty = Annotated[str, empty_or(values.mailbox)]
WebAddressOrEmpty = Annotated[str, empty_or(values.web_address)]
ListeningAddress = Annotated[str, read_by(values.listening_address)]
DatabaseUrl = Annotated[str, read_by(values.database_url), Field(repr=False)]
WarmUp = Annotated[values.WarmUp | None, read_by(values.warm_up)]
Day = Annotated[date, PlainValidator(_as_day)]
Span = Annotated[values.DateRange, read_by(values.date_range)]
Line = Annotated[ScheduleLine, read_by(parse_schedule_line)]
Port = Annotated[int, Field(ge=1, le=65535)]
Count = Annotated[int, Field(ge=0, le=1_000_000_000)]
Connections = Annotated[int, Field(ge=1, le=1000)]
PostDays = Annotated[int, Field(ge=0, le=60)]
Text = Annotated[str, Field(pattern=r"\S")]
OneLine = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*$")]
Name = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$")]
LanguageTag = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
Parts = Annotated[int, Field(ge=1, le=10)]  # Twilio's own limit is ten
Security = Literal["none", "starttls", "tls"]
InDoubt = Literal["hold", "assume_sent", "resend"]
LikenessBy = Literal["stems", "semantic"]
