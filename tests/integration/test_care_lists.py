"""Lists, hand-overs, the written record, and news for one lead."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from channels.letter.spool import Spool
from tests.campaign import Campaign
from tests.integration.care_campaign import CALLS, CareCampaign, listed
from touches.care.chores import settle_clocks
from touches.care.contacts import Contact, contact_rows, log_contact
from touches.care.deals import hand_over, lose, reassign, reopen
from touches.care.doing import Report, finish_task
from touches.care.finding_news import tell_one
from touches.care.morning import calendar_of, morning_lists
from touches.care.record import Words, digest_by, verify_chain, write_down
from touches.care.tasks import task_name
from touches.care.worklist import absent_owners, of_owner, tasks_of_today
from touches.errors import NotFound, Refused
from touches.model.states import Phase, TouchState
from touches.people.joining import merge_leads
from touches.store.interactions import INTERACTION

HUNGRY = """
policy: follow
touches:
  - {id: first, day: 0, channel: email, news: {kind: price}, ask: Reply.}
  - {id: second, after: 1 day, channel: email, news: {kind: price}, ask: Reply.}
"""
PRICE = {"price": "---\nkind: price\nheadline: The price\n---\nIt costs nineteen euros.\n"}


@pytest.fixture
def campaign(database_url: str, tmp_path: Path) -> Iterator[CareCampaign]:
    made = CareCampaign(database_url, tmp_path)
    yield made
    made.close()


class TestLists:
    def test_a_mail_in_the_morning_once_a_day_to_each_owner_who_has_something_to_do(
        self, campaign: CareCampaign
    ) -> None:
        lead = campaign.caller()
        campaign.at("2026-11-02T03:00:00")  # five in the morning in Helsinki
        call = listed(campaign, lead)
        assert campaign.notices("list") == []
        campaign.at("2026-11-02T06:30:00")
        campaign.tick()
        campaign.tick()
        ((recipient, subject, body),) = campaign.notices("list")
        assert (recipient, subject) == ("aino@cafe.test", "Mon 02 Nov: 1 task")
        assert f"[{call.id}] call: " in body
        campaign.at("2026-11-03T06:30:00")
        campaign.tick()
        assert len(campaign.notices("list")) == 2

    def test_the_mail_waits_until_the_days_calls_are_listed_but_not_for_ever(self, campaign: CareCampaign) -> None:
        lead = campaign.caller()
        campaign.publish(CALLS)
        campaign.at("2026-11-02T04:30:00")
        campaign.enroll(lead)
        with campaign.changing() as unit:
            person = unit.leads.by_ids([lead])[lead]
            log_contact(
                unit,
                campaign.office,
                person,
                Contact(words=Words(said="x"), promise="Send it", by=campaign.clock.now() + timedelta(hours=4)),
                actor="aino",
            )
        assert morning_lists(campaign.office) == 0
        campaign.at("2026-11-02T06:10:00")
        assert morning_lists(campaign.office) == 1

    def test_the_tasks_of_who_left_the_settings_are_on_the_lists_of_all_others(self, campaign: CareCampaign) -> None:
        lead = campaign.caller(owner="carl")
        campaign.at("2026-11-02T03:00:00")
        call = listed(campaign, lead)
        campaign.at("2026-11-02T06:30:00")
        campaign.tick()
        lists = campaign.notices("list")
        assert [recipient for recipient, _, _ in lists] == ["aino@cafe.test", "bo@cafe.test"]
        assert all(f"[{call.id}] call: " in body for _, _, body in lists)
        with campaign.store.read() as unit:
            tasks = tasks_of_today(unit, campaign.office)
        (warning,) = absent_owners(campaign.office, tasks, campaign.clock.now())
        assert "carl is not among [owners] and has 1 task today: `touches today reassign carl TO`" in warning

    def test_the_calendar_has_calls_as_events_and_the_rest_as_to_dos(self, campaign: CareCampaign) -> None:
        lead = campaign.caller(name="Ann, Oy; <b>\nx")
        listed(campaign, lead)
        with campaign.changing() as unit:
            person = unit.leads.by_ids([lead])[lead]
            by = campaign.clock.now() + timedelta(hours=1)
            contact = Contact(words=Words(said="x"), promise="Send it", by=by)
            log_contact(unit, campaign.office, person, contact, actor="aino")
            tasks = tasks_of_today(unit, campaign.office)
        data = calendar_of(tasks, name="Test", domain="cafe.test", now=campaign.clock.now())
        parts = Calendar.from_ical(data).walk()
        assert sorted(part.name for part in parts) == ["VCALENDAR", "VEVENT", "VTODO"]
        event = next(part for part in parts if part.name == "VEVENT")
        assert event.decoded("dtstart") == tasks[-1].due_at or event.decoded("dtstart") == tasks[0].due_at
        assert str(event["uid"]).endswith("@cafe.test")

    def test_tasks_of_somebody_away_are_pointed_out(self, campaign: CareCampaign) -> None:
        campaign.publish(CALLS)
        lead = campaign.caller("bea", owner="bo")
        with campaign.changing() as unit:
            person = unit.leads.by_ids([lead])[lead]
            contact = Contact(words=Words(said="x"), promise="Send it", by=campaign.clock.now() + timedelta(days=7))
            log_contact(unit, campaign.office, person, contact, actor="bo")
        campaign.at("2026-11-09T06:00:00")
        with campaign.store.read() as unit:
            tasks = tasks_of_today(unit, campaign.office)
        (warning,) = absent_owners(campaign.office, tasks, campaign.clock.now())
        assert "bo is away until 2026-11-13" in warning
        assert of_owner(tasks, "aino") == []

    def test_nothing_is_owed_to_somebody_who_died(self, campaign: CareCampaign) -> None:
        lead = campaign.caller()
        with campaign.changing() as unit:
            person = unit.leads.by_ids([lead])[lead]
            by = campaign.clock.now() + timedelta(hours=1)
            contact = Contact(words=Words(said="x"), promise="Send it", by=by)
            log_contact(unit, campaign.office, person, contact, actor="aino")
            unit.leads.update(lead, dead="died")
        assert campaign.today() == []
        campaign.clock.advance(timedelta(hours=1))
        settle_clocks(campaign.office)
        assert campaign.notices() == []
        with campaign.store.read() as unit:
            assert unit.promises.running() == []

    def test_letters_that_nobody_posts_become_a_task_after_a_working_day(self, campaign: CareCampaign) -> None:
        spool = Spool(Path(campaign.office.desk.letter_spool))
        spool.commit(spool.put_aside("one", b"%PDF-1.7"))
        written = spool.find("one")
        assert written is not None
        campaign.clock.set(written.at + timedelta(hours=1))
        assert campaign.today() == []
        campaign.clock.set(written.at + timedelta(days=5))
        (row,) = campaign.today()
        assert (row["touch"], row["kind"], row["name"]) == ("letters", "post-letters", "1 letter")
        with campaign.changing() as unit:
            tried = finish_task(unit, campaign.office, task_name("letters"), Report(dry_run=True), actor="aino")
        assert (tried.state, spool.keys("out")) == ("1 letter posted", ["one"])
        with campaign.changing() as unit:
            finish_task(unit, campaign.office, task_name("letters"), Report(), actor="aino")
        assert campaign.today() == []
        assert spool.keys("done") == ["one"]


class TestNewsForOne:
    def test_a_touch_that_waits_too_long_for_news_becomes_a_task_with_what_is_known(
        self, campaign: CareCampaign
    ) -> None:
        campaign.publish(HUNGRY, news=PRICE)
        lead = campaign.caller(concerns=["price"], attributes={"machine": "X200"})
        campaign.enroll(lead)
        campaign.pass_days(3)
        assert campaign.touches(lead)[-1].reason == "no news"
        assert campaign.today() == []
        campaign.pass_days(7)
        (row,) = campaign.today()
        assert (row["kind"], row["touch"]) == ("find-news", f"news-{campaign.touches(lead)[-1].id}")
        assert "worries about price" in row["script"]
        assert "machine: X200" in row["script"]

    def test_the_task_says_what_others_of_the_segment_asked(self, campaign: CareCampaign) -> None:
        campaign.publish(HUNGRY, news=PRICE)
        lead, other = campaign.caller(segment="cafe"), campaign.caller("bea", segment="cafe")
        stranger = campaign.caller("cil", segment="b2b")
        campaign.enroll(lead)
        campaign.pass_days(9)
        for who, words in [
            (other, Words(said="Fine so far. Is there a smaller one?", concern="delivery")),
            (stranger, Words(concern="contract")),
        ]:
            with campaign.changing() as unit:
                contact = Contact(channel="call", words=words)
                log_contact(unit, campaign.office, unit.leads.by_ids([who])[who], contact, actor="aino")
        (row,) = campaign.today()
        assert "others asked about delivery (1 lead of segment cafe)" in row["script"]
        assert 'others asked "Is there a smaller one?" (1 lead of segment cafe)' in row["script"]
        assert "contract" not in row["script"]

    def test_what_a_merged_record_asked_is_its_heirs(self, campaign: CareCampaign) -> None:
        campaign.publish(HUNGRY, news=PRICE)
        old, heir = campaign.caller("old", segment="cafe"), campaign.caller("heir", segment="cafe")
        with campaign.changing() as unit:
            contact = Contact(channel="call", words=Words(concern="delivery"))
            log_contact(unit, campaign.office, unit.leads.by_ids([old])[old], contact, actor="aino")
            people = unit.leads.by_ids([old, heir])
            merge_leads(unit, campaign.office.signer, people[old], people[heir], actor="aino", at=campaign.clock.now())
        with campaign.store.read() as unit:
            (voice,) = unit.asked.since(campaign.clock.now() - timedelta(days=1), ["cafe"])
        assert (voice.lead_id, voice.concern) == (heir, "delivery")

    def test_news_for_one_lead_goes_out_as_written_and_to_nobody_else(self, campaign: CareCampaign) -> None:
        campaign.publish(HUNGRY, news=PRICE)
        ann, bea = campaign.caller(), campaign.caller("bea")
        campaign.enroll(ann, bea)
        campaign.pass_days(2)
        text = "The part for your {{ machine }} came in: 100 % {% new %}"
        with campaign.changing() as unit:
            item, _ = tell_one(unit, campaign.office, unit.leads.by_ids([ann])[ann], text, actor="aino")
        campaign.pass_days(1)
        assert campaign.touches(ann)[-1].news == item
        assert campaign.touches(bea)[-1].state is TouchState.HELD
        mails = [mail.payload.decode() for mail in campaign.mails.taken if mail.address == "ann@customer.test"]
        assert text in mails[-1]

    def test_an_empty_text_is_no_news(self, campaign: CareCampaign) -> None:
        lead = campaign.caller()
        with pytest.raises(Refused, match="empty text"), campaign.changing() as unit:
            tell_one(unit, campaign.office, unit.leads.by_ids([lead])[lead], "  ", actor="aino")


class TestDeals:
    def test_a_lost_deal_goes_to_the_nurture_and_reopened_to_the_steps_that_are_left(
        self, campaign: CareCampaign
    ) -> None:
        lead = campaign.caller()
        listed(campaign, lead)
        with campaign.changing() as unit:
            lose(unit, campaign.office, unit.leads.by_ids([lead])[lead], reason="too dear", actor="aino")
        call, then = campaign.touches(lead)
        assert (call.state, call.reason) == (TouchState.CANCELLED, "the deal is lost")
        assert (then.step, then.due_at) == ("then", campaign.clock.now() + timedelta(days=7))
        assert campaign.told(lead) == {}
        with pytest.raises(Refused, match="is lost since"), campaign.changing() as unit:
            lose(unit, campaign.office, unit.leads.by_ids([lead])[lead], reason="too dear", actor="aino")
        with campaign.changing() as unit:
            reopen(unit, campaign.office, unit.leads.by_ids([lead])[lead], actor="aino")
            assert unit.enrollments.of_leads([lead])[lead][0].phase is Phase.STEPS
        assert [touch.step for touch in campaign.touches(lead) if touch.state is TouchState.PLANNED] == ["mail"]
        assert [action for action, who in campaign.actions(lead) if who == "aino"] == ["lost", "reopened"]

    def test_a_policy_without_a_then_finishes_when_the_deal_is_lost(self, campaign: CareCampaign) -> None:
        campaign.publish(HUNGRY, news=PRICE)
        lead = campaign.caller()
        campaign.enroll(lead)
        with campaign.changing() as unit:
            lose(unit, campaign.office, unit.leads.by_ids([lead])[lead], reason="too dear", actor="aino")
            assert unit.enrollments.of_leads([lead], running=True)[lead] == []

    def test_a_handover_is_announced_first_and_holds_when_the_announcement_has_left(
        self, campaign: CareCampaign
    ) -> None:
        lead = campaign.caller()
        call = listed(campaign, lead)
        with campaign.changing() as unit:
            given = hand_over(unit, campaign.office, unit.leads.by_ids([lead])[lead], "bo", actor="aino")
        assert given.announced
        assert campaign.person(lead).owner == "aino"
        campaign.tick()
        assert any(mail.address == "ann@customer.test" for mail in campaign.mails.taken)
        settle_clocks(campaign.office)
        assert campaign.person(lead).owner == "bo"
        assert next(touch.owner for touch in campaign.touches(lead) if touch.id == call.id) == "bo"
        assert campaign.notices("list")[-1][0] == "bo@cafe.test"
        assert settle_clocks(campaign.office) == 0

    def test_a_lead_without_a_mailbox_is_handed_over_at_once(self, campaign: CareCampaign) -> None:
        lead = campaign.caller(email="none")
        with campaign.changing() as unit:
            given = hand_over(unit, campaign.office, unit.leads.by_ids([lead])[lead], "bo", actor="aino")
        assert (given.announced, campaign.person(lead).owner) == (False, "bo")

    def test_reassigning_moves_leads_and_tasks_and_knows_the_owners(self, campaign: CareCampaign) -> None:
        lead = campaign.caller()
        call = listed(campaign, lead)
        with pytest.raises(NotFound, match='no owner "boo"'), campaign.changing() as unit:
            reassign(unit, campaign.office, "aino", "boo", actor="boss")
        with campaign.changing() as unit:
            assert reassign(unit, campaign.office, "aino", "bo", actor="boss") == (1, 1)
        assert campaign.today()[0]["owner"] == "bo"
        assert campaign.touches(lead)[0].id == call.id


class TestRecord:
    def write(self, campaign: Campaign, lead: int, said: str) -> int:
        with campaign.store.write() as unit:
            person = unit.leads.by_ids([lead])[lead]
            words = Words(said=said, told="We call on Friday", minutes=9)
            how = {"channel": "call", "direction": "out", "outcome": "reached", "actor": "aino"}
            return write_down(unit, campaign.office, person, words, at=campaign.clock.now(), **how).interaction

    def faults(self, campaign: Campaign) -> tuple[str, ...]:
        with campaign.store.read() as unit:
            return verify_chain(unit, campaign.office.signer).faults

    def test_the_chain_holds_and_erasing_a_person_does_not_break_it(self, campaign: CareCampaign) -> None:
        ann, bea = campaign.caller(), campaign.caller("bea")
        for number in range(3):
            self.write(campaign, ann, f"a{number}")
            self.write(campaign, bea, f"b{number}")
        assert self.faults(campaign) == ()
        with campaign.store.write() as unit:
            assert unit.interactions.erase(ann) == 3
        with campaign.store.read() as unit:
            found = verify_chain(unit, campaign.office.signer)
            assert (found.rows, found.erased, found.faults) == (6, 3, ())
            texts = {one.said for one in unit.interactions.walk()}
        assert texts == {"", "b0", "b1", "b2"}

    @pytest.mark.parametrize(
        ("tampering", "fault"),
        [
            ("UPDATE interaction SET said = 'never' WHERE id = 2", "interaction 2 has other texts"),
            ("UPDATE interaction SET minutes = 30 WHERE id = 2", "interaction 2 was changed"),
            ("UPDATE interaction SET said = '', told = '' WHERE id = 2", "interaction 2 has other texts"),
            ("DELETE FROM interaction WHERE id = 2", "interaction 3 does not follow"),
            ("DELETE FROM interaction WHERE id = 3", "the end was cut off"),
            ("UPDATE interaction SET lead_id = 2 WHERE id = 1", "interaction 1 has other texts"),
            ("DELETE FROM interaction WHERE id = 3; DELETE FROM setting", "the end was cut off"),
            ("DELETE FROM interaction", "the end was cut off"),
        ],
    )
    def test_every_change_to_what_was_written_is_found(
        self, campaign: CareCampaign, tampering: str, fault: str
    ) -> None:
        ann = campaign.caller()
        campaign.caller("bea")
        for number in range(3):
            self.write(campaign, ann, f"a{number}")
        with campaign.store.write() as unit:
            for statement in tampering.split("; "):
                unit.connection.exec_driver_sql(statement)
        assert any(fault in found for found in self.faults(campaign))

    def test_what_is_exported_can_be_verified_by_whoever_has_the_key(self, campaign: CareCampaign) -> None:
        ann, bea = campaign.caller(), campaign.caller("bea")
        for number in range(3):
            self.write(campaign, ann if number == 1 else bea, f"a{number}")
        with campaign.store.write() as unit:
            unit.interactions.erase(ann)
            exported = list(contact_rows(unit))
        digest = digest_by(campaign.office.signer)
        previous = ""
        for row in exported:
            assert row["previous"] == previous
            at = int(row["at"].timestamp() * 1_000_000)
            plain = [row[name] for name in ("who", "channel", "direction", "minutes", "outcome", "news")]
            covered = [previous, row["content_digest"], at, *plain]
            previous = digest(json.dumps(covered, ensure_ascii=False, separators=(",", ":")))
            assert row["hash"] == previous
        assert [row["said"] for row in exported] == ["a0", "", "a2"]

    def test_whoever_has_no_key_cannot_forge_a_row(self, campaign: CareCampaign) -> None:
        ann = campaign.caller()
        self.write(campaign, ann, "a")
        with campaign.store.write() as unit:
            row = dict(unit.connection.execute(INTERACTION.select()).mappings().one())
            forged = row | {"id": 2, "said": "Yes, I buy", "previous": row["hash"], "hash": "0" * 32}
            unit.connection.execute(INTERACTION.insert().values(**forged))
        found = self.faults(campaign)
        assert "interaction 2 was changed after it was written" in found
        assert any("added to" in fault for fault in found)

    def test_news_told_by_hand_is_told_for_every_touch_and_once(self, campaign: CareCampaign) -> None:
        campaign.publish(CALLS)
        lead = campaign.caller()
        contact = Contact(words=Words(told="Open late", news=("hours",)))
        for expected in (0, 1):
            with campaign.changing() as unit:
                person = unit.leads.by_ids([lead])[lead]
                logged = log_contact(unit, campaign.office, person, contact, actor="aino")
            warnings = [one for one in logged.written.warnings if "told before" in one]
            assert len(warnings) == expected
        assert campaign.told(lead) == {"hours": "told"}
        campaign.enroll(lead)
        campaign.pass_days(1)
        assert campaign.touches(lead)[0].news != "hours"

    def test_what_was_agreed_is_confirmed_in_writing_with_the_promise(self, campaign: CareCampaign) -> None:
        campaign.publish(CALLS)
        lead = campaign.caller(language="de", first_name="Änne")
        by = campaign.clock.now() + timedelta(days=1)
        words = Words(agreed="Ein Muster bis Freitag {{ 7*7 }}")
        contact = Contact(words=words, promise="Muster schicken", by=by, confirm=True)
        with campaign.changing() as unit:
            person = unit.leads.by_ids([lead])[lead]
            logged = log_contact(unit, campaign.office, person, contact, actor="aino")
        ((recipient, subject, body),) = campaign.notices("confirmation")
        assert recipient == "ann@customer.test"
        assert subject == "Unsere Vereinbarung vom 2026-11-02"
        assert "Guten Tag Änne," in body
        assert "Ein Muster bis Freitag {{ 7*7 }}" in body
        assert "Muster schicken" in body
        assert logged.promise is not None
        campaign.tick()
        assert b"{{ 7*7 }}" in campaign.mails.taken[-1].payload or b"{{ 7*7 }}" in campaign.mails.taken[0].payload

    def test_a_confirmation_that_cannot_be_sent_is_refused_before_anything_is_written(
        self, campaign: CareCampaign
    ) -> None:
        lead = campaign.caller(email="none")
        contact = Contact(words=Words(agreed="A sample"), confirm=True)
        with pytest.raises(Refused, match="no mailbox"), campaign.changing() as unit:
            log_contact(unit, campaign.office, unit.leads.by_ids([lead])[lead], contact, actor="aino")
        with campaign.store.read() as unit:
            assert list(unit.interactions.walk()) == []

    def test_a_contact_answers_an_open_conversation(self, campaign: CareCampaign) -> None:
        from touches.care.conversations import open_conversation

        campaign.publish(CALLS)
        lead = campaign.caller()
        with campaign.changing() as unit:
            now = campaign.clock.now()
            opened = open_conversation(unit, campaign.office, lead, because="a reply", at=now)
            contact = Contact(words=Words(told="It costs nineteen"))
            log_contact(unit, campaign.office, unit.leads.by_ids([lead])[lead], contact, actor="aino")
            found = unit.conversations.get(opened.id)
        assert found is not None
        assert not found.waits
        assert replace(found, answered_at=None).waits
