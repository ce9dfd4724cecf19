"""What speaks against two texts saying the same, however alike they look. Each guard gives a reason or None.

No measure of likeness tells "10 % off" from "15 % off", so these come first and any of them decides.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import pairwise

from policies.likeness.facts import Facts
from policies.likeness.reading import Reading, is_negation
from policies.likeness.wording import Wording, is_close

Guard = Callable[[Reading, Reading, Wording], str | None]

NEARLY_THE_SAME = 0.8
"""`Wording.in_order` from which two texts count as one text with something changed in it."""

_PLACE_MARKS = frozenset("州市县区省路街镇村湾港楼店厅馆版")
_SAME_ORDER = 0.95
_FORM_LEFT = 0.55
_LONGEST_NAME = 3
_LONGEST_LINK = 4
_LONGEST_EXCHANGE = 2 * _LONGEST_NAME + _LONGEST_LINK


def reasons_against(a: Reading, b: Reading, w: Wording) -> tuple[str, ...]:
    """All that speaks against."""
    return tuple(reason for guard in GUARDS if (reason := guard(a, b, w)))


def is_one_text_changed(w: Wording) -> bool:
    """Whether the second looks like an edit of the first: the same words in the same order, but for a few."""
    return w.in_order >= NEARLY_THE_SAME


def other_numbers(a: Reading, b: Reading, w: Wording) -> str | None:
    """Numbers must be the same; in one text that was merely edited, in the same places too."""
    return _other(a.facts, b.facts, w, kind="numbers", noun="numbers")


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
    return _both_hold_others("days", set(a.facts.days), set(b.facts.days))


def other_units(a: Reading, b: Reading, _: Wording) -> str | None:
    """Ten per cent are not ten euros; one side may leave the unit out."""
    return _both_hold_others("units", set(a.facts.units), set(b.facts.units))


def opposites(a: Reading, b: Reading, _: Wording) -> str | None:
    """Opened is not closed, before is not after."""
    for notion in sorted(a.notions - b.notions):
        turned = notion[:-1] + ("-" if notion[-1] == "+" else "+")
        if turned in b.notions and turned not in a.notions:
            return f"opposites: {_spelled(notion)} against {_spelled(turned)}"
    return None


def other_names(a: Reading, b: Reading, _: Wording) -> str | None:
    """Both name something that the other does not mention at all. Across languages only where some names were kept."""
    one = {name for name in a.names if not _mentioned(name, b)}
    two = {name for name in b.names if not _mentioned(name, a)}
    if a.language != b.language:
        return _names_not_kept(a, b, one, two)
    if one and two:
        return f"names differ: {_listed(one)} against {_listed(two)}"
    return None


def _names_not_kept(a: Reading, b: Reading, one: set[str], two: set[str]) -> str | None:
    kept = (a.names - one) & b.terms or (b.names - two) & a.terms
    if kept and (one or two) and {a.language, b.language} <= {"en", "de", "fi", "tl", "fil"}:
        missing = one if a.names - one else two
        return f"a name is missing: {_listed(missing or one or two)}"
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
    changed = _changed(w)
    if any(is_negation(stem, language=a.language) for pair in changed for side in pair for stem in side):
        return "a negation stands elsewhere"
    return None


def _in_order_but_for_negations(a: Reading, b: Reading, w: Wording) -> float:
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(
        [stem for stem in w.first if not is_negation(stem, language=a.language)],
        [stem for stem in w.second if not is_negation(stem, language=b.language)],
    )


def swapped_words(a: Reading, b: Reading, w: Wording) -> str | None:
    """In one text that was edited, a word stands where the other has one that the first lacks: it was replaced.

    A word that was replaced by the same other one in two places was replaced even if more was reworded.
    """
    if not is_one_text_changed(w):
        return _replaced_throughout(w) or _filled_in_otherwise(w)
    if a.language == "zh" and b.language == "zh":
        return _swapped_characters(w)
    for one, two in _changed(w):
        here, there = w.only_first.intersection(one), w.only_second.intersection(two)
        if here and there:
            return f"words replaced: {_listed(here)} against {_listed(there)}"
    return _day_for_word(a, b, w)


def _replaced_throughout(w: Wording) -> str | None:
    if min(len(w.only_first), len(w.only_second)) == 0:
        return None
    counted = Counter(
        (one, two)
        for here, there in _changed(w)
        if max(len(here), len(there)) <= _LONGEST_NAME
        for one in w.only_first.intersection(here)
        for two in w.only_second.intersection(there)
    )
    pair, times = max(counted.items(), key=lambda entry: (entry[1], entry[0]), default=(("", ""), 0))
    return f"replaced throughout: {_listed([pair[0]])} against {_listed([pair[1]])}" if times > 1 else None


def _filled_in_otherwise(w: Wording) -> str | None:
    """One form filled in twice: nothing moved, came or went, there are only other words in the same places."""
    changed = _changed(w)
    replaced = [(w.only_first.intersection(one), w.only_second.intersection(two)) for one, two in changed]
    if w.in_order < _FORM_LEFT or not all(one and two for one, two in replaced):
        return None
    return "; ".join(f"words replaced: {_listed(one)} against {_listed(two)}" for one, two in replaced[:2]) or None


def _day_for_word(a: Reading, b: Reading, w: Wording) -> str | None:
    """A day of one text in exchange for a word of the other; days are facts and do not stand among the words."""
    here, there = set(a.facts.days) - set(b.facts.days), set(b.facts.days) - set(a.facts.days)
    if (here and w.only_second and not w.only_first) or (there and w.only_first and not w.only_second):
        return f"words replaced: {_listed(here or w.only_first)} against {_listed(there or w.only_second)}"
    return None


def _swapped_characters(w: Wording) -> str | None:
    """One wrong character is a slip of the input method; two in a row, or one in a place's name, are another word."""
    places = {stem for sequence in (w.first, w.second) for stem in _before_place_marks(sequence)}
    for one, two in _changed(w):
        if one and two and (max(len(one), len(two)) >= 2 or places.issuperset(one + two)):
            return f"words replaced: {''.join(one)} against {''.join(two)}"
    return None


def _before_place_marks(characters: tuple[str, ...]) -> Iterable[str]:
    return (one for one, mark in pairwise(characters) if mark in _PLACE_MARKS)


def exchanged_places(a: Reading, _: Reading, w: Wording) -> str | None:
    """The same words, but two short parts changed places around a third: who replaces whom."""
    first, second = w.first, w.second
    start = next((n for n, (x, y) in enumerate(zip(first, second, strict=False)) if x != y), None)
    if start is None or a.language == "zh":
        return None
    end = next((n for n, (x, y) in enumerate(zip(first[::-1], second[::-1], strict=False)) if x != y), 0)
    one, two = first[start : len(first) - end], second[start : len(second) - end]
    if len(one) == len(two) <= _LONGEST_EXCHANGE and _is_exchange(one, two):
        return f"the same words in other roles: {' '.join(one)} against {' '.join(two)}"
    return None


def _is_exchange(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """`x m y` against `y m x`, where x and y are as long as a name and m is short and not empty."""
    length = len(one)
    sizes = range(1, _LONGEST_NAME + 1)
    return any(
        0 < length - head - tail <= _LONGEST_LINK
        and two == one[length - tail :] + one[head : length - tail] + one[:head]
        for head in sizes
        for tail in sizes
    )


def _changed(w: Wording) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The parts that differ, each with what stands in its place."""
    from rapidfuzz.distance import Levenshtein

    parts: list[tuple[int, int, int, int]] = []
    for op in Levenshtein.opcodes(w.first, w.second):
        if op.tag == "equal":
            continue
        i, k = op.src_start, op.dest_start
        if parts and parts[-1][1] == i and parts[-1][3] == k:
            i, _, k, _ = parts.pop()
        parts.append((i, op.src_end, k, op.dest_end))
    return [(w.first[i:j], w.second[k:m]) for i, j, k, m in parts]


def _other(one: Facts, two: Facts, w: Wording, *, kind: str, noun: str) -> str | None:
    here: tuple[str, ...] = getattr(one, kind)
    there: tuple[str, ...] = getattr(two, kind)
    if set(here) != set(there):
        gone, come = set(here) - set(there), set(there) - set(here)
        return f"{noun} differ: {_listed(gone)} against {_listed(come)}"
    if here != there and w.in_order >= _SAME_ORDER:
        return f"{noun} stand elsewhere: {_listed(here)} against {_listed(there)}"
    if sorted(here) != sorted(there) and w.shared == 1.0:
        return f"{noun} occur more often on one side: {_listed(here)} against {_listed(there)}"
    return None


def _both_hold_others(noun: str, one: set[str], two: set[str]) -> str | None:
    here, there = one - two, two - one
    return f"{noun} differ: {_listed(here)} against {_listed(there)}" if here and there else None


def _spelled(notion: str) -> str:
    return notion[:-1] if notion[-1] == "+" else f"the opposite of {notion[:-1]}"


def _listed(parts: Iterable[str]) -> str:
    shown = list(parts) if isinstance(parts, tuple | list) else sorted(parts)
    text = ", ".join(shown[:6]) + (", …" if len(shown) > 6 else "")
    return f'"{text[:80]}"' if shown else "none"


def not_read_whole(a: Reading, b: Reading, _: Wording) -> str | None:
    """What was not read may hold another number."""
    return "too long to be read whole" if a.is_cut or b.is_cut else None


GUARDS: tuple[Guard, ...] = (
    other_numbers,
    other_months,
    other_weekdays,
    other_days,
    other_units,
    opposites,
    other_names,
    negation,
    swapped_words,
    exchanged_places,
    not_read_whole,
)
