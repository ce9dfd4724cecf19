"""What a template may contain: an allow-list over its syntax tree, decided before anything of it runs.

Nothing on it can call, multiply, repeat without bound or reach an object: what is left is output, filters of
our list, conditions, and loops over the values that were given.
"""

from collections.abc import Iterator
from typing import Final

from jinja2 import nodes

from channels.errors import UnsendableError

FILTERS: Final = (
    "abs", "capitalize", "d", "default", "first", "float", "int", "join", "last", "length", "lower", "round",
    "title", "trim", "truncate", "upper",
)  # fmt: skip
TESTS: Final = (
    "defined", "divisibleby", "eq", "even", "ge", "gt", "in", "le", "lt", "ne", "none", "number", "odd",
    "string", "undefined",
)  # fmt: skip
DEPTH_LIMIT: Final = 30
CONSTANT_LIMIT: Final = 500  # characters of a text in an expression; a number may be 1000 times as large

_ALLOWED: Final = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.Getitem, nodes.Const,
    nodes.Slice, nodes.If, nodes.For, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And,
    nodes.Or, nodes.Not, nodes.CondExpr, nodes.Concat, nodes.Add, nodes.Sub, nodes.Div, nodes.FloorDiv,
    nodes.Neg, nodes.Pos, nodes.List, nodes.Tuple, nodes.Keyword,
)  # fmt: skip
_RESERVED: Final = frozenset({"self", "super", "caller", "varargs", "kwargs"})
_INSTEAD: Final[dict[type[nodes.Node], str]] = {
    nodes.Call: "a call; use a filter, as in {{ lead.city|upper }}",
    nodes.Mul: "'*'", nodes.Pow: "'**'", nodes.Mod: "'%'",
    nodes.Assign: "{% set %}", nodes.AssignBlock: "{% set %}", nodes.With: "{% with %}",
    nodes.Macro: "{% macro %}", nodes.CallBlock: "{% call %}", nodes.FilterBlock: "{% filter %}",
    nodes.Include: "{% include %}", nodes.Import: "{% import %}", nodes.FromImport: "{% from %}",
    nodes.Extends: "{% extends %}", nodes.Block: "{% block %}",
}  # fmt: skip


def refuse_unsafe(tree: nodes.Template) -> None:
    """Raise UnsendableError("template refused") for the first construct that is not on the list."""
    _check(tree, depth=0, loops=())


def variable_paths(tree: nodes.Template) -> frozenset[str]:
    """Every variable that the template reads from outside, dotted: `lead.first_name`."""
    inner = {name.name for loop in tree.find_all(nodes.For) for name in _targets(loop)} | {"loop"}
    found = (path_of(node) for node in _readers(tree))
    return frozenset(".".join(path) for path in found if path is not None and path[0] not in inner)


def path_of(node: nodes.Node) -> tuple[str, ...] | None:
    """`lead.first_name` as ("lead", "first_name"); None for anything but plain names joined by dots."""
    names: list[str] = []
    while isinstance(node, nodes.Getattr):
        names.append(node.attr)
        node = node.node
    return (node.name, *reversed(names)) if isinstance(node, nodes.Name) else None


def _readers(tree: nodes.Node) -> Iterator[nodes.Node]:
    """The outermost node of each plain path."""
    for child in tree.iter_child_nodes():
        if isinstance(child, nodes.Getattr | nodes.Name) and path_of(child) is not None:
            yield child
        else:
            yield from _readers(child)


def _check(node: nodes.Node, *, depth: int, loops: tuple[str, ...]) -> None:
    if depth > DEPTH_LIMIT:
        raise _refused(node, "an expression or block nested too deeply")
    if not isinstance(node, _ALLOWED):
        raise _refused(node, _INSTEAD.get(type(node), type(node).__name__.lower()))
    _check_kind(node, loops)
    if isinstance(node, nodes.For):
        loops = (*loops, *(name.name for name in _targets(node)))
    for child in node.iter_child_nodes():
        _check(child, depth=depth + 1, loops=loops)


def _check_kind(node: nodes.Node, loops: tuple[str, ...]) -> None:
    if isinstance(node, nodes.For):
        _check_loop(node, loops)
    elif isinstance(node, nodes.Const):
        _check_constant(node)
    elif isinstance(node, nodes.Filter):
        _check_filter(node)
    elif isinstance(node, nodes.Test):
        if node.name not in TESTS:
            raise _refused(node, f"the test {node.name!r}; there are {', '.join(TESTS)}")
    elif isinstance(node, nodes.Name):
        if node.name in _RESERVED or node.name.startswith("_"):
            raise _refused(node, f"the name {node.name!r}")
    elif isinstance(node, nodes.Getattr):
        if node.attr.startswith("_"):
            raise _refused(node, f"the name {node.attr!r}")
    elif isinstance(node, nodes.Concat) and len(node.nodes) > DEPTH_LIMIT:
        raise _refused(node, f"more than {DEPTH_LIMIT} texts joined by ~")


def _check_loop(node: nodes.For, loops: tuple[str, ...]) -> None:
    path = path_of(node.iter)
    if path is None or node.recursive:
        raise _refused(node, "a loop over anything but a given value")
    if loops and path[0] not in loops:
        raise _refused(node, "a loop inside a loop that does not run over the outer loop's own item")


def _check_constant(node: nodes.Const) -> None:
    value = node.value
    size = len(value) * 1000 if isinstance(value, str) else abs(value or 0)
    if size > CONSTANT_LIMIT * 1000:
        raise _refused(node, "a constant this large inside an expression")


def _check_filter(node: nodes.Filter) -> None:
    if node.name not in FILTERS or node.node is None:
        raise _refused(node, f"the filter {node.name!r}; there are {', '.join(FILTERS)}")
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        raise _refused(node, "starred arguments")
    for argument in (*node.args, *(pair.value for pair in node.kwargs)):
        if not isinstance(argument, nodes.Const) and path_of(argument) is None:
            raise _refused(node, f"an argument of {node.name!r} that is neither a constant nor a variable")


def _targets(loop: nodes.For) -> list[nodes.Name]:
    target = loop.target
    return [target] if isinstance(target, nodes.Name) else list(target.find_all(nodes.Name))


def _refused(node: nodes.Node, what: str) -> UnsendableError:
    return UnsendableError("template refused", f"line {node.lineno}: a text may not contain {what}")
