"""What an import remarks about rows that it takes."""

from collections.abc import Sequence

from touches.people.draft import LeadDraft, Remark
from touches.people.matching import Known
from touches.people.run import ChunkResult, Context


class Noticing:
    """For one chunk: the remarks are added to `result`."""

    def __init__(self, context: Context, result: ChunkResult) -> None:
        self._context = context
        self._result = result

    def shared(self, draft: LeadDraft, others: Sequence[tuple[str, Known]]) -> None:
        """Other leads have the row's addresses too."""
        for address, other in others:
            self._remark(draft.line, f"{address} is also the address of {other.external_id or f'#{other.id}'}")

    def again(self, draft: LeadDraft) -> None:
        """The list has spoken of the row's lead before."""
        self._remark(draft.line, f"{_name(draft)} is in this list more than once; the later row counts")

    def owner(self, owner: str, line: int) -> None:
        """Somebody whom nobody knows is remarked once."""
        context = self._context
        if owner and context.owners and owner not in context.owners and owner not in context.strange_owners:
            context.strange_owners.add(owner)
            self._remark(line, f'owner "{owner}" is none of the [owners] in touches.toml; tasks would reach nobody')

    def _remark(self, line: int, text: str) -> None:
        self._result.remarks.append(Remark(line=line, text=text))


def _name(draft: LeadDraft) -> str:
    return draft.external_id or (draft.points[0][1] if draft.points else "this lead")
