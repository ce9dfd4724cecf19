"""Who is blamed for which refusal."""

import pytest

from channels.protocol import Failure, Refused
from channels.smtp.classify import Phase, refusal
from channels.smtp.replies import ReplyReader

TEMPORARY = [
    (Phase.CONNECT, "421 4.3.2 Service not available", Failure.BUSY),
    (Phase.CONNECT, "450 4.7.1 Client host rejected: cannot find your hostname", Failure.BUSY),
    (Phase.STARTTLS, "454 4.7.0 TLS not available due to local problem", Failure.CONFIGURATION),
    (Phase.AUTH, "454 4.7.0 Temporary authentication failure", Failure.TEMPORARY),
    (Phase.MAIL, "421 4.4.2 Timeout exceeded", Failure.BUSY),
    (Phase.MAIL, "452 4.3.1 Insufficient system storage", Failure.TEMPORARY),
    (Phase.MAIL, "451 4.7.1 Greylisting in action", Failure.GREYLIST),
    (Phase.RCPT, "450 4.2.0 <a@b.test>: Recipient address rejected: Greylisted, see http://postgrey", Failure.GREYLIST),
    (Phase.RCPT, "451 4.7.1 Please try again later", Failure.GREYLIST),
    (Phase.RCPT, "450 Try again", Failure.GREYLIST),
    (Phase.RCPT, "451 4.3.0 Temporary lookup failure", Failure.TEMPORARY),
    (Phase.RCPT, "452 4.2.2 The email account that you tried to reach is over quota", Failure.MAILBOX_FULL),
    (Phase.RCPT, "452 4.1.1 mailbox full", Failure.MAILBOX_FULL),
    (Phase.RCPT, "452 4.5.3 Error: too many recipients", Failure.THROTTLED),
    (Phase.RCPT, "450 4.7.1 Error: too much mail from 192.0.2.1", Failure.THROTTLED),
    (Phase.RCPT, "450 4.2.1 The user you are trying to contact is receiving mail at a rate that", Failure.THROTTLED),
    (Phase.DOT, "421 4.7.28 Our system has detected an unusual rate of unsolicited mail", Failure.BUSY),
    (Phase.DOT, "451 4.7.28 unusual rate", Failure.THROTTLED),
    (Phase.DOT, "421 4.7.32 This message does not have DMARC alignment", Failure.BUSY),
    (Phase.DOT, "451 4.7.32 From: header isn't aligned", Failure.POLICY),
    (Phase.DOT, "450 4.7.26 Unauthenticated email", Failure.POLICY),
    (Phase.DOT, "451 4.3.0 queue file write error", Failure.TEMPORARY),
    (Phase.DOT, "451 Greylisted for 300 seconds", Failure.GREYLIST),
    (Phase.DOT, "450 later", Failure.TEMPORARY),
]
SETTINGS = [
    (Phase.CONNECT, "554 5.7.1 You are not welcome"),
    (Phase.CONNECT, "554 No SMTP service here"),
    (Phase.STARTTLS, "501 5.5.4 Syntax error"),
    (Phase.AUTH, "535 5.7.8 Error: authentication failed"),
    (Phase.AUTH, "534 5.7.9 Please log in with your web browser"),
    (Phase.MAIL, "550 5.7.1 Sender not allowed"),
    (Phase.MAIL, "530 5.7.0 Must issue a STARTTLS command first"),
    (Phase.MAIL, "553 5.1.8 Domain of sender address does not exist"),
    (Phase.RCPT, "553 5.1.8 Domain of sender address does not exist"),
    (Phase.RCPT, "554 5.7.1 <a@b.test>: Relay access denied"),
    (Phase.RCPT, "550 relay not permitted"),
]
PERMANENT = [
    (Phase.MAIL, "552 5.3.4 Message size exceeds fixed limit", Failure.REJECTED),
    (Phase.MAIL, "552 Message size exceeds maximum", Failure.REJECTED),
    (Phase.RCPT, "550 5.1.1 <a@b.test>: Recipient address rejected: User unknown", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 5.1.10 Recipient not found", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 5.1.2 Host unknown", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 5.2.1 The email account that you tried to reach is disabled", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 5.4.1 Recipient address rejected: Access denied", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 No such user here", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 5.0.0 unknown user", Failure.BAD_ADDRESS),
    (Phase.RCPT, "551 not here", Failure.BAD_ADDRESS),
    (Phase.RCPT, "553 no", Failure.BAD_ADDRESS),
    (Phase.RCPT, "550 no", Failure.REJECTED),
    (Phase.RCPT, "550 5.7.1 Blocked by blocklist", Failure.POLICY),
    (Phase.RCPT, "550 5.7.26 This mail is unauthenticated", Failure.POLICY),
    (Phase.RCPT, "554 Service unavailable; Client host blocked using zen.spamhaus.org", Failure.POLICY),
    (Phase.DATA, "503 5.5.1 Error: need RCPT command", Failure.REJECTED),
    (Phase.DOT, "550 5.7.515 Access denied, sending domain does not meet the required level", Failure.POLICY),
    (Phase.DOT, "554 5.6.0 Message contains invalid header", Failure.REJECTED),
    (Phase.DOT, "552 5.3.4 Message too big for system", Failure.REJECTED),
    (Phase.DOT, "552 message size exceeds limit", Failure.REJECTED),
    (Phase.DOT, "554 Message refused as spam", Failure.POLICY),
]
FULL = [
    (Phase.RCPT, "552 5.2.2 Mailbox full"),
    (Phase.RCPT, "552 Requested mail action aborted: exceeded storage allocation"),
    (Phase.RCPT, "550 5.2.2 over quota"),
    (Phase.DOT, "552 user quota exceeded"),
]


def refused(phase: Phase, line: str) -> Refused:
    reader = ReplyReader()
    reader.feed(line.encode() + b"\r\n")
    reply = reader.take()
    assert reply is not None
    return refusal(phase, reply)


@pytest.mark.parametrize(("phase", "line", "failure"), TEMPORARY)
def test_a_4yz_is_never_final(phase: Phase, line: str, failure: Failure) -> None:
    found = refused(phase, line)
    assert (found.failure, found.permanent) == (failure, False)
    assert found.code.startswith(line[:3])


@pytest.mark.parametrize(("phase", "line"), SETTINGS)
def test_what_concerns_us_pauses_the_transport_and_blames_no_lead(phase: Phase, line: str) -> None:
    found = refused(phase, line)
    assert (found.failure, found.permanent) == (Failure.CONFIGURATION, False)


@pytest.mark.parametrize(("phase", "line", "failure"), PERMANENT)
def test_a_5yz_about_this_message_is_final(phase: Phase, line: str, failure: Failure) -> None:
    found = refused(phase, line)
    assert (found.failure, found.permanent) == (failure, True)


@pytest.mark.parametrize(("phase", "line"), FULL)
def test_a_full_mailbox_may_be_emptied(phase: Phase, line: str) -> None:
    found = refused(phase, line)
    assert (found.failure, found.permanent) == (Failure.MAILBOX_FULL, False)


def test_code_and_words_are_kept_for_people() -> None:
    found = refused(Phase.RCPT, "550 5.1.1 User unknown")
    assert (found.code, found.text) == ("550 5.1.1", "User unknown")
