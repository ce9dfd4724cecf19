"""What people do at their desks: texts, switches, lists, answers, promises."""

from datetime import timedelta

from tests.simulation.acting import BY, Acting
from tests.simulation.cadences import another
from tests.simulation.world import another_plan
from touches.care.call_in_hand import CallResult
from touches.care.calls import finish_call
from touches.care.conversations import answered, close_conversation
from touches.care.outcomes import Outcome
from touches.care.promises import add_promise, keep_promise
from touches.engine.outbox import retry_quarantined
from touches.inbound.watching import release as let_mail_go
from touches.model.states import TouchState


class DeskDeeds(Acting):
    """Each method is a deed; whether there was anything to do."""

    def publish(self) -> bool:
        """Another version of a policy."""
        another_plan(self._world)
        self._world.publish()
        return True

    def news(self) -> bool:
        """Another piece of news."""
        more = another(self._world.dice, self._world.shelf)
        if more is None:
            return False
        self._world.shelf.add(*more)
        self._world.publish()
        return True

    def withdraw(self) -> bool:
        """News is taken back."""
        shelf = self._world.shelf
        pinned = {one.same_as for one in shelf.items.values()} | {one.needs for one in shelf.items.values()}
        free = sorted(set(shelf.items) - shelf.gone - pinned)
        if len(free) < 4:
            return False
        shelf.gone.add(self._world.dice.choice(free))
        self._world.publish()
        return True

    def switch(self, key: str, value: str) -> bool:
        """A switch of the whole installation; whether it was set otherwise."""
        now = self._world.clock.now()
        with self._office.store.write() as unit:
            if unit.switches.get(key) == value:
                return False
            unit.switches.set(key, value, at=now, by=BY)
        return True

    def release(self) -> bool:
        """An operator looks at what stands still."""
        held = self.switch("hold", "")
        with self._office.store.write() as unit:
            let_mail_go(unit, at=self._world.clock.now(), by=BY)
            ids = [touch.id for touch in unit.touches.in_states([TouchState.QUARANTINED])]
            retry_quarantined(unit, ids, actor=BY, at=self._world.clock.now())
        return held or bool(ids)

    def calls(self) -> bool:
        """The owner works off what is due on the list."""
        with self._office.store.read() as unit:
            listed = unit.touches.in_states([TouchState.OFFERING], kind="touch")
        due = [touch for touch in listed if touch.due_at is not None and touch.due_at <= self._world.clock.now()]
        for touch in due[:3]:
            outcome = self._world.dice.choice((Outcome.REACHED, Outcome.REACHED, Outcome.NO_ANSWER, Outcome.BUSY))
            with self._office.store.write() as unit:
                finish_call(unit, self._office, touch.id, CallResult(outcome=outcome), actor="bea")
        return bool(due)

    def answer(self) -> bool:
        """We answer, or close what was answered."""
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

    def promise(self) -> bool:
        """We promise something, or keep what we promised."""
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
