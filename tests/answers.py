"""Answers to our touches as bytes: what people, responders, mail systems and mailbox providers send back."""

from dataclasses import dataclass

from touches.engine.messages import return_path, tagged
from touches.engine.office import Office
from touches.model.cadence import Touch
from touches.tokens import Purpose

OOF = "auto-replied"


@dataclass(frozen=True)
class Answers:
    """Writes to the marks of an office's touches. Every mail gets a Message-ID of its own by `number`."""

    office: Office
    date: str = "Mon, 02 Nov 2026 11:00:00 +0200"

    def reply(self, touch: Touch, text: str = "Call me on Friday.", *, sender: str = "", **headers: str) -> bytes:
        """A person answers: to the tagged address, with thread headers and a quote."""
        given = {
            "From": f"Ann <{sender or touch.address}>",
            "To": tagged(self.office.desk.inbound_address, self.token(touch)),
            "Subject": "Re: About hello",
            "In-Reply-To": f"<{self.message_id(touch)}>",
            "References": f"<{self.message_id(touch)}>",
        }
        return self.mail({**given, **_named(headers)}, f"{text}\n\n> Who we are and what changes.\n")

    def fresh(self, *, sender: str, text: str = "I have a question.", **headers: str) -> bytes:
        """A new mail without any mark of ours."""
        given = {"From": f"<{sender}>", "To": self.office.desk.inbound_address, "Subject": "A question"}
        return self.mail({**given, **_named(headers)}, text)

    def away(self, touch: Touch, text: str = "I am out of the office.", **headers: str) -> bytes:
        """A vacation responder."""
        given = {"Subject": "Automatic reply: About hello", "Auto-Submitted": OOF, "Return-Path": "<>"}
        return self.reply(
            touch, text, **{**{name.replace("-", "_"): value for name, value in given.items()}, **headers}
        )

    def bounce(
        self, touch: Touch, status: str = "5.1.1", words: str = "user unknown", *, action: str = "failed", to: str = ""
    ) -> bytes:
        """A delivery status notification to the touch's return path (RFC 3464)."""
        fields = (
            f"Reporting-MTA: dns; mx.customer.test\n\nFinal-Recipient: rfc822; {touch.address}\nAction: {action}\n"
            f"Status: {status}\nDiagnostic-Code: smtp; {550 if status[0] == '5' else 450} {status} {words}\n"
        )
        parts = (
            ("text/plain", "This is the mail system. Your message could not be delivered."),
            ("message/delivery-status", fields),
            ("message/rfc822", self.original(touch)),
        )
        return self._report("delivery-status", to or return_path(self.token(touch), self.office), *parts)

    def complaint(self, touch: Touch, kind: str = "abuse") -> bytes:
        """A feedback report (RFC 5965)."""
        fields = f"Feedback-Type: {kind}\nUser-Agent: SomeFBL/1.0\nVersion: 1\n"
        parts = (
            ("text/plain", "This is an email abuse report."),
            ("message/feedback-report", fields),
            ("message/rfc822", self.original(touch)),
        )
        return self._report("feedback-report", self.office.desk.inbound_address, *parts, sender="fbl@provider.test")

    def click(self, touch: Touch, **headers: str) -> bytes:
        """What a mail program sends to `List-Unsubscribe: <mailto:…>`."""
        token = self.office.signer.token(Purpose.UNSUBSCRIBE, touch.id)
        given = {
            "From": f"<{touch.address}>",
            "To": tagged(self.office.desk.inbound_address, token),
            "Subject": "unsubscribe",
        }
        return self.mail({**given, **_named(headers)}, "")

    def original(self, touch: Touch) -> str:
        """The headers that reports give back."""
        path = return_path(self.token(touch), self.office)
        return (
            f"Return-Path: <{path}>\nFrom: Aino <hello@cafe.test>\nTo: {touch.address}\nSubject: About hello\n"
            f"Message-ID: <{self.message_id(touch)}>\nX-Touches: {self.token(touch)}\n\nWho we are.\n"
        )

    def token(self, touch: Touch) -> str:
        """The touch's signed mark."""
        return self.office.signer.token(Purpose.TOUCH, touch.id)

    def message_id(self, touch: Touch) -> str:
        """The touch's Message-ID."""
        return f"{self.token(touch)}@{self.office.desk.mail_domain}"

    def mail(self, headers: dict[str, str], body: str) -> bytes:
        """Any mail; an empty value leaves a header out."""
        given = {"Date": self.date, "Message-ID": f"<{abs(hash(body)) % 10**12}@customer.test>", **headers}
        lines = [f"{name}: {value}" for name, value in given.items() if value]
        return ("\n".join(lines) + "\n\n" + body + "\n").encode()

    def _report(self, kind: str, to: str, *parts: tuple[str, str], sender: str = "") -> bytes:
        inner = "".join(f"--=_b\nContent-Type: {content}\n\n{body}\n" for content, body in parts)
        headers = {
            "Return-Path": "<>",
            "From": sender or "MAILER-DAEMON@mx.customer.test (Mail Delivery System)",
            "To": to,
            "Subject": "Undelivered Mail Returned to Sender" if not sender else "FW: About hello",
            "Auto-Submitted": "auto-replied" if not sender else "",
            "MIME-Version": "1.0",
            "Content-Type": f'multipart/report; report-type={kind}; boundary="=_b"',
        }
        return self.mail(headers, f"{inner}--=_b--")


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
