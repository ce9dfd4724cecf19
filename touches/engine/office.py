"""What every part of the engine works with, made once by the wiring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from channels.protocol import Sender
from channels.steady import steady_seconds
from policies.times import DateRange
from touches.clock import Clock
from touches.engine.library import Library
from touches.planning.house import House
from touches.settings.values import WarmUp
from touches.store.units import Store
from touches.tokens import Signer


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """An owner of leads. `per_day` is how many calls fit in a day; `absent` holds ranges of local dates."""

    name: str
    email: str = ""
    phone: str = ""
    per_day: int = 40
    absent: tuple[DateRange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The plain settings of the engine. `in_doubt` is by channel: hold, assume_sent or resend."""

    name: str
    mail_domain: str
    inbound_address: str = ""
    reads_mail: bool = False  # whether what comes to inbound_address reaches us
    base_url: str = ""
    alerts: tuple[str, ...] = ()
    digest_to: tuple[str, ...] = ()
    per_minute: Mapping[str, int] = field(default_factory=dict)
    per_day: Mapping[str, int] = field(default_factory=dict)
    in_doubt: Mapping[str, str] = field(default_factory=dict)
    calls_per_day: int = 40
    lease_seconds: int = 30
    batch: int = 1000
    free_space: int = 0  # bytes below which nothing is claimed; 0: not looked at
    free_space_at: str = ""  # the folder whose disk is looked at
    news_held_for: timedelta = timedelta(days=7)  # a touch without news becomes its owner's task after that
    likeness: str = "stems"  # by what texts are compared: stems or semantic
    departments: Mapping[str, str] = field(default_factory=dict)  # whom a promise may need: name -> mailbox
    warm_up: WarmUp | None = None  # a daily ceiling of email that grows, and a slow start towards each domain
    journal_at: str = ""  # the folder of journals; empty: every touch is marked for itself
    letter_spool: str = ""  # the folder of letters to be posted; empty: nobody looks at it


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """One workspace at work."""

    store: Store
    library: Library
    house: House
    signer: Signer
    clock: Clock
    desk: Desk
    sender: Sender
    colleagues: Mapping[str, Colleague] = field(default_factory=dict)
    owner_name: str = ""  # of this process: host:pid:start, the stem of its leases
    steady: Callable[[], float] = steady_seconds  # how old a marker is goes by it, whatever the wall clock says
