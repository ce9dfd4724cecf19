"""Reads `whole/*.txt`: mails with every header and part that their systems give them, answering one touch of ours.

An entry is `=== CLASS[/CLASS] | NAME` (two classes where either is right) and the mail as it travels, in UTF-8. What
they give back of ours is written once, here: `{{text}}`, `{{quoted}}`, `{{headers ADDRESS}}` and the like.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from channels.inbound.values import InboundKind

_CLASSES = {
    "hard": InboundKind.HARD_BOUNCE, "soft": InboundKind.SOFT_BOUNCE, "policy": InboundKind.POLICY_BOUNCE,
    "delay": InboundKind.DELAY, "auto": InboundKind.AUTO_REPLY, "complaint": InboundKind.COMPLAINT_FEEDBACK,
    "unsubscribe": InboundKind.UNSUBSCRIBE, "human": InboundKind.HUMAN_REPLY, "loop": InboundKind.LOOP,
}  # fmt: skip
_TOKEN = "k3f9-2c7d1e8a44b0-9f2e6c1b7a5d4e3f"
_RETURN_PATH = f"hello+{_TOKEN}@kahvila.example"
_MESSAGE_ID = f"touch.{_TOKEN}@kahvila.example"
_TEXT = """Hi,

we roast a new Ethiopian coffee from Monday on. Shall I put two kilos
aside for your office? A short answer is enough.

Anna Virtanen
--
Kahvila Oy, Esimerkkikatu 1, 00100 Helsinki
You get this mail because you asked for our offer on 3 October.
Unsubscribe: https://touch.kahvila.example/u/k3f92c7d
Something is wrong? https://touch.kahvila.example/c/k3f92c7d"""
_ON_THE_WAY = """Return-Path: <{back}>
Received: from mail.kahvila.example (mail.kahvila.example [192.0.2.25])
\tby mx.{domain} (Postfix) with ESMTPS id 4XyQ1k2Zz9z1b
\tfor <{to}>; Thu, 12 Nov 2026 09:14:03 +0200 (EET)
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=kahvila.example; s=t1;
\tt=1763075643; h=from:to:subject:date:message-id:list-unsubscribe:list-unsubscribe-post;
\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=Zm9vYmFy
"""
_HEADERS = """From: Anna Virtanen <{back}>
To: {to}
Subject: New roast from Monday on
Date: Thu, 12 Nov 2026 09:14:02 +0200
Message-ID: <{own}>
Auto-Submitted: auto-generated
X-Touches: 1
List-Unsubscribe: <https://touch.kahvila.example/u/k3f92c7d>, <mailto:unsubscribe+{token}@kahvila.example>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit"""


@dataclass(frozen=True)
class WholeMail:
    """A mail and the classes that are right for it."""

    name: str
    kinds: frozenset[InboundKind]
    raw: bytes


def whole_mails() -> Iterator[WholeMail]:
    """Every entry of every file, in order, with LF line ends."""
    for path in sorted((Path(__file__).parent / "whole").glob("*.txt")):
        for entry in re.split(r"(?m)^=== ", path.read_text(encoding="utf-8"))[1:]:
            title, _, rest = entry.partition("\n")
            kinds, _, name = title.partition(" | ")
            mail = re.sub(r"\{\{([a-z ]+?)(?: (\S+@\S+))?\}\}", _ours, rest)
            yield WholeMail(name, frozenset(_CLASSES[kind] for kind in kinds.split("/")), mail.encode())


def _ours(found: re.Match[str]) -> str:
    given = {"back": _RETURN_PATH, "to": found[2] or "", "own": _MESSAGE_ID, "token": _TOKEN}
    given["domain"] = given["to"].rpartition("@")[2]
    values = {
        "text": _TEXT, "html text": _TEXT.replace("\n", "<br>"),
        "quoted": "\n".join(f"> {line}".rstrip() for line in _TEXT.splitlines()),
        "headers": (_ON_THE_WAY + _HEADERS).format(**given), "bare headers": _HEADERS.format(**given),
        "return path": _RETURN_PATH, "message id": _MESSAGE_ID, "token": _TOKEN,
    }  # fmt: skip
    return values[found[1]]
