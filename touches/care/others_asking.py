"""What other leads like this one asked or worried about lately: a reason to call one who has not asked. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from touches.model.asked import Asked
from touches.model.people import Lead
from touches.wording import counted

WITHIN = timedelta(days=90)
SHOWN = 3
_LONGEST_QUESTION = 120
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[。！？])|\n")
_PERSONAL = re.compile(r"@|\d{4}|\d[\d ()-]{6,}\d")


@dataclass(slots=True)
class _Matter:
    """One worry or question, and who voiced it."""

    shown: str
    leads: set[int] = field(default_factory=set)
    in_policy: set[int] = field(default_factory=set)


def what_others_asked(lead: Lead, policy: str, asked: Iterable[Asked], now: datetime) -> list[str]:
    """Sentences, at most `SHOWN`: what most leads of the same segment asked within 90 days, those in the same policy
    first. Without a segment only leads in the same policy count. A lead counts once for each matter."""
    matters: dict[str, _Matter] = {}
    for one in asked:
        in_policy = policy in one.policies
        if one.lead_id == lead.id or not _is_like(one, lead, in_policy=in_policy) or not _is_recent(one.at, now):
            continue
        for key, shown in _matters(one):
            matter = matters.setdefault(key, _Matter(shown))
            matter.leads.add(one.lead_id)
            if in_policy:
                matter.in_policy.add(one.lead_id)
    ordered = sorted(matters.items(), key=lambda entry: (-len(entry[1].in_policy), -len(entry[1].leads), entry[0]))
    return [_sentence(matter, lead.segment, policy) for _, matter in ordered[:SHOWN]]


def _is_like(one: Asked, lead: Lead, *, in_policy: bool) -> bool:
    return one.segment == lead.segment and (bool(lead.segment) or in_policy)


def _is_recent(at: datetime, now: datetime) -> bool:
    return now - WITHIN <= at <= now


def _matters(one: Asked) -> Iterator[tuple[str, str]]:
    """A concern by its word, questions by their text; one that may hold somebody's address or number is left out."""
    if concern := one.concern.strip():
        yield concern.casefold(), f"about {concern}"
    for sentence in _SENTENCE_ENDS.split(one.said):
        question = " ".join(sentence.split())
        if question.endswith(("?", "？")) and len(question) <= _LONGEST_QUESTION and not _PERSONAL.search(question):
            yield question.casefold(), f'"{question}"'


def _sentence(matter: _Matter, segment: str, policy: str) -> str:
    number, here = len(matter.leads), len(matter.in_policy)
    leads = counted(number, "lead")
    if not segment:
        return f"others asked {matter.shown} ({leads} in {policy})"
    inside = f", {here} in {policy}" if here else ""
    return f"others asked {matter.shown} ({leads} of segment {segment}{inside})"
