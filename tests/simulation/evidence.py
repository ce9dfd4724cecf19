"""What the checker goes by: the rows of the database, the log's history, the other side's book, the world's own plans.
Nothing here knows code of the engine."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.simulation.cadences import Told
from tests.simulation.history import Course, History
from tests.simulation.network import Arrival
from tests.simulation.reading import Row
from tests.simulation.world import Person, World

WIRED = ("email", "fax", "letter", "sms")
LINE = timedelta(seconds=12)  # a marker lasts a second and its last byte ten: older facts must have been seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Something that a lead heard: by a message, or by a person. `seq` is when it was decided for good."""

    lead: int
    told: Told
    seq: int
    at: datetime
    by: str
    arrival: Arrival | None = None

    def was_taken_back(self, seq: int) -> bool:
        """Whether it had come back when the log was there."""
        return self.arrival is not None and 0 <= self.arrival.returned <= seq


@dataclass(slots=True)
class Evidence:
    """All of it, for one run."""

    world: World
    history: History = field(default_factory=History)
    tellings: list[Telling] = field(default_factory=list)

    def rows(self, statement: str, *values: object) -> list[Row]:
        """What the database says."""
        return self.world.reader.rows(statement, *values)

    def touch(self, touch_id: int) -> Row:
        """A touch as it is now."""
        return self.rows("SELECT * FROM touch WHERE id = ?", touch_id)[0]

    def touch_of(self, arrival: Arrival) -> Row | None:
        """The touch whose Message-ID begins with the key under which it came."""
        found = self.rows("SELECT * FROM touch WHERE message_id = ?", f"{arrival.key}@cafe.test")
        return found[0] if len(found) == 1 else None

    def does_not_count(self, arrival: Arrival) -> bool:
        """Whether somebody decided blindly, as their rule says, that it had not arrived, and let it go again."""
        if self.world.in_doubt.get(arrival.channel) != "resend":
            return False
        touch = self.touch_of(arrival)
        return touch is not None and any(seq > arrival.seq for seq in self.history.again[int(str(touch["id"]))])

    def person_at(self, address: str) -> Person | None:
        """Who reads at an address."""
        mine = (
            one for one in self.world.people if address in (one.email, one.phone, one.fax) or one.key.title() in address
        )
        return next((one for one in mine if address), None) or next(
            (one for one in self.world.people if f"Street {one.key.removeprefix('lead')}\n" in address), None
        )

    def hashes(self, arrival: Arrival) -> list[str]:
        """Under which keys an address may be closed."""
        found = self.rows("SELECT DISTINCT address_hash FROM contact_point WHERE address = ?", arrival.address)
        return [str(row["address_hash"]) for row in found]

    def lead_then(self, lead_id: int, seq: int) -> int:
        """Who a lead is when the log is at a line: itself, or whom it was merged into by then."""
        merged = {row["id"]: row["merged_into"] for row in self.rows("SELECT id, merged_into FROM lead")}
        now = lead_id
        while merged.get(now) is not None and self.history.dead[now].at(seq).startswith("merged"):
            now = int(str(merged[now]))
        return now

    def lead_of(self, arrival: Arrival, touch: Row, seq: int) -> int:
        """Who heard it, by the address at which it arrived."""
        person = self.person_at(arrival.address)
        return self.lead_then(person.id if person is not None else int(str(touch["lead_id"])), seq)

    def zones(self, arrival: Arrival, touch: Row) -> set[str]:
        """Where its reader may be: two records that were merged may each be right."""
        person = self.person_at(arrival.address)
        stored = self.rows("SELECT timezone FROM lead WHERE id = ?", touch["lead_id"])
        known = {str(row["timezone"]) for row in stored if row["timezone"]}
        return known | ({person.zone} if person is not None else set())

    def days(self, arrival: Arrival, touch: Row) -> set[date]:
        """The reader's local dates between the marker and the last byte."""
        moments = (arrival.at, arrival.at - LINE)
        return {at.astimezone(ZoneInfo(zone)).date() for at in moments for zone in self.zones(arrival, touch)}

    def broken_promises(self, lead: int, seq: int, at: datetime) -> list[int]:
        """The promises to a lead whose time had passed at an instant and that nobody had kept, renewed or taken back
        when the log was at a line; a department's part is not the lead's business."""
        found = []
        for number, course in self.history.promises.items():
            state, promised_to, by, parent = (course.at(seq) or "closed|0|0|").split("|")
            late = int(by) <= int((at - LINE).timestamp() * 1_000_000)
            if state in ("open", "broken") and late and not parent and self.lead_then(int(promised_to), seq) == lead:
                found.append(number)
        return found

    def stood(self, course: Course, value: str, arrival: Arrival, seq: int) -> bool:
        """Whether something (`*`: anything) stood against it when it was marked, or for so long that its last byte
        should have known."""

        def holds(at: int) -> bool:
            found = course.at(at)
            return bool(found) if value == "*" else found == value

        since = course.since(arrival.seq)
        late = not self.world.jumped and since is not None and since <= arrival.at - LINE
        return holds(seq) or (late and holds(arrival.seq))
