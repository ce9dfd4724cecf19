"""Printing what lies in the spool: `out/` → `taken/` (offered to the printer) → `done/` (a sheet came
out)."""

import asyncio
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from channels.letter.ipp import IppPrinter, JobState
from channels.letter.spool import Spool, sync_folder
from channels.protocol import Accepted, Failure, Marker, Refused, Result, Unknown

_EVER = datetime.min.replace(tzinfo=UTC)
_LOOK_AGAIN = 0.3  # seconds between two looks at a job


@dataclass(slots=True, kw_only=True)
class PrintReport:
    """Keys of letters by what became of them in one pass. `stuck` are for a person: the printer gave them up
    or may or may not have them; they stay in `taken/` and are never sent to the printer again by
    themselves."""

    printed: list[str] = field(default_factory=list)
    printing: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    because: str = ""


class PrintRun:
    """One printer and one spool. `patience`, in seconds, is how long a pass waits for one sheet to come out."""

    def __init__(self, spool: Spool, printer: IppPrinter, *, patience: float) -> None:
        self._spool = spool
        self._printer = printer
        self._patience = patience
        self._one_at_a_time = asyncio.Lock()

    async def once(self) -> PrintReport:
        """Settle what the printer has, offer what waits until it is busy for too long, then watch the sheets come
        out. Never raises; what went wrong stands in `because`."""
        report = PrintReport()
        async with self._one_at_a_time:
            try:
                await self._pass(report)
                report.waiting = self._spool.keys("out")
            except OSError as error:
                report.because = f"spool: {error.strerror}"
        return report

    async def _pass(self, report: PrintReport) -> None:
        for key in self._spool.keys("taken"):
            await self._settle(key, report, patience=0)
        while new := self._untried(report):
            await self._print_all(new, report)
            if report.because:
                return

    async def _print_all(self, keys: list[str], report: PrintReport) -> None:
        """Offer these, then watch; letters that are spooled meanwhile are the next round's."""
        for key in keys:
            if not report.because:
                await self._print(key, report)
        patience = self._patience
        for key in list(report.printing):
            await self._settle(key, report, patience=patience)
            if key in report.printing:  # paper may be out: the others will not come either
                patience = 0

    def _untried(self, report: PrintReport) -> list[str]:
        tried = {*report.printed, *report.printing, *report.stuck}
        return [key for key in self._spool.keys("out") if key not in tried]

    async def _print(self, key: str, report: PrintReport) -> None:
        pdf = (self._spool.folder / "out" / f"{key}.pdf").read_bytes()

        async def claimed() -> bool:
            self._spool.move(key, stage="taken")
            return True

        result = await self._offer(key, pdf, claimed, report)
        if isinstance(result, Accepted):
            _remember(self._job_file(key), result.reference)
            report.printing.append(key)
        elif isinstance(result, Refused) and not result.permanent:
            report.because = f"{result.failure}: {result.text}"
        elif isinstance(result, Refused | Unknown):
            report.stuck.append(key)
            report.because = "" if isinstance(result, Refused) else f"{result.phase}: {result.text}"

    async def _offer(self, key: str, pdf: bytes, claimed: Marker, report: PrintReport) -> Result:
        """Offer, and again while it is our own letters that keep the printer busy: many take one at a time, and
        some are still busy for a moment after they called a job completed."""
        clock = asyncio.get_running_loop().time
        deadline = clock() + self._patience
        while True:
            result = await self._printer.offer(key, pdf, claimed)
            self._take_back(key, result)
            ours = report.printing or report.printed
            busy = isinstance(result, Refused) and result.failure is Failure.BUSY
            if not (busy and ours) or clock() >= deadline:
                return result
            if report.printing:
                await self._settle(report.printing[0], report, patience=deadline - clock())
            await asyncio.sleep(_LOOK_AGAIN)

    def _take_back(self, key: str, result: Result) -> None:
        """Certainly not printed: it waits again, unless it is this letter that the printer cannot print."""
        found = self._spool.find(key)
        if isinstance(result, Refused) and not result.permanent and found and found.stage == "taken":
            self._spool.move(key, stage="out")

    async def _settle(self, key: str, report: PrintReport, *, patience: float) -> None:
        job = await self._job_of(key)
        state = await self._watch(job, patience) if job else JobState.FORGOTTEN
        if key in report.printing:
            report.printing.remove(key)
        if state is JobState.PRINTED:
            self._spool.move(key, stage="done")
            self._job_file(key).unlink(missing_ok=True)
            report.printed.append(key)
        elif state in (JobState.GIVEN_UP, JobState.FORGOTTEN):
            report.stuck.append(key)
        else:
            report.printing.append(key)

    async def _job_of(self, key: str) -> str:
        """The id that was stored, or the one that the printer has under this name (we died before storing it)."""
        path = self._job_file(key)
        if path.is_file():
            return path.read_text(encoding="ascii").strip()
        found = await self._printer.find(key=key, address="", since=_EVER)
        if not isinstance(found, Accepted):
            return ""
        _remember(path, found.reference)
        return found.reference

    async def _watch(self, job: str, patience: float) -> JobState:
        clock = asyncio.get_running_loop().time
        deadline = clock() + patience
        state = await self._printer.job_state(job)
        while state is JobState.PRINTING and clock() < deadline:
            await asyncio.sleep(_LOOK_AGAIN)
            state = await self._printer.job_state(job)
        return state

    def _job_file(self, key: str) -> Path:
        return self._spool.folder / "taken" / f"{key}.job"


def _remember(path: Path, job: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o640)
    try:
        os.write(descriptor, job.encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)
