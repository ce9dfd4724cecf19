"""A site over a database of the test's own, with one lead who was written to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.campaign import Campaign
from tests.integration.web.live import Live, live


@pytest.fixture
def campaign(sqlite_url: str, tmp_path: Path) -> Iterator[Campaign]:
    """Aino got her first mail and her second is planned."""
    made = Campaign(sqlite_url, tmp_path)
    made.record("email")
    made.publish()
    made.enroll(made.lead("aino", phone="+358401234567", language="en"))
    made.tick()
    yield made
    made.close()


@pytest.fixture
def site(campaign: Campaign) -> Iterator[Live]:
    """The campaign's pages."""
    with live(campaign) as found:
        yield found
