"""Small words in sentences for people."""


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `many` is `one` with an s where it is not given."""
    return f"{number} {one if number == 1 else many or one + 's'}"
