"""Where the next piece of news is wanted most: the largest gap of the coming weeks."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touches.engine.office import Office
from touches.forecast.outlook import forecast
from touches.store.units import Unit

AHEAD = 28  # days: a first decision window
MOST_SEGMENTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A kind and the segments that news is wanted for, and the reason in words. `kind` is empty where any would do."""

    kind: str = ""
    segments: tuple[str, ...] = ()
    because: str = ""


def gap_of(unit: Unit, office: Office, start: datetime) -> Gap:
    """The gap that a new piece would fill for most touches; an empty one where nobody runs dry."""
    ahead = forecast(unit, office, days=AHEAD, start=start)
    dry: Sequence[Mapping[str, Any]] = ahead["without_news"]
    if not dry:
        return Gap()
    touches = Counter[str]()
    for row in dry:
        touches[row["segment"]] += row["leads"]
    named = () if "" in touches or len(touches) > MOST_SEGMENTS else tuple(name for name, _ in touches.most_common())
    kinds = [row["kind"] for row in ahead["kinds_wanted"] if row["kind"] != "any"]
    first = min(row["from"] for row in dry)
    number = touches.total()
    many = "1 touch has" if number == 1 else f"{number} touches have"
    because = f"{many} nothing new to tell from {first} on"
    return Gap(kind=kinds[0] if kinds else "", segments=named, because=because)
