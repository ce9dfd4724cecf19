"""Templates of marketers: Jinja2 in a closed sandbox, compiled once, run to a marked text and values."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from operator import mul
from typing import Final, NamedTuple

import jinja2
from jinja2 import nodes

from channels.errors import UnsendableError
from channels.rendering.guard import path_of, refuse_unsafe, variable_paths
from channels.rendering.marks import LIMIT, has_mark, mark, unfit
from channels.rendering.sandbox import OUTPUT_LIMIT, RECORDER, Recorder, printed, sandbox, too_long

SOURCE_LIMIT: Final = 64_000  # characters of one template
_FAULTS: Final = (
    jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError,
)  # fmt: skip


class Marked(NamedTuple):
    """A rendered text in which each value is still a mark, and the values, by index."""

    text: str
    values: tuple[str, ...]


_NOTHING: Final = Marked("", ())


@dataclass(frozen=True, slots=True)
class Template:
    """One compiled source. Where variables are only plain output, `paths` is set and `marked` is constant: one mark for
    each path, which stands there so many `times`."""

    variables: frozenset[str]
    marked: Marked
    paths: tuple[tuple[str, ...], ...] | None
    program: jinja2.Template | None
    times: tuple[int, ...] = ()

    def evaluate(self, names: Mapping[str, object]) -> Marked:
        """Join nothing yet: the text with marks, and the values in order.

        Raises UnsendableError: "unknown variable", "no value", "template error", "text too long", "unprintable value".
        """
        if self.paths is None:
            return self._run(names)
        if not self.paths and len(self.marked.text) <= OUTPUT_LIMIT:
            return self.marked
        values = tuple([_look_up(names, path) for path in self.paths])
        if len(self.marked.text) + sum(map(mul, map(len, values), self.times)) > OUTPUT_LIMIT:
            raise too_long()
        return Marked(self.marked.text, values)

    def _run(self, names: Mapping[str, object]) -> Marked:
        recorder = Recorder()
        parts: list[str] = []
        try:
            for part in self._program().generate({**names, RECORDER: recorder}):
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
        marked, paths = plain
        return Template(variable_paths(tree), Marked(marked, ()), tuple(paths), None, tuple(paths.values()))
    return Template(variable_paths(tree), _NOTHING, None, _program(tree))


def compile_by_program(source: str) -> Template:
    """The same without the shortcut for plain output: the reference that the shortcut is tested against."""
    tree = _parse(source)
    refuse_unsafe(tree)
    return Template(variable_paths(tree), _NOTHING, None, _program(tree))


def variables_of(source: str) -> frozenset[str]:
    """The variables that a text reads, dotted (`lead.first_name`). Raises like `compile_template`."""
    return compile_template(source).variables


def unknown_variable(path: str, names: Mapping[str, object]) -> UnsendableError:
    """The error for a variable that nobody has, with the nearest that exists, or that only this lead lacks (None)."""
    space, _, name = path.partition(".")
    fields_of = names.get(space)
    if isinstance(fields_of, Mapping) and name in fields_of:
        return UnsendableError("no value", f'{path} is not known of this lead; write {{{{ {path} | default("…") }}}}')
    spaces = {space: fields for space, fields in names.items() if isinstance(fields, Mapping)}
    known = [f"{space}.{name}" for space, fields in spaces.items() for name in fields]
    near = get_close_matches(path, known, n=1)
    return UnsendableError("unknown variable", f"{path}; did you mean {near[0]}?" if near else path)


def _look_up(names: Mapping[str, object], path: tuple[str, ...]) -> str:
    current: object = names
    for name in path:
        if (type(current) is not dict and not isinstance(current, Mapping)) or name not in current:
            raise unknown_variable(".".join(path), names)
        current = current[name]
    if current is None:
        raise unknown_variable(".".join(path), names)
    return current if type(current) is str else printed(current)


def _parse(source: str) -> nodes.Template:
    try:
        return sandbox().parse(source)
    except jinja2.TemplateSyntaxError as error:
        raise UnsendableError("template error", f"line {error.lineno}: {error.message}") from None
    except (RecursionError, MemoryError, ValueError):
        raise UnsendableError("template refused", "an expression nested too deeply") from None


def _program(tree: nodes.Template) -> jinja2.Template:
    environment = sandbox()
    return jinja2.Template.from_code(environment, environment.compile(tree), {})


def _plain(tree: nodes.Template) -> tuple[str, Counter[tuple[str, ...]]] | None:
    """The constant text with marks, and how often each path stands there; None where the text depends on a value."""
    parts: list[str] = []
    marks: dict[tuple[str, ...], str] = {}
    paths: Counter[tuple[str, ...]] = Counter()
    for node in _outputs(tree):
        path = path_of(node) if node is not None else None
        if isinstance(node, nodes.TemplateData):
            parts.append(node.data)
        elif path is None or paths.total() == LIMIT:
            return None
        else:
            parts.append(marks.setdefault(path, mark(len(marks))))
            paths[path] += 1
    return "".join(parts), paths


def _outputs(tree: nodes.Template) -> Iterable[nodes.Node | None]:
    for node in tree.body:
        yield from node.nodes if isinstance(node, nodes.Output) else (None,)
