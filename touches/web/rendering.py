"""Pages from templates: everything escaped, times in the workspace's zone, numbers for people."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse

from touches.time.zones import zone
from touches.web import charts
from touches.web.wording import Wording, direction_of
from touches.wording import counted

FOLDER: Final = Path(__file__).parent
_WORDS: Final = {
    "in_doubt": "in doubt", "human_reply": "reply", "auto_reply": "auto-reply", "hard_bounce": "bounce",
    "soft_bounce": "bounce, may pass", "policy_bounce": "refused by policy", "complaint_feedback": "reported as spam",
    "email": "Email", "sms": "SMS", "letter": "Letter", "call": "Call", "fax": "Fax", "meeting": "Meeting",
    "phone": "Phone", "postal": "Post", "carry_out": "carry out",
}  # fmt: skip


class Pages:
    """The templates of the folder beside this file. `name` is the workspace's, shown at the top of every page."""

    def __init__(self, *, name: str, zone_name: str, prefix: str = "") -> None:
        self._zone = zone(zone_name)
        self.environment = Environment(
            loader=FileSystemLoader(FOLDER / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self.environment.globals.update(name=name, zone_name=zone_name, prefix=prefix.rstrip("/"), charts=charts)
        self.environment.filters.update(
            moment=self._moment, day=self._day, machine=_machine, number=_number, word=_word, age=_length,
            percent=_percent, breakable=_breakable,
        )  # fmt: skip

    def page(self, template: str, values: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
        """A page of the dashboard."""
        return HTMLResponse(self.environment.get_template(template).render(values), status)

    def public(
        self, template: str, words: Wording, values: Mapping[str, Any] | None = None, *, status: int = 200
    ) -> HTMLResponse:
        """A page for leads, in their language."""
        shown = {"words": words, "language": words.language, "direction": direction_of(words.language)}
        return self.page(template, shown | dict(values or {}), status=status)

    def _moment(self, instant: datetime | None) -> str:
        return f"{instant.astimezone(self._zone):%Y-%m-%d %H:%M}" if instant is not None else ""

    def _day(self, instant: datetime | None) -> str:
        return f"{instant.astimezone(self._zone):%Y-%m-%d}" if instant is not None else ""


def _machine(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")


def _number(value: float) -> str:
    """Groups of three with a thin space."""
    return f"{value:,}".replace(",", "\u202f")


def _percent(part: float, whole: float) -> str:
    """A share with as many places as it deserves; nothing of nothing."""
    if not whole:
        return "–"
    share = 100 * part / whole
    return f"{share:.0f} %" if share >= 10 or share == 0 else f"{share:.2g} %"


def _breakable(name: str) -> Markup:
    """A domain that breaks at its dots and hyphens on a narrow screen, not inside a word."""
    return Markup("<wbr>").join(re.split(r"(?<=[.-])", name))


def _word(value: object) -> str:
    """A stable word of ours as people say it."""
    text = str(value)
    return _WORDS.get(text, text.replace("_", " "))


def _length(span: timedelta) -> str:
    """The largest unit alone: `4 days`, `3 hours`, `12 minutes`."""
    seconds = int(abs(span.total_seconds()))
    for unit, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return counted(count, unit)
    return "less than a minute"
