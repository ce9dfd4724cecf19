"""Which companies a chunk of rows names, and how large they are. Pure."""

from collections.abc import Sequence
from operator import itemgetter

from touches.people.batch import Batch
from touches.people.draft import LeadDraft

_line = itemgetter(0)


def named_companies(drafts: Sequence[LeadDraft], batch: Batch) -> list[tuple[str, int | None]]:
    """(name, size) in the order of the rows: each name where it is said first, and where its size is said last."""
    columns = batch.columns
    names, lines = columns.get("company", ()), columns.get("line", ())
    first = dict(zip(reversed(names), reversed(lines), strict=False))
    sized = _sized(names, lines, columns.get("company_size", ()))
    for draft in drafts:
        if draft.company:
            first[draft.company] = min(draft.line, first.get(draft.company, draft.line))
            if draft.company_size is not None and draft.line > sized.get(draft.company, (0, 0))[0]:
                sized[draft.company] = (draft.line, draft.company_size)
    said = [(line, name, None) for name, line in first.items() if name]
    told = [(line, name, size) for name, (line, size) in sized.items() if name]
    return [(name, size) for _, name, size in sorted([*said, *told], key=_line)]


def _sized(names: Sequence[str], lines: Sequence[int], sizes: Sequence[int | str]) -> dict[str, tuple[int, int]]:
    """The last line and size of each; a row that does not tell has an empty text for its size."""
    rows = zip(names, lines, sizes, strict=False)
    return {name: (line, size) for name, line, size in rows if isinstance(size, int)}
