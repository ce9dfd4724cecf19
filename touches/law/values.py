"""What the gate is told and what it answers: consent, facts about a lead, findings."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from touches.time.instants import utc


class Basis(StrEnum):
    """Why we may write or call; the strongest first."""

    EXPRESS = "express"  # asked, and said yes
    IMPLIED = "implied"  # follows from a purchase, contract or inquiry; ends by itself in some countries
    SOFT_OPT_IN = "soft_opt_in"  # own customer, similar product, could refuse at collection and in each message
    B2B_CORPORATE = "b2b_corporate"  # a company's address, not a person's
    LEGITIMATE_INTEREST = "legitimate_interest"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """The legal basis on record for one contact point. `source` says where it came from ("purchase",
    "inquiry", "web form"), `evidence` is what proves it. Valid from `given_at` until `expires_at`,
    exclusive."""

    basis: Basis
    source: str = ""
    given_at: datetime | None = None
    expires_at: datetime | None = None
    evidence: str = ""

    def expired(self, at: datetime) -> bool:
        """Whether its own end has come."""
        return self.expires_at is not None and utc(at) >= utc(self.expires_at)


class Audience(StrEnum):
    """Whom the touch is for. Unknown is treated as a consumer, whom the law protects most."""

    CONSUMER = "consumer"
    BUSINESS = "business"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterCheck:
    """The number was looked up in a do-not-call register's copy that was taken at `taken_at`."""

    taken_at: datetime
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFacts:
    """What else decides. `attempts` are earlier calls or texts to the lead on the channel, reached or not;
    `refused_at` is when the lead last said no in a conversation; `contract`: the touch is about a running
    one."""

    audience: Audience = Audience.UNKNOWN
    attempts: tuple[datetime, ...] = ()
    refused_at: datetime | None = None
    contract: bool = False
    last_purchase_at: datetime | None = None
    register: RegisterCheck | None = None


class Severity(StrEnum):
    """What a finding may do."""

    REFUSE = "refuse"  # refuses the touch where `[law] enforce` names the country, warns elsewhere
    ADVISE = "advise"  # always a warning: practice, not law, or not verified by us


@dataclass(frozen=True, slots=True, kw_only=True)
class LawFinding:
    """One rule that speaks against a touch. `code` is stable and stands in docs/reference/law.md; `until` is
    an instant at which this rule no longer objects, None when waiting does not help."""

    code: str
    country: str
    text: str
    source: str
    severity: Severity
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the findings come to under `[law] enforce`."""

    refused: tuple[LawFinding, ...] = ()
    warned: tuple[LawFinding, ...] = ()

    @property
    def allowed(self) -> bool:
        """Whether the touch may go."""
        return not self.refused

    @property
    def until(self) -> datetime | None:
        """The earliest instant worth another try: when the last refusal ends; None when one does not end."""
        ends = [each.until for each in self.refused]
        return None if None in ends else max((each for each in ends if each), default=None)


def verdict(findings: Collection[LawFinding], enforce: Collection[str]) -> Verdict:
    """Refuse where `[law] enforce` names the country of a finding that may refuse; warn of all others."""
    strict = {country.upper() for country in enforce}
    refused = [each for each in findings if each.country in strict and each.severity is Severity.REFUSE]
    return Verdict(refused=tuple(refused), warned=tuple(each for each in findings if each not in refused))
