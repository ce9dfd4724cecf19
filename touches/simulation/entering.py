"""Leads enter policies: by the engine's own admission, asked once for all leads of a profile."""

from collections.abc import Mapping, Sequence

from touches.model.cadence import Enrollment
from touches.model.states import RUNNING, EnrollmentState, Phase
from touches.planning.entry import Admission, admission, takes
from touches.planning.facts import facts_of
from touches.planning.house import House
from touches.simulation.cadences import Cadence
from touches.simulation.people import SimEnrollment, SimLead
from touches.simulation.player import Player
from touches.simulation.timetable import to_instant

BATCH = 500


class Door:
    """Lets leads in. `current` are the cadences that new enrollments get, by name."""

    def __init__(self, player: Player, house: House, current: Mapping[str, Cadence]) -> None:
        self._player = player
        self._house = house
        self._by_priority = sorted(current.values(), key=lambda cadence: (-cadence.policy.priority, cadence.name))
        self._current = current
        self._admitted: dict[tuple[int, str, str], Admission] = {}
        self._taken: dict[tuple[int, str, str], bool] = {}
        self.refused: dict[str, int] = {}

    def by_trigger(self, leads: Sequence[SimLead], kind: str, now: int) -> None:
        """Those whom a trigger of this kind takes, in every policy that has one, higher priority first."""
        for start in range(0, len(leads), BATCH):
            part = leads[start : start + BATCH]
            for cadence in self._by_priority:
                self.enter([lead for lead in part if self._takes(cadence, kind, lead, now)], cadence, kind, now)

    def by_rule(self, leads: Sequence[SimLead], policy: str, kind: str, now: int) -> None:
        """Those whom a trigger has found by itself."""
        for start in range(0, len(leads), BATCH):
            self.enter(leads[start : start + BATCH], self._current[policy], kind, now)

    def by_name(self, leads: Sequence[SimLead], policy: str, now: int) -> None:
        """All whom one of the policy's triggers concerns, as if it had just fired; all, where it has none."""
        cadence = self._current[policy]
        kinds = list(dict.fromkeys(trigger.kind for trigger in cadence.policy.enroll_when))
        if "new_lead" in kinds:
            kinds = ["new_lead"]
        wanted = [lead for lead in leads if not kinds or any(self._takes(cadence, kind, lead, now) for kind in kinds)]
        if len(wanted) < len(leads):
            self._refuse("not_concerned", len(leads) - len(wanted))
        self.enter(wanted, cadence, kinds[0] if kinds else "", now)

    def _takes(self, cadence: Cadence, kind: str, lead: SimLead, now: int) -> bool:
        if lead.profile.lead.dead:
            return False
        key = (lead.profile.number, cadence.name, kind)
        if key not in self._taken:
            self._taken[key] = takes(cadence.policy, kind, facts_of(lead.profile.lead, to_instant(now)))
        return self._taken[key]

    def enter(self, leads: Sequence[SimLead], cadence: Cadence, trigger: str, now: int) -> None:
        """Enroll those who are admitted, then plan for each."""
        entered = [self._enroll(lead, cadence, now) for lead in leads if self._admits(lead, cadence, trigger, now)]
        for one in entered:
            if one.lead.held_until > now:
                self._player.pause(one, one.lead.held_until)
            else:
                self._player.plan(one, now)

    def _admits(self, lead: SimLead, cadence: Cadence, trigger: str, now: int) -> bool:
        own = self._own(lead, cadence)
        if own or lead.profile.by_law:
            verdict = self._ask(lead, cadence, own, trigger, now)
        else:
            key = (lead.profile.number, cadence.name, trigger)
            known = self._admitted.get(key)
            verdict = known if known is not None else self._ask(lead, cadence, own, trigger, now)
            self._admitted[key] = verdict
        if not verdict.admitted:
            self._refuse(verdict.code, 1)
        return verdict.admitted

    def _refuse(self, code: str, number: int) -> None:
        self.refused[code] = self.refused.get(code, 0) + number

    def _ask(self, lead: SimLead, cadence: Cadence, own: Sequence[Enrollment], trigger: str, now: int) -> Admission:
        person = lead.profile.lead
        return admission(person, cadence.policy, own, self._house, now=to_instant(now), trigger=trigger)

    def _own(self, lead: SimLead, cadence: Cadence) -> list[Enrollment]:
        past = [_enrollment(lead, name, ended) for name, ended in lead.past_enrollments if name == cadence.name]
        runs = [one for one in lead.enrollments if one.cadence.name == cadence.name and one.state in RUNNING]
        return [*past, *(_enrollment(lead, cadence.name, None, state=one.state) for one in runs)]

    def _enroll(self, lead: SimLead, cadence: Cadence, now: int) -> SimEnrollment:
        one = SimEnrollment(
            lead=lead,
            cadence=cadence,
            entered=now,
            priority=cadence.policy.priority,
            seq=self._player.agenda.next_number(),
        )
        lead.enrollments.append(one)
        return one


def _enrollment(
    lead: SimLead, policy: str, ended: int | None, *, state: EnrollmentState = EnrollmentState.STOPPED
) -> Enrollment:
    return Enrollment(
        id=0,
        lead_id=lead.id,
        policy=policy,
        version=0,
        occurrence=1,
        state=state,
        phase=Phase.STEPS,
        entered_at=to_instant(0),
        ended_at=to_instant(ended) if ended is not None else None,
    )
