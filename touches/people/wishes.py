"""What a person wants closed, from what they said one after the other. Pure."""

from collections.abc import Iterable, Mapping
from typing import Final

from touches.model.care import Activity
from touches.model.people import CHANNELS, KIND_FOR_CHANNEL, PointKind

ALL: Final = "all"
OPT_OUT: Final = "opt_out"
OPT_IN: Final = "opt_in"
SAID: Final = (OPT_OUT, OPT_IN)

Kinds = frozenset[PointKind]
Wishes = Mapping[str, Kinds]  # channel or `all`, to the kinds of addresses that it closes


def kinds_of(channel: str) -> Kinds:
    """The kinds of addresses that a channel could use; of `all`, every one."""
    return frozenset(PointKind) if channel == ALL else frozenset(KIND_FOR_CHANNEL.get(channel, ()))


def wishes_of(said: Iterable[Activity]) -> Wishes:
    """What stands of opt-outs and opt-ins, the oldest first, in the order in which it was said."""
    standing: dict[str, Kinds] = {}
    for each in said:
        channel = each.source.partition(": ")[0]
        standing.pop(channel, None)
        if each.kind == OPT_OUT:
            standing[channel] = kinds_of(channel)
        elif ALL in standing and channel != ALL:
            _open(standing, channel)
    return standing


def _open(standing: dict[str, Kinds], channel: str) -> None:
    """Of everything that is closed one channel opens: its neighbours at the same addresses stay closed."""
    opened = standing[ALL] & kinds_of(channel)
    for other in CHANNELS:
        if other != channel and kinds_of(other) & opened:
            standing[other] = standing.get(other, frozenset()) | (kinds_of(other) & opened)
    standing[ALL] -= opened
    if not standing[ALL]:
        del standing[ALL]
