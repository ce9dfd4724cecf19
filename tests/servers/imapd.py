"""An IMAP server on loopback that answers as it is told, also with nonsense. `%s` is the tag of the command."""

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

MAIL = b"From: ann@customer.test\r\nSubject: hello\r\n\r\nYes.\r\n"
HONEST: Mapping[str, bytes] = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1\r\n%s OK done\r\n",
    "LOGIN": b"%s OK done\r\n",
    "EXAMINE": b"* 2 EXISTS\r\n%s OK [READ-ONLY] done\r\n",
    "NOOP": b"%s OK done\r\n",
    "STATUS": b"* STATUS INBOX (UIDVALIDITY 7)\r\n%s OK done\r\n",
    "UID SEARCH": b"* SEARCH 1 2\r\n%s OK done\r\n",
    "UID FETCH 1 (RFC822": b"* 1 FETCH (UID 1 RFC822.SIZE 48)\r\n%s OK done\r\n",
    "UID FETCH 2 (RFC822": b"* 2 FETCH (UID 2 RFC822.SIZE 48)\r\n%s OK done\r\n",
    "UID FETCH 1 (BODY": b"* 1 FETCH (UID 1 BODY[]<0> {%d}\r\n" % len(MAIL) + MAIL + b")\r\n%s OK done\r\n",
    "UID FETCH 2 (BODY": b"* 2 FETCH (UID 2 BODY[]<0> {%d}\r\n" % len(MAIL) + MAIL + b")\r\n%s OK done\r\n",
    "LOGOUT": b"* BYE\r\n%s OK done\r\n",
}


@contextmanager
def running_imapd(lies: Mapping[str, bytes]) -> Iterator[int]:
    """Serve on a port of its own. `lies` replace honest answers, by the beginning of the command."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=_serve, args=(listening, {**HONEST, **lies}), daemon=True).start()
        yield int(listening.getsockname()[1])


def _serve(listening: socket.socket, answers: Mapping[str, bytes]) -> None:
    while True:
        try:
            line, _ = listening.accept()
        except OSError:
            return
        threading.Thread(target=_talk, args=(line, answers), daemon=True).start()


def _talk(line: socket.socket, answers: Mapping[str, bytes]) -> None:
    with line, line.makefile("rb") as commands:
        line.sendall(b"* OK ready\r\n")
        for command in commands:
            tag, _, rest = command.strip().partition(b" ")
            said = next((answer for begin, answer in answers.items() if rest.upper().startswith(begin.encode())), b"")
            line.sendall(said.replace(b"%s", tag))
