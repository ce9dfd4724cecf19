"""What the keys of a policy mean: the texts below the fields of its models, read from the source when asked for.

Pydantic would read them at every start, and that takes longer than all else that the models need.
"""

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping

from policies.schema.fields import PolicyModel


def meanings(model: type[PolicyModel]) -> Mapping[str, str]:
    """What each field of a model means, by its name in the file; those without a text are left out."""
    told = {name: text for cls in reversed(model.__mro__) if _is_ours(cls) for name, text in _texts(cls)}
    return {field.alias or name: told[name] for name, field in model.model_fields.items() if name in told}


def described_models() -> Mapping[str, type[PolicyModel]]:
    """Every model of a policy file or of news, by its name."""
    return {model.__name__: model for model in _below(PolicyModel)}


def _below(model: type[PolicyModel]) -> Iterator[type[PolicyModel]]:
    for heir in model.__subclasses__():
        yield heir
        yield from _below(heir)


def _is_ours(cls: type) -> bool:
    return issubclass(cls, PolicyModel) and cls is not PolicyModel


def _texts(cls: type) -> Iterator[tuple[str, str]]:
    body = ast.parse(textwrap.dedent(inspect.getsource(cls))).body[0]
    if not isinstance(body, ast.ClassDef):
        return
    for field, text in zip(body.body, body.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and _is_text(text):
            yield field.target.id, inspect.cleandoc(ast.literal_eval(text.value))  # type: ignore[attr-defined]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
