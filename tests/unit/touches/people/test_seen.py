"""Which leads a file has spoken of, and how far."""

from hypothesis import given
from hypothesis import strategies as st

from touches.people.seen import SeenLeads


@given(st.sets(st.integers(1, 100_000)), st.sets(st.integers(1, 100_000)))
def test_it_knows_whom_it_was_told_of(new: set[int], known: set[int]) -> None:
    seen = SeenLeads()
    seen.add_new(sorted(new))
    seen.add_known(sorted(known))
    for lead_id in new | known | {7, 70_000, 10**6}:
        assert (lead_id in seen) == (lead_id in new | known)
        assert seen.stirred(lead_id) == (lead_id in new)


def test_a_row_that_is_laid_over_a_lead_tells_how_far_the_file_had_come() -> None:
    seen = SeenLeads()
    assert seen.stir(1) == 0
    assert seen.stir(1) is None
    seen.settle(2, 0)
    assert seen.stir(2) == 1
    for place in (1, 3, 2):
        seen.settle(3, place)
    assert seen.stir(3) == 4


def test_a_transaction_that_failed_leaves_no_trace() -> None:
    seen = SeenLeads()
    seen.settle(5, 2)
    tried = seen.copy()
    tried.stir(5)
    tried.add_new([6])
    assert not seen.stirred(5)
    assert 6 not in seen
    assert seen.stir(5) == 3
