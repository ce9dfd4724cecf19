"""Makes frozen values from the values of their fields, in a fraction of the time that their own constructor takes.

A frozen class sets each field by a call; of a batch of touches thousands of values are made, with up to thirty fields.
"""

from collections.abc import Callable, Iterable
from dataclasses import MISSING, Field, fields, make_dataclass
from dataclasses import field as new_field
from typing import Any, TypeVar, cast

T = TypeVar("T")


def filler(kind: type[T], names: Iterable[str]) -> Callable[..., T]:
    """A function that takes the values of these fields, in this order; the others get their defaults.

    The value is filled while its class is still a plain one with the same slots, and then becomes what it is.
    """
    known = {each.name: each for each in fields(cast("Any", kind))}
    given = list(names)
    rest = [name for name in known if name not in given]

    def become(made: Any) -> None:
        made.__class__ = kind

    shape: list[str | tuple[str, Any] | tuple[str, Any, Any]] = [(name, Any) for name in given]
    shape += [_with_default(known[name]) for name in rest]
    plain = make_dataclass(kind.__name__, shape, namespace={"__post_init__": become}, slots=True)
    return cast("Callable[..., T]", plain)


def _with_default(one: "Field[Any]") -> tuple[str, Any, Any]:
    if one.default is MISSING and one.default_factory is MISSING:
        raise TypeError(f"{one.name} has no default: its value has to be given")
    if one.default_factory is not MISSING:
        return one.name, Any, new_field(default_factory=one.default_factory)
    return one.name, Any, new_field(default=one.default)
