"""Policies and news of a simulated workspace. Each text carries a word of its own by which it is known wherever it
arrives; what the checker needs of the rest (hours, caps, equivalents) stands here as plain values, not as YAML."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A piece of news as the checker knows it. `same` names the group of what says the same."""

    id: str
    word: str
    body: str
    same: str
    first: date | None = None
    last: date | None = None
    segment: str = ""
    same_as: str = ""
    needs: str = ""
    urgent: bool = False

    def file(self, kind: str) -> str:
        """The Markdown file."""
        front = [f"kind: {kind}", f"headline: About {self.word.lower()}"]
        front += [f"valid: {self.first or ''}..{self.last or ''}"] if self.first or self.last else []
        front += [f"for: {{segment: [{self.segment}]}}"] if self.segment else []
        front += [f"same_as: [{self.same_as}]"] if self.same_as else []
        front += [f"needs: [{self.needs}]"] if self.needs else []
        front += ["urgent: true"] if self.urgent else []
        return "---\n" + "\n".join(front) + f"\n---\n{self.body} {self.word}.\n"


# Word, body, and what else is said of it; a second text of a group says the same in other words.
TEXTS = (
    ("Alder", "From Monday our support answers the telephone until ten in the evening.", "schedule"),
    (
        "Birch",
        "A bakery in Turku halved its complaints within a month of trying the planner.",
        "case-study",
    ),
    ("Cedar", "The small plan costs nineteen euros a month, and nobody has to sign for a year.", "price"),
    ("Dogwood", "We moved the whole warehouse to Tampere, so parcels to Lapland arrive a day sooner.", "structure"),
    ("Elm", "Invoices can be exported as a table that every accounting program reads.", "product"),
    ("Fir", "Three shops in Oulu compared our beans blind with four others; here is what they wrote.", "case-study"),
    ("Ginkgo", "A lesson: how to find the hour at which most of your guests ask for a quiet table.", "education"),
    ("Hazel", "Our open evening for roasters takes place at the harbour hall, with music.", "event"),
    ("Ivy", "The grinder now cleans itself at night; nobody has to stay for it.", "product"),
    ("Juniper", "We hired two people who speak Swedish and do nothing but help newcomers.", "structure"),
    (
        "Kauri",
        "Guests who reserve by message come more often than callers: figures from nine towns.",
        "education",
    ),
    ("Larch", "Deliveries on Saturdays have begun in Espoo and Vantaa.", "schedule"),
    ("Maple", "What a furniture maker learnt when he asked every quiet customer why.", "case-study"),
    ("Nutmeg", "The archive keeps receipts for ten years without anybody printing them.", "product"),
)
REWORDED = (
    ("Oak", "Alder", "Our support now picks up the telephone until ten every evening, starting Monday.", "schedule"),
    (
        "Pine",
        "Cedar",
        "Nineteen euros a month is what the small plan costs, with no contract for a year.",
        "price",
    ),
)


@dataclass(slots=True, kw_only=True)
class Shelf:
    """All news of a workspace, and what was taken from it again."""

    items: dict[str, Told] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)

    def add(self, told: Told, kind: str) -> None:
        """A new file."""
        self.items[told.id] = told
        self.kinds[told.id] = kind

    def files(self) -> dict[str, str]:
        """What stands in the folder now."""
        return {one.id: one.file(self.kinds[one.id]) for one in self.items.values() if one.id not in self.gone}


def first_shelf(dice: random.Random, today: date) -> Shelf:
    """The news that a run begins with."""
    shelf = Shelf()
    for word, body, kind in TEXTS[: dice.randrange(6, len(TEXTS))]:
        ends = today + timedelta(days=dice.randrange(3, 30)) if dice.random() < 0.2 else None
        begins = today + timedelta(days=dice.randrange(1, 9)) if dice.random() < 0.1 and ends is None else None
        segment = dice.choice(("cafe", "shop")) if dice.random() < 0.15 else ""
        needs = "alder" if dice.random() < 0.1 and word != "Alder" else ""
        told = Told(
            id=word.lower(), word=word, body=body, same=word, first=begins, last=ends, segment=segment, needs=needs
        )
        shelf.add(told, kind)
    for word, other, body, kind in REWORDED:
        if other.lower() in shelf.items and dice.random() < 0.7:
            shelf.add(Told(id=word.lower(), word=word, body=body, same=other, same_as=other.lower()), kind)
    return shelf


def another(dice: random.Random, shelf: Shelf) -> tuple[Told, str] | None:
    """A text that was not published yet, now and then an urgent one."""
    left = [one for one in TEXTS if one[0].lower() not in shelf.items]
    again = [one for one in REWORDED if one[0].lower() not in shelf.items and one[1].lower() in shelf.files()]
    if again and dice.random() < 0.3:
        word, other, body, kind = dice.choice(again)
        return Told(id=word.lower(), word=word, body=body, same=other, same_as=other.lower()), kind
    if not left:
        return None
    word, body, kind = dice.choice(left)
    return Told(id=word.lower(), word=word, body=body, same=word, urgent=dice.random() < 0.2), kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Open hours of a channel: weekdays (Monday is 0), minutes after midnight, from inclusive, until exclusive."""

    days: tuple[int, int]
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One policy as it is written now. `caps` are per lead and week, per company and day; 0: none."""

    name: str
    steps: tuple[tuple[str, str, str], ...]  # id, when, channel
    hours: dict[str, Window]
    per_week: int = 0
    per_company: int = 0
    late: str = "shift"
    then: bool = False
    priority: int = 50
    trigger: str = ""

    def yaml(self) -> str:
        """The policy's file."""
        names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
        lines = [f"policy: {self.name}", f"priority: {self.priority}", "hours:"]
        for channel, hours in self.hours.items():
            span = f"{names[hours.days[0]]}-{names[hours.days[1]]}"
            lines.append(f'  {channel}: {{days: {span}, from: "{_clock(hours.start)}", until: "{_clock(hours.end)}"}}')
        lines.append("holidays: ignore")
        lines += [f"enroll_when: [{self.trigger}]"] if self.trigger else []
        lines.append("touches:")
        for step, when, channel in self.steps:
            promise = ', promises: [{text: "We send the figures", by: 2 days}]' if step == "s2" else ""
            lines.append(
                f"  - {{id: {step}, {when}, channel: {channel}, news: any, ask: Reply., late: {self.late}{promise}}}"
            )
        lines += ["then: {every: 1 week, channel: [email, letter], news: any, ask: Write back.}"] if self.then else []
        caps = [f"per_lead: {self.per_week} per week"] if self.per_week else []
        caps += [f"per_company: {self.per_company} per day"] if self.per_company else []
        lines += [f"caps: {{{', '.join(caps)}}}"] if caps else []
        return "\n".join(lines) + "\n"


CHANNELS = (
    "email", "[email, sms]", "sms", "letter", "call", "[preferred, email, letter]", "[sms, email]", "[fax, email]",
)  # fmt: skip


def draw_plan(dice: random.Random, name: str, *, trigger: str = "") -> Plan:
    """A policy by chance."""
    steps = []
    for number in range(dice.randrange(3, 7)):
        when = "day: 0" if number == 0 else f"after: {dice.choice(('1 days', '2 days', '20 hours', '3 days'))}"
        steps.append((f"s{number}", when, "email" if number == 0 else dice.choice(CHANNELS)))
    return Plan(
        name=name,
        steps=tuple(steps),
        hours={"email": draw_hours(dice), "sms": draw_hours(dice), "call": draw_hours(dice)},
        per_week=dice.choice((0, 0, 2, 3)),
        per_company=dice.choice((0, 0, 1, 2)),
        late=dice.choice(("shift", "shift", "drop")),
        then=dice.random() < 0.5,
        priority=dice.choice((10, 50, 80)),
        trigger=trigger,
    )


def draw_hours(dice: random.Random) -> Window:
    """Hours by chance; some are open all day, none are never open."""
    if dice.random() < 0.2:
        return Window(days=(0, 6), start=0, end=1440)
    start = dice.choice((480, 540, 600))
    return Window(days=(0, dice.choice((4, 5, 6))), start=start, end=start + dice.choice((180, 360, 600)))


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
