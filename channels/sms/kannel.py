"""Kannel's sendsms interface: one GET an SMS, answered by 202; it knows nothing of repeats, so doubt stays
doubt."""

from channels.errors import ChannelSettingsError
from channels.gateway import Answer, Call, Gateway, refusal
from channels.protocol import Accepted, Marker, Outgoing, Prepared, Refused, Result, Unknown
from channels.settings import SmsSettings, check_web_address
from channels.sms.callbacks import callbacks_of
from channels.sms.compose import compose
from channels.sms.message import SmsMessage, frozen, thawed
from channels.sms.segments import Encoding

LOCAL = "http://127.0.0.1:13013/cgi-bin/sendsms"
ALL_REPORTS = "31"  # delivered, failed, buffered, taken and refused by the operator
_LONGEST_VALID = 7 * 24 * 60  # minutes


class KannelChannel:
    """SMS by a Kannel of one's own. `url` is its sendsms address, `account` and `password` a
    sendsms-user's."""

    name = "sms"

    def __init__(self, settings: SmsSettings) -> None:
        self._url = settings.url or LOCAL
        check_web_address("channels.sms.url", self._url)
        if not settings.account:
            raise ChannelSettingsError("channels.sms.account", "Kannel needs the name of a sendsms-user")
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
        """Kannel names no message: `reference` is our own key, under which its reports arrive."""
        call = Call(method="GET", url=self._url, query=self._query(prepared, thawed(prepared.payload)))
        answer = await self._gateway.offer(call, marker)
        return read_answer(answer, prepared.key) if isinstance(answer, Answer) else answer

    async def close(self) -> None:
        await self._gateway.close()

    def _query(self, prepared: Prepared, message: SmsMessage) -> dict[str, str]:
        query = {
            "username": self._settings.account,
            "password": self._settings.password.reveal(),
            "from": message.sender,
            "to": prepared.address,
            "text": message.text,
            "charset": "UTF-8",
            # Left to itself Kannel sends a question mark for what is not GSM-7.
            "coding": "0" if message.encoding is Encoding.GSM7 else "2",
        }
        if message.valid_for:
            query["validity"] = str(min(message.valid_for, _LONGEST_VALID))
        report_to = self._callbacks.url("kannel", prepared.key)
        if report_to:
            query |= {"dlr-mask": ALL_REPORTS, "dlr-url": f"{report_to}&state=%d&id=%F&reply=%A&at=%T"}
        return query


def read_answer(answer: Answer, key: str) -> Accepted | Refused | Unknown:
    """202 and `0: Accepted` or `3: Queued` (no operator connected now) are both responsibility taken."""
    line = answer.line()
    if answer.status in (200, 202) and line.startswith(("0:", "3:")):
        return Accepted(reference=key, detail=line)
    if answer.status in (200, 202):
        return Unknown(phase="answer", text=f"{answer.status} but not Kannel's words: {line!r}")
    return refusal(answer)
