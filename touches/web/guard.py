"""What stands before every page: limits on bodies, headers that browsers obey, and an end for every mishap."""

import asyncio
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from touches.errors import DatabaseError
from touches.logs import logger

FORM_AT_MOST: Final = 64 * 1024
CALLBACK_AT_MOST: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final[Mapping[str, str]] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",  # the addresses are keys
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
}


class BodyRefused(Exception):
    """A body that is not read further. `status` is the HTTP answer."""

    def __init__(self, status: int, said: str) -> None:
        super().__init__(said)
        self.status = status
        self.said = said


class Guard:
    """Reads the body with its limits before the page sees it, adds headers, logs errors without anybody's data."""

    def __init__(self, app: ASGIApp, *, secure: bool, patience: float = BODY_SECONDS) -> None:
        self._app = app
        self._patience = patience
        self._headers = dict(HEADERS) | ({"strict-transport-security": "max-age=31536000"} if secure else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = _Answer(send, self._headers)
        try:
            body = await asyncio.wait_for(read_body(scope, receive), self._patience)
            await self._app(scope, _Replay(body, receive), answer)
        except BodyRefused as refused:
            await PlainTextResponse(refused.said + "\n", refused.status)(scope, receive, answer)
        except TimeoutError:
            await PlainTextResponse("The request took too long.\n", 408)(scope, receive, answer)
        except Exception as error:  # noqa: BLE001 - the border: a mishap of one page is no mishap of the server
            logger().error("web_failed", page=scope["path"][:3], error=type(error).__name__, place=_place(error))
            if not answer.started:
                await apology(error)(scope, receive, answer)


def _place(error: BaseException) -> str:
    """The last line of ours. Not the whole traceback: errors of the database quote what people wrote."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "site-packages" not in frame.filename]
    return f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""


def apology(error: Exception) -> Response:
    """What is said when a page broke: nothing of the cause, and whether trying again helps."""
    if isinstance(error, DatabaseError):
        return PlainTextResponse("Please try again in a minute.\n", 503, {"retry-after": "30"})
    return PlainTextResponse("Something went wrong here. Please try again later.\n", 500)


async def read_body(scope: Scope, receive: Receive) -> bytes:
    """The whole body; BodyRefused for one that is too large or packed (a small one may unpack to anything)."""
    headers = Headers(scope=scope)
    most = CALLBACK_AT_MOST if scope["path"].startswith("/sms/") else FORM_AT_MOST
    if headers.get("content-encoding", "identity").lower() not in ("", "identity"):
        raise BodyRefused(415, "Send the body without packing it.")
    declared = headers.get("content-length", "0")
    if not declared.isdecimal() or int(declared) > most:
        raise BodyRefused(413, f"At most {most} bytes are read.")
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BodyRefused(400, "The body ended too early.")
        body += message.get("body", b"")
        if len(body) > most:
            raise BodyRefused(413, f"At most {most} bytes are read.")
        if not message.get("more_body"):
            return bytes(body)


class _Replay:
    """Gives the page the body that was read."""

    def __init__(self, body: bytes, receive: Receive) -> None:
        self._body: bytes | None = body
        self._receive = receive

    async def __call__(self) -> Message:
        if self._body is None:
            return await self._receive()
        body, self._body = self._body, None
        return {"type": "http.request", "body": body, "more_body": False}


class _Answer:
    """Sends on, with the headers that the page has not set itself."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send = send
        self._headers = headers
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            found = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                found.setdefault(name, value)
        await self._send(message)
