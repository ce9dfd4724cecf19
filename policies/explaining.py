"""What the models refuse, told to the author: with its place, what was found and what was expected."""

from collections.abc import Iterator
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from policies.errors import Refused, shown
from policies.findings import Finding, Severity, did_you_mean, one_of
from policies.reading import Document, KeyPath, path_text
from policies.schema.fields import described

M = TypeVar("M", bound=BaseModel)
_EXPECTED = {
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "dict_type": "a mapping (key: value)",
    "tuple_type": "a list",
    "list_type": "a list",
}


def validated(model: type[M], document: Document, *, file: str) -> tuple[M | None, list[Finding]]:
    """The document as that model, or all that is wrong with it, sorted by place."""
    findings = [*document.findings, *_empty_values(document, file=file)]
    if not isinstance(document.data, dict):
        return None, findings or [_not_a_mapping(document, file=file)]
    result = None
    try:
        result = model.model_validate(document.data)
    except ValidationError as error:
        refusals = error.errors(include_url=False)
        findings += [_finding(model, document, refusal, file=file) for refusal in refusals]
    except RecursionError:
        findings.append(Finding(file, 1, 1, Severity.ERROR, "too-deep", "too many levels of nesting"))
    return (None if findings else result), _once_per_place(findings)


def _once_per_place(findings: list[Finding]) -> list[Finding]:
    """The first finding of a place explains the others there; two missing keys of one mapping both stay."""
    kept: dict[tuple[object, ...], Finding] = {}
    for finding in findings:
        extra = finding.message if finding.code == "missing-key" else ""
        kept.setdefault((finding.line, finding.column, extra), finding)
    return sorted(kept.values())


def _not_a_mapping(document: Document, *, file: str) -> Finding:
    line, column = document.place(())
    if document.data is None:
        return Finding(file, line, column, Severity.ERROR, "empty-file", "the file is empty; expected key: value lines")
    told = f'"{described(document.data)}" stands where a mapping (key: value) is expected'
    return Finding(file, line, column, Severity.ERROR, "not-a-mapping", told)


def _empty_values(document: Document, *, file: str) -> Iterator[Finding]:
    for path, value in _walk(document.data, ()):
        last = path[-1] if path else ""
        if isinstance(last, str) and last.endswith("_"):
            line, column = document.place(path, of_key=True)
            yield Finding(file, line, column, Severity.ERROR, "unknown-key", f'unknown key "{shown(last)}"')
        if value is None and path and path[0] != "enroll_when":
            line, column = document.place(path, of_key=True)
            told = f"{path_text(path)}: no value; write one, or delete the line"
            yield Finding(file, line, column, Severity.ERROR, "empty-value", told)


def _walk(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _walk(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _walk(inner, (*path, index))


def _finding(model: type[BaseModel], document: Document, refusal: ErrorDetails, *, file: str) -> Finding:
    path = tuple(part for part in refusal["loc"] if part != "[key]")
    if refusal["type"] == "extra_forbidden":
        code, told, of_key = "unknown-key", _unknown_key(model, path), True
    elif refusal["type"] == "missing":
        code, told, of_key = "missing-key", _missing_key(path), False
    else:
        code, told = _wrong_value(refusal)
        told, of_key = f"{path_text(path)}: {told}" if path else told, refusal["loc"][-1:] == ("[key]",)
    line, column = document.place(path, of_key=of_key)
    return Finding(file, line, column, Severity.ERROR, code, told)


def _wrong_value(refusal: ErrorDetails) -> tuple[str, str]:
    error = refusal.get("ctx", {}).get("error")
    if isinstance(error, Refused):
        return error.code, str(error)
    expected = _EXPECTED.get(refusal["type"])
    if expected is None:
        return "bad-value", f'"{described(refusal["input"])}": {refusal["msg"]}'
    return "bad-value", f'"{described(refusal["input"])}" stands where {expected} is expected'


def _missing_key(path: KeyPath) -> str:
    where = f" in {path_text(path[:-1])}" if len(path) > 1 else ""
    return f'the key "{path[-1]}" is missing{where}'


def _unknown_key(model: type[BaseModel], path: KeyPath) -> str:
    known = known_keys(model, path[:-1])
    word = str(path[-1])
    near = did_you_mean(word, known)
    where = f" in {path_text(path[:-1])}" if len(path) > 1 else ""
    hint = near or (f" (expected {one_of(sorted(known))})" if known else "")
    return f'unknown key "{shown(word)}"{where}{hint}'


def known_keys(model: type[BaseModel], path: KeyPath) -> tuple[str, ...]:
    """The keys that the format knows at that path, as they are written in files."""
    current: type[BaseModel] | None = model
    in_mapping = False
    for part in path:
        if isinstance(part, int) or current is None:
            continue
        if in_mapping:
            in_mapping = False
            continue
        field = _fields(current).get(part)
        current, in_mapping = _inner(field.annotation) if field else (None, False)
    return tuple(_fields(current)) if current else ()


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {field.alias or name: field for name, field in model.model_fields.items()}


def _inner(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    """The model inside an annotation, and whether a mapping of free keys lies between."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for argument in get_args(annotation):
        found, in_mapping = _inner(argument)
        if found is not None:
            return found, in_mapping or get_origin(annotation) is dict
    return None, False
