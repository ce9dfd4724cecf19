"""Real HTTP gateways for SMS on loopback: they behave like Kannel and Twilio until told to misbehave."""

import asyncio
import base64
import contextlib
import json
import socket
from collections import deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from enum import StrEnum
from typing import Self
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came over the wire, its fields decoded."""

    method: str
    path: str
    query: Mapping[str, str]
    form: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class Trouble(StrEnum):
    """What may happen instead of an answer. In all but the first two the gateway has taken the message."""

    CUT_BEFORE_READING = "cut before reading"
    SILENT_BEFORE_READING = "silent before reading"
    CUT_AFTER_REQUEST = "cut after the request"
    RESET_AFTER_REQUEST = "reset after the request"
    SILENT_AFTER_REQUEST = "silent after the request"
    CUT_INSIDE_HEADERS = "cut inside the headers"
    CUT_INSIDE_BODY = "cut inside the body"
    DRIPPING_BODY = "one byte at a time, for ever"
    ENDLESS_BODY = "a body without end"


PASSWORD = "canary-7f3a"
_UNREAD = (Trouble.CUT_BEFORE_READING, Trouble.SILENT_BEFORE_READING)


class HttpGateway:
    """Answers each request by `respond`, unless `behave` put something else first. Use as an async
    context."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.connected = asyncio.Event()
        self._queue: deque[Reply | Trouble] = deque()
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def stop(self) -> None:
        """Gone: the port refuses connections from now on."""
        if self._server is None:
            return
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._server = None

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def behave(self, *instead: Reply | Trouble) -> None:
        """The next requests get these, in order."""
        self._queue.extend(instead)

    def respond(self, request: Request) -> Reply:
        """The normal answer; also what is recorded as taken."""
        raise NotImplementedError

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connected.set()
        try:
            while await self._one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        instead = self._queue[0] if self._queue else None
        if instead in _UNREAD:
            self._queue.popleft()
            return await _TROUBLES[Trouble(instead)](writer)
        request = await _read(reader)
        self.requests.append(request)
        instead = self._queue.popleft() if self._queue else None
        if isinstance(instead, Reply):
            return await _write(writer, instead)
        reply = self.respond(request)
        if instead is not None:
            return await _TROUBLES[instead](writer)
        return await _write(writer, reply)


class KannelGateway(HttpGateway):
    """sendsms as Kannel 1.4.5 answers it. `taken` holds the queries it took responsibility for."""

    def __init__(self, *, account: str = "touch", password: str = PASSWORD) -> None:
        super().__init__()
        self.taken: list[Mapping[str, str]] = []
        self._account = (account, password)

    @property
    def url(self) -> str:
        return f"{self.origin}/cgi-bin/sendsms"

    def respond(self, request: Request) -> Reply:
        if (request.query.get("username"), request.query.get("password")) != self._account:
            return Reply(status=403, body=b"Authorization failed for sendsms")
        if not request.query.get("to"):
            return Reply(status=400, body=b"Missing receiver number, rejected")
        self.taken.append(request.query)
        return Reply(status=202, body=b"0: Accepted for delivery")


class TwilioGateway(HttpGateway):
    """The Messages resource as Twilio answers it. `taken` holds the messages it made, newest last."""

    def __init__(self, *, account: str = "AC1", token: str = PASSWORD) -> None:
        super().__init__()
        self.taken: list[dict[str, str]] = []
        self._authorization = "Basic " + base64.b64encode(f"{account}:{token}".encode()).decode()
        self._path = f"/2010-04-01/Accounts/{account}/Messages.json"

    def respond(self, request: Request) -> Reply:
        if request.headers.get("authorization") != self._authorization:
            return twilio_error(401, 20003, "Authenticate")
        if request.path != self._path:
            return twilio_error(404, 20404, "The requested resource was not found")
        if request.method == "GET":
            return _json(200, {"messages": self._listed(request)})
        if not request.form.get("To"):
            return twilio_error(400, 21604, "A 'To' phone number is required.")
        return _json(201, self.take(request.form))

    def take(self, form: Mapping[str, str], *, made_at: datetime | None = None) -> dict[str, str]:
        """Make a message as if somebody had posted it."""
        message = {
            "sid": f"SM{len(self.taken):032x}",
            "status": "queued",
            "to": form["To"],
            "from": form.get("From", ""),
            "body": form.get("Body", ""),
            "date_created": format_datetime(made_at or datetime.now(UTC)),
        }
        self.taken.append({**form, **message})
        return message

    def _listed(self, request: Request) -> list[dict[str, str]]:
        wanted = {"to": request.query.get("To"), "from": request.query.get("From")}
        found = [m for m in self.taken if all(value in (None, m[name]) for name, value in wanted.items())]
        return found[::-1][: int(request.query.get("PageSize", "50"))]


def twilio_error(status: int, code: int, message: str, **headers: str) -> Reply:
    """An error in Twilio's form; `Retry_After` becomes `Retry-After`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return _json(status, {"code": code, "message": message, "status": status}, named)


def unused_port() -> int:
    """A loopback port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _json(status: int, value: object, headers: Mapping[str, str] | None = None) -> Reply:
    return Reply(
        status=status,
        body=json.dumps(value).encode(),
        headers={"Content-Type": "application/json", **(headers or {})},
    )


async def _read(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ", 2)
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parts = urlsplit(target)
    return Request(
        method=method,
        path=parts.path,
        query=dict(parse_qsl(parts.query, keep_blank_values=True, errors="strict")),
        form=dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict")),
        headers=headers,
    )


async def _write(writer: asyncio.StreamWriter, reply: Reply) -> bool:
    headers = {"Date": format_datetime(datetime.now(UTC), usegmt=True), **reply.headers}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    start = f"HTTP/1.1 {reply.status} Said\r\n{head}Content-Length: {len(reply.body)}\r\n\r\n"
    writer.write(start.encode("latin-1") + reply.body)
    await writer.drain()
    return True


async def _cut(writer: asyncio.StreamWriter) -> bool:
    return False


async def _reset(writer: asyncio.StreamWriter) -> bool:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
    writer.transport.abort()
    return False


async def _silence(writer: asyncio.StreamWriter) -> bool:
    await asyncio.Event().wait()
    return False


async def _cut_inside_headers(writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Le")
    await writer.drain()
    return False


async def _cut_inside_body(writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\n0: Acc")
    await writer.drain()
    return False


async def _drip(writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.02)


async def _endless(writer: asyncio.StreamWriter) -> bool:
    writer.write(b"HTTP/1.1 202 Accepted\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
        await writer.drain()


_TROUBLES: Mapping[Trouble, Callable[[asyncio.StreamWriter], Awaitable[bool]]] = {
    Trouble.CUT_BEFORE_READING: _cut,
    Trouble.SILENT_BEFORE_READING: _silence,
    Trouble.CUT_AFTER_REQUEST: _cut,
    Trouble.RESET_AFTER_REQUEST: _reset,
    Trouble.SILENT_AFTER_REQUEST: _silence,
    Trouble.CUT_INSIDE_HEADERS: _cut_inside_headers,
    Trouble.CUT_INSIDE_BODY: _cut_inside_body,
    Trouble.DRIPPING_BODY: _drip,
    Trouble.ENDLESS_BODY: _endless,
}
