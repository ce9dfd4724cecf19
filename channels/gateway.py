"""One HTTP exchange with a provider: the marker stands between the connection and the first byte of the
request."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2

from channels.protocol import Failure, Marker, Refused, Unknown, Withdrawn
from channels.steady import MARKER_LASTS, steady_seconds

ANSWER_LIMIT = 64 * 1024  # bytes; what is longer was not written by a provider
LONGEST_WAIT = 3600.0  # seconds; a Retry-After beyond it is taken as this

_CONFIGURATION = frozenset({301, 302, 307, 308, 401, 403, 404, 405, 407, 410})


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A request. `query` and `form` are encoded as UTF-8; `account` is sent by basic authentication, never in
    the address. The repr hides what may hold a password."""

    method: str
    url: str
    query: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] | None = field(default=None, repr=False)
    account: tuple[str, str] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back, at most `ANSWER_LIMIT` bytes of it; header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def line(self) -> str:
        """The first line as text for a log or an operator: printable, at most 200 characters."""
        head = self.body.decode("utf-8", "replace").strip().splitlines()[:1]
        return "".join(char for char in "".join(head) if char.isprintable())[:200]


class _WithdrawnError(Exception):
    """The marker said no; the only way out of the client library's call."""


class _StaleError(Exception):
    """The marker took so long that somebody else may have taken over; nothing was sent."""


class _Gate:
    """Awaits the marker once, when the connection stands and nothing of the request has been written."""

    def __init__(
        self, marker: Marker, deadline: asyncio.Timeout, answer_timeout: float, clock: Callable[[], float]
    ) -> None:
        self._marker = marker
        self._deadline = deadline
        self._answer_timeout = answer_timeout
        self._clock = clock
        self._phase = ""

    async def __call__(self, event: str, _info: dict[str, Any]) -> None:
        if event.endswith("send_request_headers.started") and not self._phase:
            asked_at = self._clock()
            if not await self._marker():
                raise _WithdrawnError
            if self._clock() - asked_at > MARKER_LASTS:
                raise _StaleError
            self._phase = "request"
            self._deadline.reschedule(asyncio.get_running_loop().time() + self._answer_timeout)
        elif event.endswith("send_request_body.complete"):
            self._phase = "answer"

    def verdict(self, error: Exception) -> Refused | Unknown:
        text = f"{type(error).__name__}: {error}".rstrip(": ")
        if self._phase:
            return Unknown(phase=self._phase, text=text)
        return Refused(failure=Failure.CONNECT, permanent=False, text=text)


class Gateway:
    """Kept connections to one provider. No redirects, no proxies or passwords from the environment, TLS
    verified.

    Times are seconds: `connect_timeout` for the connection and for TLS, `answer_timeout` from the marker to
    the last byte of the answer.
    """

    def __init__(
        self,
        *,
        connect_timeout: float,
        answer_timeout: float,
        connections: int,
        clock: Callable[[], float] = steady_seconds,
    ) -> None:
        # The client library logs whole addresses at INFO; Kannel's hold a password and a lead's number.
        logging.getLogger("httpx2").setLevel(logging.WARNING)
        self._answer_timeout = answer_timeout
        self._clock = clock
        self._client = httpx2.AsyncClient(
            timeout=httpx2.Timeout(answer_timeout, connect=connect_timeout),
            limits=httpx2.Limits(
                max_connections=connections, max_keepalive_connections=connections, keepalive_expiry=5.0
            ),
            headers={"User-Agent": "touches", "Accept-Encoding": "identity"},
            follow_redirects=False,
            trust_env=False,
        )

    async def offer(self, call: Call, marker: Marker) -> Answer | Refused | Unknown | Withdrawn:
        """Connect, await the marker, send, read. Before the marker every failure is certain; after it none
        is."""
        deadline = asyncio.timeout(None)
        gate = _Gate(marker, deadline, self._answer_timeout, self._clock)
        try:
            async with deadline:
                return await self._exchange(call, {"trace": gate})
        except _WithdrawnError:
            return Withdrawn()
        except _StaleError:
            text = f"the marker is older than {MARKER_LASTS:g} seconds"
            return Refused(failure=Failure.TEMPORARY, permanent=False, text=text)
        except (httpx2.TransportError, TimeoutError) as error:
            return gate.verdict(error)

    async def look_up(self, call: Call) -> Answer | None:
        """A question that changes nothing; None when no whole answer came."""
        try:
            async with asyncio.timeout(self._answer_timeout):
                return await self._exchange(call, {})
        except (httpx2.TransportError, TimeoutError):
            return None

    async def close(self) -> None:
        """Close kept connections; idempotent."""
        await self._client.aclose()

    async def _exchange(self, call: Call, extensions: dict[str, Any]) -> Answer:
        async with self._client.stream(
            call.method,
            call.url,
            params=call.query or None,
            data=call.form,
            auth=call.account,
            extensions=extensions,
        ) as response:
            body = await _up_to(response.aiter_raw(), ANSWER_LIMIT)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Answer(status=response.status_code, headers=headers, body=body)


async def _up_to(chunks: AsyncIterator[bytes], limit: int) -> bytes:
    body = b""
    async for chunk in chunks:
        body += chunk
        if len(body) >= limit:
            break
    return body[:limit]


def refusal(answer: Answer, *, code: str = "", text: str = "") -> Refused | Unknown:
    """What any HTTP answer but a success means: 4xx and redirects are refusals that were received, 5xx and
    the rest leave it open, since a provider may have taken the message before it failed."""
    status, text = answer.status, text or answer.line()
    if status == 429:
        return Refused(
            failure=Failure.THROTTLED,
            permanent=False,
            code=code or "429",
            text=text,
            retry_after=retry_after(answer.headers),
        )
    if status in _CONFIGURATION:
        return Refused(failure=Failure.CONFIGURATION, permanent=False, code=code or str(status), text=text)
    if status == 408:
        return Refused(failure=Failure.TEMPORARY, permanent=False, code=code or "408", text=text)
    if 400 <= status < 500:
        return Refused(failure=Failure.REJECTED, permanent=True, code=code or str(status), text=text)
    return Unknown(phase="answer", text=f"{status} {text}".strip())


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait by RFC 9110 10.2.3, at most an hour; a date counts from the answer's own `Date`, so
    that clocks need not agree. None when they said nothing usable."""
    value = headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        return min(float(value[:9]), LONGEST_WAIT)
    then, now = _instant(value), _instant(headers.get("date", ""))
    if then is None or now is None:
        return None
    return min(max((then - now).total_seconds(), 0.0), LONGEST_WAIT)


def _instant(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
