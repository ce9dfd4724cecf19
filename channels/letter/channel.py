"""Letters as a channel: set, put aside, marked, moved into the spool; printing follows and cannot undo it."""

import asyncio
import errno
import hashlib
from datetime import UTC, datetime
from pathlib import Path

from channels.letter.composer import LetterComposer
from channels.letter.ipp import IppPrinter
from channels.letter.printing import PrintReport, PrintRun
from channels.letter.spool import Spool, append_line, file_name
from channels.proof import CannotTell, Finding
from channels.protocol import Accepted, Failure, Marker, Outgoing, Prepared, Refused, Result, Unknown, Withdrawn
from channels.settings import LetterSettings

_OURS_TO_MEND = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR, errno.ELOOP}


class LetterChannel:
    """One PDF a letter in `<spool>/out/` and one line in `<spool>/manifest.csv`.

    Handed over means spooled. Where a printer is set up, printing follows in the background and until
    `close`; its troubles never change what became of the touch.
    """

    name = "letter"
    concurrency = 4

    def __init__(self, settings: LetterSettings) -> None:
        self._settings = settings
        self._spool = Spool(settings.spool)
        self._printer: IppPrinter | None = None
        self._printing: PrintRun | None = None
        self._running: asyncio.Task[PrintReport] | None = None
        if settings.printer:
            self._printer = IppPrinter(
                settings.printer, timeout=settings.printer_timeout, verify=settings.printer_verify
            )
            self._printing = PrintRun(self._spool, self._printer, patience=settings.printer_timeout)
        self._composer = LetterComposer(home=settings.home, form=settings.form, max_pages=settings.max_pages)

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """Set the letter. `address` becomes what the manifest needs: name, postal lines, country, a line
        each.

        Raises UnsendableError: "no postal address", "address too long", "address too wide", "script cannot be
        set", "letter too long", "bad key", "empty text", and what rendering raises.
        """
        file_name(outgoing.key)
        pdf, pages = self._composer.compose(outgoing)
        recipient = outgoing.recipient
        return Prepared(
            key=outgoing.key,
            channel=outgoing.channel,
            address="\n".join((recipient.name, *recipient.postal_lines, recipient.country)),
            return_path="",
            payload=pdf,
            digest=hashlib.blake2b(pdf).hexdigest(),
            parts=pages,
        )

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """The rename into `out/` is the irrevocable step. A letter that is there already is accepted as it
        is."""
        before = await self.find(key=prepared.key, address=prepared.address, since=_EVER)
        if isinstance(before, Accepted):
            return before
        try:
            aside = await asyncio.to_thread(self._spool.put_aside, prepared.key, prepared.payload)
        except OSError as error:
            return _no_room(error)
        if not await marker():
            await asyncio.to_thread(self._spool.withdraw, aside)
            return Withdrawn()
        result = await asyncio.to_thread(self._commit, aside, prepared)
        self._print_soon()
        return result

    async def find(self, *, key: str, address: str, since: datetime) -> Finding:  # noqa: ARG002
        """The file is the proof; a spool that cannot be read proves nothing."""
        try:
            found = await asyncio.to_thread(self._spool.find, key)
            readable = found is not None or await asyncio.to_thread(_listable, self._settings.spool)
        except OSError as error:
            return CannotTell(because=f"the spool cannot be read: {error.strerror}")
        if not readable:
            return CannotTell(because="the spool is not there")
        if found is None:
            return None
        return Accepted(reference=f"{found.stage}/{found.path.name}", detail=found.at.isoformat())

    async def print_waiting(self) -> PrintReport:
        """One pass over the spool: what waits goes to the printer, what was printed goes to `done/`. Without
        a printer everything waits for a person. Call it at each letter run; `hand_over` starts one by
        itself."""
        if self._printing is None:
            return PrintReport(waiting=self._spool.keys("out"))
        return await self._printing.once()

    async def close(self) -> None:
        """Wait for the pass that is printing, then leave the printer."""
        running, self._running = self._running, None
        if running is not None:
            await running
        if self._printer is not None:
            await self._printer.close()

    def _print_soon(self) -> None:
        if self._printing is not None and (self._running is None or self._running.done()):
            self._running = asyncio.create_task(self._printing.once())

    def _commit(self, aside: Path, prepared: Prepared) -> Result:
        try:
            path = self._spool.commit(aside)
        except OSError as error:
            return Unknown(phase="spool", text=f"{type(error).__name__}: {error.strerror}")
        return Accepted(reference=f"out/{path.name}", detail=self._note(path, prepared))

    def _note(self, path: Path, prepared: Prepared) -> str:
        """The letter is in the spool whatever becomes of its line; a missing line is said, never a second
        letter."""
        name, *lines, country = prepared.address.split("\n")
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        line = {
            "key": prepared.key,
            "date": written.isoformat(timespec="seconds"),
            "name": name,
            "postal_lines": ", ".join(lines),
            "country": country,
            "pages": str(prepared.parts),
            "digest": prepared.digest,
            "printed": "by printer" if self._settings.printer else "",
        }
        try:
            append_line(self._settings.spool, line)
        except OSError as error:
            return f"no line in manifest.csv: {error.strerror}"
        return f"{prepared.parts} pages"


_EVER = datetime.min.replace(tzinfo=UTC)


def _listable(folder: Path) -> bool:
    """Whether absence can be seen. A spool that was never made is as good as empty where its parent is
    there."""
    return (folder / "out").is_dir() or (not folder.exists() and folder.parent.is_dir())


def _no_room(error: OSError) -> Refused:
    failure = Failure.CONFIGURATION if error.errno in _OURS_TO_MEND else Failure.TEMPORARY
    return Refused(
        failure=failure,
        permanent=False,
        code=errno.errorcode.get(error.errno or 0, ""),
        text=f"the spool cannot be written: {error.strerror}",
    )
