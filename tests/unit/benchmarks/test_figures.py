"""The frame of the benchmarks: verdicts, the table, the JSON. What they measure is no test's business."""

import importlib
import inspect
import json
from pathlib import Path

import pytest

from benchmarks.__main__ import NAMES, main
from benchmarks.figures import Figure, read, table, written

FASTER = Figure(name="faster", value=1.25, floor=1.0, goal=3.0, how="one against another")
LEANER = Figure(name="leaner", value=206, floor=150, goal=130, unit="MB", at_most=True)
SHOWN = Figure(name="only shown", value=0.481)


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [
        (FASTER, "floor"),
        (Figure(name="x", value=3.0, floor=1.0, goal=3.0), "goal"),
        (Figure(name="x", value=0.99, floor=1.0, goal=3.0), "missed"),
        (Figure(name="x", value=1.0, floor=1.0), "held"),
        (LEANER, "missed"),
        (Figure(name="x", value=140, floor=150, goal=130, at_most=True), "floor"),
        (Figure(name="x", value=0, floor=0, at_most=True), "held"),
        (SHOWN, ""),
    ],
)
def test_a_figure_knows_whether_it_holds(figure: Figure, verdict: str) -> None:
    assert figure.verdict == verdict


def test_the_table_has_one_line_a_figure_with_its_bounds() -> None:
    lines = table([FASTER, LEANER, SHOWN]).splitlines()

    assert lines[0].split() == ["figure", "measured", "floor", "goal", "verdict"]
    assert lines[2].split() == ["faster", "1.25", "x", "≥", "1", "≥", "3", "floor"]
    assert lines[3].split() == ["leaner", "206", "MB", "≤", "150", "≤", "130", "missed"]
    assert lines[4].split() == ["only", "shown", "0.481", "x"]


def test_figures_survive_their_json() -> None:
    text = written([FASTER, LEANER, SHOWN])

    assert read(text) == [FASTER, LEANER, SHOWN]
    assert [each["verdict"] for each in json.loads(text)] == ["floor", "missed", ""]


@pytest.mark.parametrize("name", NAMES)
def test_every_benchmark_takes_a_scale_and_gives_figures(name: str) -> None:
    measure = importlib.import_module(f"benchmarks.{name}").measure

    assert list(inspect.signature(measure).parameters) == ["scale"]
    assert inspect.isgeneratorfunction(measure)


def test_a_benchmark_that_nobody_knows_is_a_usage_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["speed", "--out", str(tmp_path)])

    assert ended.value.code == 2
    assert "there is no benchmark 'speed'" in capsys.readouterr().err
