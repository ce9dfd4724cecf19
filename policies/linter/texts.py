"""Rules on what texts ask for: variables that nobody has, or that some leads lack."""

from collections.abc import Iterator
from typing import Final

from policies.findings import Finding, Severity, did_you_mean
from policies.linter.context import Case, LintContext, at
from policies.news import NewsItem, NewsPool, NewsText
from policies.schema import Contact, Step
from policies.variables import Variable, template_use

LEAD_FIELDS: Final = frozenset({
    "external_id", "email", "phone", "first_name", "last_name", "name", "company", "company_size", "birth_year",
    "age", "country", "timezone", "language", "segment", "owner", "street", "postal_code", "city",
    "preferred_channel", "consent", "source",
})  # fmt: skip


def step_texts(case: Case) -> Iterator[Finding]:
    """`ask`, `subject` and promises of the steps."""
    for index, step in enumerate(case.policy.contacts):
        for key, source in _texts(step):
            use = template_use(source)
            where = case.step_place(index, key)
            yield from (case.error(fault.code, f"{key}: {fault.message}", *where) for fault in use.faults)
            for variable in use.variables:
                for severity, code, told in _judged(variable, case.context):
                    yield at(case.loaded.path, case.loaded.place(*where), severity, code, told)


def _texts(step: Contact) -> Iterator[tuple[str, str]]:
    yield "subject", step.subject
    yield "ask", step.ask
    for number, promise in enumerate(step.promises):
        yield f"promises[{number}].text", promise.text
    for name, arm in step.variants.items() if isinstance(step, Step) else ():
        yield f"variants.{name}.subject", arm.subject
        yield f"variants.{name}.ask", arm.ask


def news_texts(pool: NewsPool, context: LintContext) -> Iterator[Finding]:
    """Headline, subject and body of all items in all languages."""
    for item in pool:
        yield from _of_item(item, pool, context)


def _of_item(item: NewsItem, pool: NewsPool, context: LintContext) -> Iterator[Finding]:
    for text in item.texts.values():
        for line, column, variable in _asked_for(item, text, pool):
            for severity, code, told in _judged(variable, context):
                yield at(text.path, (line, column), severity, code, told)


def _asked_for(item: NewsItem, text: NewsText, pool: NewsPool) -> Iterator[tuple[int, int, Variable]]:
    for variable in template_use(text.body).variables:
        yield text.body_line + variable.line - 1, 1, variable
    for key, source in (("headline", text.headline), ("subject", text.subject)):
        line, column = (1, 1) if text.language else pool.place(item.id, key)
        for variable in template_use(source).variables if key == "headline" or source != text.headline else ():
            yield line, column, variable


def _judged(variable: Variable, context: LintContext) -> Iterator[tuple[Severity, str, str]]:
    space, _, name = variable.name.partition(".")
    if space not in context.namespaces or not name:
        near = did_you_mean(f"lead.{space}", [f"lead.{field}" for field in LEAD_FIELDS])
        told = f'there is no variable "{variable.name}"; what is known of a lead is lead.…{near}'
        yield Severity.ERROR, "unknown-variable", told
    elif space == "lead":
        yield from _judged_field(name.partition(".")[0], context, guarded=variable.guarded)


def _judged_field(name: str, context: LintContext, *, guarded: bool) -> Iterator[tuple[Severity, str, str]]:
    leads = context.leads
    if leads is None or (leads.total == 0 and name in LEAD_FIELDS):
        return
    having = leads.variables.get(name, 0)
    if having == 0:
        near = did_you_mean(name, {*leads.variables, *LEAD_FIELDS} - {name})
        severity = Severity.WARNING if guarded else Severity.ERROR
        told = f'no lead has "{name}"{near or "; import it, or write {{ lead." + name + " | default(…) }}"}'
        yield severity, "unknown-variable", told
    elif having < leads.total and not guarded:
        lacking = leads.total - having
        told = (
            f'{lacking} of {leads.total} leads lack "{name}", and their touch would be held;'
            f' write {{{{ lead.{name} | default("…") }}}}'
        )
        yield Severity.WARNING, "variable-lacking", told
