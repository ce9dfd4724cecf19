"""An index answers like comparing each with each, without doing so."""

import itertools
from collections.abc import Sequence

import pytest

from policies.likeness import DuplicateText, LikenessIndex, Text, compare, pairs, told_before
from policies.likeness.comparing import compare_readings
from policies.likeness.reading import read
from policies.likeness.vectors import Vectors
from tests.unit.policies.likeness.labelled import labelled_pairs

NEWS = Text(id="hours", language="en", body="From Monday our support answers until 22:00, also on Saturdays.")
REWORDED = Text(id="late", language="en", body="Starting Monday support also answers on Saturdays, until 10 pm.")
OTHER_HOUR = Text(id="nine", language="en", body="From Monday our support answers until 21:00, also on Saturdays.")
OTHER = Text(id="café", language="en", body="We opened a second café on Harbour Street.")


def test_the_texts_that_say_the_same_are_found_with_score_and_reasons() -> None:
    found = LikenessIndex([NEWS, OTHER_HOUR, OTHER]).similar_to(REWORDED)
    assert [(pair.first, pair.second) for pair in found] == [("hours", "late")]
    assert found[0].likeness == compare(NEWS, REWORDED)


def test_a_text_is_not_like_itself_by_its_own_id() -> None:
    assert LikenessIndex([NEWS]).similar_to(NEWS) == []


def test_an_id_is_taken_once() -> None:
    index = LikenessIndex([NEWS])
    with pytest.raises(DuplicateText, match='"hours" is in the index already'):
        index.add(NEWS)
    assert len(index) == 1


def test_all_pairs_come_each_once_with_the_older_first() -> None:
    found = [(pair.first, pair.second) for pair in pairs([NEWS, OTHER, REWORDED, OTHER_HOUR])]
    assert found == [("hours", "late")]


def test_what_a_person_said_is_compared_with_what_the_lead_was_told() -> None:
    said = Text(id="said", body="told her support now answers until 10 pm from Monday, Saturdays too")
    assert [pair.first for pair in told_before(said, [NEWS, OTHER])] == ["hours"]
    assert told_before(Text(id="said", body="asked about the weather"), [NEWS, OTHER]) == []


def test_an_empty_text_is_like_nothing() -> None:
    index = LikenessIndex([Text(id="empty", body=""), NEWS])
    assert index.similar_to(Text(id="empty too", body="")) == []


@pytest.mark.parametrize("language", ["en", "fi", "de", "zh", "tl", "ru"])
def test_the_shortlist_misses_nothing_that_comparing_each_with_each_finds(language: str) -> None:
    """Of what the whole comparison finds among 80 texts the index finds at least 99 %, and nothing else."""
    texts = [text for pair in labelled_pairs() for text in (pair.a, pair.b) if set(pair.languages) == {language}][:80]
    readings = [read(text) for text in texts]
    whole = {(a.id, b.id) for a, b in itertools.combinations(readings, 2) if compare_readings(a, b).same}
    found = {(pair.first, pair.second) for pair in pairs(texts)}
    assert len(whole) > 40
    assert found <= whole
    assert len(found) >= 0.99 * len(whole)


def test_the_shortlist_holds_the_right_text_among_thousands_without_any_number() -> None:
    """Without numbers all texts stand on one shelf, and only the wording tells which to compare."""
    sentences = sorted({part for pair in labelled_pairs() for part in _wordy_sentences(pair.a)})[:24]
    combined = list(itertools.combinations(sentences, 3))
    index = LikenessIndex(Text(id=str(n), language="en", body=" ".join(c)) for n, c in enumerate(combined))
    assert len(combined) > 1000
    asked = 0
    for n in range(0, len(combined), 50):
        one, two, three = combined[n]
        turned = Text(id="turned", language="en", body=f"{two.upper()} {three} {one.replace('e', '', 1)}")
        if compare(Text(id=str(n), language="en", body=" ".join(combined[n])), turned).same:
            asked += 1
            assert str(n) in {pair.first for pair in index.similar_to(turned)}
    assert asked > 20


def _wordy_sentences(text: Text) -> list[str]:
    if text.language != "en" or any(c.isdigit() for c in text.body):
        return []
    return [f"{part}." for part in text.body.split(".") if len(part) > 20 and "{" not in part]


class LettersAsMeaning:
    """An embedder for tests: a text's vector is its share of four letters."""

    def embed(self, texts: Sequence[str], *, languages: Sequence[str]) -> list[list[float]]:
        return [self._vector(text) for text, _ in zip(texts, languages, strict=True)]

    def _vector(self, text: str) -> list[float]:
        counts = [1.0 + text.count(letter) for letter in "aeio"]
        length = sum(count * count for count in counts) ** 0.5
        return [count / length for count in counts]


def test_with_an_embedder_the_index_goes_by_meaning_and_keeps_the_guards() -> None:
    index = LikenessIndex([NEWS, OTHER_HOUR, OTHER], embedder=LettersAsMeaning())
    found = index.similar_to(Text(id="again", language="en", body=NEWS.body))
    assert [pair.first for pair in found] == ["hours"]
    assert found[0].likeness.because_for[0] == "close in meaning (1.000)"


def test_the_closest_vectors_come_first_however_they_were_added() -> None:
    vectors = Vectors()
    for n in range(200):
        vectors.add([n / 200, (1 - (n / 200) ** 2) ** 0.5])
        closest = vectors.closest([1.0, 0.0], count=2)
        assert [at for at, _ in closest] == [n, n - 1][: n + 1]
    assert vectors.closest([1.0, 0.0], count=1)[0][1] == pytest.approx(199 / 200)
