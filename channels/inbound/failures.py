"""From a status code and the other side's words to a Failure: who is to blame, and whether the address is any good.

Codes by RFC 3463/5248. Words decide first where they are plain, since many send "5.0.0" or "5.7.1" for anything.
"""

import re

from channels.inbound import failure_words as cues
from channels.inbound.values import InboundKind
from channels.protocol import Failure

_WORDS: tuple[tuple[re.Pattern[str], Failure, bool], ...] = (  # the third: permanent for the address
    (cues.SENDER, Failure.POLICY, True),
    (cues.FULL, Failure.MAILBOX_FULL, False),
    (cues.LOOKUP_FAILED, Failure.TEMPORARY, False),
    (cues.GREYLIST, Failure.GREYLIST, False),
    (cues.UNKNOWN, Failure.BAD_ADDRESS, True),
    (cues.SIZE, Failure.REJECTED, False),
    (cues.NO_HOST, Failure.BAD_ADDRESS, True),
    (cues.POLICY, Failure.POLICY, True),
    (cues.TRY_AGAIN, Failure.TEMPORARY, False),
)
_STATUS = re.compile(r"(?<![\d.])([245])[.](\d{1,3})[.](\d{1,3})(?![\d.]*\d)")
_CODE = re.compile(r"(?<![\d.\w-])([45][0-7]\d)(?=[\s,;:)\]-]|$)")
_AFTER_TEXT = re.compile(
    r"in reply to starttls|end of data|after (?:end of )?data|>>> data <<< (?!503)[45]\d\d[ -](?!.{0,40}recipient)",
    re.IGNORECASE,
)
_OF_THE_SENDER = re.compile(  # refused where only the sender was named yet: nobody looked for the mailbox
    r"(?:in reply to|after) (?:mail from|ehlo|helo|initial connection)|refused to talk to me"
    r"|>>> mail from:? ?<[^<>]{0,300}>[^<>]{0,80}<<< [45]\d\d[ -]",
    re.IGNORECASE,
)
_BY_BARE_CODE = {  # RFC 5321, 4.2.3 and RFC 4954, where no words say more
    "552": (Failure.MAILBOX_FULL, False), "523": (Failure.REJECTED, False), "530": (Failure.POLICY, True),
    "534": (Failure.POLICY, True), "535": (Failure.POLICY, True), "538": (Failure.POLICY, True),
    "541": (Failure.POLICY, True), "571": (Failure.POLICY, True),
}  # fmt: skip
_UNSPECIFIC = frozenset({"", "5.0.0", "4.0.0", "5.3.0", "5.5.0", "5.1.0", "5.2.0"})


def status_in(text: str) -> str:
    """The first enhanced status code (RFC 3463) of a failure in `text`, empty when there is none."""
    return next((".".join(found.groups()) for found in _STATUS.finditer(text) if found[1] != "2"), "")


def best_status(declared: str, diagnostic: str) -> str:
    """The more telling of a report's Status field and the code in the words: "5.0.0" says less than "5.1.1"."""
    declared, quoted = status_in(declared), status_in(diagnostic)
    says_more = declared in _UNSPECIFIC or (declared.startswith("4") and quoted.startswith("5"))
    if quoted and (says_more or (quoted.startswith("5.7.") and not declared.startswith("5.1."))):
        return quoted
    return declared or quoted


def stage_in(words: str) -> str:
    """What `words` say of the command at which the other side refused, if it was another than RCPT."""
    for stage, plainly in ((_OF_THE_SENDER, "in reply to MAIL FROM"), (_AFTER_TEXT, "after DATA")):
        if found := stage.search(words):
            return plainly if found[0].startswith(">>>") else " ".join(found[0].split())
    return ""


def judge(status: str, words: str) -> tuple[InboundKind, Failure]:
    """The class and the blame of a delivery that was given up. `status` may be empty; `words` is the diagnostic."""
    words = words[:4000]
    kind, failure = _by_words_and_code(status, words)
    if kind is InboundKind.HARD_BOUNCE and _OF_THE_SENDER.search(words):
        return InboundKind.POLICY_BOUNCE, Failure.POLICY
    return kind, failure


def _by_words_and_code(status: str, words: str) -> tuple[InboundKind, Failure]:
    if status in {"", "4.0.0"} and (code := _CODE.search(words)):  # Postfix says 4.0.0 of a refused connection
        status = f"{code[1][0]}.0.0"
    spoken = _spoken(words)
    if status.startswith("4"):
        return _too_late(spoken[0] if spoken else Failure.TEMPORARY, words)
    if spoken and (cues.SENDER.search(words) or _words_outweigh(status, spoken[0])):
        return _kind(*spoken), spoken[0]
    by_code = _by_status(status) if status not in _UNSPECIFIC else _by_circumstances(status, words)
    return _kind(*by_code), by_code[0]


def _spoken(words: str) -> tuple[Failure, bool] | None:
    """The cause that the words name. A domain that is missed when the text was sent is the sender's: theirs took it."""
    for cue, failure, lasting in _WORDS:
        if cue.search(words):
            return (Failure.POLICY, True) if cue is cues.NO_HOST and _AFTER_TEXT.search(words) else (failure, lasting)
    return None


def _too_late(said: Failure, words: str) -> tuple[InboundKind, Failure]:
    """Given up after many a "later". Who waits for a better name of ours refuses us, however politely."""
    if said in {Failure.POLICY, Failure.TEMPORARY} and cues.REPUTATION.search(words):
        return InboundKind.POLICY_BOUNCE, Failure.POLICY
    passing = said in {Failure.MAILBOX_FULL, Failure.GREYLIST, Failure.REJECTED}
    return InboundKind.SOFT_BOUNCE, said if passing else Failure.TEMPORARY


def _by_circumstances(status: str, words: str) -> tuple[Failure, bool]:
    """Nothing names a cause: the bare code does, or the stage, since who refuses the text minds what is in it."""
    code = _CODE.search(words)
    if code and code[1] in _BY_BARE_CODE:
        return _BY_BARE_CODE[code[1]]
    return (Failure.POLICY, True) if _AFTER_TEXT.search(words) else _by_status(status)


def _words_outweigh(status: str, said: Failure) -> bool:
    """Codes that name a cause keep it, except against words that name the mailbox itself."""
    if status in _UNSPECIFIC or status.startswith(("5.5.", "5.3.")):
        return True
    if said is Failure.MAILBOX_FULL:
        return True
    if said is Failure.REJECTED:  # too big, whatever the code
        return status.startswith(("5.1.", "5.7."))
    if said is Failure.BAD_ADDRESS:
        return status.startswith(("5.1.", "5.2.1", "5.7.", "5.4.1", "5.4.4"))
    return said is Failure.POLICY and not status.startswith(
        ("5.1.1", "5.1.2", "5.1.10", "5.2.1", "5.2.2", "5.4.1", "5.4.3", "5.4.4", "5.4.6", "5.4.7")
    )


def _by_status(status: str) -> tuple[Failure, bool]:
    if status.startswith("5.7."):
        return Failure.POLICY, True
    if status in {"5.1.7", "5.1.8"}:
        return Failure.POLICY, True
    if status.startswith("5.1.") or status in {"5.2.0", "5.2.1", "5.4.1", "5.4.4", "5.4.310", "5.5.0"}:
        return Failure.BAD_ADDRESS, True
    if status == "5.2.2":
        return Failure.MAILBOX_FULL, False
    if status.startswith(("5.2.", "5.3.", "5.6.")):
        return Failure.REJECTED, False
    if status.startswith("5.4."):
        return Failure.TEMPORARY, False
    return Failure.REJECTED, True


def _kind(failure: Failure, lasting: bool) -> InboundKind:
    if failure is Failure.POLICY:
        return InboundKind.POLICY_BOUNCE
    return InboundKind.HARD_BOUNCE if lasting else InboundKind.SOFT_BOUNCE
