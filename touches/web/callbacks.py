"""What providers of SMS call: delivery reports and incoming messages. Signatures first; what is signed and not
understood is kept for a person; a replay changes nothing."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from channels.inbound.errors import SignatureError, WebhookError
from channels.inbound.webhooks import kannel, twilio
from channels.inbound.webhooks.values import message_text
from touches.inbound.reports import handle_report
from touches.inbound.texting import handle_inbound_sms
from touches.logs import logger
from touches.store.inbound import REVIEW, Arrival
from touches.tokens import Purpose
from touches.web.site import Site

NO_ANSWER: Final = '<?xml version="1.0" encoding="UTF-8"?><Response/>'  # TwiML: send nothing back


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One callback as it came. `query` has its fields decoded, `target` is path and query as they were sent."""

    query: Mapping[str, str]
    target: str
    body: bytes
    signature: str
    json: bool
    at: datetime


class Callbacks:
    """The addresses of one site; only its own provider is listened to."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Twilio posts; Kannel gets, and posts where it is told to."""
        return [
            Route("/sms/status/twilio", self.status, methods=["POST"], name="twilio"),
            Route("/sms/status/kannel", self.status, methods=["GET", "POST"], name="kannel"),
            Route("/sms/inbound/twilio", self.inbound, methods=["POST"], name="twilio"),
            Route("/sms/inbound/kannel", self.inbound, methods=["GET", "POST"], name="kannel"),
        ]

    async def status(self, request: Request) -> Response:
        """A delivery report."""
        return await self._answered(request, self._report)

    async def inbound(self, request: Request) -> Response:
        """A message from somebody."""
        return await self._answered(request, self._sms)

    async def _answered(self, request: Request, take: Callable[[str, Call], None]) -> Response:
        provider = request.url.path.rpartition("/")[2]
        if provider != self._site.provider.name:
            return Response(status_code=404)
        call = await self._call(request)
        try:
            await run_in_threadpool(take, provider, call)
        except SignatureError as error:
            return self._refused(request, provider, error)
        except WebhookError as error:
            logger().warning("callback_not_understood", provider=provider, because=str(error))
            await run_in_threadpool(self._keep, provider, call, str(error))
        if provider == "twilio":
            return Response(NO_ANSWER, media_type="text/xml")
        return Response(status_code=200, media_type="text/plain")

    def _refused(self, request: Request, provider: str, error: SignatureError) -> Response:
        """Forged ones are told so, and logged, up to a number; what is signed is heard however many they are: nobody
        sends a STOP again."""
        client = f"call {request.client.host if request.client else ''}"
        now = self._site.office.clock.monotonic()
        if self._site.guesses.is_full(client, at=now):
            return Response(status_code=429)
        self._site.guesses.note(client, at=now)
        logger().warning("callback_refused", provider=provider, because=str(error))
        return Response(status_code=error.status)

    async def _call(self, request: Request) -> Call:
        query = request.url.query
        return Call(
            query=dict(request.query_params),
            target=request.url.path.removeprefix(self._site.prefix) + (f"?{query}" if query else ""),
            body=await request.body(),
            signature=request.headers.get("x-twilio-signature", ""),
            json=request.headers.get("content-type", "").startswith("application/json"),
            at=self._site.office.clock.now(),
        )

    def _report(self, provider: str, call: Call) -> None:
        key = self._key(call.query.get("key", ""))
        if provider == "twilio":
            report = twilio.delivery_report(self._signed(call), key=key, at=call.at)
        else:
            if not key:
                raise SignatureError("the report's key is none that we gave")
            report = kannel.delivery_report(call.query, key=key, at=call.at)
        with self._site.lock:
            handle_report(self._site.office, report)

    def _sms(self, provider: str, call: Call) -> None:
        if provider == "twilio":
            message = twilio.inbound_sms(self._signed(call), at=call.at)
        else:
            kannel.check_secret(self._site.provider.secret, call.query.get("token", ""))
            message = kannel.inbound_sms(kannel.inbound_fields(call.target.partition("?")[2]), at=call.at)
        with self._site.lock:
            handle_inbound_sms(self._site.office, message)

    def _signed(self, call: Call) -> twilio.Params:
        """The parameters that Twilio signed, for our address as the settings give it: the Host header is a claim."""
        secret = self._site.provider.signing_key
        if not secret:
            raise SignatureError("no token of Twilio is set, so nothing can be checked")
        url = self._site.provider.base_url + call.target
        try:
            return twilio.check_signature([secret], call.signature, url=url, body=call.body, json=call.json)
        except WebhookError as error:  # also a body that is no form: nobody signed that
            raise SignatureError(str(error)) from error

    def _key(self, key: str) -> str:
        """The key of a report, if it is a touch's token that we signed; else empty."""
        return key if self._site.office.signer.read(key, Purpose.TOUCH) is not None else ""

    def _keep(self, provider: str, call: Call, because: str) -> None:
        fields = "&".join(f"{name}={value}" for name, value in sorted(call.query.items()) if name != "token")
        said = call.body or fields.encode("utf-8", "surrogatepass")
        arrival = Arrival(
            source=provider,
            source_id=f"unknown-{hashlib.blake2b(said, digest_size=16).hexdigest()}",
            kind="unknown",
            because=because[:300],
            sender="",
            subject="",
            body=message_text(said.decode("utf-8", "replace")),
            at=call.at,
            received_at=call.at,
            handled=f"{REVIEW}: a callback that nobody understands",
        )
        with self._site.office.store.write() as unit:
            unit.inbound.add(arrival)
