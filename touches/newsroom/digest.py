"""The marketers' weekly digest: what was told, what starves, what ends soon. To people, by mail, through the engine."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from policies.news import NewsItem
from touches.engine.office import Office
from touches.model.states import TouchState
from touches.store.news_figures import told_since
from touches.store.notices import Notice
from touches.store.units import Unit
from touches.time.local import local_date

WEEK = timedelta(days=7)
ENDS_WITHIN = timedelta(days=21)  # a decision window from now
SHOWN = 12


def send_digest(office: Office) -> int:
    """One digest a week to everybody of `[marketing] digest_to`; how many go out."""
    if not office.desk.digest_to:
        return 0
    now = office.clock.now()
    today = local_date(now, office.house.timezone)
    year, week, _ = today.isocalendar()
    with office.store.write() as unit:
        body = digest_text(unit, office, today)
        return sum(
            unit.notices.add(
                Notice(
                    key=f"digest/{year}-{week:02d}/{recipient}",
                    purpose="digest",
                    recipient=recipient,
                    subject=f"[{office.desk.name}] News: week {week}",
                    body=body,
                ),
                at=now,
            )
            for recipient in office.desk.digest_to
        )


def digest_text(unit: Unit, office: Office, today: date) -> str:
    """The digest in plain text, one paragraph for each matter that has something to say."""
    told = told_since(unit.connection, office.clock.now() - WEEK)
    starving = _starving(unit)
    ending = _ending(unit, today)
    paragraphs = [
        _listed("Told in the last seven days", [f"{name}: {count}" for name, count in told]) or "Nothing was told.",
        _listed("Waiting for news (policy: touches)", [f"{name}: {count}" for name, count in starving])
        or "No touch waits for news.",
        _listed("Ends within three weeks", ending),
        "`touches forecast` shows who runs out of news and when; `touches news new NAME` starts a piece.",
    ]
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _starving(unit: Unit) -> list[tuple[str, int]]:
    held = unit.touches.in_states([TouchState.HELD])
    return Counter(touch.policy for touch in held if touch.reason == "no news").most_common(SHOWN)


def _ending(unit: Unit, today: date) -> list[str]:
    stored = (NewsItem.model_validate_json(row.document) for row in unit.catalog.news().values())
    last = [(item.valid.last, item.id) for item in stored if item.valid is not None and item.valid.last is not None]
    soon = sorted((day, name) for day, name in last if today <= day <= today + ENDS_WITHIN)
    return [f"{name} on {day}" for day, name in soon][:SHOWN]


def _listed(title: str, lines: Sequence[str]) -> str:
    return f"{title}: {'; '.join(lines)}." if lines else ""
