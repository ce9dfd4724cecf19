"""Campaigns over both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign import Campaign


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[Campaign]:
    """A campaign on SQLite and then on PostgreSQL."""
    made = Campaign(database_url, tmp_path)
    yield made
    made.close()
