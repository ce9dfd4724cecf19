"""Printing by IPP against a real server on loopback: a sheet comes out once, whatever the printer says."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from channels.letter.channel import LetterChannel
from channels.letter.ipp import IppPrinter, JobState
from channels.letter.printing import PrintRun
from channels.letter.spool import Spool
from channels.proof import CannotTell, Prover
from channels.protocol import Accepted, Failure, Refused, Unknown, Withdrawn
from channels.settings import LetterSettings
from tests.servers.gateways import unused_port
from tests.servers.printers import ABORTED, IppServer, Mood
from tests.unit.channels.marker import CountingMarker
from tests.unit.channels.outgoing import outgoing

EVER = datetime(2026, 1, 1, tzinfo=UTC)
PDF = b"%PDF-1.7 letter"


@pytest.fixture
async def server() -> AsyncIterator[IppServer]:
    async with IppServer() as running:
        yield running


@pytest.fixture
async def slow() -> AsyncIterator[IppServer]:
    async with IppServer(slow=True) as running:
        yield running


@pytest.fixture
async def printer(server: IppServer) -> AsyncIterator[IppPrinter]:
    ipp = IppPrinter(server.address, timeout=5)
    yield ipp
    await ipp.close()


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


def put(spool: Spool, *keys: str) -> None:
    for key in keys:
        spool.commit(spool.put_aside(key, PDF + key.encode()))


def run(spool: Spool, printer: IppPrinter, *, patience: float = 5) -> PrintRun:
    return PrintRun(spool, printer, patience=patience)


async def find(printer: IppPrinter, key: str) -> object:
    return await printer.find(key=key, address="", since=EVER)


async def test_a_job_carries_our_key_our_bytes_and_no_scaling(server: IppServer, printer: IppPrinter) -> None:
    result = await printer.offer("touch-1", PDF, CountingMarker())
    assert result == Accepted(reference="1", detail="printed")
    (job,) = server.jobs
    assert (job.name, job.document, job.scaling) == ("touch-1", PDF, "none")


async def test_a_no_of_the_marker_leaves_the_printer_alone(server: IppServer, printer: IppPrinter) -> None:
    assert await printer.offer("touch-1", PDF, CountingMarker(answer=False)) == Withdrawn()
    assert server.jobs == []


async def test_a_printer_without_paper_is_not_offered_anything(server: IppServer, printer: IppPrinter) -> None:
    server.stopped = True
    marker = CountingMarker()
    result = await printer.offer("touch-1", PDF, marker)
    assert isinstance(result, Refused)
    assert (result.failure, result.text, marker.times) == (Failure.BUSY, "media-empty", 0)


async def test_a_printer_that_is_off_is_a_certain_refusal() -> None:
    off = IppPrinter(f"ipp://127.0.0.1:{unused_port()}/ipp/print", timeout=2)
    marker = CountingMarker()
    result = await off.offer("touch-1", PDF, marker)
    await off.close()
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent, marker.times) == (Failure.CONNECT, False, 0)


@pytest.mark.parametrize(
    ("mood", "failure", "permanent"),
    [
        (Mood.BUSY, Failure.BUSY, False),
        (Mood.FORBIDDEN, Failure.CONFIGURATION, False),
        (Mood.LOGIN, Failure.CONFIGURATION, False),
        (Mood.BAD_DOCUMENT, Failure.REJECTED, True),
    ],
)
async def test_a_refusal_that_was_received_is_certain(
    server: IppServer, printer: IppPrinter, mood: Mood, failure: Failure, permanent: bool
) -> None:
    server.behave(mood)
    result = await printer.offer("touch-1", PDF, CountingMarker())
    assert isinstance(result, Refused)
    assert (result.failure, result.permanent) == (failure, permanent)


@pytest.mark.parametrize("mood", [Mood.MUTE, Mood.INTERNAL, Mood.HTTP_ERROR])
async def test_a_lost_answer_is_unknown(server: IppServer, printer: IppPrinter, mood: Mood) -> None:
    server.behave(mood)
    assert isinstance(await printer.offer("touch-1", PDF, CountingMarker()), Unknown)


async def test_a_job_is_found_by_its_name(server: IppServer, printer: IppPrinter) -> None:
    server.behave(Mood.MUTE)
    await printer.offer("touch-1", PDF, CountingMarker())
    assert isinstance(printer, Prover)
    assert await find(printer, "touch-1") == Accepted(reference="1", detail="printed")
    assert await find(printer, "touch-2") is None


async def test_a_printer_that_hides_names_cannot_tell(server: IppServer, printer: IppPrinter) -> None:
    await printer.offer("touch-1", PDF, CountingMarker())
    server.names_shown = False
    assert isinstance(await find(printer, "touch-1"), CannotTell)


async def test_a_printer_that_is_gone_cannot_tell(server: IppServer, printer: IppPrinter) -> None:
    await server.stop()
    assert isinstance(await find(printer, "touch-1"), CannotTell)
    assert await printer.job_state("1") is JobState.UNSEEN


async def test_an_unknown_job_is_forgotten(printer: IppPrinter) -> None:
    assert await printer.job_state("77") is JobState.FORGOTTEN


async def test_a_pass_prints_all_that_waits_once(server: IppServer, printer: IppPrinter, spool: Spool) -> None:
    put(spool, "touch-1", "touch-2", "touch-3")
    report = await run(spool, printer).once()
    assert report.printed == ["touch-1", "touch-2", "touch-3"]
    assert (report.waiting, report.stuck, report.because) == ([], [], "")
    assert [job.name for job in server.jobs] == report.printed
    assert spool.keys("done") == report.printed
    assert (await run(spool, printer).once()).printed == []
    assert len(server.jobs) == 3


async def test_a_printer_that_takes_one_at_a_time_keeps_the_others_waiting(slow: IppServer, spool: Spool) -> None:
    put(spool, "touch-1", "touch-2")
    printer = IppPrinter(slow.address, timeout=5)
    report = await run(spool, printer, patience=0.1).once()
    assert (report.printing, report.waiting) == (["touch-1"], ["touch-2"])
    assert report.because.startswith("busy")
    slow.finish()
    report = await run(spool, printer, patience=0.1).once()
    assert (report.printed, report.printing) == (["touch-1"], ["touch-2"])
    slow.finish()
    assert (await run(spool, printer).once()).printed == ["touch-2"]
    await printer.close()
    assert [job.name for job in slow.jobs] == ["touch-1", "touch-2"]


async def test_a_letter_that_is_spooled_while_another_prints_belongs_to_the_same_pass(
    slow: IppServer, spool: Spool
) -> None:
    put(spool, "touch-1")
    printer = IppPrinter(slow.address, timeout=5)
    running = asyncio.create_task(run(spool, printer).once())
    await slow.offered.wait()
    put(spool, "touch-2")
    slow.offered.clear()
    slow.finish()
    await slow.offered.wait()
    slow.finish()
    assert (await running).printed == ["touch-1", "touch-2"]
    await printer.close()


async def test_a_lost_answer_is_settled_by_the_list_of_jobs(
    server: IppServer, printer: IppPrinter, spool: Spool
) -> None:
    put(spool, "touch-1")
    server.behave(Mood.MUTE)
    assert (await run(spool, printer).once()).stuck == ["touch-1"]
    assert (await run(spool, printer).once()).printed == ["touch-1"]
    assert len(server.jobs) == 1


async def test_a_letter_the_printer_has_forgotten_is_for_a_person_and_not_printed_again(
    server: IppServer, printer: IppPrinter, spool: Spool
) -> None:
    put(spool, "touch-1")
    spool.move("touch-1", stage="taken")
    for _ in range(2):
        report = await run(spool, printer).once()
        assert report.stuck == ["touch-1"]
    assert server.jobs == []


async def test_an_aborted_job_is_for_a_person_and_not_printed_again(slow: IppServer, spool: Spool) -> None:
    put(spool, "touch-1")
    printer = IppPrinter(slow.address, timeout=5)
    await run(spool, printer, patience=0).once()
    slow.finish(state=ABORTED)
    assert (await run(spool, printer).once()).stuck == ["touch-1"]
    await printer.close()
    assert len(slow.jobs) == 1
    assert spool.keys("taken") == ["touch-1"]


async def test_one_bad_letter_does_not_hold_up_the_others(server: IppServer, printer: IppPrinter, spool: Spool) -> None:
    put(spool, "touch-1", "touch-2")
    server.behave(Mood.BAD_DOCUMENT)
    report = await run(spool, printer).once()
    assert (report.stuck, report.printed) == (["touch-1"], ["touch-2"])


async def test_a_printer_that_is_off_keeps_everything_waiting(spool: Spool) -> None:
    put(spool, "touch-1")
    off = IppPrinter(f"ipp://127.0.0.1:{unused_port()}/ipp/print", timeout=2)
    report = await run(spool, off).once()
    await off.close()
    assert report.waiting == ["touch-1"]
    assert report.because.startswith("connect")


async def test_the_letter_channel_prints_what_it_spooled_before_it_closes(server: IppServer, tmp_path: Path) -> None:
    channel = LetterChannel(LetterSettings(spool=tmp_path, printer=server.address, printer_timeout=5))
    made = [channel.prepare(outgoing("letter", key=f"touch-{number}")) for number in range(3)]
    for prepared in made:
        assert isinstance(await channel.hand_over(prepared, CountingMarker()), Accepted)
    await channel.close()
    await channel.close()
    assert [job.document for job in server.jobs] == [prepared.payload for prepared in made]
    assert Spool(tmp_path).keys("done") == ["touch-0", "touch-1", "touch-2"]


async def test_without_a_printer_letters_wait_for_a_person(tmp_path: Path) -> None:
    channel = LetterChannel(LetterSettings(spool=tmp_path))
    await channel.hand_over(channel.prepare(outgoing("letter")), CountingMarker())
    assert (await channel.print_waiting()).waiting == ["touch-000042"]
    await channel.close()
