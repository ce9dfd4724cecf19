"""The process that reads mails for `worker.MailWorker`: frames on stdin, frames on stdout, 256 MB and not a byte more.

A frame is four bytes of length (big endian) and that many bytes. An empty frame says that it is ready. A request is two
frames: JSON, then the message.
"""

import resource
import struct
import sys
from importlib import import_module
from typing import IO

MEMORY = 256 * 1024 * 1024
READY = b""


def main() -> None:
    """Serve until stdin ends."""
    from channels.inbound.mail import classify_mail, poison
    from channels.inbound.wire import mail_line, read_request

    _load_everything()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    write_frame(sink, READY)
    while (asked := read_frame(source)) is not None:
        ours, now, size = read_request(asked)
        try:
            mail = classify_mail(read_frame(source) or b"", now=now, ours=ours, size=size)
        except MemoryError:
            mail = poison("over a limit: memory")
        write_frame(sink, mail_line(mail))


def read_frame(source: IO[bytes]) -> bytes | None:
    """One frame; None when the other side closed."""
    head = source.read(4)
    if len(head) < 4:
        return None
    (length,) = struct.unpack(">I", head)
    return source.read(length)


def write_frame(sink: IO[bytes], content: bytes) -> None:
    """One frame, flushed."""
    sink.write(struct.pack(">I", len(content)) + content)
    sink.flush()


def _load_everything() -> None:
    """Import what reading may need before the memory limit, so that the limit is for mails alone."""
    for name in ("email.parser", "email.policy", "email.utils", "flufl.bounce", "mailparser_reply"):
        import_module(name)


if __name__ == "__main__":
    main()
