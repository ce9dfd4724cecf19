"""Which channels there are: ours by name, others by the entry points of installed packages. Imported on first
use."""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from types import MappingProxyType
from typing import Any

from channels.errors import ChannelSettingsError, MissingExtraError

GROUP = "touches.channels"  # entry points: `name = "package.module:Class"`

OURS: Mapping[str, str] = MappingProxyType(
    {
        "email": "channels.smtp:SmtpChannel",
        "sms.kannel": "channels.sms.kannel:KannelChannel",
        "sms.twilio": "channels.sms.twilio:TwilioChannel",
        "letter": "channels.letter.channel:LetterChannel",
        "fax": "channels.fax:FaxChannel",
        "call": "channels.tasks:CallChannel",
        "meeting": "channels.tasks:MeetingChannel",
        "recording": "channels.recording:RecordingChannel",
    }
)


def channel_names() -> tuple[str, ...]:
    """Every name that `channel_class` takes, sorted; ours cannot be taken by others."""
    return tuple(sorted({*OURS, *(point.name for point in _foreign())}))


def sms_providers() -> tuple[str, ...]:
    """What `[channels.sms] provider` may be."""
    return tuple(name.removeprefix("sms.") for name in channel_names() if name.startswith("sms."))


def channel_class(name: str) -> type[Any]:
    """The class behind a name; how it is made is its own affair.

    Raises ChannelSettingsError for an unknown name, with the nearest known one, and MissingExtraError where
    an optional part is not installed.
    """
    point = _entry_point(name)
    try:
        loaded = getattr(import_module(point.module), point.attr)
    except ModuleNotFoundError as error:
        raise _not_installed(point, error) from error
    if not isinstance(loaded, type):
        raise ChannelSettingsError(f"channels.{name}", f"{point.value} is no class; expected a channel's class")
    return loaded


def _entry_point(name: str) -> EntryPoint:
    if name in OURS:
        return EntryPoint(name=name, value=OURS[name], group=GROUP)
    for point in _foreign():
        if point.name == name:
            return point
    raise ChannelSettingsError(f"channels.{name}", _unknown(name))


def _foreign() -> Iterator[EntryPoint]:
    return (point for point in entry_points(group=GROUP) if point.name not in OURS)


def _unknown(name: str) -> str:
    known = channel_names()
    near = get_close_matches(name, known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}? There are" if near else "there are"
    return f"no channel {name!r}; {hint} {', '.join(known)}"


def _not_installed(point: EntryPoint, error: ModuleNotFoundError) -> Exception:
    if point.extras:
        return MissingExtraError(f"the channel {point.name!r}", point.extras[0])
    return ChannelSettingsError(
        f"channels.{point.name}", f"{point.value} cannot be loaded: no module {error.name!r}; install its package"
    )
