"""A composed message as its reader would see it: words for a terminal, and files for a browser or a PDF viewer."""

import json
from collections.abc import Mapping
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

from touches.errors import FileError

LOOKED_AT = ("html", "pdf")  # what a browser shows


def readable(payload: bytes, channel: str) -> str:
    """Headers and text of a mail, an SMS with its segments, a script in lines; of a PDF only that there is one."""
    if channel == "email":
        return _mail_in_words(_parsed(payload))
    if channel == "sms":
        return _sms_in_words(payload)
    if suffixes(channel) == ("pdf",):
        return f"A PDF of {len(payload):,} bytes."
    return _script_in_words(payload)


def suffixes(channel: str) -> tuple[str, ...]:
    """The kinds of files that `files_of` gives, the one to look at first."""
    known = {"email": ("html", "eml", "txt"), "letter": ("pdf",), "fax": ("pdf",)}
    return known.get(channel, ("txt",))


def files_of(payload: bytes, channel: str) -> Mapping[str, bytes]:
    """The message as files, by suffix: a mail as the page that its reader sees, as it is sent, and as plain text."""
    if channel != "email":
        only = suffixes(channel)[0]
        return {only: payload if only == "pdf" else readable(payload, channel).encode()}
    mail = _parsed(payload)
    text = readable(payload, channel).encode()
    page = mail.get_body(preferencelist=("html",))
    shown = {"html": str(page.get_content()).encode()} if page is not None else {}
    return {**shown, "eml": payload, "txt": text}


def write_files(files: Mapping[str, bytes], folder: Path, stem: str) -> list[Path]:
    """Write `STEM.SUFFIX` for each into the folder, which is made if need be; the paths. FileError for the disk."""
    written = [folder / f"{stem}.{suffix}" for suffix in files]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, content in zip(written, files.values(), strict=True):
            path.write_bytes(content)
    except OSError as error:
        raise FileError.from_os(error, "write") from None
    return written


def _parsed(payload: bytes) -> EmailMessage:
    return BytesParser(policy=default).parsebytes(payload)


def _mail_in_words(mail: EmailMessage) -> str:
    headers = [f"{name}: {mail[name]}" for name in ("From", "To", "Subject") if mail[name]]
    body = mail.get_body(preferencelist=("plain", "html"))
    return "\n".join([*headers, "", body.get_content() if body is not None else ""])


def _sms_in_words(payload: bytes) -> str:
    from channels.sms.message import thawed
    from channels.sms.segments import segments

    text = thawed(payload).text
    counted = segments(text)
    forced = f", because of {' '.join(counted.offenders[:10])}" if counted.offenders else ""
    size = f"{counted.parts} SMS in {counted.encoding.upper()}{forced}, {counted.left} free in the last"
    return f"{text}\n\n[{len(text)} characters: {size}]"


def _script_in_words(payload: bytes) -> str:
    script = json.loads(payload)
    lines = [script["greeting"], script["subject"], script["news"], f"Ask: {script['ask']}" if script["ask"] else ""]
    return "\n\n".join(line for line in lines if line)
