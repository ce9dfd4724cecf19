"""What somebody wrote this time: the text without quoted mails and signature. Never raises, always bounded."""

import re
from itertools import takewhile

from channels.inbound.limits import TEXT

_READ_BY_LIBRARY = 12_000  # characters; its patterns are not linear
_LANGUAGES = ["en", "de", "fr", "it", "es", "pt", "nl", "sv", "da", "no", "fi", "pl", "cs", "ja", "ko", "zh"]
_WROTE = re.compile(
    r"^[ \t]*(?:on|am|le|el|il|em|op|den|dnia|w dniu|dne|pe|ma|ti|ke|to|la|su|noong|\d{1,4}[ .:/年-]"
    r"|[a-zåäöа-я]{2,4}[.,]{0,2} \d|(?:mon|tues|wednes|thurs|fri|satur|sun)day|\W?\S{1,80}@).{0,300}"
    r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev|kirjoitti|napisał\(?a?\)?"
    r"|napsal\(?a?\)?|пишет|написал\(?а?\)?|写道|寫道|のメール|wrote the following|sumulat|sinulat|作成"
    r"|작성).{0,40}[:：>]?[ \t]*$"
    r"|^[ \t]*\d{4}年\d{1,2}月\d{1,2}日.{0,200}[:：][ \t]*$|^.{1,80}(?:さん(?:は|が)(?:書きました|.{0,6}書き)"
    r"|在 ?\d{4}.{0,40}写道)[:：]?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(
    r"^[ \t>]*[-_=*]{2,}\s?(?:original(?:e)? (?:message|nachricht|meldung|e-?mail)|ursprüngliche (?:nachricht"
    r"|mail)|message (?:d'origine|original)|messaggio originale|mensaje original|mensagem original"
    r"|oorspronkelijk bericht|ursprungligt meddelande|oprindelig meddelelse|opprinnelig melding"
    r"|alkuperäinen viesti|oryginalna wiadomość|wiadomość oryginalna|исходное сообщение"
    r"|пересылаемое сообщение|原始邮件|原始郵件|元のメッセージ|forwarded message|weitergeleitete nachricht"
    r"|message transféré)\b.{0,40}$|^[ \t]*_{20,}[ \t]*$|^-{2} ?$|^-{5,}[ \t]*$",
    re.IGNORECASE,
)
_OLDER_MAIL = re.compile(r"^[ \t]*[-_*]{3,}\s?\w+[ \w'-]{3,40}[-_*]{3,}[ \t]*$")
_DATED_ADDRESS = re.compile(
    r"^[ \t]*在.{4,80}写道[:：]?[ \t]*$"
    r"|^[^>]{0,80}\d{1,2}[:.]\d{2}\D[^>]{0,120}<?[^\s<>]{1,100}@[^\s<>]{1,100}>?[^>]{0,10}[:：][ \t]*$"
)
_HEADER = re.compile(
    r"^[ \t>*]*(?:from|von|de|da|van|från|fra|lähettäjä|od|от|发件人|發件人|寄件者|差出人|mula kay"
    r"|보낸 사람)[ \t*]*[:：].{1,200}$",
    re.IGNORECASE,
)
_HEADER_NEXT = re.compile(
    r"^[ \t>*]*(?:sent|to|date|subject|cc|gesendet|an|betreff|datum|envoyé|à|objet|enviad[oa]|para|asunto"
    r"|assunto|fecha|data|inviato|a|oggetto|verzonden|aan|onderwerp|skickat|till|ämne|sendt|til|emne"
    r"|lähetetty|vastaanottaja|aihe|päivä|wysłano|do|temat|отправлено|кому|тема|дата|发送时间|收件人"
    r"|主题|日期|寄件日期|主旨"
    r"|送信日時|宛先|件名|日時|보낸 날짜|받는 사람|제목)[ \t*]*[:：]",
    re.IGNORECASE,
)
_SENT_FROM = re.compile(
    r"^[ \t]*(?:sent from (?:my|outlook|yahoo|mail|samsung)|get outlook for|von meinem .{1,40} gesendet"
    r"|gesendet (?:von|mit)|envoyé (?:de|depuis)|enviado desde|inviato da|enviado do|verstuurd vanaf"
    r"|skickat från|sendt fra|lähetetty (?:iphone|android|samsung|outlook)|wysłane z|отправлено (?:с|из)"
    r"|iPhoneから送信|从我的.{1,20}发送|发自我的).{0,80}$",
    re.IGNORECASE,
)


def reply_text(full: str) -> str:
    """The newest words: before the first quote, separator or signature. Answers between quoted lines are kept."""
    return _without_signature(newest_lines(full))[:TEXT]


def newest_lines(full: str) -> str:
    """The same with the signature: what stands above the first quoted mail, and between its lines."""
    lines = [line.rstrip()[:4000] for line in full[: 4 * TEXT].splitlines()]
    lines = lines[: _end(lines)]
    return "\n".join(line for line in lines if not line.lstrip().startswith((">", "|>"))).strip()


def quotes_somebody(full: str) -> bool:
    """The text carries the mail it answers: quoted lines, an "On … wrote:", or the header block of an older mail."""
    lines = [line.rstrip()[:1000] for line in full[:16_000].splitlines()]
    return any(
        line.lstrip().startswith(">")
        or _OLDER_MAIL.match(line)
        or _header_block(lines, number)
        or _wrote(lines, number)
        for number, line in enumerate(lines)
    )


def _end(lines: list[str]) -> int:
    """The number of the first line that belongs to a quoted mail or a signature, and after which nothing new comes."""
    for number, line in enumerate(lines):
        if _SEPARATOR.match(line) or _SENT_FROM.match(line) or _header_block(lines, number):
            return number
        if _wrote(lines, number) and not _written_between(lines[number + 1 :]):
            return number
    return len(lines)


def _wrote(lines: list[str], number: int) -> bool:
    """ "On … wrote:", also broken over two or three lines."""
    line = lines[number]
    if len(line) < 6 or len(line) > 400:
        return False
    if _WROTE.match(line) or _DATED_ADDRESS.match(line):
        return True
    broken = list(
        takewhile(lambda part: part.strip() and not part.lstrip().startswith(">"), lines[number : number + 3])
    )
    return len(broken) > 1 and _WROTE.match(" ".join(broken)[:600]) is not None


def _is_unquoted(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith(">")


def _written_between(after: list[str]) -> bool:
    """The rest has quoted lines and unquoted words below them: answers point by point."""
    seen_quote = False
    for line in after[:400]:
        if line.lstrip().startswith(">"):
            seen_quote = True
        elif seen_quote and line.strip():
            return not (_SEPARATOR.match(line) or _SENT_FROM.match(line))
        elif line.strip() and not seen_quote:
            return False
    return False


def _header_block(lines: list[str], number: int) -> bool:
    return _HEADER.match(lines[number]) is not None and any(
        _HEADER_NEXT.match(line) for line in lines[number + 1 : number + 4]
    )


def _without_signature(text: str) -> str:
    """mail-parser-reply knows closings in many languages; what it would leave empty stays as it is."""
    if not text or len(text) > _READ_BY_LIBRARY or max(map(len, text.splitlines())) > 1000:
        return text
    from mailparser_reply import EmailReplyParser

    replies = EmailReplyParser(languages=list(_LANGUAGES)).read(text).replies
    body = replies[0].body.strip() if replies else ""
    return body or text
