"""News that was recorded for one lead alone: it goes where the lead goes."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select, update

from touches.store.catalog import NEWS, Catalog

FORGOTTEN = "erased"
PREFIX = "for-"
PERSONAL = NEWS.c.id.startswith(PREFIX)


def personal_id(lead_id: int, number: int | str) -> str:
    """The id of the lead's own piece of news with this number; with an empty one what all its ids begin with."""
    return f"{PREFIX}{lead_id}-{number}"


def personal_news_of(connection: Connection, lead_ids: Sequence[int]) -> list[str]:
    """The ids of all that was recorded for a lead, given with those merged into it: ids keep the number of whom it was
    recorded for."""
    numbered = or_(*(NEWS.c.id.startswith(personal_id(lead_id, "")) for lead_id in lead_ids))
    return sorted(_documents_of(connection, lead_ids, numbered))


def forget_personal_news(connection: Connection, lead_ids: Sequence[int], *, at: datetime) -> list[str]:
    """Empty the texts of all that was recorded for these leads, and withdraw it; the ids. What they were told stays
    counted by id."""
    found = _documents_of(connection, lead_ids)
    for name, document in found.items():
        emptied = {**document["texts"][""], "headline": FORGOTTEN, "subject": "", "body": "", "digest": ""}
        _write(connection, name, {**document, "texts": {"": emptied}}, author=FORGOTTEN)
    if found:
        Catalog(connection).withdraw_news(found, at=at)
    return sorted(found)


def move_personal_news(connection: Connection, gone: int, kept: int, *, at: datetime) -> list[str]:
    """What was recorded for `gone` is for `kept` from now on; the ids."""
    found = _documents_of(connection, [gone])
    for name, document in found.items():
        _write(connection, name, {**document, "for": {"lead_id": str(kept)}})
    if found:
        Catalog(connection).changed(at)
    return sorted(found)


def _documents_of(
    connection: Connection, lead_ids: Sequence[int], named: ColumnElement[bool] = PERSONAL
) -> dict[str, dict[str, Any]]:
    """By id. A file of a marketer may be called `for-…` as well: what it is for decides, not its name alone."""
    wanted = {str(lead_id) for lead_id in lead_ids}
    rows = connection.execute(select(NEWS.c.id, NEWS.c.document).where(named))
    documents = {row.id: json.loads(row.document) for row in rows if '"lead_id"' in row.document}
    return {name: document for name, document in documents.items() if str(document["for"].get("lead_id")) in wanted}


def _write(connection: Connection, name: str, document: dict[str, Any], **changes: str) -> None:
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    connection.execute(update(NEWS).where(NEWS.c.id == name).values(document=text, **changes))
