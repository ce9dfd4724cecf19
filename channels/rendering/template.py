"""Templates of marketers: Jinja2 in a closed sandbox, compiled once, run to a marked text and values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Final

import jinja2
from jinja2 import nodes
from jinja2.runtime import Context, LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from channels.errors import UnsendableError
from channels.rendering.guard import FILTERS, TESTS, path_of, refuse_unsafe, variable_paths
from channels.rendering.marks import LIMIT, has_mark, mark, unfit

SOURCE_LIMIT: Final = 64_000  # characters of one template
OUTPUT_LIMIT: Final = 1_000_000  # characters of one rendered text
_RECORDER: Final = "\ue000"  # no identifier: no template can name it
_LOOP_FIELDS: Final = frozenset({"first", "index", "index0", "last", "length", "revindex", "revindex0"})
_PRINTABLE: Final = (str, int, float, Decimal, date)
_FAULTS: Final = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Marked:
    """A rendered text in which each value is still a mark, and the values, by index."""

    text: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One compiled source. Where variables are only plain output, `paths` is set and `marked` is constant."""

    variables: frozenset[str]
    marked: str
    paths: tuple[tuple[str, ...], ...] | None
    program: jinja2.Template | None

    def evaluate(self, names: Mapping[str, object]) -> Marked:
        """Join nothing yet: the text with marks, and the values in order.

        Raises UnsendableError: "unknown variable", "template error", "text too long", "unprintable value".
        """
        if self.paths is None:
            return self._run(names)
        if not self.paths and len(self.marked) <= OUTPUT_LIMIT:
            return Marked(self.marked, ())
        values = tuple([_look_up(names, path) for path in self.paths])
        if len(self.marked) + sum(map(len, values)) > OUTPUT_LIMIT:
            raise _too_long()
        return Marked(self.marked, values)

    def _run(self, names: Mapping[str, object]) -> Marked:
        recorder = _Recorder()
        parts: list[str] = []
        try:
            for part in self._program().generate({**names, _RECORDER: recorder}):
                recorder.grow(len(part))
                parts.append(part)
        except jinja2.UndefinedError as error:
            raise self._unknown(error.message or "", names) from None
        except _FAULTS as error:
            raise UnsendableError("template error", f"a value does not fit: {type(error).__name__}") from None
        return Marked("".join(parts), tuple(recorder.values))

    def _program(self) -> jinja2.Template:
        if self.program is None:
            raise UnsendableError("template error", "nothing to run")
        return self.program

    def _unknown(self, name: str, names: Mapping[str, object]) -> UnsendableError:
        fitting = [path for path in sorted(self.variables) if path.rpartition(".")[2] == name]
        return unknown_variable(fitting[0] if fitting else name, names)


def namespaces(values: Mapping[str, object]) -> Mapping[str, object]:
    """What a template sees: `lead`, and under its own name every value that is a mapping (`owner.name`)."""
    if isinstance(values.get("lead"), Mapping):
        return values
    # Nearly all are texts; asking the abstract class about each of them is dear.
    spaces = {name: it for name, it in values.items() if type(it) is not str and isinstance(it, Mapping)}
    return {"lead": values, **spaces}


@lru_cache(maxsize=512)
def compile_template(source: str) -> Template:
    """Compile, or take from the cache. Raises UnsendableError: "template error", "template refused"."""
    if len(source) > SOURCE_LIMIT:
        raise UnsendableError("template refused", f"{len(source)} characters, at most {SOURCE_LIMIT}")
    source = source.replace("\r\n", "\n")
    if has_mark(source) or unfit(source):
        raise UnsendableError("template refused", "a control character, or a private-use one of plane 15")
    tree = _parse(source)
    refuse_unsafe(tree)
    plain = _plain(tree)
    if plain is not None:
        return Template(variable_paths(tree), *plain, None)
    return Template(variable_paths(tree), "", None, _program(tree))


def compile_by_program(source: str) -> Template:
    """The same without the shortcut for plain output: the reference that the shortcut is tested against."""
    tree = _parse(source)
    refuse_unsafe(tree)
    return Template(variable_paths(tree), "", None, _program(tree))


def variables_of(source: str) -> frozenset[str]:
    """The variables that a text reads, dotted (`lead.first_name`). Raises like `compile_template`."""
    return compile_template(source).variables


def unknown_variable(path: str, names: Mapping[str, object]) -> UnsendableError:
    """The error for a variable that nobody has, with the nearest that exists."""
    spaces = {space: fields for space, fields in names.items() if isinstance(fields, Mapping)}
    known = [f"{space}.{name}" for space, fields in spaces.items() for name in fields]
    near = get_close_matches(path, known, n=1)
    return UnsendableError("unknown variable", f"{path}; did you mean {near[0]}?" if near else path)


def _look_up(names: Mapping[str, object], path: tuple[str, ...]) -> str:
    current: object = names
    for name in path:
        if not isinstance(current, dict | Mapping) or name not in current:
            raise unknown_variable(".".join(path), names)
        current = current[name]
    return current if type(current) is str else _printed(current)


def _printed(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, _PRINTABLE):
        return str(value)
    raise UnsendableError("unprintable value", f"{type(value).__name__}: only texts, numbers, dates are printed")


def _parse(source: str) -> nodes.Template:
    try:
        return _environment().parse(source)
    except jinja2.TemplateSyntaxError as error:
        raise UnsendableError("template error", f"line {error.lineno}: {error.message}") from None
    except (RecursionError, MemoryError, ValueError):
        raise UnsendableError("template refused", "an expression nested too deeply") from None


def _program(tree: nodes.Template) -> jinja2.Template:
    environment = _environment()
    return jinja2.Template.from_code(environment, environment.compile(tree), {})


def _plain(tree: nodes.Template) -> tuple[str, tuple[tuple[str, ...], ...]] | None:
    """The constant text with marks and the path of each, or None where the text depends on a value."""
    parts: list[str] = []
    paths: list[tuple[str, ...]] = []
    for node in _outputs(tree):
        path = path_of(node) if node is not None else None
        if isinstance(node, nodes.TemplateData):
            parts.append(node.data)
        elif path is None or len(paths) == LIMIT:
            return None
        else:
            parts.append(mark(len(paths)))
            paths.append(path)
    return "".join(parts), tuple(paths)


def _outputs(tree: nodes.Template) -> Iterable[nodes.Node | None]:
    for node in tree.body:
        yield from node.nodes if isinstance(node, nodes.Output) else (None,)


class _Recorder:
    """The values of one evaluation, and how much has been written."""

    __slots__ = ("size", "values")

    def __init__(self) -> None:
        self.values: list[str] = []
        self.size = 0

    def grow(self, characters: int) -> None:
        self.size += characters
        if self.size > OUTPUT_LIMIT or len(self.values) > LIMIT:
            raise _too_long()

    def record(self, value: str) -> str:
        self.values.append(value)
        self.grow(len(value))
        return mark(len(self.values) - 1)


class _Unknown(jinja2.StrictUndefined):
    """Fails on every use but `default` and `is defined`, with the bare name."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        return str(self._undefined_name)


class _Environment(ImmutableSandboxedEnvironment):
    """Only fields of mappings, items of lists and a loop's counters can be read; nothing can be called."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in _LOOP_FIELDS:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, Mapping):
            return self.getattr(obj, str(argument))
        if isinstance(obj, str | list | tuple) and isinstance(argument, int | slice):
            return obj[argument]
        return self.undefined(name=str(argument))

    def is_safe_callable(self, _obj: Any) -> bool:
        return False


@lru_cache(maxsize=1)
def _environment() -> _Environment:
    environment = _Environment(
        undefined=_Unknown,
        autoescape=False,  # values never meet the text here: they stay marks until they are escaped
        finalize=_record,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=0,
    )
    environment.globals.clear()
    filters, tests = environment.filters, environment.tests
    environment.filters = {name: filters[name] for name in FILTERS} | {"join": _join}
    environment.tests = {name: test for name, test in tests.items() if name in TESTS}
    return environment


@jinja2.pass_context
def _record(context: Context, value: object) -> str:
    """Called for every output: keeps the value and puts a mark into the text."""
    recorder: _Recorder = context[_RECORDER]
    if isinstance(value, jinja2.Undefined):
        return str(value)  # raises
    return recorder.record(_printed(value))


def _too_long() -> UnsendableError:
    return UnsendableError("text too long", f"more than {OUTPUT_LIMIT} characters or {LIMIT} values")


def _join(values: object, d: str = ", ") -> str:
    """A list as one text. Not for texts, which a chain of joins would blow up."""
    if not isinstance(values, list | tuple):
        raise TypeError("join needs a list")
    return str(d).join(_printed(value) for value in values)
