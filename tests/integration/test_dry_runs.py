"""Dry runs that only look wait for nobody who writes."""

from pathlib import Path

import pytest

from tests.integration.test_care_commands import LEADS, typed_in
from touches.store.units import Store
from touches.workspace import Workspace


@pytest.mark.parametrize(
    "arguments",
    [
        ("lead", "consent", "ann", "express"),
        ("lead", "import", "{list}"),
        ("activity", "add", "ann", "visit"),
        ("db", "prune"),
    ],
    ids=" ".join,
)
def test_a_dry_run_that_only_looks_waits_for_no_writer(
    workspace: Workspace, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    file = tmp_path / "leads.csv"
    file.write_text(LEADS, encoding="utf-8")
    typed = typed_in(workspace.root)
    typed("lead", "import", str(file))
    store = Store(workspace.settings.database_url)
    with store.write():
        typed(*(each.format(list=file) for each in arguments), "--dry-run")
    store.close()
