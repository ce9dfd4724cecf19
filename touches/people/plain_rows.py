"""Plainly new leads as the database takes them: a column at a time."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import Any

from touches.people.batch import POINTS, Batch
from touches.store.batches import Column
from touches.store.import_lookups import LEAD_NAMES


def lead_columns(batch: Batch, ids: Sequence[int], companies: Sequence[int | None], now: int) -> dict[str, Column]:
    """As `Imports.put_new_leads` takes them."""
    found: dict[str, Column] = {name: alike(batch.columns[name]) for name in LEAD_NAMES if name in batch.columns}
    if "birth_year" in batch.columns:
        found["birth_year"] = [value or None for value in batch.columns["birth_year"]]
    return found | {"id": ids, "company_id": companies, "created_at": now, "updated_at": now}


def point_columns(batch: Batch, ids: Sequence[int], source: str) -> Iterator[dict[str, Column]]:
    """As `Imports.put_new_points` takes them, a kind at a time. `source` is the evidence of consent."""
    consent = _consent(batch, source)
    for kind, name in POINTS:
        if name in batch.columns:
            own = {"lead_id": ids, "address": batch.columns[name], "address_hash": batch.columns[f"#{name}"], **consent}
            yield {"kind": kind, **_where(batch.columns[name], own)}


def _consent(batch: Batch, source: str) -> dict[str, Column]:
    columns = batch.columns
    bases = columns.get("consent", ())
    if not any(bases):
        return {}
    lines = columns["line"]
    said = columns.get("consent_source") or [""] * len(bases)
    return {
        "consent": alike(bases),
        "consent_source": alike([text if basis else "" for basis, text in zip(bases, said, strict=True)]),
        "consent_evidence": [
            f"{source}, line {line}" if basis else "" for basis, line in zip(bases, lines, strict=True)
        ],
    }


def _where(addresses: Sequence[str], columns: Mapping[str, Column]) -> dict[str, Column]:
    """The rows that have an address."""
    if all(addresses):
        return dict(columns)
    return {
        name: list(compress(column, addresses)) if isinstance(column, list | tuple | range) else column
        for name, column in columns.items()
    }


def alike(column: Sequence[Any]) -> Column:
    """The one value of a column that has only one, else the column."""
    if column and column[0] == column[-1] and column.count(column[0]) == len(column):
        value: Column = column[0]
        return value
    return column
