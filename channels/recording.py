"""A channel that sends nothing and keeps what it was given: for dry runs, first trials and tests."""

import hashlib
import json
import re
from collections import deque
from collections.abc import Iterable
from pathlib import Path

from channels.protocol import (
    Accepted,
    Channel,
    Failure,
    Marker,
    Outgoing,
    Prepared,
    Refused,
    Result,
    Unknown,
    Withdrawn,
)
from channels.rendering import render_text

_FILE_NAME = re.compile(r"[^A-Za-z0-9._-]")


class RecordingChannel:
    """Takes the place of any channel. `composer` composes (the channel it stands for; without one a plain
    text in JSON is made); `folder` gets a file a message; `results` are answered in order, then `Accepted`
    for ever.

    A told `Refused` for CONNECT comes before the marker, as a real one would; all else comes after it.
    """

    concurrency = 16

    def __init__(
        self,
        name: str = "recording",
        *,
        composer: Channel | None = None,
        folder: Path | None = None,
        results: Iterable[Result] = (),
    ) -> None:
        self.name = name
        self.taken: list[Prepared] = []
        self.offered: list[Prepared] = []
        self._composer = composer
        self._folder = folder
        self._results = deque(results)

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """As the channel it stands for; raises UnsendableError as that does."""
        if self._composer is not None:
            return self._composer.prepare(outgoing)
        payload = _plain(outgoing)
        return Prepared(
            key=outgoing.key,
            channel=outgoing.channel,
            address=outgoing.recipient.address,
            return_path=outgoing.return_path,
            payload=payload,
            digest=hashlib.blake2b(payload).hexdigest(),
        )

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """`offered` gets every message, `taken` only those that were accepted."""
        self.offered.append(prepared)
        result = self._results.popleft() if self._results else Accepted(reference=f"recorded-{prepared.key}")
        if isinstance(result, Refused) and result.failure is Failure.CONNECT:
            return result
        if not await marker() or isinstance(result, Withdrawn):
            return Withdrawn()
        return self._kept(prepared, result)

    async def close(self) -> None:
        """Leave; what was recorded stays."""
        if self._composer is not None:
            await self._composer.close()

    def _kept(self, prepared: Prepared, result: Result) -> Result:
        if not isinstance(result, Accepted):
            return result
        if self._folder is not None:
            try:
                _write(self._folder, prepared)
            except OSError as error:
                return Unknown(phase="folder", text=str(error.strerror))
        self.taken.append(prepared)
        return result


def _plain(outgoing: Outgoing) -> bytes:
    said = render_text(outgoing.piece, outgoing.values)
    told = {
        "to": outgoing.recipient.address,
        "name": outgoing.recipient.name,
        "greeting": said.greeting,
        "subject": said.subject,
        "body": said.body,
        "ask": said.ask,
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, indent=1).encode("utf-8")


def _write(folder: Path, prepared: Prepared) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = _FILE_NAME.sub("_", f"{prepared.channel}-{prepared.key}")[:150]
    (folder / f"{name}.{_suffix(prepared.payload)}").write_bytes(prepared.payload)


def _suffix(payload: bytes) -> str:
    if payload.startswith(b"%PDF"):
        return "pdf"
    return "json" if payload.startswith(b"{") else "eml"
