"""Figures as CSV that no spreadsheet takes for formulas."""

import csv
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path
from typing import Any

from touches.errors import FileError
from touches.people.formulas import guarded
from touches.report.figures import KEYS

COLUMNS = ("by", "value", "sent", "came_back", "answers", "purchases", "answer_rate", "purchase_rate")


def csv_text(report: Mapping[str, Any]) -> str:
    """One row for each value of each key."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(COLUMNS)
    writer.writerows(_rows(report))
    return out.getvalue()


def _rows(report: Mapping[str, Any]) -> Iterable[list[object]]:
    for key in KEYS:
        for row in report[f"by_{key}"]:
            yield [key, guarded(str(row[key])), *(row[name] for name in COLUMNS[2:])]


def write_csv(report: Mapping[str, Any], path: Path) -> None:
    """Into a file; FileError when it cannot be written."""
    try:
        path.write_text(csv_text(report), encoding="utf-8-sig", newline="")
    except OSError as error:
        raise FileError.from_os(error, "write to") from None
