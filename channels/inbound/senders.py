"""Who seems to write: a mail system, another program, or a person."""

import re

from channels.inbound.letter import Letter
from channels.inbound.marks import addresses
from channels.inbound.replies import quotes_somebody

_SYSTEM_BOX = re.compile(
    r"^(?:mailer-?_?daemon|post[-_]?master|sysadmin|mdaemon|mail-?daemon|mail[._-]?delivery[\w.-]*|mmdf|bounces?"
    r"|mail-?error|mailadm(?:in)?|imss|dsn|ndr|delivery[\w.-]*"
    r"|[\w.-]*(?:smtp|antivirus|virus|mailsweeper|interscan)[\w.-]*|smtp_mail_service|e500_smtp_mail_service"
    r"|system[\w.-]*admin\w*|autoresponder-bounce)$",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"mailer-?_?daemon|mail-?daemon|^mdaemon$", re.IGNORECASE)
_SYSTEM_NAME = re.compile(
    r"mail(?:er)? ?(?:delivery|daemon|system|administrator|router)|delivery (?:sub)?system|^\W*postmaster\W*$"
    r"|mail ?server\b|system administrator|internet mail delivery|e-?mail interconnect|systemadministrator"
    r"|администратор|microsoft (?:outlook|exchange)|mail delivery|smtp server|mta\b|メール(?:配信"
    r"|システム)|邮件系统|系统管理员|系統管理員",
    re.IGNORECASE,
)
_NO_REPLY = re.compile(
    r"^(?:no|do[._-]?not|dont|non?)[._-]?(?:reply|answer|respond|responder|rispondere|responda|repondre)\b"
    r"|no[._-]?reply|\+canned\.response|donotreply|ne[._-]?pas[._-]?repondre|^(?:nicht[._-]?antworten|keine[._-]?antwort"
    r"|ei[._-]?vastata|notifications?|alerts?|auto-?(?:reply|responder|mated?|confirm|notify)?|daemon|root"
    r"|(?:spam|mail)?[._-]?quarantine|spam-?digest|mail-?filter|dmarc[\w.-]*|invitations?"
    r"|cron|listserv|majordomo|mailman|[\w.-]+-(?:bounces|request|owner))$",
    re.IGNORECASE,
)
_SMTP_REPLY = re.compile(r"^[ \t<]*[45][0-5]\d[ \t-]{1,3}\S", re.MULTILINE)
_FORWARDED = re.compile(
    r"^\s*(?:(?:re|aw|antw|sv|vs|odp|rif|res|ynt|回复|回覆|答复|返信|fw|fwd|wg|tr|rv|enc|i|vb|vl|pd"
    r"|doorst|转发|轉寄|转寄"
    r"|転送)\s?(?:\[\d+\])?\s?[:：]\s*)",
    re.IGNORECASE,
)  # fmt: skip


_TAKES_BOUNCES = re.compile(r"(?:bounces?|bnc|verp|returns?|mailer|msprvs\d)(?:[-+=._]|$)", re.IGNORECASE)
_ANSWERING_BOX = re.compile(
    r"(?:[\w.-]*[._+-])?(?:auto-?(?:answer|reply|respond(?:er)?)|vacation)(?:[._+-]|$)", re.IGNORECASE
)
_MAILING_HEADERS = (
    "feedback-id", "x-campaign", "x-campaignid", "x-campaign-id", "x-mailgun-sid", "x-sg-eid", "x-ses-outgoing",
    "x-mandrill-user", "x-mc-user", "x-msys-api", "x-csa-complaints", "x-mailchimp-campaign-id",
)  # fmt: skip


def sender_address(letter: Letter) -> str:
    """The address of From, else of Sender, else the return path; empty when there is none."""
    for name in ("from", "sender", "return-path"):
        if found := addresses(letter.header(name)):
            return found[0]
    return ""


def is_mail_system(letter: Letter) -> bool:
    """From names a mail system, or nobody at all."""
    shown = letter.header("from")
    if "@" not in shown or not (addresses(shown) or sender_address(letter)):
        return True
    local = sender_address(letter).rpartition("@")[0].partition("+")[0].strip('"')
    if _DAEMON.search(local):
        return True
    if _answered_by_hand(letter):
        return False
    name = shown.partition("<")[0] if "<" in shown else shown.partition("(")[2]
    return bool(_SYSTEM_BOX.match(local) or _SYSTEM_NAME.search(name))


def _answered_by_hand(letter: Letter) -> bool:
    """`Re:` with a quoted mail or in a thread, and no program's mark: postmasters and couriers write answers, too."""
    if not _FORWARDED.match(letter.header("subject")):
        return False
    plain = letter.message.get_content_type() != "multipart/report" and not letter.originals
    silent = not (null_return_path(letter) or letter.has("auto-submitted", "x-failed-recipients"))
    if not (plain and silent) or _SMTP_REPLY.search(letter.body[:400]):
        return False
    return letter.has("in-reply-to") or quotes_somebody(letter.body)


def is_daemon(letter: Letter) -> bool:
    """From is a MAILER-DAEMON: a box behind which nobody reads or writes."""
    return _DAEMON.search(sender_address(letter).rpartition("@")[0]) is not None


def is_postmaster(letter: Letter) -> bool:
    """From is a postmaster's box: a program writes from it, unless it answers (RFC 5321, 4.5.1)."""
    return sender_address(letter).lower().startswith("postmaster@")


def is_no_reply(letter: Letter) -> bool:
    """The sender's own name says that nobody reads there."""
    local = sender_address(letter).rpartition("@")[0]
    return any(_NO_REPLY.search(name) for name in (local, local.partition("+")[0]))


def null_return_path(letter: Letter) -> bool:
    """The envelope sender was empty (RFC 5321, 4.5.5), as the last hop wrote it down."""
    values = letter.all_headers("return-path")
    return any(value.strip() in {"<>", "", "<MAILER-DAEMON>", "MAILER-DAEMON"} for value in values)


def answered_by_program(letter: Letter) -> bool:
    """The envelope names a responder's box as its sender, while From names the person it stands in for."""
    back = [found for value in letter.all_headers("return-path") for found in addresses(value)]
    return any(_ANSWERING_BOX.match(found.rpartition("@")[0]) for found in back)


def mailed_by_program(letter: Letter) -> bool:
    """A mailing program's marks: its return path takes bounces for others, or its headers serve its own statistics."""
    if letter.has(*_MAILING_HEADERS):
        return True
    back = [found for value in letter.all_headers("return-path") for found in addresses(value)]
    return any(_TAKES_BOUNCES.match(found.rpartition("@")[0]) for found in back) and sender_address(letter) not in back


def answers_somebody(letter: Letter) -> bool:
    """It is a reply or a forward by its subject or its thread headers."""
    return bool(_FORWARDED.match(letter.header("subject"))) or letter.has("in-reply-to")


def shown_by_a_person(letter: Letter) -> bool:
    """A person forwards or answers something: `Fwd:` or `Re:` from somebody who is no mail system and no robot."""
    if is_mail_system(letter) or null_return_path(letter) or is_no_reply(letter):
        return False
    return bool(_FORWARDED.match(letter.header("subject"))) and not letter.header("auto-submitted").lower().startswith(
        "auto-"
    )
