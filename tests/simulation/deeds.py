"""What people do, each deed by the use case that its command, page or mailbox calls, in a transaction of its own."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tests.simulation.cadences import another
from tests.simulation.nature import Deed
from tests.simulation.ways_back import WaysBack
from tests.simulation.world import Person, World, another_plan
from touches.care.calls import CallResult, finish_call
from touches.care.complaints import open_complaint, solve_complaint
from touches.care.conversations import answered, close_conversation
from touches.care.deals import buy
from touches.care.outcomes import Outcome
from touches.care.promises import add_promise, keep_promise
from touches.care.record import tell_news
from touches.engine.outbox import resolve_by_hand, retry_quarantined
from touches.engine.stopping import pause, resume, stop
from touches.errors import TouchesError
from touches.model.people import Lead
from touches.model.states import EnrollmentState, TouchState
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_in, opt_out
from touches.store.units import Unit
from touches.tokens import Purpose

BY = "people"


class Deeds:
    """Carries deeds out; what a rule refuses is no deed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._office = world.outside
        back = WaysBack(world)
        self._doing: Mapping[Deed, Callable[[], bool]] = {
            Deed.OPT_OUT: self._opt_out,
            Deed.UNSUBSCRIBE: lambda: back.mail(back.answers.click),
            Deed.STOP_SMS: back.stop_sms,
            Deed.OPT_IN: self._opt_in,
            Deed.REPLY: lambda: back.mail(back.answers.reply),
            Deed.ANSWER: self._answer,
            Deed.AWAY: lambda: back.mail(back.answers.away),
            Deed.PURCHASE: self._purchase,
            Deed.BOUNCE: back.bounce,
            Deed.SPAM: lambda: back.report(back.answers.complaint),
            Deed.COMPLAINT: self._complain,
            Deed.SOLVE: self._solve,
            Deed.MERGE: self._merge,
            Deed.PUBLISH: self._publish,
            Deed.WITHDRAW: self._withdraw,
            Deed.NEWS: self._news,
            Deed.PAUSE_ALL: lambda: self._switch("paused", "stop everything"),
            Deed.GO_ON: lambda: self._switch("paused", ""),
            Deed.RELEASE: self._release,
            Deed.PAUSE_ONE: self._pause_one,
            Deed.RESUME_ONE: self._resume_one,
            Deed.STOP_ONE: self._stop_one,
            Deed.RETURN: back.return_letter,
            Deed.CALLS: self._calls,
            Deed.RESOLVE: self._resolve,
            Deed.PROMISE: self._promise,
            Deed.NEWCOMER: self._newcomer,
            Deed.TELL: self._tell,
        }

    def look_around(self) -> None:
        """Everybody does what they want now."""
        for deed in Deed:
            if self._world.nature.wants(deed):
                self.do(deed)

    def some(self) -> None:
        """One deed of somebody, in the middle of the engine's work."""
        wanted = sorted(self._world.nature.wanted - {Deed.GO_ON})
        self.do(self._world.dice.choice(wanted))

    def do(self, deed: Deed) -> None:
        """Do it now."""
        try:
            done = self._doing[deed]()
        except TouchesError as error:
            self._world.note(f"refused {deed}: {type(error).__name__}")
            return
        if done:
            self._world.nature.did(deed)
            self._world.note(f"did {deed}")

    def _somebody(self, unit: Unit) -> tuple[Person, Lead] | None:
        person = self._world.dice.choice(self._world.people)
        lead = unit.leads.get(person.id)
        return (person, lead) if lead is not None and not lead.dead else None

    def _opt_out(self) -> bool:
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            channel = self._world.dice.choice(("all", "all", "email", "sms", "call", "letter"))
            opt_out(unit, self._office.signer, found[1].id, channel, "asked", at=self._world.clock.now(), actor=BY)
        return True

    def _opt_in(self) -> bool:
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            now = self._world.clock.now()
            return bool(opt_in(unit, self._office.signer, found[1].id, "email", "asked", at=now))

    def _purchase(self) -> bool:
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            self._office.library.refresh(unit)
            buy(unit, self._office, found[1], source="shop", actor=BY)
        return True

    def _complain(self) -> bool:
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None or unit.complaints.of_leads([found[1].id]):
                return False
            company = self._world.dice.random() < 0.3
            open_complaint(unit, self._office, found[1], "The parcel was wet", actor=BY, company=company)
        return True

    def _solve(self) -> bool:
        with self._office.store.write() as unit:
            cases = [one for one in unit.complaints.unsettled() if one.state == "open"]
            if not cases:
                return False
            case = self._world.dice.choice(cases)
            solve_complaint(unit, self._office, case.id, note_text="replaced", actor=BY)
        return True

    def _merge(self) -> bool:
        one, other = self._world.dice.sample(self._world.people, 2)
        with self._office.store.write() as unit:
            gone, kept = unit.leads.get(one.id), unit.leads.get(other.id)
            if gone is None or kept is None or gone.dead or kept.dead:
                return False
            merge_leads(unit, gone, kept, actor=BY, at=self._world.clock.now())
        return True

    def _publish(self) -> bool:
        another_plan(self._world)
        self._world.publish()
        return True

    def _news(self) -> bool:
        more = another(self._world.dice, self._world.shelf)
        if more is None:
            return False
        self._world.shelf.add(*more)
        self._world.publish()
        return True

    def _withdraw(self) -> bool:
        shelf = self._world.shelf
        pinned = {one.same_as for one in shelf.items.values()} | {one.needs for one in shelf.items.values()}
        free = sorted(set(shelf.items) - shelf.gone - pinned)
        if len(free) < 4:
            return False
        shelf.gone.add(self._world.dice.choice(free))
        self._world.publish()
        return True

    def _switch(self, key: str, value: str) -> bool:
        now = self._world.clock.now()
        with self._office.store.write() as unit:
            if unit.switches.get(key) == value:
                return False
            unit.switches.set(key, value, at=now, by=BY)
        return True

    def _release(self) -> bool:
        """An operator looks at what stands still."""
        self._switch("hold", "")
        with self._office.store.write() as unit:
            ids = [touch.id for touch in unit.touches.in_states([TouchState.QUARANTINED])]
            retry_quarantined(unit, ids, actor=BY, at=self._world.clock.now())
        return bool(ids)

    def _enrollments(self, unit: Unit, state: EnrollmentState, reason: str = "") -> list[object]:
        found = self._somebody(unit)
        if found is None:
            return []
        running = unit.enrollments.of_leads([found[1].id], running=True)[found[1].id]
        return [one for one in running if one.state is state and (not reason or one.reason == reason)]

    def _pause_one(self) -> bool:
        now = self._world.clock.now()
        until = now + timedelta(days=1) if self._world.dice.random() < 0.5 else None
        with self._office.store.write() as unit:
            chosen = self._enrollments(unit, EnrollmentState.ACTIVE)
            pause(unit, chosen, because="by hand", actor=BY, at=now, until=until)  # type: ignore[arg-type]
        return bool(chosen)

    def _resume_one(self) -> bool:
        with self._office.store.write() as unit:
            self._office.library.refresh(unit)
            chosen = self._enrollments(unit, EnrollmentState.PAUSED, "by hand")
            resume(unit, self._office, chosen, because="by hand", actor=BY)  # type: ignore[arg-type]
        return bool(chosen)

    def _stop_one(self) -> bool:
        with self._office.store.write() as unit:
            chosen = self._enrollments(unit, EnrollmentState.ACTIVE)
            stop(unit, chosen, because="by hand", actor=BY, at=self._world.clock.now())  # type: ignore[arg-type]
        return bool(chosen)

    def _calls(self) -> bool:
        """The owner works off what is due on the list."""
        with self._office.store.read() as unit:
            listed = unit.touches.in_states([TouchState.OFFERING], kind="touch")
        due = [touch for touch in listed if touch.due_at is not None and touch.due_at <= self._world.clock.now()]
        for touch in due[:3]:
            outcome = self._world.dice.choice((Outcome.REACHED, Outcome.REACHED, Outcome.NO_ANSWER, Outcome.BUSY))
            with self._office.store.write() as unit:
                finish_call(unit, self._office, touch.id, CallResult(outcome=outcome), actor="bea")
        return bool(due)

    def _resolve(self) -> bool:
        """Somebody rings the other side up and hears what is true."""
        with self._office.store.write() as unit:
            doubts = unit.touches.in_states([TouchState.IN_DOUBT])
            if not doubts:
                return False
            touch = self._world.dice.choice(doubts)
            key = self._office.signer.token(Purpose.TOUCH, touch.id)
            arrived = any(one.key == key for one in self._world.network.taken)
            now = self._world.clock.now()
            resolve_by_hand(unit, [touch.id], arrived=arrived, because="asked", actor=BY, at=now)
        return True

    def _answer(self) -> bool:
        with self._office.store.write() as unit:
            self._office.library.refresh(unit)
            talks = unit.conversations.open()
            if not talks:
                return False
            talk = self._world.dice.choice(talks)
            if talk.waits:
                answered(unit, self._office, talk, actor="bea", at=self._world.clock.now())
            else:
                now = self._world.clock.now()
                close_conversation(unit, self._office, talk, because="done", actor="bea", at=now)
        return True

    def _promise(self) -> bool:
        with self._office.store.write() as unit:
            running = [one for one in unit.promises.running() if one.state in ("open", "broken")]
            if running and self._world.dice.random() < 0.7:
                one = self._world.dice.choice(running)
                keep_promise(unit, self._office, one.id, evidence="sent", actor="bea")
                return True
            found = self._somebody(unit)
            if found is None:
                return False
            by = self._world.clock.now() + timedelta(hours=self._world.dice.randrange(2, 60))
            add_promise(unit, self._office, found[1], "We call back", by=by, actor="bea")
        return True

    def _newcomer(self) -> bool:
        if len(self._world.people) >= 24:
            return False
        self._world.newcomer(len(self._world.people))
        return True

    def _tell(self) -> bool:
        """A person tells news that a lead may not have heard yet."""
        items = sorted(set(self._world.shelf.items) - self._world.shelf.gone)
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            item = self._world.dice.choice(items)
            return not tell_news(unit, found[1], [item], actor="bea", at=self._world.clock.now())
