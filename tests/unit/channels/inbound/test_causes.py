"""The lines of `causes.txt`: how servers refuse without a code that names the cause, and which bounce that makes."""

from pathlib import Path

import pytest

from channels.inbound.failures import judge
from channels.inbound.mail import classify_mail
from channels.inbound.values import InboundKind
from channels.protocol import Failure
from tests.unit.channels.inbound.letters import NOW, OURS

CAUSES = [line.split("|", 1) for line in (Path(__file__).parent / "causes.txt").read_text("utf-8").splitlines()]
_IN_WORDS = """Return-Path: <>
From: MAILER-DAEMON@mx.far.example (Mail Delivery System)
To: hello@kahvila.example
Subject: Undelivered Mail Returned to Sender
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients.

<bob@gone.example>: {said}
"""
_AS_REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.far.example
To: hello@kahvila.example
Subject: Returned mail: see transcript for details
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b1

--b1
Content-Type: text/plain

The message could not be delivered.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.far.example

Final-Recipient: rfc822; bob@gone.example
Action: failed
Status: {status}
Diagnostic-Code: smtp; {said}

--b1--
"""


@pytest.mark.parametrize("form", [_IN_WORDS, _AS_REPORT], ids=["in words", "as a report"])
@pytest.mark.parametrize(("kinds", "said"), CAUSES, ids=[said[:60] for _, said in CAUSES])
def test_a_cause_in_words_makes_the_bounce(kinds: str, said: str, form: str) -> None:
    mail = form.format(said=said, status="4.0.0" if said.startswith("4") else "5.0.0")
    kind = classify_mail(mail.encode(), now=NOW, ours=OURS).kind
    assert kind in {InboundKind(f"{one}_bounce") for one in kinds.split(",")}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("552 we are sorry", InboundKind.SOFT_BOUNCE),
        ("550 we are sorry", InboundKind.HARD_BOUNCE),
        ("550 we are sorry (in reply to end of DATA command)", InboundKind.POLICY_BOUNCE),
        ("550 no such user (in reply to end of DATA command)", InboundKind.HARD_BOUNCE),
        ("550 no such domain (in reply to end of DATA command)", InboundKind.POLICY_BOUNCE),
        ("554 mx.far.example (refused to talk to me)", InboundKind.POLICY_BOUNCE),
        ("421 busy (refused to talk to me)", InboundKind.SOFT_BOUNCE),
        ("535 we are sorry", InboundKind.POLICY_BOUNCE),
        ("553 that domain does not exist (in reply to MAIL FROM command)", InboundKind.POLICY_BOUNCE),
        ("553 that domain does not exist (in reply to RCPT TO command)", InboundKind.HARD_BOUNCE),
        ("550 5.1.1 that is nobody (in reply to MAIL FROM command)", InboundKind.POLICY_BOUNCE),
        ("550 go (in reply to EHLO command)", InboundKind.POLICY_BOUNCE),
        ("550 go (after initial connection)", InboundKind.POLICY_BOUNCE),
        (">>> MAIL FROM:<a@b.example> <<< 550 no such domain", InboundKind.POLICY_BOUNCE),
        (">>> MAIL FROM:<a@b.example> >>> RCPT TO:<c@d.example> <<< 550 no such user", InboundKind.HARD_BOUNCE),
        ("550 mailbox is full (in reply to MAIL FROM command)", InboundKind.SOFT_BOUNCE),
    ],
)
def test_without_words_the_bare_code_and_the_stage_decide(said: str, kind: InboundKind) -> None:
    assert judge("", said)[0] is kind


def test_the_words_beside_a_report_tell_at_which_command_it_was_refused() -> None:
    told = "SMTP error from remote mail server after EHLO kahvila.example:\n    550 No"
    mail = _AS_REPORT.replace("The message could not be delivered.", told).format(status="5.0.0", said="550 No")
    read = classify_mail(mail.encode(), now=NOW, ours=OURS)
    assert (read.kind, read.bounces[0].diagnostic) == (InboundKind.POLICY_BOUNCE, "550 No (after EHLO)")


def test_a_reply_of_several_lines_that_is_not_folded_counts_whole() -> None:
    mail = _AS_REPORT.format(status="5.0.0", said="550-Hello\n550-from there\n550 this is a blacklist")
    assert classify_mail(mail.encode(), now=NOW, ours=OURS).kind is InboundKind.POLICY_BOUNCE


@pytest.mark.parametrize("code", ["X-Unix; 73", "73"])
def test_a_report_that_only_knows_a_number_is_explained_by_the_words_beside_it(code: str) -> None:
    mail = _AS_REPORT.replace("The message could not be delivered.", "The mailbox of bob is full.")
    mail = mail.replace("smtp; {said}", code).format(status="5.2.0")
    assert classify_mail(mail.encode(), now=NOW, ours=OURS).kind is InboundKind.SOFT_BOUNCE


def test_fields_in_the_text_without_a_diagnostic_are_explained_by_the_text() -> None:
    mail = _AS_REPORT.replace("The message could not be delivered.", "Reason: an attachment is forbidden.")
    mail = mail.replace("message/delivery-status", "text/plain").replace("Diagnostic-Code: smtp; {said}\n", "")
    read = classify_mail(mail.format(status="5.9.5").encode(), now=NOW, ours=OURS)
    assert (read.kind, read.because) == (InboundKind.POLICY_BOUNCE, "bounce: report fields in the text")


def test_who_refuses_to_relay_blames_nobody() -> None:
    assert judge("5.7.1", "554 5.7.1 <bob@gone.example>: Relay access denied")[1] is Failure.POLICY


_TRANSCRIPT = """   ----- The following addresses had permanent fatal errors -----
<bob@gone.example>
    (reason: 550 We'd rather not)

   ----- Transcript of session follows -----
... while talking to mx.gone.example.:
{commands}
554 5.0.0 Service unavailable
"""


@pytest.mark.parametrize(
    ("commands", "kind"),
    [
        (">>> MAIL From:<hello@kahvila.example>\n<<< 550 We'd rather not", InboundKind.POLICY_BOUNCE),
        (">>> DATA\n<<< 550 We'd rather not", InboundKind.POLICY_BOUNCE),
        (">>> RCPT To:<bob@gone.example>\n<<< 550 We'd rather not", InboundKind.HARD_BOUNCE),
        (
            ">>> RCPT To:<bob@gone.example>\n<<< 550 We'd rather not\n>>> DATA\n<<< 554 no valid recipients",
            InboundKind.HARD_BOUNCE,
        ),
        (
            ">>> RCPT To:<bob@gone.example>\n<<< 550 We'd rather not\n>>> DATA\n<<< 503 5.0.0 Need RCPT",
            InboundKind.HARD_BOUNCE,
        ),
    ],
)
def test_the_transcript_of_a_session_tells_at_which_command_it_was_refused(commands: str, kind: InboundKind) -> None:
    told = _TRANSCRIPT.format(commands=commands)
    mail = _AS_REPORT.replace("The message could not be delivered.", told)
    mail = mail.format(status="5.0.0", said="550 We'd rather not")
    assert classify_mail(mail.encode(), now=NOW, ours=OURS).kind is kind
