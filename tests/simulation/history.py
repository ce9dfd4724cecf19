"""The log of a run played again by the checker: what was true of every row at each moment. Knows no code of ours."""

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from tests.simulation.reading import Reader

COLUMNS = ("seq", "at", "what", "id", "old", "new", "more")


@dataclass(slots=True)
class Course:
    """The values of one thing over time, by the number of the log's line that set each."""

    seqs: list[int] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def set(self, seq: int, value: str, at: datetime) -> None:
        """From this line on."""
        self.seqs.append(seq)
        self.values.append(value)
        self.times.append(at)

    def at(self, seq: int, missing: str = "") -> str:
        """The value when the log had come to this line."""
        place = bisect_right(self.seqs, seq)
        return self.values[place - 1] if place else missing

    def since(self, seq: int) -> datetime | None:
        """When the value that it had then was set."""
        place = bisect_right(self.seqs, seq)
        return self.times[place - 1] if place else None

    def last(self, value: str, seq: int) -> int:
        """The line that gave it this value last, up to a line; -1: none."""
        place = bisect_right(self.seqs, seq)
        return next((self.seqs[n] for n in range(place - 1, -1, -1) if self.values[n] == value), -1)


@dataclass(slots=True)
class History:
    """Everything that the log told so far."""

    states: dict[int, Course] = field(default_factory=lambda: defaultdict(Course))  # touches
    enrollments: dict[int, Course] = field(default_factory=lambda: defaultdict(Course))
    closed: dict[tuple[str, str], Course] = field(default_factory=lambda: defaultdict(Course))  # hash, channel
    switches: dict[str, Course] = field(default_factory=lambda: defaultdict(Course))
    dead: dict[int, Course] = field(default_factory=lambda: defaultdict(Course))
    promises: dict[int, Course] = field(default_factory=lambda: defaultdict(Course))  # state|lead|by|parent
    withdrawn: dict[str, Course] = field(default_factory=lambda: defaultdict(Course))
    ledger: list[tuple[int, int, str, str, int, str, datetime]] = field(default_factory=list)
    again: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))  # from doubt to ready
    assumed: set[int] = field(default_factory=set)  # sent by a rule, not by an answer
    fences: dict[int, int] = field(default_factory=dict)
    moves: list[tuple[int, int, str, str]] = field(default_factory=list)  # seq, touch, old, new
    lines: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    seq: int = 0

    def read_on(self, reader: Reader) -> None:
        """Take in what came since."""
        for line in reader.rows("SELECT * FROM sim_log WHERE seq > ? ORDER BY seq", self.seq):
            self.seq, at, what, row, old, new, more = (line[name] for name in COLUMNS)
            seq = self.seq
            self.lines.append(f"{seq} {at} {what} {row} {old} {new}")
            self._take(seq, datetime.fromisoformat(at), what, row, old, new, more)

    def _take(self, seq: int, at: datetime, what: str, row: str, old: str, new: str, more: str) -> None:
        if what == "touch":
            self.states[int(row)].set(seq, new, at)
            if old:
                self.moves.append((seq, int(row), old, new))
            if (old, new) == ("in_doubt", "ready"):
                self.again[int(row)].append(seq)
            if new == "sent" and more.endswith("|in_doubt = assume_sent"):
                self.assumed.add(int(row))
            if new == "claimed":
                self._claim(int(row), int(more.split("|")[1]))
        elif what in ("closed", "opened"):
            self.closed[row, new or old].set(seq, "closed" if what == "closed" else "", at)
        elif what == "ledger":
            lead, _, news = more.partition("|")
            self.ledger.append((seq, int(row), old, new, int(lead), news, at))
        elif what in ("switch", "withdrawn"):
            {"switch": self.switches, "withdrawn": self.withdrawn}[what][row].set(seq, new, at)
        elif what == "promise":
            self.promises[int(row)].set(seq, f"{new}|{more}", at)
        elif what in ("enrollment", "dead"):
            {"enrollment": self.enrollments, "dead": self.dead}[what][int(row)].set(seq, new, at)

    def _claim(self, touch: int, fence: int) -> None:
        if fence <= self.fences.get(touch, 0):
            self.wrong.append(f"touch {touch} was claimed again under the fence {fence}")
        self.fences[touch] = fence

    def marked(self, touch: int, seq: int) -> int:
        """The line at which a touch got the marker under which it left; -1: it had none."""
        return self.states[touch].last("committing", seq) if touch in self.states else -1
