"""One lead's story in order of time, for reading: what we did, what came back, what was agreed, and why."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from touches.engine.office import Office
from touches.explaining.lead_story import explain
from touches.explaining.rules import written
from touches.model.care import Activity, Complaint, Interaction, Promise
from touches.model.people import Lead
from touches.model.states import FINAL, TouchState
from touches.store.dashboard import Dashboard
from touches.store.units import Unit

SHOWN_AT_MOST = 300
TOLD_ELSEWHERE = frozenset({"enrolled", "promised", "complaint_opened"})  # the thing itself is an entry
BAD = frozenset({"bounced", "returned", "failed", "in_doubt", "quarantined", "broken", "hard_bounce", "policy_bounce"})
GOOD = frozenset({"sent", "delivered", "kept", "solved", "purchase"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One thing that happened or will. `mood` is good, bad or plain: the colour beside the word, never alone."""

    at: datetime
    kind: str  # touch | reply | call | activity | promise | complaint | decision
    title: str
    state: str = ""
    mood: str = "plain"
    text: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    coming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LeadPage:
    """Everything that one page shows of a lead."""

    lead: Lead
    story: Mapping[str, Any]
    coming: Sequence[Entry]
    past: Sequence[Entry]
    cut: int  # how many older entries are not shown


def lead_page(unit: Unit, office: Office, lead_id: int, now: datetime) -> LeadPage | None:
    """The page of a lead, a merged one's survivor; None where there is nobody."""
    lead = unit.leads.get(unit.leads.survivor(lead_id))
    if lead is None:
        return None
    story = explain(unit, office, lead.id, now)
    entries = sorted(_entries(unit, lead.id, story), key=lambda entry: entry.at, reverse=True)
    past = [entry for entry in entries if not entry.coming]
    return LeadPage(
        lead=lead,
        story=story,
        coming=sorted((entry for entry in entries if entry.coming), key=lambda entry: entry.at),
        past=past[:SHOWN_AT_MOST],
        cut=max(len(past) - SHOWN_AT_MOST, 0),
    )


def _entries(unit: Unit, lead_id: int, story: Mapping[str, Any]) -> Iterator[Entry]:
    for enrollment in story["enrollments"]:
        yield _entered(enrollment)
        for touch in (*enrollment["past"], *enrollment["present"]):
            yield from _touch(touch, enrollment["policy"])
        yield from _next(enrollment["next"], enrollment["policy"])
        yield from (_decision(event) for event in enrollment["events"] if event["action"] not in TOLD_ELSEWHERE)
    for touch in story["outside"]:
        yield from _touch(touch, "none: urgent news")
    yield from (_decision(event) for event in story["events"] if event["action"] not in TOLD_ELSEWHERE)
    yield from (_interaction(one) for one in unit.interactions.of_leads([lead_id])[lead_id])
    yield from (_activity(one) for one in unit.activities.of_leads([lead_id])[lead_id])
    yield from (_came_in(row) for row in Dashboard(unit.connection).came_in(lead_id))
    yield from (_promise(one) for one in unit.promises.of_leads([lead_id]))
    yield from (_complaint(one) for one in unit.complaints.of_leads([lead_id]))


def mood_of(state: str) -> str:
    """How a state is coloured."""
    if state in BAD:
        return "bad"
    return "good" if state in GOOD else "plain"


def _entered(enrollment: Mapping[str, Any]) -> Entry:
    facts = [("policy", f"{enrollment['policy']}, version {enrollment['version']}"), ("rule", written(enrollment))]
    if enrollment["ended_at"]:
        facts.append(("ended", f"{enrollment['ended_at']:%Y-%m-%d}: {enrollment['reason']}"))
    return Entry(
        at=enrollment["entered_at"],
        kind="decision",
        title=f"Enrolled in {enrollment['policy']}",
        state=enrollment["state"],
        text="" if enrollment["ended_at"] else enrollment["reason"],
        facts=tuple(facts),
    )


def _touch(touch: Mapping[str, Any], policy: str) -> Iterator[Entry]:
    at = touch["handed_over_at"] or touch["due_at"] or _last_seen(touch)
    if at is None:
        return
    state = touch["state"]
    number = f"touch {touch['number']}: " if touch["number"] else ""
    yield Entry(
        at=at,
        kind="touch",
        title=f"{_named(touch['channel'])}, {number}{touch['step']}",
        state=state,
        mood=mood_of(state),
        text=touch["reason"],
        facts=(("policy", policy), *_why(touch)),
        coming=TouchState(state) not in FINAL,
    )


def _named(channel: str) -> str:
    return "SMS" if channel == "sms" else channel.capitalize()


def _last_seen(touch: Mapping[str, Any]) -> datetime | None:
    return touch["events"][-1]["at"] if touch["events"] else None


def _why(touch: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The decision behind a touch, as `why` tells it."""
    because = touch["because"]
    if touch.get("news"):
        yield "news", touch["news"]
    version = touch["rule"].get("version")
    yield "rule", written(touch["rule"]) + (f", version {version}" if version else "")
    for name in ("due", "zone", "channel"):
        if because.get(name):
            yield f"{name}: why", str(because[name])
    for name, reason in because.get("channels_refused", ()):
        yield f"not by {name}", str(reason)
    for warning in because.get("law", ()):
        yield "the law warns", str(warning)
    if because.get("news"):
        yield "news: why", str(because["news"])
    for name, reason in because.get("news_considered", ()):
        yield f"not {name}", str(reason)
    verdict = touch.get("as_of_now")
    if verdict:
        said = [f"it {verdict['verdict']}", str(verdict.get("reason") or "")]
        yield "as things stand", ": ".join(part for part in said if part)
    for event in touch.get("events", ()):
        yield f"{event['at']:%Y-%m-%d %H:%M} UTC", f"{event['action'].replace('_', ' ')}: {event['because']}"


def _next(coming: Mapping[str, Any] | None, policy: str) -> Iterator[Entry]:
    if not coming or not coming["step"] or coming["due_at"] is None:
        return
    yield Entry(
        at=coming["due_at"],
        kind="touch",
        title=f"{_named(coming['channel'])}, touch {coming['number']}: {coming['step']}",
        state="after that",
        facts=(("policy", policy), *_why(coming)),
        coming=True,
    )


def _decision(event: Mapping[str, Any]) -> Entry:
    by = "" if event["actor"] == "engine" else f", by {event['actor']}"
    return Entry(
        at=event["at"],
        kind="decision",
        title=f"{event['action'].replace('_', ' ').capitalize()}{by}",
        text=event["because"],
    )


def _interaction(one: Interaction) -> Entry:
    facts = [("by", one.who), ("minutes", str(one.minutes) if one.minutes is not None else ""), ("we said", one.told)]
    facts += [("agreed", one.agreed), ("news", one.news), ("worry", one.concern)]
    return Entry(
        at=one.at,
        kind="call" if one.channel in ("call", "meeting") else "reply",
        title=f"{_named(one.channel)}, {'from the lead' if one.direction == 'in' else 'by us'}",
        state=one.outcome,
        text=one.said,
        facts=tuple((name, value) for name, value in facts if value),
    )


def _activity(one: Activity) -> Entry:
    amount = f"{one.amount:.2f}" if one.amount is not None else ""
    return Entry(
        at=one.at,
        kind="activity",
        title=one.kind.replace("_", " ").capitalize(),
        state=amount,
        mood=mood_of(one.kind),
        text=one.source,
    )


def _came_in(row: Any) -> Entry:
    return Entry(
        at=row["at"],
        kind="reply",
        title=row["subject"] or f"Came back by {row['source']}",
        state=row["kind"],
        mood=mood_of(row["kind"]),
        text=row["body"][:2000],
        facts=(("class: why", row["because"]),) if row["because"] else (),
    )


def _promise(one: Promise) -> Entry:
    facts = [("owner", one.owner), ("by", f"{one.by:%Y-%m-%d %H:%M} UTC"), ("department", one.department)]
    facts += [("evidence", one.evidence), ("renewed", str(one.renewals) if one.renewals else "")]
    return Entry(
        at=one.made_at,
        kind="promise",
        title=f"Promised: {one.text}",
        state=one.state.value,
        mood=mood_of(one.state.value),
        facts=tuple((name, value) for name, value in facts if value),
    )


def _complaint(one: Complaint) -> Entry:
    steps = ((step["step"].replace("_", " "), step) for step in one.steps)
    done = [(name, f"{step['at'][:16]} {step['by']}: {step['note']}") for name, step in steps]
    facts = [("owner", one.owner), ("cause", one.cause), ("solution", one.solution), *done]
    return Entry(
        at=one.opened_at,
        kind="complaint",
        title="Complaint",
        state=one.state.value if one.state.value != "open" else f"open: {one.step.replace('_', ' ')}",
        mood="bad" if one.state.value == "open" else mood_of(one.state.value),
        text=one.text,
        facts=tuple((name, value) for name, value in facts if value),
    )
