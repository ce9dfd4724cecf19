"""What speaks against two texts saying the same, however alike they look. Each guard gives a reason or None.

No measure of likeness tells "10 % off" from "15 % off", so these come first and any of them decides.
"""

from collections.abc import Callable
from itertools import combinations

from policies.likeness.abroad import missing_abroad
from policies.likeness.lookup import described
from policies.likeness.measures import units_of, unmatched
from policies.likeness.reading import Reading, is_negation
from policies.likeness.replaced import (
    NEARLY_THE_SAME,
    as_written,
    changed_parts,
    exchanged_places,
    is_crosswise,
    is_one_text_changed,
    is_one_thing_replaced,
    listed,
    swapped_words,
)
from policies.likeness.sheet import Facts
from policies.likeness.wording import Wording, is_close

Guard = Callable[[Reading, Reading, Wording], str | None]

_MOST_NUMBERS = 20
_SAME_ORDER = 0.95


def reasons_against(a: Reading, b: Reading, w: Wording) -> tuple[str, ...]:
    """All that speaks against."""
    return tuple(reason for guard in GUARDS if (reason := guard(a, b, w)))


def differ_at_a_glance(a: Reading, b: Reading) -> bool:
    """Whether something speaks against the two that is seen before their wording is laid side by side."""
    return bool(_other_day(a, b) or _other_unit(a, b) or _opposite(a, b, is_edited=False))


def only_replaced(a: Reading, b: Reading, w: Wording) -> list[tuple[str, str]]:
    """What stands where something else stood, as it is written, if that is all that speaks against; else nothing."""
    others = (guard(a, b, w) for guard in GUARDS if guard is not swapped_words)
    if not swapped_words(a, b, w) or any(others):
        return []
    parts = [(one, two) for one, two in changed_parts(w) if one and two]
    if is_one_thing_replaced(w) or any(is_crosswise(one, other) for one, other in combinations(parts, 2)):
        return []
    return [(as_written(one, a), as_written(two, b)) for one, two in parts]


def other_numbers(a: Reading, b: Reading, w: Wording) -> str | None:
    """Numbers must be the same; in one text that was merely edited, in the same places too."""
    if set(a.facts.numbers) != set(b.facts.numbers):
        gone, come = unmatched(a.facts, b.facts)
        return f"numbers differ: {listed(gone)} against {listed(come)}" if gone or come else None
    return _other(a.facts, b.facts, w, kind="numbers", noun="numbers") or _exchanged_numbers(a.facts, b.facts, w)


def _exchanged_numbers(one: Facts, two: Facts, w: Wording) -> str | None:
    """In one text that was edited, two numbers of which each stands beside what the other stood beside."""
    if one.numbers == two.numbers or not is_one_text_changed(w):
        return None
    here, there = dict(zip(one.numbers, one.beside, strict=True)), dict(zip(two.numbers, two.beside, strict=True))
    if len(here) > _MOST_NUMBERS:
        return None
    for x, y in combinations(sorted(here), 2):
        crosswise = len(here[x] & there[y]) + len(here[y] & there[x])
        if crosswise > len(here[x] & there[x]) + len(here[y] & there[y]):
            return f"numbers changed places: {x} and {y}"
    return None


def other_months(a: Reading, b: Reading, w: Wording) -> str | None:
    """Months must be the same."""
    return _other(a.facts, b.facts, w, kind="months", noun="months (as numbers)")


def other_weekdays(a: Reading, b: Reading, w: Wording) -> str | None:
    """Weekdays must be the same, unless one text leaves them out beside a date."""
    one, two = set(a.facts.weekdays), set(b.facts.weekdays)
    dated = bool(a.facts.months and b.facts.months)
    if dated and (not one or not two):
        return None
    return _other(a.facts, b.facts, w, kind="weekdays", noun="weekdays (Monday is 1)")


def other_days(a: Reading, b: Reading, _: Wording) -> str | None:
    """Tomorrow is not today, and noon not evening; one side may leave it out."""
    return _other_day(a, b)


def _other_day(a: Reading, b: Reading) -> str | None:
    return _both_hold_others("days", set(a.facts.days), set(b.facts.days))


def other_units(a: Reading, b: Reading, _: Wording) -> str | None:
    """Five per cent are not five euros; one side may leave the unit out."""
    return _other_unit(a, b)


def _other_unit(a: Reading, b: Reading) -> str | None:
    for number in sorted(set(a.facts.numbers) & set(b.facts.numbers)):
        here, there = units_of(number, a.facts), units_of(number, b.facts)
        if here and there and not here & there:
            return f"units differ: {number} {listed(here)} against {listed(there)}"
    return None


def opposites(a: Reading, b: Reading, w: Wording) -> str | None:
    """Opened is not closed, before is not after."""
    return _opposite(a, b, is_edited=is_one_text_changed(w))


def _opposite(a: Reading, b: Reading, *, is_edited: bool) -> str | None:
    """In a text that was reworded, *faster* and *no more than* may be two sides of one thing, and what opens again was
    closed."""
    reopens = a.reopens or b.reopens
    for notion in sorted(a.notions - b.notions):
        if not is_edited and (notion[:-1] == "more" or (notion[:-1] == "open" and reopens)):
            continue
        turned = notion[:-1] + ("-" if notion[-1] == "+" else "+")
        if turned in b.notions and turned not in a.notions:
            return f"opposites: {_spelled(notion)} against {_spelled(turned)}"
    return None


def other_names(a: Reading, b: Reading, _: Wording) -> str | None:
    """Both name something that the other does not mention at all. Across languages only where some names were kept."""
    if a.language != b.language:
        return _names_not_kept(a, b)
    one = {name for name in a.names if not _mentioned(name, b)}
    two = {name for name in b.names if not _mentioned(name, a)}
    if one and two:
        return f"names differ: {listed(one)} against {listed(two)}"
    return None


def _names_not_kept(a: Reading, b: Reading) -> str | None:
    """Where some names were kept, all must be; where both languages mark names, only one for another counts."""
    if "zh" in (a.language, b.language):
        return None
    one, two = missing_abroad(a, b)
    kept = (a.names - one) or (b.names - two)
    both = described(a.language).names_by_capital and described(b.language).names_by_capital
    if kept and ((one and two) if both else (one or two)):
        return f"a name is missing: {listed(one or two)}"
    return None


def _mentioned(name: str, reading: Reading) -> bool:
    if name in reading.terms or name in reading.telling.lower():
        return True
    return any(is_close(name, term) or (len(name) >= 4 and term.startswith(name[:-1])) for term in reading.terms)


def negation(a: Reading, b: Reading, w: Wording) -> str | None:
    """In one text that was edited, a negation came, went or moved."""
    if not is_one_text_changed(w) and _in_order_but_for_negations(a, b, w) < NEARLY_THE_SAME:
        return None
    if a.negations != b.negations:
        return f"negations differ: {a.negations} against {b.negations}"
    changed = changed_parts(w)
    if any(is_negation(stem, language=a.language) for pair in changed for side in pair for stem in side):
        return "a negation stands elsewhere"
    return None


def _in_order_but_for_negations(a: Reading, b: Reading, w: Wording) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(
        [stem for stem in w.first if not is_negation(stem, language=a.language)],
        [stem for stem in w.second if not is_negation(stem, language=b.language)],
    )


def _other(one: Facts, two: Facts, w: Wording, *, kind: str, noun: str) -> str | None:
    here: tuple[str, ...] = getattr(one, kind)
    there: tuple[str, ...] = getattr(two, kind)
    if set(here) != set(there):
        gone, come = set(here) - set(there), set(there) - set(here)
        return f"{noun} differ: {listed(gone)} against {listed(come)}"
    if here != there and w.in_order >= _SAME_ORDER:
        return f"{noun} stand elsewhere: {listed(here)} against {listed(there)}"
    if sorted(here) != sorted(there) and w.shared == 1.0:
        return f"{noun} occur more often on one side: {listed(here)} against {listed(there)}"
    return None


def _both_hold_others(noun: str, one: set[str], two: set[str]) -> str | None:
    here, there = one - two, two - one
    return f"{noun} differ: {listed(here)} against {listed(there)}" if here and there else None


def _spelled(notion: str) -> str:
    return notion[:-1] if notion[-1] == "+" else f"the opposite of {notion[:-1]}"


def not_read_whole(a: Reading, b: Reading, _: Wording) -> str | None:
    """What was not read may hold another number."""
    return "too long to be read whole" if a.is_cut or b.is_cut else None


FACT_GUARDS: tuple[Guard, ...] = (
    other_numbers,
    other_months,
    other_weekdays,
    other_days,
    other_units,
    opposites,
    other_names,
)
GUARDS: tuple[Guard, ...] = (
    *FACT_GUARDS,
    negation,
    swapped_words,
    exchanged_places,
    not_read_whole,
)
