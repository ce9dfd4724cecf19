"""What is said of a message before its content, and whether a server can take it at all."""

import re
from typing import Final

from channels.protocol import Failure, Prepared, Refused
from channels.smtp.connection import Session

_ADDRESS: Final = re.compile(r"[^\x00-\x20\x7f<>]*")
DATA: Final = b"DATA\r\n"


def unfit(prepared: Prepared, session: Session) -> Refused | None:
    """What this server cannot take, known before anything is said to it."""
    if not prepared.address or not all(map(_ADDRESS.fullmatch, (prepared.address, prepared.return_path))):
        return _ours("501", "an address with a space, a control character or an angle bracket")
    if (prepared.smtputf8 or not prepared.address.isascii()) and not session.smtputf8:
        return _ours("553 5.6.7", "the address needs SMTPUTF8, which the mail server does not offer")
    if not session.eight_bit and not prepared.payload.isascii():
        return _ours("554 5.6.3", "the message needs 8BITMIME, which the mail server does not offer")
    if session.size_limit and len(prepared.payload) > session.size_limit:
        return _ours("552 5.3.4", f"{len(prepared.payload)} bytes; the mail server takes {session.size_limit}")
    return None


def mail_from(prepared: Prepared, session: Session) -> bytes:
    """MAIL with the parameters that the server offers."""
    parameters = f" SIZE={len(prepared.payload)}" if session.sizes else ""
    parameters += "" if prepared.payload.isascii() else " BODY=8BITMIME"
    parameters += " SMTPUTF8" if prepared.smtputf8 else ""
    return f"MAIL FROM:<{prepared.return_path}>{parameters}\r\n".encode()


def rcpt_to(prepared: Prepared) -> bytes:
    """RCPT."""
    return f"RCPT TO:<{prepared.address}>\r\n".encode()


def whole(prepared: Prepared, session: Session) -> bytes:
    """MAIL, RCPT and DATA in one group, for a server that offers PIPELINING (RFC 2920)."""
    return mail_from(prepared, session) + rcpt_to(prepared) + DATA


def _ours(code: str, text: str) -> Refused:
    return Refused(failure=Failure.REJECTED, permanent=True, code=code, text=text)
