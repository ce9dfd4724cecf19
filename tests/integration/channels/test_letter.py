"""Letters as files: what is on the page, what is in the spool, and what a crash or a full disk leaves behind."""

import asyncio
import csv
import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pypdf
import pytest

from channels.errors import UnsendableError
from channels.letter.channel import LetterChannel
from channels.proof import CannotTell, Prover
from channels.protocol import Accepted, Failure, Recipient, Refused, Withdrawn
from channels.settings import LetterSettings
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import POSTAL, outgoing

EVER = datetime(2026, 1, 1, tzinfo=UTC)
MM = 72 / 25.4


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    return tmp_path / "outbox" / "letters"


@pytest.fixture
def channel(spool: Path) -> LetterChannel:
    return LetterChannel(LetterSettings(spool=spool, home="FI"))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in read(pdf).pages)


def places(pdf: bytes) -> dict[str, tuple[float, float]]:
    """Where each run of text on page one stands: millimetres from the left and from the top."""
    page = read(pdf).pages[0]
    height = float(page.mediabox.height)
    found: dict[str, tuple[float, float]] = {}

    def visit(run: str, cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        if run.strip():
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            found.setdefault(run.strip(), (x / MM, (height - y) / MM))

    page.extract_text(visitor_text=visit)
    return found


def rows(spool: Path) -> list[dict[str, str]]:
    with (spool / "manifest.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_page_holds_address_date_subject_text_ask_and_signature(channel: LetterChannel) -> None:
    shown = text(channel.prepare(outgoing("letter")).payload)
    for part in (
        "Ville Mäkinen", "Mannerheimintie 5 A 12", "00100 Helsinki", "23 November 2026", "Support until 22:00",
        "Dear Ville,", "From Monday our support answers until 22:00, Ville.", "Reply with a time for a call.",
        "Kind regards", "Aino Virtanen", "Esimerkkikatu 1", "palaute@kahvila.example",
    ):  # fmt: skip
        assert part in shown, part


@pytest.mark.parametrize(
    ("country", "left", "top", "right", "bottom"),
    [("FI", 20, 45, 105, 90), ("US", 0.875 * 25.4, 2.5 * 25.4, 4.375 * 25.4, 3.167 * 25.4)],
)
def test_the_whole_address_stands_inside_the_window(
    channel: LetterChannel, country: str, left: float, top: float, right: float, bottom: float
) -> None:
    most = 5 if country == "FI" else 3
    lines = tuple(f"Line {number} of a long address in town" for number in range(most))
    person = replace(POSTAL, country=country, postal_lines=lines)
    found = places(channel.prepare(outgoing("letter", recipient=person)).payload)
    for line in (person.name, *lines):
        x, y = next(place for run, place in found.items() if run.startswith(line))
        assert left <= x < right
        assert top < y <= bottom


def test_american_letters_are_on_american_paper(channel: LetterChannel) -> None:
    american = replace(POSTAL, country="US")
    sizes = {
        name: [round(float(side)) for side in read(channel.prepare(message).payload).pages[0].mediabox[2:]]
        for name, message in {
            "FI": outgoing("letter"),
            "US": outgoing("letter", recipient=american),
        }.items()
    }
    assert sizes == {"FI": [595, 842], "US": [612, 792]}


@pytest.mark.parametrize("name", ["王小明", "Анна Кузнецова", "Ἀλέξανδρος", "Žofie Čapková", "김민준", "山田 太郎"])
def test_names_of_many_scripts_can_be_read_from_the_page(channel: LetterChannel, name: str) -> None:
    made = channel.prepare(outgoing("letter", recipient=replace(POSTAL, name=name)))
    assert name.replace(" ", "") in text(made.payload).replace(" ", "")


@pytest.mark.parametrize(
    "name",
    ['#read("/etc/passwd")', "#strong[x]", "$1+1$", "`x`", "{{7*7}}", "**x**", "<script>", '"\\', "@ref", "= H", "//x"],
)
def test_a_name_that_looks_like_layout_is_printed_as_it_is(channel: LetterChannel, name: str) -> None:
    made = channel.prepare(outgoing("letter", recipient=replace(POSTAL, name=name), values={"first_name": name}))
    assert text(made.payload).count(name) == 3


def test_a_long_letter_numbers_its_pages(channel: LetterChannel) -> None:
    made = channel.prepare(outgoing("letter", piece={"body": "All of this is new to you. " * 300}))
    assert made.parts == len(read(made.payload).pages) >= 2
    assert f"Page 2 of {made.parts}" in text(made.payload)


def test_a_letter_of_one_page_has_no_number(channel: LetterChannel) -> None:
    assert "Page 1" not in text(channel.prepare(outgoing("letter")).payload)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"recipient": replace(POSTAL, name="สมชาย")}, "script cannot be set"),
        ({"recipient": replace(POSTAL, postal_lines=())}, "no postal address"),
        ({"recipient": replace(POSTAL, postal_lines=("W" * 90, "x"))}, "address too wide"),
        ({"piece": {"body": "word " * 12_000}}, "letter too long"),
        ({"values": {}}, "unknown variable"),
        ({"key": "../../etc/cron.d/x"}, "bad key"),
        ({"key": "-oraw"}, "bad key"),
        ({"key": "a" * 300}, "bad key"),
    ],
)
def test_what_cannot_be_a_letter_is_refused_with_its_reason(
    channel: LetterChannel, changes: dict[str, Any], reason: str
) -> None:
    with pytest.raises(UnsendableError) as refused:
        channel.prepare(outgoing("letter", **changes))
    assert refused.value.reason == reason


def test_the_same_letter_has_the_same_bytes_from_any_compiler(spool: Path) -> None:
    first, second = (LetterChannel(LetterSettings(spool=spool, home="FI")) for _ in range(2))
    made = first.prepare(outgoing("letter"))
    first.prepare(outgoing("letter", piece={"subject": "Another"}))
    assert first.prepare(outgoing("letter")) == second.prepare(outgoing("letter")) == made


async def test_a_letter_lies_in_the_spool_with_one_line(channel: LetterChannel, spool: Path) -> None:
    prepared = channel.prepare(outgoing("letter"))
    result = await channel.hand_over(prepared, CountingMarker())
    assert result == Accepted(reference="out/touch-000042.pdf", detail="1 pages")
    assert (spool / "out" / "touch-000042.pdf").read_bytes() == prepared.payload
    (row,) = rows(spool)
    assert (row["key"], row["name"], row["postal_lines"], row["country"], row["pages"], row["digest"]) == (
        "touch-000042", "Ville Mäkinen", "Mannerheimintie 5 A 12, 00100 Helsinki", "FI", "1", prepared.digest,
    )  # fmt: skip
    assert datetime.fromisoformat(row["date"]).utcoffset() is not None


async def test_the_marker_stands_between_a_whole_file_and_the_spool(channel: LetterChannel, spool: Path) -> None:
    prepared = channel.prepare(outgoing("letter"))

    def look() -> tuple[int, int]:
        return (spool / "tmp" / "touch-000042.pdf").stat().st_size, len(list((spool / "out").iterdir()))

    marker = CountingMarker(look=look)
    await channel.hand_over(prepared, marker)
    assert marker.seen == [(len(prepared.payload), 0)]


async def test_a_no_of_the_marker_leaves_nothing(channel: LetterChannel, spool: Path) -> None:
    result = await channel.hand_over(channel.prepare(outgoing("letter")), CountingMarker(answer=False))
    assert result == Withdrawn()
    assert [path for path in spool.rglob("*") if path.is_file()] == []


async def test_a_letter_that_is_there_is_never_spooled_again(channel: LetterChannel, spool: Path) -> None:
    prepared = channel.prepare(outgoing("letter"))
    await channel.hand_over(prepared, CountingMarker())
    (spool / "out" / "touch-000042.pdf").replace(spool / "done" / "touch-000042.pdf")
    marker = CountingMarker()
    result = await channel.hand_over(prepared, marker)
    assert isinstance(result, Accepted)
    assert result.reference == "done/touch-000042.pdf"
    assert marker.times == 0
    assert len(rows(spool)) == 1


async def test_what_a_dead_process_put_aside_is_written_anew(channel: LetterChannel, spool: Path) -> None:
    (spool / "tmp").mkdir(parents=True)
    (spool / "tmp" / "touch-000042.pdf").write_bytes(b"half")
    prepared = channel.prepare(outgoing("letter"))
    assert isinstance(await channel.hand_over(prepared, CountingMarker()), Accepted)
    assert (spool / "out" / "touch-000042.pdf").read_bytes() == prepared.payload


@pytest.mark.parametrize("stage", ["out", "taken", "done"])
async def test_a_file_of_any_stage_is_proof(channel: LetterChannel, spool: Path, stage: str) -> None:
    (spool / stage).mkdir(parents=True)
    (spool / stage / "touch-1.pdf").write_bytes(b"%PDF")
    found = await channel.find(key="touch-1", address="", since=EVER)
    assert isinstance(channel, Prover)
    assert isinstance(found, Accepted)
    assert found.reference == f"{stage}/touch-1.pdf"


async def test_no_file_is_proof_of_the_contrary_unless_the_spool_is_away(channel: LetterChannel, spool: Path) -> None:
    assert isinstance(await channel.find(key="touch-1", address="", since=EVER), CannotTell)
    spool.parent.mkdir()
    assert await channel.find(key="touch-1", address="", since=EVER) is None
    spool.mkdir()
    assert isinstance(await channel.find(key="touch-1", address="", since=EVER), CannotTell)
    (spool / "out").mkdir()
    assert await channel.find(key="touch-1", address="", since=EVER) is None


async def test_a_spool_that_cannot_be_made_is_a_certain_refusal_that_blames_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    channel = LetterChannel(LetterSettings(spool=tmp_path / "file" / "letters", home="FI"))
    marker = CountingMarker()
    result = await channel.hand_over(channel.prepare(outgoing("letter")), marker)
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent, marker.times) == (Failure.CONFIGURATION, False, 0)


async def test_a_manifest_that_cannot_be_written_is_said_and_the_letter_stays_one(
    channel: LetterChannel, spool: Path
) -> None:
    spool.mkdir(parents=True)
    (spool / "manifest.csv").mkdir()
    result = await channel.hand_over(channel.prepare(outgoing("letter")), CountingMarker())
    assert isinstance(result, Accepted)
    assert result.detail.startswith("no line in manifest.csv")


async def test_a_name_that_looks_like_a_formula_is_a_text_in_the_manifest(channel: LetterChannel, spool: Path) -> None:
    person = replace(POSTAL, name='=HYPERLINK("http://e")', postal_lines=("+1, Street", 'say "hi"; x', "a;=1+1"))
    await channel.hand_over(channel.prepare(outgoing("letter", recipient=person)), CountingMarker())
    (row,) = rows(spool)
    assert row["name"] == '\'=HYPERLINK("http://e")'
    assert row["postal_lines"] == "'+1, Street, say \"hi\"; x, a;'=1+1"


async def test_many_letters_at_once_are_many_files_and_lines(channel: LetterChannel, spool: Path) -> None:
    keys = [f"touch-{number:03}" for number in range(24)]
    prepared = [channel.prepare(outgoing("letter", key=key)) for key in keys]
    await asyncio.gather(*(channel.hand_over(one, CountingMarker()) for one in prepared))
    assert sorted(path.stem for path in (spool / "out").iterdir()) == keys
    assert sorted(row["key"] for row in rows(spool)) == keys


async def test_a_link_planted_in_the_spool_is_not_followed(channel: LetterChannel, spool: Path, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("mine")
    for folder in ("tmp", "out"):
        (spool / folder).mkdir(parents=True)
        (spool / folder / "touch-000042.pdf").symlink_to(victim)
    (spool / "out" / "touch-000042.pdf").unlink()
    await channel.hand_over(channel.prepare(outgoing("letter")), CountingMarker())
    assert victim.read_text() == "mine"


def test_a_stranger_without_a_country_is_written_to_as_at_home(channel: LetterChannel) -> None:
    person = Recipient(name="Ville", address="x", postal_lines=("Katu 1", "00100 Helsinki"))
    assert "FINLAND" not in text(channel.prepare(outgoing("letter", recipient=person)).payload)
