"""Leads and enrollments while they are played: changed in place, a million of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from touches.model.states import EnrollmentState
from touches.simulation.cadences import Beat, Cadence
from touches.simulation.choices import Way
from touches.simulation.profiles import Profile
from touches.simulation.timetable import Timetable

NO_LIMIT = -1  # of `latest`: the touch is never too late
NEVER = 1 << 62  # of a pause: nobody knows when it ends
BY_RULE = -2  # of `latest`: worked out from the step when somebody asks


@dataclass(slots=True, eq=False)
class SimCompany:
    """When touches reached people of a company, in order."""

    times: list[int] = field(default_factory=list)


@dataclass(slots=True, eq=False)
class SimLead:
    """A lead. `told` has a bit for each news class; `times` and `channels` are the touches that reached them."""

    id: int
    key: str
    owner: str
    profile: Profile
    company: SimCompany | None = None
    told: int = 0
    told_at: int = 0
    told_kind: str = ""
    paused_until: int = 0
    times: list[int] = field(default_factory=list)
    channels: list[str] = field(default_factory=list)
    enrollments: "list[SimEnrollment]" = field(default_factory=list)
    past_enrollments: list[tuple[str, int | None]] = field(default_factory=list)  # policy, when it ended
    holding: int = 0  # touches of theirs that are held
    held_until: int = 0  # something stands against selling until then, see `standing`

    @property
    def reached(self) -> int:
        """Grows with every touch that reaches the lead or the company, and with every policy that they enter: caps are
        as they were while it stays."""
        reached = len(self.times) + (len(self.company.times) if self.company is not None else 0)
        return reached + (len(self.enrollments) << 40)

    def was_told(self, bit: int, kind: str, at: int) -> None:
        """A touch carries this news to the lead."""
        self.told |= bit
        if at >= self.told_at:
            self.told_at, self.told_kind = at, kind


@dataclass(slots=True, eq=False)
class SimEnrollment:
    """One lead in one cadence, with the touch that is open now (`beat`; None: there is none). `token` makes events of
    the past void. Instants are microseconds; `done_at` is when the touch before ended."""

    lead: SimLead
    cadence: Cadence
    entered: int
    priority: int = 50
    state: EnrollmentState = EnrollmentState.ACTIVE
    reason: str = ""
    shift: int = 0
    index: int = 0
    number: int = 0
    rounds: int = 0
    repeats: bool = False
    last: tuple[str, str] = ("", "")
    done_at: int | None = None
    done_step: str = ""
    done_how: str = "handed over"
    done_channel: str = ""
    done_reached: bool = False
    beat: Beat | None = None
    round: int = 1
    arm: str = ""
    way: Way | None = None
    channel: str = ""
    due: int = 0
    latest: int = BY_RULE
    lane: int = 2
    seq: int = 0
    token: int = 0
    because: str = ""
    held: str = ""
    listed: bool = False  # a call that stands on its owner's list
    outside: bool = False  # urgent news: it belongs to no policy
    agreed: bool = False  # a call back at an hour that was promised
    expected_on: int = -1  # the day of the workspace for which a call is planned; -1: none
    news: str = ""
    settled: int = -1  # how much had reached lead and company when `due` was found; see `SimLead.reached`
    told: tuple[int, int] = (0, 0)  # what the lead knew before this touch, and the bit of its news

    @property
    def table(self) -> Timetable:
        """The hours that bind the open touch."""
        if self.way is None:
            raise ValueError("a touch without a way")
        return self.way.table


@dataclass(slots=True, eq=False)
class SimEvent:
    """Something else that happens at an instant, told by `act`."""

    act: Callable[[int], None]
    token: int = 0
    state: EnrollmentState = EnrollmentState.ACTIVE
