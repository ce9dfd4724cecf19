"""The rig's processes."""

from collections.abc import Iterator

import pytest

from tests.chaos.rig import Nursery


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where senders come from."""
    made = Nursery()
    yield made
    made.close()
