"""One number says who leaves first: the lane decides, within it the priority."""

from itertools import product

from touches.model.cadence import Lane, lane_of, rank_of


def test_ranks_go_by_lane_and_then_by_the_higher_priority() -> None:
    every = list(product(Lane, range(101)))

    by_rank = sorted(every, key=lambda one: rank_of(*one))

    assert by_rank == sorted(every, key=lambda one: (one[0], -one[1]))
    assert all(lane_of(rank_of(lane, priority)) is lane for lane, priority in every)
    assert len({rank_of(*one) for one in every}) == len(every)
