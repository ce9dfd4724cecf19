"""What can go wrong in comparing; two texts that cannot be compared are an answer, not an error."""

from policies.errors import PolicyError


class LikenessError(PolicyError):
    """Base of this package's errors."""


class SemanticExtraMissing(LikenessError):
    """Comparing by meaning was asked for and its library is not installed; the text has the command that adds it."""

    def __init__(self) -> None:
        super().__init__(
            "comparing news by meaning needs an optional part: install it with  pip install 'touches[semantic]'"
        )


class DuplicateText(LikenessError):
    """A text with this id is in the index already; `text_id` is the id."""

    def __init__(self, text_id: str) -> None:
        super().__init__(f'"{text_id}" is in the index already: every text needs an id of its own')
        self.text_id = text_id
