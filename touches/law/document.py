"""docs/reference/law.md, written from the country files by `python -m touches.law.document FILE`; a test
compares."""

import sys
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path

from touches.law.presets import builtin_presets
from touches.law.rules import (
    AttemptsRule,
    ConsentRule,
    DutyRule,
    HoursRule,
    Preset,
    RefusalRule,
    RegisterRule,
    Rule,
    Scope,
)
from touches.law.values import Audience, Basis
from touches.time.hours import Hours

_HEAD = """# Law: hours, consent, do-not-call registers

**This is no legal advice.** It is what we read on the dates below, kept as data in `touches/law/data/`, one file for
each country. Laws change and courts differ: have somebody who may advise you look at the countries you sell to.

- `[law] enforce = ["DE", "US"]` makes the rules of these countries refuse touches. Elsewhere they warn.
- A rule marked *advises* never refuses: it is practice, or we could not verify it.
- *Verified*: `primary` means the text of the law or its authority, `secondary` an account of it, `unverified` neither.
- Where the region or the audience is not known, the strictest counts: every region that has the lead's clock, and a
  consumer. No consent on record counts as none.
- Hours are local to the lead, from inclusive, until exclusive, in every zone that the lead may be in.
- Each country's do-not-call register has a copy of its own, `[dnc.US]`, `[dnc.GB]`, `[dnc.CA]`, with one number a line
  as that country writes them. It may be as old as the rule says and no older; a lookup that is missing is a finding,
  too.
- A file `law/us.toml` in the workspace replaces ours for that country, or adds one; same keys. A file without any
  `[[rule]]` refuses nothing. One that cannot be used stops every command that decides something, with a sentence.

The bases of consent, strongest first: {bases}.
"""


def law_reference(presets: Mapping[str, Preset]) -> str:
    """The whole page, in Markdown."""
    bases = ", ".join(f"`{each}`" for each in Basis)
    parts = (_country(presets[code]) for code in sorted(presets))
    return "\n".join(chain([_HEAD.format(bases=bases)], *parts))


def _country(preset: Preset) -> Iterator[str]:
    yield f"## {preset.name} ({preset.country}), checked on {preset.checked_on}\n"
    for rule in preset.rules:
        yield f"### `{rule.scope.code}`\n"
        yield f"{rule.scope.text[:1].upper()}{rule.scope.text[1:]}.\n"
        yield from (f"- {line}" for line in _lines(rule))
        yield ""


def _lines(rule: Rule) -> Iterator[str]:
    scope = rule.scope
    yield f"Channels: {', '.join(sorted(scope.channels))}; {_audience(scope)}{_regions(scope)}{_since(scope.since)}"
    yield from _gate(rule)
    if scope.unless:
        yield f"Lifted by: {', '.join(sorted(scope.unless))}"
    yield f"Source: {scope.source}"
    does = "" if isinstance(rule, DutyRule) else f"; {scope.severity}s"
    yield f"Verified: {scope.verified}{does}"


def _gate(rule: Rule) -> Iterator[str]:
    match rule:
        case HoursRule():
            closed = "; closed on public holidays" if rule.holidays_closed else ""
            yield f"Open: {', '.join(map(_window, rule.windows))}{closed}"
        case AttemptsRule():
            yield f"At most: {rule.at_most} in {rule.per}"
        case RefusalRule():
            yield f"Pause: {rule.pause}"
        case ConsentRule():
            yield from _consent(rule)
        case RegisterRule():
            yield f"Register: {rule.register}, copy of at most {rule.max_age}"
        case _:
            yield "For people: no gate checks it for a single touch"


def _consent(rule: ConsentRule) -> Iterator[str]:
    proof = ", with evidence" if rule.evidence else ""
    yield f"Needs: {' or '.join(each for each in Basis if each in rule.needs)}{proof}"
    if rule.after_purchase:
        yield f"Implied consent ends {rule.after_purchase} after a purchase, {rule.after_inquiry} after an inquiry"


def _audience(scope: Scope) -> str:
    if scope.audiences == frozenset(Audience):
        return "everybody"
    return "businesses" if Audience.BUSINESS in scope.audiences else "consumers"


def _regions(scope: Scope) -> str:
    return f"; regions {', '.join(sorted(scope.regions))}" if scope.regions else ""


def _since(since: date | None) -> str:
    return f"; since {since}" if since else ""


def _window(window: Hours) -> str:
    days = sorted(window.days)
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    week = "daily" if len(days) == 7 else f"{names[days[0]]}–{names[days[-1]]}" if len(days) > 1 else names[days[0]]
    return f"{week} {_clock(window.start)}–{_clock(window.end)}"


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(law_reference(builtin_presets()), encoding="utf-8")
