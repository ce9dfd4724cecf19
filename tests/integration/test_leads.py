"""One person at a time: set, opt out, merge, export. On both databases."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from tests.integration.people import HAND, NOW, SIGNER, People, states
from touches.errors import FindingsError, Refused, UnknownLead
from touches.model.care import Activity, Interaction
from touches.model.people import CHANNELS
from touches.model.states import EnrollmentState, LedgerStatus, TouchState
from touches.people.draft import Defaults
from touches.people.editing import set_fields
from touches.people.export_list import lines
from touches.people.exporting import documents
from touches.people.finding import lead_of
from touches.people.importing import ImportOrder, import_leads
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_in, opt_out, take_from_list
from touches.store.suppressions import KNOWN_THERE
from touches.store.units import Store


@pytest.fixture
def people(database_url: str) -> Iterator[People]:
    store = Store(database_url)
    yield People(store)
    store.close()


def change(people: People, lead_id: int, **values: str) -> tuple[str, ...]:
    with people.store.write() as unit:
        lead = unit.leads.get(lead_id)
        assert lead is not None
        return set_fields(unit, HAND, lead, values).changes


def merge(people: People, gone: int, kept: int) -> None:
    with people.store.write() as unit:
        leads = unit.leads.by_ids([gone, kept])
        merge_leads(unit, SIGNER, leads[gone], leads[kept], actor="test", at=NOW)


def test_a_lead_is_found_by_id_mailbox_phone_and_number(people: People) -> None:
    lead_id = people.add("c1", email="Aino@x.example", phone="040 123 4567")
    with people.store.read() as unit:
        for key in ("c1", "AINO@x.example", "+358401234567", "040 1234567", f"#{lead_id}"):
            assert lead_of(unit, key, country="FI").id == lead_id
        with pytest.raises(UnknownLead, match='no lead "c11"') as caught:
            lead_of(unit, "c11")
    assert '"c1"' in caught.value.hint


def test_a_shared_address_names_everybody_who_has_it(people: People) -> None:
    one, other = people.add("a", phone="0401234567", name="Ann"), people.add("b", phone="0401234567", name="Bob")
    with people.store.read() as unit, pytest.raises(Refused, match=rf"#{one} \(Ann\), #{other} \(Bob\)"):
        lead_of(unit, "+358401234567")


def test_values_are_changed_taken_away_and_checked(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567", city="Turku", street="Katu 1")
    assert change(people, lead_id, city="Espoo", phone="", **{"attribute.colour": "red"}) == (
        "city", "colour", "address", "phone",
    )  # fmt: skip
    lead = people.lead(lead_id)
    assert (lead.city, lead.attributes) == ("Espoo", {"colour": "red"})
    assert not lead.points_for("call")
    with pytest.raises(FindingsError, match='timezone "Helsinky"'):
        change(people, lead_id, timezone="Helsinky", city="Oulu")
    with pytest.raises(FindingsError, match='Did you mean "city"'):
        change(people, lead_id, citty="Oulu")
    assert people.lead(lead_id).city == "Espoo"


def test_an_external_id_belongs_to_one(people: People) -> None:
    people.add("c1", email="a@x.example")
    other = people.add("c2", email="b@x.example")
    with pytest.raises(Refused, match="another lead"):
        change(people, other, external_id="c1")
    with pytest.raises(Refused, match="already"):
        people.add("c1", email="c@x.example")


def test_death_ends_everything(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example")
    people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    change(people, lead_id, died="yes")
    with people.store.read() as unit:
        assert states(unit, lead_id) == ["cancelled"]
    assert people.lead(lead_id).dead == "died"


def test_an_opt_out_of_one_channel_cancels_what_waits_there_and_no_more(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    enrollment = people.enroll(lead_id, "p")
    people.touch(lead_id, enrollment, "s1")
    people.touch(lead_id, enrollment, "s2", channel="sms")
    with people.store.write() as unit:
        assert opt_out(unit, SIGNER, lead_id, "email", "test", at=NOW) == 1
        assert states(unit, lead_id) == ["cancelled", "planned"]
        assert unit.enrollments.of_leads([lead_id], running=True)[lead_id]
        assert unit.activities.unseen(["opt_out"], limit=9) == []
    lead = people.lead(lead_id)
    assert not lead.points_for("email")
    assert lead.points_for("sms")


def test_an_opt_out_that_is_said_again_is_written_down_once(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    with people.store.write() as unit:
        for source in ("a click", "the same click", "a reply"):
            opt_out(unit, SIGNER, lead_id, "email", source, at=NOW)
        assert [event.action for event in unit.events.of_lead(lead_id)].count("opted_out") == 1
        for minutes in (1, 2):
            opt_out(unit, SIGNER, lead_id, "all", "STOP", at=NOW + timedelta(minutes=minutes))
        assert len(unit.activities.of_leads([lead_id], kinds=("opt_out",))[lead_id]) == 2
        opt_in(unit, SIGNER, lead_id, "email", "START", at=NOW)
        opt_out(unit, SIGNER, lead_id, "email", "after all", at=NOW + timedelta(minutes=3))
        assert [event.action for event in unit.events.of_lead(lead_id)].count("opted_out") == 3


def test_an_opt_out_of_everything_ends_everything_and_can_be_taken_back_by_the_person(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    with people.store.write() as unit:
        opt_out(unit, SIGNER, lead_id, "all", "STOP", at=NOW)
        assert states(unit, lead_id) == ["cancelled"]
        assert unit.enrollments.of_leads([lead_id], running=True)[lead_id] == []
    assert not any(people.lead(lead_id).points_for(channel) for channel in ("email", "sms", "call"))
    with people.store.write() as unit:
        assert opt_in(unit, SIGNER, lead_id, "sms", "START", at=NOW) == 1
    assert people.lead(lead_id).points_for("sms")
    assert not people.lead(lead_id).points_for("email")


@pytest.mark.parametrize("by_list", [False, True])
def test_an_opt_out_before_there_was_any_address_counts_for_the_first_one(people: People, by_list: bool) -> None:
    lead_id = people.add("c1")
    with people.store.write() as unit:
        if by_list:
            take_from_list(unit, {lead_id: ("all",)}, "a list", at=NOW, actor="test")
        else:
            opt_out(unit, SIGNER, lead_id, "all", "by hand", at=NOW)
    change(people, lead_id, email="a@x.example")
    assert [point.opted_out for point in people.lead(lead_id).points] == [{"all"}]


def test_who_says_no_letters_before_the_street_is_known_gets_none(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example")
    with people.store.write() as unit:
        opt_out(unit, SIGNER, lead_id, "letter", "by hand", at=NOW)
    change(people, lead_id, street="Katu 1", city="Helsinki")
    assert {point.kind: set(point.opted_out) for point in people.lead(lead_id).points} == {
        "email": set(),
        "postal": {"letter"},
    }


def test_what_start_opened_stays_open_when_something_else_changes(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567")
    with people.store.write() as unit:
        opt_out(unit, SIGNER, lead_id, "all", "STOP", at=NOW)
        opt_in(unit, SIGNER, lead_id, "sms", "START", at=NOW)
    change(people, lead_id, email="b@x.example")
    lead = people.lead(lead_id)
    assert lead.points_for("sms")
    assert not any(lead.points_for(channel) for channel in ("email", "call", "fax", "meeting"))


def test_start_of_one_channel_opens_no_neighbour_at_the_same_number(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", phone="0401234567", street="Katu 1", city="Helsinki")
    with people.store.write() as unit:
        opt_out(unit, SIGNER, lead_id, "all", "STOP", at=NOW)
        opt_in(unit, SIGNER, lead_id, "sms", "START", at=NOW + timedelta(minutes=1))
    lead = people.lead(lead_id)
    assert [channel for channel in CHANNELS if lead.points_for(channel)] == ["sms"]


def test_start_opens_a_shared_number_for_both_for_good(people: People) -> None:
    one, other = (people.add(key, phone="0401234567", name=key) for key in ("ann", "bob"))
    with people.store.write() as unit:
        opt_out(unit, SIGNER, one, "sms", "STOP", at=NOW)
        opt_in(unit, SIGNER, other, "sms", "START", at=NOW)
    change(people, one, city="Turku", phone="050 1234567")
    assert people.lead(one).points_for("sms")


def test_opting_in_again_opens_nothing_that_erasure_closed(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example")
    (point,) = people.lead(lead_id).points
    with people.store.write() as unit:
        unit.suppressions.add([point.address_hash], channel="all", reason="erased", source="", since=NOW)
        assert opt_in(unit, SIGNER, lead_id, "all", "START", at=NOW) == 0


def test_start_counts_for_what_was_said_to_the_provider_too(people: People) -> None:
    lead_id = people.add("c1", phone="0401234567")
    (point,) = people.lead(lead_id).points
    with people.store.write() as unit:
        unit.suppressions.add([point.address_hash], channel="sms", reason=KNOWN_THERE, source="sms", since=NOW)
    assert not people.lead(lead_id).points_for("sms")
    with people.store.write() as unit:
        assert opt_in(unit, SIGNER, lead_id, "sms", "START", at=NOW) == 1
    assert people.lead(lead_id).points_for("sms")


def test_a_merge_moves_everything_and_the_survivor_s_own_addresses_come_first(people: People) -> None:
    gone = people.add("old", email="old@x.example", phone="0401234567", city="Turku", first_name="Ann")
    kept = people.add("new", email="new@x.example", phone="0401234567", first_name="Anne")
    touch_id = people.touch(gone, people.enroll(gone, "p"), "s1", state=TouchState.PLANNED)
    with people.store.write() as unit:
        purchase = Activity(lead_id=gone, kind="purchase", at=NOW - timedelta(days=3), amount=Decimal("5.00"))
        unit.activities.add([purchase])
        unit.activities.add([Activity(lead_id=kept, kind=purchase.kind, at=purchase.at, amount=purchase.amount)])
    merge(people, gone, kept)
    lead = people.lead(kept)
    assert [point.address for point in lead.points] == ["new@x.example", "+358401234567", "old@x.example"]
    assert (lead.first_name, lead.city, lead.bought_at) == ("Anne", "Turku", NOW - timedelta(days=3))
    with people.store.read() as unit:
        assert [touch.id for touch in unit.touches.of_leads([kept])[kept]] == [touch_id]
        assert len(unit.activities.of_leads([kept])[kept]) == 1
        assert unit.activities.of_leads([gone])[gone] == []
        assert lead_of(unit, "old").id == kept
    ghost = people.lead(gone)
    assert (ghost.dead, ghost.first_name, ghost.points) == (f"merged into #{kept}", "", ())


def test_of_two_running_enrollments_the_older_goes_on(people: People) -> None:
    gone, kept = people.add("old", email="a@x.example"), people.add("new", email="b@x.example")
    older, younger = people.enroll(gone, "p", days_ago=9), people.enroll(kept, "p")
    people.touch(gone, older, "s1")
    people.touch(kept, younger, "s1")
    merge(people, gone, kept)
    with people.store.read() as unit:
        found = {each.id: each for each in unit.enrollments.of_leads([kept])[kept]}
        assert found[older].state is EnrollmentState.ACTIVE
        assert found[younger].state is EnrollmentState.STOPPED
        assert len({each.occurrence for each in found.values()}) == 2
        assert sorted(states(unit, kept)) == ["cancelled", "planned"]


def test_what_either_was_told_is_told(people: People) -> None:
    gone, kept = people.add("old", email="a@x.example"), people.add("new", email="b@x.example")
    waiting = people.touch(kept, people.enroll(kept, "p"), "s1", state=TouchState.OFFERING, channel="call")
    people.tell(kept, "hours", touch_id=waiting, told=False)
    people.tell(gone, "hours")
    people.tell(gone, "prices")
    merge(people, gone, kept)
    with people.store.read() as unit:
        told = unit.ledger.told([kept])[kept]
        assert {name: entry.status for name, entry in told.items()} == {
            "hours": LedgerStatus.TOLD,
            "prices": LedgerStatus.TOLD,
        }
        assert len(unit.ledger.history(kept)) == 3
        touch = unit.touches.by_ids([waiting])[waiting]
    assert (touch.state, touch.news) == (TouchState.PLANNED, "")


def test_a_merged_lead_s_row_goes_to_the_survivor_and_replaces_nothing(people: People, tmp_path: object) -> None:
    from pathlib import Path

    gone, kept = people.add("old", email="old@x.example"), people.add("new", email="new@x.example", city="Turku")
    merge(people, gone, kept)
    file = Path(str(tmp_path)) / "leads.csv"
    file.write_text("external_id,email,city,company\nold,third@x.example,Oulu,Acme\n")
    order = ImportOrder(file=file, defaults=Defaults(country="FI", year=2026), now=NOW, actor="test")
    first, again = import_leads(people.store, SIGNER, order), import_leads(people.store, SIGNER, order)
    assert (first.changed, again.unchanged) == (1, 1)
    lead = people.lead(kept)
    assert [point.address for point in lead.points_for("email")] == [
        "new@x.example",
        "old@x.example",
        "third@x.example",
    ]
    assert lead.city == "Turku"
    assert lead.company is not None


def test_what_was_said_with_either_is_read_with_the_survivor_and_the_chain_holds(people: People) -> None:
    gone, kept = people.add("old", email="a@x.example"), people.add("new", email="b@x.example")

    def digest(text: str) -> str:
        return SIGNER.digest("interaction", text)

    with people.store.write() as unit:
        said = Interaction(lead_id=gone, at=NOW, who="aino", channel="call", direction="out", said="Later")
        unit.interactions.add(said, digest=digest)
    merge(people, gone, kept)
    with people.store.read() as unit:
        assert [each.said for each in unit.interactions.of_leads([kept])[kept]] == ["Later"]
        assert unit.interactions.verify(digest=digest).faults == ()
        (document,) = documents(unit, [kept])
    assert [row["said"] for row in document["interactions"]] == ["Later"]


def test_chains_of_merges_lead_to_the_last(people: People) -> None:
    one, two, three = (people.add(key, email=f"{key}@x.example") for key in ("a", "b", "c"))
    merge(people, one, two)
    merge(people, two, three)
    with people.store.read() as unit:
        assert lead_of(unit, "a").id == three
    with pytest.raises(Refused):
        merge(people, one, three)
    with pytest.raises(Refused, match="same lead"):
        merge(people, three, three)


def test_an_export_has_everything_that_is_held(people: People) -> None:
    lead_id = people.add("c1", email="a@x.example", consent="express")
    touch_id = people.touch(lead_id, people.enroll(lead_id, "p"), "s1")
    people.attempt(touch_id)
    people.tell(lead_id, "hours")
    with people.store.read() as unit:
        (document,) = documents(unit, [lead_id])
    for name in ("contact_points", "enrollments", "touches", "attempts", "ledger", "events"):
        assert document[name], name
    assert document["contact_points"][0]["consent"] == "express"


@pytest.mark.parametrize("name", ["=1+1", "+1+1", "-1+1", "@SUM(1)", " =1+1", "＝1+1", '=HYPERLINK("http://e","x")'])
def test_no_cell_of_a_list_is_a_formula(people: People, name: str) -> None:
    import csv

    people.add("c1", email="a@x.example", phone="0401234567", first_name=name)
    header, row = csv.reader(lines(people.store, None))
    found = dict(zip(header, row, strict=True))
    assert found["first_name"].lstrip().startswith("'")
    assert found["phone"] == "'+358401234567"


def test_an_exported_list_can_be_imported(people: People, tmp_path: object) -> None:
    from pathlib import Path

    people.add("c1", email="a@x.example", phone="0401234567", street="Katu 1", city="Turku", company="Acme")
    file = Path(str(tmp_path)) / "all.csv"
    file.write_text("\n".join(lines(people.store, None)) + "\n", encoding="utf-8")
    order = ImportOrder(file=file, defaults=Defaults(country="FI", year=2026), now=NOW, actor="test")
    report = import_leads(people.store, SIGNER, order)
    assert (report.rejected, report.new, report.unchanged) == (0, 0, 1)
