"""The table of moves: closed, and its ends are ends."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from touches.model.states import COUNTS_AS_SENT, FINAL, IN_HAND, MOVES, OPEN, PENDING, TouchState, may_move

S = TouchState
UNDONE = {(S.SENT, S.OFFERING), (S.FAILED, S.OFFERING)}  # a person takes back what they wrote down of a call


def reachable(start: TouchState, *, without: Iterable[tuple[TouchState, TouchState]] = ()) -> set[TouchState]:
    found, open_ = {start}, [start]
    while open_:
        state = open_.pop()
        for after in MOVES[state] - found:
            if (state, after) not in without:
                found.add(after)
                open_.append(after)
    return found


def test_every_state_stands_in_the_table_and_can_be_reached() -> None:
    assert set(MOVES) == set(TouchState)
    assert reachable(S.PLANNED) == set(TouchState)


def test_what_is_final_stays_final_but_for_an_undone_call() -> None:
    for state in FINAL:
        assert reachable(state, without=UNDONE) <= FINAL


def test_every_open_touch_has_a_way_to_its_end() -> None:
    for state in OPEN:
        assert reachable(state) & FINAL


def test_only_doubt_an_answer_or_a_refusal_follows_the_marker() -> None:
    assert MOVES[S.COMMITTING] == {S.SENT, S.READY, S.PLANNED, S.FAILED, S.IN_DOUBT}


def test_nothing_cancels_what_may_have_left() -> None:
    for state in COUNTS_AS_SENT:
        assert not may_move(state, S.CANCELLED)
    for state in PENDING | IN_HAND:
        assert may_move(state, S.CANCELLED)


def test_sent_is_only_reached_over_the_marker_a_doubt_or_a_person() -> None:
    assert {state for state in TouchState if may_move(state, S.SENT)} == {S.COMMITTING, S.IN_DOUBT, S.OFFERING}


@given(st.lists(st.sampled_from(TouchState), max_size=30))
def test_a_walk_by_the_table_never_leaves_an_end(wanted: list[TouchState]) -> None:
    state, ended = S.PLANNED, False
    for after in wanted:
        if may_move(state, after) and (state, after) not in UNDONE:
            assert not ended or after in FINAL
            state = after
        ended = ended or state in FINAL
