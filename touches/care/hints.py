"""What is said at length, in short."""


def beginning(text: str, *, width: int) -> str:
    """The beginning of a text on one line of at most `width` characters; cut at a space where one is near, since not
    every script has them."""
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    kept = line[: width - 1]
    at_space, _, last = kept.rpartition(" ")
    return f"{at_space if len(last) < width // 4 else kept[:-1]} …"
