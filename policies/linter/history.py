"""Rule on what was published before: an id keeps its meaning."""

from collections.abc import Iterator

from policies.findings import Finding
from policies.linter.audience import specs
from policies.linter.context import Case
from policies.schema import PREFERRED, Contact
from policies.schema.words import SPOKEN


def changed_meaning(case: Case) -> Iterator[Finding]:
    """A published id that now tells quite other news, or is spoken where it was written.

    Records, reports and running enrollments go by the id. Days, words, and channels of the same sort may change.
    """
    before = case.context.published.get(case.policy.policy)
    if before is None:
        return
    for index, step in enumerate(case.policy.contacts):
        old = before.step_by_id(step.id)
        change = _change(case, old, step) if old is not None else ""
        if change:
            told = f'the id "{step.id}" is published and meant something else ({change}); give the new step a new id'
            yield case.error("changed-meaning", told, *case.step_place(index, "id"), *case.step_place(index))


def _change(case: Case, old: Contact, new: Contact) -> str:
    if not _shares_news(case, old, new):
        return f"news: {old.news}, now {new.news}"
    if PREFERRED in (*old.channel, *new.channel):
        return ""
    was, now = (frozenset(step.channel) for step in (old, new))
    if (was <= SPOKEN and not now & SPOKEN) or (now <= SPOKEN and not was & SPOKEN):
        return f"channel: {', '.join(old.channel)}, now {', '.join(new.channel)}"
    return ""


def _shares_news(case: Case, old: Contact, new: Contact) -> bool:
    """Whether some news could be told by both: same kind, same item, or an item of the other's kind."""
    if any(spec.is_any for step in (old, new) for spec in specs(step)):
        return True
    pool = case.context.pool
    kinds = {item.id: item.kind for item in pool} if pool else {}
    told = []
    for step in (old, new):
        ids = {name for spec in specs(step) for name in spec.named}
        names = {case.classes.get(name, name) for name in ids}
        named_kinds = {kind for spec in specs(step) for kind in spec.kind}
        told.append((names, named_kinds, {kinds.get(name, "") for name in ids}))
    (old_names, old_kinds, old_item_kinds), (new_names, new_kinds, new_item_kinds) = told
    shared = old_names & new_names or old_kinds & new_kinds
    return bool(shared or old_kinds & new_item_kinds or new_kinds & old_item_kinds)
