"""A composed message as text for a terminal."""

SUFFIXES = {"email": "eml", "letter": "pdf", "fax": "pdf"}


def suffix_of(channel: str) -> str:
    """The kind of file a channel's payload is."""
    return SUFFIXES.get(channel, "txt")


def readable(payload: bytes, channel: str) -> str:
    """Headers and text of a mail, the text of an SMS or script; for a PDF the advice to write it to a file."""
    if suffix_of(channel) == "pdf":
        return f"a PDF of {len(payload)} bytes: --out FILE.pdf writes it"
    if channel != "email":
        return payload.decode("utf-8", "replace")
    from email import policy
    from email.parser import BytesParser

    message = BytesParser(policy=policy.default).parsebytes(payload)
    headers = [f"{name}: {message[name]}" for name in ("From", "To", "Subject") if message[name]]
    body = message.get_body(preferencelist=("plain", "html"))
    return "\n".join([*headers, "", body.get_content() if body is not None else ""])
