"""What was replaced in a text that otherwise stands as it stood: words, names that changed places."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from policies.likeness.lookup import described
from policies.likeness.reading import Reading, is_negation
from policies.likeness.wording import Wording

NEARLY_THE_SAME = 0.8
"""`Wording.in_order` from which two texts count as one text with something changed in it."""

Words = tuple[str, ...]

_PLACE_MARKS = frozenset("州市县区省路街镇村湾港楼店厅馆版")
_HAN_NUMERALS = frozenset("二两三四五六七八九十百千万")
_ROOT = 5
_FORM_LEFT = 0.55
_LONGEST_NAME = 3
_LONGEST_LINK = 4
_LONGEST_EXCHANGE = 2 * _LONGEST_NAME + _LONGEST_LINK


def is_one_text_changed(w: Wording) -> bool:
    """Whether the second looks like an edit of the first: the same words in the same order, but for a few."""
    return w.in_order >= NEARLY_THE_SAME


def swapped_words(a: Reading, b: Reading, w: Wording) -> str | None:
    """In one text that was edited, a word stands where the other has one that the first lacks: it was replaced.

    A word that was replaced by the same other one in two places was replaced even if more was reworded.
    """
    w = _without_settled(a, b, w)
    if not is_one_text_changed(w):
        return _replaced_throughout(w) or _filled_in_otherwise(w)
    if a.language == "zh" and b.language == "zh":
        return _swapped_characters(w)
    for one, two in changed_parts(w):
        here, there = w.only_first.intersection(one), w.only_second.intersection(two)
        if here and there:
            return f"words replaced: {listed(here)} against {listed(there)}"
    return _day_for_word(a, b, w)


def _without_settled(a: Reading, b: Reading, w: Wording) -> Wording:
    """What says open on one side and not closed on the other is no replacement."""
    settled = {notion[:-1] for notion in a.notions & b.notions}
    words = {stem for each in (a, b) for stem, notion in each.notion_of.items() if notion[:-1] in settled}
    words |= {stem for each in (a, b) for stem in each.stems if words and is_negation(stem, language=each.language)}
    return replace(w, only_first=w.only_first - words, only_second=w.only_second - words)


def _replaced_throughout(w: Wording) -> str | None:
    if min(len(w.only_first), len(w.only_second)) == 0:
        return None
    counted = Counter(
        (one, two)
        for here, there in changed_parts(w)
        if max(len(here), len(there)) <= _LONGEST_NAME
        for one in w.only_first.intersection(here)
        for two in w.only_second.intersection(there)
    )
    pair, times = max(counted.items(), key=lambda entry: (entry[1], entry[0]), default=(("", ""), 0))
    return f"replaced throughout: {listed([pair[0]])} against {listed([pair[1]])}" if times > 1 else None


def is_one_thing_replaced(w: Wording) -> bool:
    """Whether another thing is named in each place where the first names one: no synonym is put in so faithfully."""
    return _replaced_throughout(w) is not None


def is_crosswise(one: tuple[Words, Words], other: tuple[Words, Words]) -> bool:
    """Whether what stands in the first place of one text stands in the second of the other, and the other way round:
    `invoices by mail, receipts on paper` against `invoices on paper, receipts by mail`."""
    return _begin_alike(one[0], other[1]) and _begin_alike(one[1], other[0])


def _begin_alike(one: Words, other: Words) -> bool:
    """Whether a word begins as one of the other does, as far as a root is long (a character in Chinese)."""
    return any(x[:_ROOT] == y[:_ROOT] for x in one for y in other)


def _filled_in_otherwise(w: Wording) -> str | None:
    """One form filled in twice: nothing moved, came or went, there are only other words in the same places."""
    changed = changed_parts(w)
    replaced = [(w.only_first.intersection(one), w.only_second.intersection(two)) for one, two in changed]
    if w.in_order < _FORM_LEFT or not all(one and two for one, two in replaced):
        return None
    return "; ".join(f"words replaced: {listed(one)} against {listed(two)}" for one, two in replaced[:2]) or None


def _day_for_word(a: Reading, b: Reading, w: Wording) -> str | None:
    """A day of one text in exchange for a word of the other; days are facts and do not stand among the words."""
    here, there = set(a.facts.days) - set(b.facts.days), set(b.facts.days) - set(a.facts.days)
    if (here and w.only_second and not w.only_first) or (there and w.only_first and not w.only_second):
        return f"words replaced: {listed(here or w.only_first)} against {listed(there or w.only_second)}"
    return None


def _swapped_characters(w: Wording) -> str | None:
    """One wrong character is a slip of the input method; two in a row, or one in a place's name, are another word."""
    places = {stem for sequence in (w.first, w.second) for stem in _before_place_marks(sequence)}
    for one, two in changed_parts(w):
        if one and two and (max(len(one), len(two)) >= 2 or places.issuperset(one + two) or _numerals(one, two)):
            return f"words replaced: {''.join(one)} against {''.join(two)}"
    return None


def _numerals(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Numbers that stand beside no known counter are numbers all the same."""
    return _HAN_NUMERALS.issuperset(one) and _HAN_NUMERALS.issuperset(two)


def _before_place_marks(characters: tuple[str, ...]) -> Iterable[str]:
    return (one for one, mark in pairwise(characters) if mark in _PLACE_MARKS)


def exchanged_places(a: Reading, b: Reading, w: Wording) -> str | None:
    """The same words, but two short parts changed places around a third: who replaces whom, which of two gates."""
    first, second = w.first, w.second
    moved = [n for n, (x, y) in enumerate(zip(first, second, strict=False)) if x != y]
    if not moved:
        return None
    same_forms = _are_forms_same(a, b, w)
    by_endings = described(a.language).endings_tell_roles
    exchanged = _two_exchanged(first, second, moved, apart=1 if a.language == "zh" else 0)
    if exchanged is not None and (same_forms or not by_endings):
        return f"the same words in other roles: {exchanged[0]} and {exchanged[1]} changed places"
    if by_endings and same_forms:
        return None
    if a.language == "zh":
        return None
    start = moved[0]
    end = next((n for n, (x, y) in enumerate(zip(first[::-1], second[::-1], strict=False)) if x != y), 0)
    one, two = first[start : len(first) - end], second[start : len(second) - end]
    if len(one) == len(two) <= _LONGEST_EXCHANGE and _is_exchange(one, two):
        return f"the same words in other roles: {' '.join(one)} against {' '.join(two)}"
    return None


def _two_exchanged(
    first: tuple[str, ...], second: tuple[str, ...], moved: list[int], *, apart: int
) -> tuple[str, str] | None:
    """The two words that changed places where nothing else moved, if more than so many stand between them."""
    if len(first) != len(second) or len(moved) != 2 or moved[1] - moved[0] <= apart + 1:
        return None
    i, k = moved
    return (first[i], first[k]) if (first[i], first[k]) == (second[k], second[i]) else None


def _are_forms_same(a: Reading, b: Reading, w: Wording) -> bool:
    """Whether each word has one and the same form in both."""
    return all(a.written.get(stem) == b.written.get(stem) for stem in {*w.first, *w.second})


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


def changed_parts(w: Wording) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
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


def as_written(stems: tuple[str, ...], reading: Reading) -> str:
    """The words as they stood in the text."""
    return ("" if reading.language == "zh" else " ").join(reading.written.get(stem, stem) for stem in stems)


def listed(parts: Iterable[str]) -> str:
    """Some of the parts, quoted, for a reason."""
    shown = list(parts) if isinstance(parts, tuple | list) else sorted(parts)
    text = ", ".join(shown[:6]) + (", …" if len(shown) > 6 else "")
    return f'"{text[:80]}"' if shown else "none"
