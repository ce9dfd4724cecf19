"""What happens to one lead."""

from datetime import timedelta

from tests.simulation.acting import BY, Acting
from touches.care.complaints import open_complaint, solve_complaint
from touches.care.deals import buy
from touches.care.record import tell_news
from touches.engine.stopping import pause, resume, stop
from touches.model.states import EnrollmentState
from touches.people.erasing import erase_lead
from touches.people.joining import merge_leads
from touches.people.opt_out import opt_in, opt_out
from touches.store.units import Unit


class LeadDeeds(Acting):
    """Each method is a deed; whether there was anything to do."""

    def opt_out(self) -> bool:
        """They want nothing more, by one way or by any."""
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            channel = self._world.dice.choice(("all", "all", "email", "sms", "call", "letter"))
            opt_out(unit, self._office.signer, found[1].id, channel, "asked", at=self._world.clock.now(), actor=BY)
        return True

    def opt_in(self) -> bool:
        """They want mail again."""
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            now = self._world.clock.now()
            return bool(opt_in(unit, self._office.signer, found[1].id, "email", "asked", at=now))

    def purchase(self) -> bool:
        """They buy."""
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            self._office.library.refresh(unit)
            buy(unit, self._office, found[1], source="shop", actor=BY)
        return True

    def complain(self) -> bool:
        """They complain."""
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None or unit.complaints.of_leads([found[1].id]):
                return False
            company = self._world.dice.random() < 0.3
            open_complaint(unit, self._office, found[1], "The parcel was wet", actor=BY, company=company)
        return True

    def solve(self) -> bool:
        """A complaint is settled."""
        with self._office.store.write() as unit:
            cases = [one for one in unit.complaints.unsettled() if one.state == "open"]
            if not cases:
                return False
            case = self._world.dice.choice(cases)
            solve_complaint(unit, self._office, case.id, note_text="replaced", actor=BY)
        return True

    def merge(self) -> bool:
        """Two records turn out to be one person."""
        one, other = self._world.dice.sample(self._world.people, 2)
        with self._office.store.write() as unit:
            gone, kept = unit.leads.get(one.id), unit.leads.get(other.id)
            if gone is None or kept is None or gone.dead or kept.dead:
                return False
            merge_leads(unit, self._office.signer, gone, kept, actor=BY, at=self._world.clock.now())
        return True

    def erase(self) -> bool:
        """They want to be forgotten."""
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            erase_lead(unit, self._office.signer, found[1], actor=BY, at=self._world.clock.now())
        return True

    def newcomer(self) -> bool:
        """Somebody new."""
        if len(self._world.people) >= 24:
            return False
        self._world.newcomer(len(self._world.people))
        return True

    def tell(self) -> bool:
        """A person tells news that a lead may not have heard yet."""
        items = sorted(set(self._world.shelf.items) - self._world.shelf.gone)
        with self._office.store.write() as unit:
            found = self._somebody(unit)
            if found is None:
                return False
            item = self._world.dice.choice(items)
            return not tell_news(unit, found[1], [item], actor="bea", at=self._world.clock.now())

    def pause_one(self) -> bool:
        """Somebody holds a cadence."""
        now = self._world.clock.now()
        until = now + timedelta(days=1) if self._world.dice.random() < 0.5 else None
        with self._office.store.write() as unit:
            chosen = self._enrollments(unit, EnrollmentState.ACTIVE)
            pause(unit, chosen, because="by hand", actor=BY, at=now, until=until)  # type: ignore[arg-type]
        return bool(chosen)

    def resume_one(self) -> bool:
        """And lets it go on."""
        with self._office.store.write() as unit:
            self._office.library.refresh(unit)
            chosen = self._enrollments(unit, EnrollmentState.PAUSED, "by hand")
            resume(unit, self._office, chosen, because="by hand", actor=BY)  # type: ignore[arg-type]
        return bool(chosen)

    def stop_one(self) -> bool:
        """And ends one."""
        with self._office.store.write() as unit:
            chosen = self._enrollments(unit, EnrollmentState.ACTIVE)
            stop(unit, chosen, because="by hand", actor=BY, at=self._world.clock.now())  # type: ignore[arg-type]
        return bool(chosen)

    def _enrollments(self, unit: Unit, state: EnrollmentState, reason: str = "") -> list[object]:
        found = self._somebody(unit)
        if found is None:
            return []
        running = unit.enrollments.of_leads([found[1].id], running=True)[found[1].id]
        return [one for one in running if one.state is state and (not reason or one.reason == reason)]
