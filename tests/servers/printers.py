"""A small IPP printer on loopback (RFC 8011 over HTTP): it keeps what it printed and can be busy, stopped or mute."""

import asyncio
import struct
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from aiohttp import web

OPERATION, JOB, PRINTER, END = 0x01, 0x02, 0x04, 0x03
INTEGER, BOOLEAN, ENUM, KEYWORD, NAME, URI, CHARSET, LANGUAGE = 0x21, 0x22, 0x23, 0x44, 0x42, 0x45, 0x47, 0x48
PENDING, ABORTED, COMPLETED = 3, 8, 9

Attribute = tuple[int, str, object]


class Mood(StrEnum):
    """How the next Print-Job goes."""

    BUSY = "server-error-busy"
    INTERNAL = "server-error-internal-error, after the job was taken"
    FORBIDDEN = "client-error-forbidden"
    BAD_DOCUMENT = "client-error-document-format-error"
    MUTE = "the job is taken, the answer lost"
    HTTP_ERROR = "the web server before it answers 500"
    LOGIN = "HTTP 401"


_STATUS = {Mood.BUSY: 0x0507, Mood.INTERNAL: 0x0500, Mood.FORBIDDEN: 0x0401, Mood.BAD_DOCUMENT: 0x0411}
_TAKEN = (Mood.INTERNAL, Mood.MUTE)


@dataclass(slots=True, kw_only=True)
class Job:
    number: int
    name: str
    scaling: str
    document: bytes
    state: int


class IppServer:
    """Prints at once, or leaves jobs pending with `slow`; then it takes one at a time, as many devices do."""

    def __init__(self, *, slow: bool = False) -> None:
        self.jobs: list[Job] = []
        self.stopped = False
        self.names_shown = True
        self.offered = asyncio.Event()
        self.port = 0
        self._slow = slow
        self._moods: deque[Mood] = deque()
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_post("/ipp/print", self._answer)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    @property
    def address(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    def behave(self, *moods: Mood) -> None:
        self._moods.extend(moods)

    def finish(self, *, state: int = COMPLETED) -> None:
        """All pending jobs end."""
        for job in self.jobs:
            job.state = state if job.state == PENDING else job.state

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        operation, number = struct.unpack(">HI", body[2:8])
        asked, document = _parse(body)
        if operation == 0x0002:
            return await self._print(request, number, asked, document)
        if operation == 0x000B:
            return _reply(number, 0, [(PRINTER, self._printer())])
        if operation == 0x000A:
            wanted = asked.get("which-jobs") == "completed"
            listed = [job for job in self.jobs if (job.state >= 7) == wanted]
            return _reply(number, 0, [(JOB, self._job(job)) for job in listed])
        found = [job for job in self.jobs if job.number == asked.get("job-id")]
        return _reply(number, 0 if found else 0x0406, [(JOB, self._job(job)) for job in found])

    async def _print(
        self, request: web.Request, number: int, asked: dict[str, object], document: bytes
    ) -> web.Response:
        mood = self._moods.popleft() if self._moods else None
        if mood is None and any(job.state == PENDING for job in self.jobs):
            mood = Mood.BUSY
        if mood in (Mood.HTTP_ERROR, Mood.LOGIN):
            return web.Response(status=500 if mood is Mood.HTTP_ERROR else 401, text="no")
        if mood is not None and mood not in _TAKEN:
            return _reply(number, _STATUS[mood], [])
        job = Job(
            number=len(self.jobs) + 1,
            name=str(asked.get("job-name")),
            scaling=str(asked.get("print-scaling")),
            document=document,
            state=PENDING if self._slow else COMPLETED,
        )
        self.jobs.append(job)
        self.offered.set()
        if mood is Mood.MUTE:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if mood is Mood.INTERNAL:
            return _reply(number, _STATUS[mood], [])
        return _reply(number, 0, [(JOB, self._job(job))])

    def _printer(self) -> list[Attribute]:
        return [
            (ENUM, "printer-state", 5 if self.stopped else 3),
            (KEYWORD, "printer-state-reasons", "media-empty" if self.stopped else "none"),
            (BOOLEAN, "printer-is-accepting-jobs", True),
        ]

    def _job(self, job: Job) -> list[Attribute]:
        named: list[Attribute] = [(NAME, "job-name", job.name)] if self.names_shown else []
        return [(INTEGER, "job-id", job.number), (ENUM, "job-state", job.state), *named]


def _parse(body: bytes) -> tuple[dict[str, object], bytes]:
    at, found = 8, {}
    while body[at] != END:
        tag = body[at]
        at += 1
        if tag < 0x10:
            continue
        name, at = _field(body, at)
        value, at = _field(body, at)
        if name:
            found[name.decode()] = struct.unpack(">i", value)[0] if tag in (INTEGER, ENUM) else value.decode()
    return found, body[at + 1 :]


def _field(body: bytes, at: int) -> tuple[bytes, int]:
    (length,) = struct.unpack(">H", body[at : at + 2])
    return body[at + 2 : at + 2 + length], at + 2 + length


def _reply(number: int, status: int, groups: list[tuple[int, list[Attribute]]]) -> web.Response:
    head = struct.pack(">BBHIB", 2, 0, status, number, OPERATION)
    common: list[Attribute] = [
        (CHARSET, "attributes-charset", "utf-8"),
        (LANGUAGE, "attributes-natural-language", "en"),
    ]
    parts = [head, *_encoded(common)]
    for tag, attributes in groups:
        parts += [bytes([tag]), *_encoded(attributes)]
    return web.Response(body=b"".join(parts) + bytes([END]), content_type="application/ipp")


def _encoded(attributes: list[Attribute]) -> Iterator[bytes]:
    for tag, name, value in attributes:
        data = _value(tag, value)
        yield struct.pack(">BH", tag, len(name)) + name.encode() + struct.pack(">H", len(data)) + data


def _value(tag: int, value: object) -> bytes:
    if tag in (INTEGER, ENUM):
        return struct.pack(">i", value)
    return bytes([bool(value)]) if tag == BOOLEAN else str(value).encode()
