"""What a dead owner leaves behind in several leases: its journal speaks for each of them, whenever they end."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from tests.campaign import Campaign
from touches.engine.journal import Journal, path_of
from touches.engine.rescue import rescue
from touches.model.states import TouchState
from touches.store.types import to_micros

DEAD = "host:1:start"


def leave(campaign: Campaign, lead: int, *, number: int, ends_in: timedelta) -> int:
    """A touch to the lead was marked by somebody who is dead now; its lease ends later."""
    touch = campaign.touches(lead)[0]
    statement = "UPDATE touch SET state = 'committing', lease_owner = '{}#{}', lease_until = {} WHERE id = {}"
    with campaign.store.write() as unit:
        until = to_micros(unit.database_now() + ends_in)
        unit.connection.exec_driver_sql(statement.format(DEAD, number, until, touch.id))
    return touch.id


def test_a_journal_stays_until_the_last_lease_of_its_owner_has_ended(campaign: Campaign, tmp_path: Path) -> None:
    office = replace(campaign.office, desk=replace(campaign.office.desk, journal_at=str(tmp_path)))
    campaign.record()
    campaign.publish()
    ann, bob = campaign.lead("ann"), campaign.lead("bob")
    campaign.enroll(ann, bob)
    leave(campaign, ann, number=1, ends_in=-timedelta(minutes=1))
    leave(campaign, bob, number=2, ends_in=timedelta(hours=1))
    journal = Journal(tmp_path, DEAD)
    journal.start()
    journal.close(keep=True)

    first = rescue(office, alone=False)
    kept = path_of(tmp_path, DEAD).exists()
    leave(campaign, bob, number=2, ends_in=-timedelta(minutes=1))
    second = rescue(office, alone=False)

    assert (first, kept, second) == ((1, 0), True, (1, 0))
    assert [campaign.touches(lead)[0].state for lead in (ann, bob)] == [TouchState.READY] * 2
    assert not path_of(tmp_path, DEAD).exists()


def test_what_was_begun_is_in_doubt_and_what_was_only_marked_is_not(campaign: Campaign, tmp_path: Path) -> None:
    office = replace(campaign.office, desk=replace(campaign.office.desk, journal_at=str(tmp_path)))
    campaign.record()
    campaign.publish()
    ann, bob = campaign.lead("ann"), campaign.lead("bob")
    campaign.enroll(ann, bob)
    begun = leave(campaign, ann, number=1, ends_in=-timedelta(minutes=1))
    leave(campaign, bob, number=1, ends_in=-timedelta(minutes=1))
    journal = Journal(tmp_path, DEAD)
    journal.start()
    journal.begun(begun, campaign.touches(ann)[0].fence)
    journal.close()

    assert rescue(office, alone=False) == (1, 1)

    assert [campaign.touches(lead)[0].state for lead in (ann, bob)] == [TouchState.IN_DOUBT, TouchState.READY]
