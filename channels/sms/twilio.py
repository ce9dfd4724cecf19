"""Twilio's Messages interface and its list of messages, which settles most doubts."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote

from channels.errors import ChannelSettingsError
from channels.gateway import Answer, Call, Gateway, refusal, retry_after
from channels.proof import CannotTell, Finding
from channels.protocol import Accepted, Failure, Marker, Outgoing, Prepared, Refused, Result, Unknown
from channels.settings import SmsSettings, check_web_address
from channels.sms.callbacks import callbacks_of
from channels.sms.compose import compose
from channels.sms.message import SmsMessage, frozen, thawed

PUBLIC = "https://api.twilio.com"
PAGE = 20  # messages of one look-up: they fit into the limit of an answer
CLOCK_SLACK = timedelta(minutes=2)
_LONGEST_VALID = 14_400  # seconds; the least of the limits that Twilio has documented

# Twilio's own error codes; all others are judged by the HTTP status.
_FAILURES: Mapping[int, tuple[Failure, bool]] = {
    20003: (Failure.CONFIGURATION, False),  # authentication
    20429: (Failure.THROTTLED, False),
    21211: (Failure.BAD_ADDRESS, True),
    21614: (Failure.BAD_ADDRESS, True),  # a landline
    21610: (Failure.OPTED_OUT, True),
    21408: (Failure.POLICY, True),  # our account may not write to that country
    21212: (Failure.CONFIGURATION, False),  # our own number is wrong
    21603: (Failure.CONFIGURATION, False),
    21606: (Failure.CONFIGURATION, False),
    21701: (Failure.CONFIGURATION, False),
    21703: (Failure.CONFIGURATION, False),
}


class TwilioChannel:
    """SMS by Twilio. `account` is the account's SID, `password` its token; `sender` a number or name of ours,
    unless `messaging_service` chooses one."""

    name = "sms"

    def __init__(self, settings: SmsSettings) -> None:
        base = (settings.url or PUBLIC).rstrip("/")
        check_web_address("channels.sms.url", base, secure=True)
        _check_account(settings)
        self._url = f"{base}/2010-04-01/Accounts/{quote(settings.account, safe='')}/Messages.json"
        self._settings = settings
        self._callbacks = callbacks_of(settings)
        self.concurrency = settings.connections
        self._gateway = Gateway(
            connect_timeout=settings.connect_timeout,
            answer_timeout=settings.answer_timeout,
            connections=settings.connections,
        )

    def prepare(self, outgoing: Outgoing) -> Prepared:
        """The text with its ask and, in a touch, the way to opt out; raises UnsendableError."""
        return frozen(compose(outgoing, self._settings), outgoing, max_parts=self._settings.max_parts)

    async def hand_over(self, prepared: Prepared, marker: Marker) -> Result:
        """`reference` is Twilio's SID. A time-out and a 5xx leave it unknown: Twilio may have taken the
        message."""
        form = self._form(prepared, thawed(prepared.payload))
        call = Call(method="POST", url=self._url, form=form, account=self._account())
        answer = await self._gateway.offer(call, marker)
        return read_answer(answer) if isinstance(answer, Answer) else answer

    async def find(self, *, key: str, address: str, since: datetime) -> Finding:  # noqa: ARG002
        """Look for a message of ours to that number made at `since` or later. Twilio keeps no name of ours,
        so two of them are no proof of either."""
        query = {"To": address, "PageSize": str(PAGE)}
        if self._settings.sender and not self._settings.messaging_service:
            query["From"] = self._settings.sender
        answer = await self._gateway.look_up(Call(method="GET", url=self._url, query=query, account=self._account()))
        if answer is None or answer.status != 200:
            return CannotTell(because=f"no list of messages: {answer.status if answer else 'no answer'}")
        return read_list(answer, since)

    async def close(self) -> None:
        await self._gateway.close()

    def _account(self) -> tuple[str, str]:
        return self._settings.account, self._settings.password.reveal()

    def _form(self, prepared: Prepared, message: SmsMessage) -> dict[str, str]:
        form = {"To": prepared.address, "Body": message.text}
        if self._settings.messaging_service:
            form["MessagingServiceSid"] = self._settings.messaging_service
        else:
            form["From"] = message.sender
        if message.valid_for:
            form["ValidityPeriod"] = str(min(message.valid_for * 60, _LONGEST_VALID))
        report_to = self._callbacks.url("twilio", prepared.key)
        return form | ({"StatusCallback": report_to} if report_to else {})


def read_answer(answer: Answer) -> Accepted | Refused | Unknown:
    """201 with a SID is accepted; an error's own code goes before its HTTP status."""
    told = _object(answer.body)
    if answer.status in (200, 201):
        sid = told.get("sid")
        if isinstance(sid, str) and sid:
            return Accepted(reference=sid, detail=str(told.get("status", "")))
        return Unknown(phase="answer", text=f"{answer.status} without the SID of a message")
    code, text = told.get("code"), str(told.get("message", ""))[:200]
    if isinstance(code, int) and code in _FAILURES and 400 <= answer.status < 500:
        return _named_refusal(answer, code, text)
    return refusal(answer, code=str(code or ""), text=text)


def read_list(answer: Answer, since: datetime) -> Finding:
    """One message made at `since` or later is ours, none is proof that there is none, anything else says
    nothing: also a message shortly before, since the two clocks may differ."""
    listed = _object(answer.body).get("messages")
    if not isinstance(listed, list) or len(listed) >= PAGE:
        return CannotTell(because="the list of messages cannot be read, or is longer than a page")
    near = [message for message in listed if _made_at(message) >= since - CLOCK_SLACK]
    if not near:
        return None
    if len(near) > 1 or _made_at(near[0]) < since.replace(microsecond=0):
        return CannotTell(because=f"{len(near)} messages to this number around that time")
    return Accepted(reference=str(near[0].get("sid", "")), detail=str(near[0].get("status", "")))


def _made_at(message: Any) -> datetime:
    """When Twilio took it; what has no readable date is taken as new, so that it never counts as proof of
    absence."""
    try:
        return parsedate_to_datetime(message["date_created"])
    except (ValueError, TypeError, KeyError):
        return datetime.max.replace(tzinfo=UTC)


def _named_refusal(answer: Answer, code: int, text: str) -> Refused:
    failure, permanent = _FAILURES[code]
    return Refused(
        failure=failure,
        permanent=permanent,
        code=str(code),
        text=text,
        retry_after=retry_after(answer.headers) if failure is Failure.THROTTLED else None,
    )


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _check_account(settings: SmsSettings) -> None:
    if not settings.account or not settings.password:
        raise ChannelSettingsError("channels.sms.account", "Twilio needs the account's SID and its token as password")
    if not settings.sender and not settings.messaging_service:
        raise ChannelSettingsError("channels.sms.sender", "Twilio needs a number or name to send from")
