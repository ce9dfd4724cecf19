"""Does one text say the same as another? The guards first, then the wording."""

from policies.likeness.guards import FACT_GUARDS, reasons_against
from policies.likeness.reading import Reading, read
from policies.likeness.values import Likeness, Text
from policies.likeness.wording import Wording, wording

SAME_FROM = 0.5
"""The score from which two texts whose facts agree seem to say the same."""

_PER_FACT = 0.05
_MOST_FACTS = 4


def compare(a: Text, b: Text) -> Likeness:
    """Whether `b` seems to say what `a` says, in wording and facts; the order of the two makes no difference.

    Finds the same news reworded, reordered, in another case, with another greeting or with typing errors. It does not
    find translations: that takes the extra `semantic`.
    """
    return compare_readings(read(a), read(b))


def compare_readings(a: Reading, b: Reading) -> Likeness:
    """`compare` for texts that were read before."""
    a, b = in_fixed_order(a, b)
    laid = wording(a, b)
    against = reasons_against(a, b, laid)
    score = lexical_score(a, b, laid)
    if not has_content(a) or not has_content(b):
        against = (*against, "one text says nothing that can be compared")
    if score < SAME_FROM:
        against = (*against, f"little wording in common ({laid.shared:.0%})")
    return Likeness(score=score, same=not against, because_for=reasons_for(a, b, laid), because_against=against)


def facts_against(a: Text, b: Text) -> tuple[str, ...]:
    """What of the facts speaks against two texts saying the same, whatever their wording."""
    one, other = in_fixed_order(read(a), read(b))
    laid = wording(one, other)
    return tuple(reason for guard in FACT_GUARDS if (reason := guard(one, other, laid)))


def in_fixed_order(a: Reading, b: Reading) -> tuple[Reading, Reading]:
    """The two in an order that does not depend on who asks, so that comparing is symmetric."""
    return (b, a) if (b.telling, b.language) < (a.telling, a.language) else (a, b)


def lexical_score(a: Reading, b: Reading, w: Wording) -> float:
    """The share of the wording that is common, raised a little for each number, month, weekday and name in both."""
    lift = _PER_FACT * min(common_evidence(a, b), _MOST_FACTS) if w.shared and a.language == b.language else 0.0
    return round(min(1.0, (w.shared + w.covered) / 2 + lift), 4)


def common_evidence(a: Reading, b: Reading) -> int:
    """How many numbers, months, weekdays and names both hold."""
    return len(_evidence(a) & _evidence(b))


def _evidence(reading: Reading) -> set[str]:
    facts = reading.facts
    return (
        {f"n{n}" for n in facts.numbers}
        | {f"m{m}" for m in facts.months}
        | {f"w{d}" for d in facts.weekdays}
        | reading.names
    )


def has_content(reading: Reading) -> bool:
    """Whether there is anything to compare."""
    return bool(reading.stems or reading.facts.numbers or reading.facts.months or reading.facts.weekdays)


def reasons_for(a: Reading, b: Reading, w: Wording) -> tuple[str, ...]:
    """What speaks for the two saying the same."""
    found = []
    if w.shared:
        found.append(f"{w.shared:.0%} of the wording in common")
    if a.facts.numbers and set(a.facts.numbers) == set(b.facts.numbers):
        found.append(f"the same numbers: {', '.join(sorted(set(a.facts.numbers)))[:80]}")
    if a.facts.months and set(a.facts.months) == set(b.facts.months):
        found.append("the same months")
    if names := sorted(a.names & b.names):
        found.append(f"the same names: {', '.join(names)[:80]}")
    return tuple(found)
