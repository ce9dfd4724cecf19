"""When complaints are too many."""

import pytest

from touches.inbound.watching import too_many_complaints


@pytest.mark.parametrize(
    ("complaints", "sent", "said"),
    [
        (0, 0, ""),
        (0, 1000, ""),
        (1, 1000, ""),
        (2, 1000, "0.1 %"),
        (3, 1000, "0.1 %"),
        (4, 1000, "0.3 %"),
        (1, 0, "0.3 %"),
    ],
)
def test_the_limits_of_mailbox_providers(complaints: int, sent: int, said: str) -> None:
    found = too_many_complaints(complaints, sent)
    assert said in found
    assert bool(found) == bool(said)
