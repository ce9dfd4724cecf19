"""Feedback reports: "this is spam" by RFC 5965, and in the forms of those who do not keep to it."""

import re

from channels.inbound.letter import Letter
from channels.inbound.senders import sender_address, shown_by_a_person

_TYPE = re.compile(r"^[ \t]*feedback-type[ \t]*:[ \t]*([a-z-]{2,40})", re.IGNORECASE | re.MULTILINE)
_REPORTER = re.compile(
    r"^(?:staff|complaints?|abuse[\w.-]*|fbl[\w.-]*|[\w.-]*fbl|feedback[\w.-]*|feedbackloop|[\w.-]*feedback"
    r"|scomp|arf[\w.-]*|[\w.-]*-?complaints?|spam-?report\w*|[\w.-]*reports?|noreply|no-reply|jmrp\w*)@|^\d+@reports\.",
    re.IGNORECASE,
)  # fmt: skip
_SUBJECT = re.compile(
    r"complaint about message from|abuse (?:report|complaint)|spam (?:report|complaint)"
    r"|feedback (?:loop )?report|email feedback report|report(?:ed)? as (?:spam|junk)|jmrp|junk mail report"
    r"|\[?fbl\]?\b|\[spamcop|user reported (?:spam|junk)|feedback loop",
    re.IGNORECASE,
)
_WORDS = re.compile(
    r"email abuse report|abuse report for an email|reported .{0,60}as (?:spam|junk|unsolicited)"
    r"|marked .{0,60}as (?:spam|junk)|abuse complaint|feedback loop|this is a .{0,40}(?:abuse|spam) report"
    r"|complained about|spamcop v\d|\[ ?offending message ?\]",
    re.IGNORECASE,
)
_MICROSOFT = re.compile(r"^x-hmxmroriginalrecipient\s*:", re.IGNORECASE | re.MULTILINE)


def feedback_type(letter: Letter) -> str:
    """The Feedback-Type in lower case; "abuse" for the forms that have none; empty when it is no feedback report."""
    parts = letter.own("message/feedback-report", "text/feedback-report")
    declared = letter.message.get_content_type() == "multipart/report" and "feedback-report" in _report_type(letter)
    if parts or declared:
        text = "\n".join(part.report_lines for part in parts) or letter.body
        found = _TYPE.search(text)
        return found[1].lower() if found else "abuse"
    if shown_by_a_person(letter):
        return ""
    return _by_form(letter)


def _by_form(letter: Letter) -> str:
    found = _TYPE.search(letter.body)
    if found and (
        letter.originals or re.search(r"^(?:user-agent|version)\s*:", letter.body, re.IGNORECASE | re.MULTILINE)
    ):
        return found[1].lower()
    if _MICROSOFT.search(letter.originals):
        return "abuse"
    sender = sender_address(letter)
    titled = _SUBJECT.search(letter.header("subject"))
    if titled and _REPORTER.match(sender) and (letter.originals or _WORDS.search(letter.body)):
        return "abuse"
    if letter.originals and (titled or _REPORTER.match(sender)) and _WORDS.search(letter.body):
        return "abuse"
    return ""


def _report_type(letter: Letter) -> str:
    value = letter.message.get_param("report-type", "")
    return (value if isinstance(value, str) else value[2]).lower()
