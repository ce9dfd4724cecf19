"""Values that are filled are the values that their constructors make."""

import copy
import pickle
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from tests.factories import make_enrollment, make_lead, make_past, make_touch
from touches.model.filling import filler
from touches.model.people import Company, Lead

VALUES = (make_touch(), make_lead(), make_past("a"), make_enrollment())


@pytest.mark.parametrize("value", VALUES, ids=lambda value: type(value).__name__)
def test_a_filled_value_is_what_its_constructor_makes(value: object) -> None:
    names = [each.name for each in fields(value)][::-1]  # type: ignore[arg-type]
    filled = filler(type(value), names)(*[getattr(value, name) for name in names])

    assert filled == value
    assert type(filled) is type(value)
    assert repr(filled) == repr(value)
    assert pickle.loads(pickle.dumps(filled)) == copy.copy(filled) == value


def test_what_is_not_given_has_its_default() -> None:
    new = filler(Lead, ("id", "name"))

    assert new(7, "Ann") == Lead(id=7, name="Ann")
    assert new(7, "Ann").attributes is not new(8, "Ann").attributes


def test_a_filled_value_is_frozen() -> None:
    company = filler(Company, ("id", "name"))(1, "Firm")

    with pytest.raises(FrozenInstanceError):
        company.name = "Other"  # type: ignore[misc]
    assert replace(company, name="Other").name == "Other"


def test_a_field_without_a_default_has_to_be_given() -> None:
    with pytest.raises(TypeError, match="name has no default"):
        filler(Company, ("id",))
