"""From YAML events to a `Document`: limits hold before anything is built, and no scalar is guessed at."""

from collections.abc import Iterator
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from policies.errors import shown
from policies.findings import Finding, Severity
from policies.reading import CONTROLS, Document, KeyPath, Place

MOST_LEVELS = 64
MOST_NODES = 10_000
_WORDS: dict[str, object] = {"": None, "~": None, "null": None, "true": True, "false": False}
_PROBLEMS = (  # part of the parser's text, what people need to hear
    ("\\t", "tab", "a tab; indent with spaces"),
    ("cannot start any token", "bad-yaml", "this character cannot start a value; put the value in quotes"),
    ("mapping values are not allowed", "bad-yaml", 'a second ": " in one value; put the value in quotes'),
    ("expected <block end>", "bad-yaml", "the indentation does not fit the lines above"),
    ("unexpected end of stream", "bad-yaml", "a quotation mark is opened here and never closed"),
    ("could not find expected ':'", "bad-yaml", 'a key without a colon; write "key: value"'),
    ("expected ',' or", "bad-yaml", "a bracket or brace is not closed, or a comma is missing"),
    ("expected the node content", "bad-yaml", "a value is missing, or a bracket or brace is not closed"),
    ("unknown escape", "bad-yaml", "an unknown escape after a backslash; use single quotes for plain text"),
)


class _Stop(Exception):
    """The text cannot be read any further; carries the place, code and message."""

    def __init__(self, place: Place, code: str, message: str) -> None:
        self.place, self.code, self.message = place, code, message
        super().__init__(message)


def read_yaml(text: str, *, file: str, first_line: int = 1) -> Document:
    """Read one YAML 1.2 document. Whatever is wrong is in the document's findings; this never raises.

    Scalars stay text as written (`NO`, `12:30`, `010`). Anchors, aliases, merge keys, tags, duplicate keys
    and second documents are refused, and so is more than 64 levels or 10,000 keys and values. `first_line`
    is the line of the file on which the text begins.
    """
    composer = _Composer(file, first_line)
    try:
        composer.compose(text)
    except _Stop as stop:
        composer.report(stop.place, stop.code, stop.message)
    return composer.document


class _Composer:
    def __init__(self, file: str, first_line: int) -> None:
        self.document = Document()
        self._file = file
        self._offset = first_line
        self._nodes = 0

    def report(self, place: Place, code: str, message: str) -> None:
        self.document.findings.append(Finding(self._file, *place, Severity.ERROR, code, message))

    def compose(self, text: str) -> None:
        events = self._events(text)
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if event.version or event.tags:
                    raise _Stop(self._start(event), "bad-yaml", "a % directive; delete the line")
                self.document.data = self._value(next(events), events, ())
                self._expect_the_end(events)

    def _events(self, text: str) -> Iterator[Any]:
        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as error:
            raise self._problem(error) from None
        except (YAMLError, ValueError, IndexError, RecursionError) as error:
            told = f"this is not YAML: {str(error).splitlines()[0][:80]}" if str(error) else "this is not YAML"
            raise _Stop((self._offset, 1), "bad-yaml", told) from None

    def _problem(self, error: Any) -> _Stop:
        problem = str(error.problem or error.context or "")
        unclosed = "unexpected end of stream" in problem
        mark = (error.context_mark if unclosed else error.problem_mark) or error.context_mark
        place = (mark.line + self._offset, mark.column + 1) if mark else (self._offset, 1)
        for part, code, told in _PROBLEMS:
            if part in problem:
                return _Stop(place, code, told)
        return _Stop(place, "bad-yaml", f"this is not YAML: {problem[:80]}")

    def _expect_the_end(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, DocumentStartEvent):
                raise _Stop(self._start(event), "several-documents", 'a second document begins here; delete the "---"')

    def _start(self, event: Any) -> Place:
        return event.start_mark.line + self._offset, event.start_mark.column + 1

    def _value(self, event: Any, events: Iterator[Any], path: KeyPath) -> object:
        place = self._start(event)
        self._count(place, path)
        self.document.values[path] = place
        self._refuse_extras(event, place)
        if isinstance(event, MappingStartEvent):
            return self._mapping(events, path)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path)
        if isinstance(event, ScalarEvent):
            return self._scalar(event, place)
        return None

    def _scalar(self, event: Any, place: Place) -> object:
        control = CONTROLS.search(event.value)
        if control:
            told = f"a control character (U+{ord(control[0]):04X}) is written in this value; delete it"
            self.report(place, "control-character", told)
            return None
        if event.style:
            return event.value
        return _WORDS.get(event.value, event.value)

    def _count(self, place: Place, path: KeyPath) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise _Stop(place, "too-many-values", f"more than {MOST_NODES:,} keys and values; split the file")
        if len(path) > MOST_LEVELS:
            raise _Stop(place, "too-deep", f"more than {MOST_LEVELS} levels of nesting")

    def _refuse_extras(self, event: Any, place: Place) -> None:
        if isinstance(event, AliasEvent):
            self.report(place, "alias", f'the alias "*{shown(event.anchor)}" is not allowed; write the value out')
        elif event.anchor:
            self.report(place, "alias", f'the anchor "&{shown(event.anchor)}" is not allowed; write the value out')
        elif getattr(event, "tag", None):
            self.report(place, "tag", f'the tag "{shown(str(event.tag))}" is not allowed; write the plain value')

    def _sequence(self, events: Iterator[Any], path: KeyPath) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._value(event, events, (*path, len(items))))
        return items

    def _mapping(self, events: Iterator[Any], path: KeyPath) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            self._entry(mapping, event, events, path)
        return mapping

    def _entry(self, mapping: dict[str, object], event: Any, events: Iterator[Any], path: KeyPath) -> None:
        place = self._start(event)
        self._count(place, path)
        self._refuse_extras(event, place)
        key = self._key(event, events, place, path)
        if key is None or key in mapping:
            if key is not None:
                line, column = self.document.keys[(*path, key)]
                told = f'the key "{shown(key)}" stands twice, first at line {line}, column {column}; keep one'
                self.report(place, "duplicate-key", told)
            self._skip(next(events), events, path)
            return
        self.document.keys[(*path, key)] = place
        mapping[key] = self._value(next(events), events, (*path, key))

    def _key(self, event: Any, events: Iterator[Any], place: Place, path: KeyPath) -> str | None:
        if not isinstance(event, ScalarEvent):
            if not isinstance(event, AliasEvent):
                self.report(place, "bad-key", "a key must be a word, not a list or a mapping")
                self._skip(event, events, path)
            return None
        if event.value == "<<" and not event.style:
            self.report(place, "merge-key", 'the merge key "<<" is not allowed; write the keys out')
            return None
        if not event.value or CONTROLS.search(event.value):
            self.report(place, "bad-key", 'a key is empty or not printable; write "key: value"')
            return None
        return str(event.value)

    def _skip(self, event: Any, events: Iterator[Any], path: KeyPath) -> None:
        """Read past a value that is refused already, within the same limits."""
        level = 0
        while True:
            level += isinstance(event, CollectionStartEvent)
            level -= isinstance(event, CollectionEndEvent)
            self._count(self._start(event), path if level + len(path) <= MOST_LEVELS else (*path, *range(level)))
            if level <= 0:
                return
            event = next(events)
