"""The walk through the list of the day."""

import pytest

from touches.care.record import Words
from touches.commands.today import give_back


def test_what_was_typed_and_refused_is_given_back(capsys: pytest.CaptureFixture[str]) -> None:
    give_back(Words(said="Too dear", agreed="An offer by Friday", minutes=9))
    assert capsys.readouterr().err == "not entered: said: Too dear\nnot entered: agreed: An offer by Friday\n"
