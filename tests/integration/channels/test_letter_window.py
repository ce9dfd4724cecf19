"""What an envelope's window shows, measured on the sheet as poppler prints it: ink, not baselines."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from channels.letter.channel import LetterChannel
from channels.settings import LetterSettings
from tests.servers.processes import need
from tests.unit.channels.outgoing import POSTAL, outgoing

pytestmark = pytest.mark.system

DOTS = 300
INCH = 25.4
NAMES = ("Nguyễn Thị Ẩnh Ồ", "김 민준", "Ägidius Ångström, Ağ", "Žq Çgjpy")
# In millimetres, left, right, top, bottom: the window of DIN 5008 form B, and of No. 10 what every slide of the sheet
# leaves in sight.
DIN = (20.0, 105.0, 45.0, 90.0)
US = (0.875 * INCH, 4.375 * INCH, 2.5 * INCH, 3.167 * INCH)


def ink(pdf: bytes, folder: Path, *, above: float, below: float) -> tuple[float, float, float, float]:
    """Of the left half of page one between two heights: the first and last column and row with ink, in millimetres."""
    (folder / "letter.pdf").write_bytes(pdf)
    program = ("pdftoppm", "-r", str(DOTS), "-gray", "-singlefile", "-f", "1", "letter.pdf", "letter")
    subprocess.run(program, cwd=folder, check=True, timeout=60)
    head, size, _, dots = (folder / "letter.pgm").read_bytes().split(b"\n", 3)
    assert head == b"P5"
    width = int(size.split()[0])
    rows = range(_dots(above), _dots(below))
    half = [dots[row * width : row * width + _dots(112)] for row in rows]
    inked = [
        (row, column) for row, line in zip(rows, half, strict=True) for column, dot in enumerate(line) if dot < 128
    ]
    columns, lines = [column for _, column in inked], [row for row, _ in inked]
    return tuple(dot / DOTS * INCH for dot in (min(columns), max(columns), min(lines), max(lines)))  # type: ignore[return-value]


def _dots(millimetres: float) -> int:
    return round(millimetres / INCH * DOTS)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("lines", [2, 3, 4])
@pytest.mark.parametrize(("country", "window"), [("FI", DIN), ("US", US)])
def test_the_ink_of_an_address_stays_inside_the_window(
    tmp_path: Path, country: str, window: tuple[float, float, float, float], lines: int, name: str
) -> None:
    need("pdftoppm", package="poppler-utils")
    channel = LetterChannel(LetterSettings(spool=tmp_path / "spool", home=country))
    place = (*(f"Gjpqy Street {number}" for number in range(lines - 1)), "Żgierz Åpq 10118")
    person = replace(POSTAL, name=name, country=country, postal_lines=place)
    pdf = channel.prepare(outgoing("letter", recipient=person)).payload
    above = 60.0 if country == "FI" else 58.0  # below the sender's line and its rule, and nothing before the text
    left, right, top, bottom = ink(pdf, tmp_path, above=above, below=91.5)
    assert window[0] <= left < right <= window[1]
    assert window[2] <= top < bottom <= window[3]
