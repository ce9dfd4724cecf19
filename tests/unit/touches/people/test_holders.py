"""Who has which address: as a plain list would tell, but for crowds."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from touches.people.draft import Point
from touches.people.holders import Holders
from touches.people.matching import CROWD, full_name

POINT: Point = ("email", "shared@x.example")


@dataclass
class Lead:
    """A lead with a name."""

    id: int
    first_name: str
    survivor_id: int = 0
    digest: str = ""
    external_id: str = ""
    last_name: str = ""
    name: str = ""


deeds = st.lists(
    st.tuples(st.sampled_from(["add", "add", "add", "remove", "rename"]), st.integers(1, 40), st.sampled_from("abc")),
    max_size=120,
)


@given(deeds)
def test_of_a_crowd_the_oldest_are_near_and_the_oldest_namesake(deeds: list[tuple[str, int, str]]) -> None:
    holders, there = Holders(), dict[int, Lead]()
    for deed, lead_id, name in deeds:
        if deed == "add" and lead_id not in there:
            there[lead_id] = Lead(id=lead_id, first_name=name)
            holders.add(POINT, there[lead_id])
        elif deed == "remove" and lead_id in there:
            gone = there.pop(lead_id)
            holders.remove(POINT, gone, full_name(gone))
        elif deed == "rename" and lead_id in there:
            before, there[lead_id].first_name = there[lead_id].first_name, name
            holders.rename(POINT, there[lead_id], before)
        everybody = [there[each] for each in sorted(there)]
        for asked in "abc":
            near = holders.near(POINT, asked)
            namesakes = [lead for lead in everybody if lead.first_name == asked]
            if len(everybody) <= CROWD:
                assert near == everybody
            else:
                assert near[: CROWD + 1] == everybody[: CROWD + 1]
                assert [lead for lead in near if lead.first_name == asked][:1] == namesakes[:1]
