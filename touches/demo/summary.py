"""What is told at the end: the table, the promises, where everything lies, what to try next."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date, timedelta
from shlex import quote
from typing import Any

from touches.demo.playing import Played

REACHED = ("call reached", "call bought", "call not-interested", "call meeting")
MISSED = ("call no-answer", "call voicemail", "call busy", "call wrong-number", "call call-back")
COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("mails", ("email",)),
    ("SMS", ("sms",)),
    ("letters", ("letter",)),
    ("spoke", REACHED),
    ("missed", MISSED),
    ("answers", ("replies",)),
    ("bought", ("purchases",)),
    ("opt-outs", ("opt-outs",)),
    ("bounces", ("bounces", "refused")),
    ("complaints", ("complaints",)),
)


def document(played: Played) -> Mapping[str, Any]:
    """The numbers of `demo --json`."""
    root = played.stage.workspace.root
    return {
        "workspace": root,
        "days": played.days,
        "first_day": played.stage.starts_at,
        "leads": played.leads,
        "totals": _totals(played),
        "calls": {name.removeprefix("call "): played.diary.total(name) for name in (*REACHED, *MISSED)},
        "by_day": played.diary.days(),
        "promises": [asdict(check) | {"kept": check.kept} for check in played.checks],
        "kept": all(check.kept for check in played.checks),
        "mails": played.stage.mails,
        "sms": played.stage.texts,
        "letters": played.stage.letters,
        "database": root / "touches.db",
        "notes": played.notes,
    }


def _totals(played: Played) -> Mapping[str, int]:
    names = sorted({name for _, name in played.diary.counts if not name.startswith("call ")})
    return {name: played.diary.total(name) for name in names}


def text(played: Played, command: str = "touches") -> str:
    """The summary for people."""
    from io import StringIO

    from rich.console import Console

    last = played.stage.starts_at.date() + timedelta(days=played.days - 1)
    out = StringIO()
    console = Console(file=out, width=110, highlight=False, markup=False)
    console.print(f"{played.leads} leads, {played.days} days: {played.stage.starts_at:%Y-%m-%d} to {last}\n")
    console.print(_table(played.diary.weeks()))
    console.print(_calls(played) + "\n")
    for check in played.checks:
        console.print(f"{'kept  ' if check.kept else 'BROKEN'}  {check.promise}: {check.found} of {check.expected}")
    console.print("\n" + "\n".join(_places(played, command)), soft_wrap=True)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines())


def _table(weeks: Iterable[tuple[date, Counter[str]]]) -> Any:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table("week of", box=SIMPLE_HEAD, pad_edge=False, show_footer=True)
    found = [(monday, [sum(counts[name] for name in names) for _, names in COLUMNS]) for monday, counts in weeks]
    table.columns[0].footer = "all"
    for place, (title, _) in enumerate(COLUMNS):
        table.add_column(title, justify="right", footer=str(sum(numbers[place] for _, numbers in found)))
    for monday, numbers in found:
        table.add_row(f"{monday:%d %b}", *(str(number) if number else "·" for number in numbers))
    return table


def _calls(played: Played) -> str:
    counts = {name.removeprefix("call "): played.diary.total(name) for name in (*REACHED, *MISSED)}
    told = ", ".join(f"{name} {number}" for name, number in counts.items() if number)
    return f"Calls and meetings: {told or 'none'}."


def _places(played: Played, command: str) -> Iterable[str]:
    stage = played.stage
    root = stage.workspace.root
    yield f"Received mails     {stage.mails}  (.eml, any mail program opens them)"
    yield f"Received SMS       {stage.texts}"
    yield f"Letters            {stage.letters / 'out'}  (PDF)"
    yield f"What people wrote  {stage.answers}"
    yield f"Database           {root / 'touches.db'}"
    yield ""
    yield "Try next:"
    for asked in (f"why {played.try_lead}", "today", "outbox --state held"):
        yield f"  {command} --workspace {quote(str(root))} {asked}"
