"""Which variables a Jinja2 text asks for, and what in it cannot be rendered: nothing is ever run here."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from policies.errors import shown
from policies.findings import did_you_mean

FILTERS: Final = frozenset({
    "abs", "capitalize", "d", "default", "first", "float", "int", "join", "last", "length", "lower", "round",
    "title", "trim", "truncate", "upper",
})  # fmt: skip
TESTS: Final = frozenset({
    "defined", "divisibleby", "eq", "even", "ge", "gt", "in", "le", "lt", "ne", "none", "number", "odd",
    "string", "undefined",
})  # fmt: skip
_OUTPUT = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const)
_CHOICES = (nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not)
_VALUES = (nodes.Filter, nodes.Test, nodes.Slice, nodes.Concat, nodes.List, nodes.Tuple, nodes.Keyword)
_SUMS = (nodes.Add, nodes.Sub, nodes.Div, nodes.FloorDiv, nodes.Neg, nodes.Pos)
_ALLOWED = (*_OUTPUT, *_CHOICES, *_VALUES, *_SUMS)
_MOST_LEVELS = 30


@dataclass(frozen=True, slots=True, order=True)
class Variable:
    """One use of a variable. `line` counts from 1 in the text; `guarded` uses have a way out when it is missing."""

    line: int
    name: str
    guarded: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Why a text cannot be rendered; `line` counts from 1 in the text."""

    line: int
    message: str
    code: str = "template-error"


@dataclass(frozen=True, slots=True)
class TemplateUse:
    """What one text asks for and what is wrong with it."""

    variables: tuple[Variable, ...] = ()
    faults: tuple[Fault, ...] = ()


@lru_cache(maxsize=4096)
def template_use(source: str) -> TemplateUse:
    """Read a Jinja2 text. Never raises for what stands in it."""
    if "{" not in source:
        return TemplateUse()
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        return TemplateUse(faults=(Fault(error.lineno, f"not valid Jinja2: {error.message}"),))
    except (RecursionError, ValueError, OverflowError):
        return TemplateUse(faults=(Fault(1, "not valid Jinja2: too deeply nested, or a number that is too large"),))
    faults = tuple(_faults(tree, 0))
    return TemplateUse(() if faults else tuple(sorted(set(_variables(tree)))), faults)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = ImmutableSandboxedEnvironment(optimized=False)
    environment.globals.clear()
    return environment


def _faults(node: nodes.Node, level: int) -> Iterator[Fault]:
    if level > _MOST_LEVELS:
        yield Fault(node.lineno, "the expression is too deeply nested", "template-not-allowed")
        return
    if not isinstance(node, _ALLOWED):
        yield Fault(node.lineno, _not_allowed(node), "template-not-allowed")
        return
    yield from _unknown_words(node)
    for child in node.iter_child_nodes():
        yield from _faults(child, level + 1)


def _not_allowed(node: nodes.Node) -> str:
    if isinstance(node, nodes.Call):
        return "calls are not allowed in texts; use a filter, e.g. {{ lead.city | upper }}"
    name = type(node).__name__.lower()
    return f'"{name}" is not allowed in texts; only output, if, for over given values, and filters are'


def _unknown_words(node: nodes.Node) -> Iterator[Fault]:
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        told = f'unknown filter "{shown(node.name)}"{did_you_mean(node.name, FILTERS)}'
        yield Fault(node.lineno, told)
    if isinstance(node, nodes.Test) and node.name not in TESTS:
        yield Fault(node.lineno, f'unknown test "{shown(node.name)}"{did_you_mean(node.name, TESTS)}')
    hidden = node.attr if isinstance(node, nodes.Getattr) else node.name if isinstance(node, nodes.Name) else ""
    if hidden.startswith("_"):
        yield Fault(node.lineno, f'"{shown(hidden)}" is not allowed in texts', "template-not-allowed")


def _variables(tree: nodes.Template) -> Iterator[Variable]:
    own = {name.name for name in tree.find_all(nodes.Name) if name.ctx != "load"} | {"loop"}
    for variable in _uses(tree, frozenset()):
        if variable.name.partition(".")[0] not in own:
            yield variable


def _uses(node: nodes.Node, guarded: frozenset[str]) -> Iterator[Variable]:
    name = _dotted(node)
    if name:
        yield Variable(node.lineno, name, name in guarded)
        return
    if isinstance(node, nodes.If | nodes.CondExpr):
        yield from _uses_of_choice(node, guarded)
        return
    excused = _excused(node)
    for child in node.iter_child_nodes():
        yield from _uses(child, guarded | _names(child) if child is excused else guarded)


def _uses_of_choice(node: nodes.If | nodes.CondExpr, guarded: frozenset[str]) -> Iterator[Variable]:
    asked = guarded | _names(node.test)
    for child in node.iter_child_nodes():
        yield from _uses(child, asked)


def _excused(node: nodes.Node) -> nodes.Node | None:
    """The part of a node that may be missing: what `default`, a test or the left of `or` looks at."""
    if isinstance(node, nodes.Filter):
        return node.node if node.name in {"default", "d"} else None
    if isinstance(node, nodes.Test):
        return node.node
    return node.left if isinstance(node, nodes.Or) else None


def _names(node: nodes.Node) -> frozenset[str]:
    return frozenset(variable.name for variable in _uses(node, frozenset()))


def _dotted(node: nodes.Node) -> str:
    names: list[str] = []
    while isinstance(node, nodes.Getattr | nodes.Getitem):
        if isinstance(node, nodes.Getattr):
            names.append(node.attr)
        elif isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            names.append(node.arg.value)
        else:
            return ""
        node = node.node
    return ".".join((node.name, *reversed(names))) if isinstance(node, nodes.Name) else ""
