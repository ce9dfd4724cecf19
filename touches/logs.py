"""Structured logs: text for a terminal, JSON lines otherwise; no secret, no person's data, and never in the way.

A line has a stable `action` word and ids: `logger().info("sent", touch=41, channel="email")`.
"""

import logging
import queue
import re
import sys
import threading
from collections.abc import Callable, MutableMapping
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TextIO

from touches.clock import Clock, SystemClock
from touches.settings.secret import HIDDEN, Secret

if TYPE_CHECKING:
    from structlog.typing import FilteringBoundLogger, Processor

Entry = MutableMapping[str, Any]

_PEOPLE = """
address age attributes birth_year body city company email first_name headers last_name name payload person phone
postal_code postal_lines recipient said street subject text to values
"""
PERSONAL = frozenset(_PEOPLE.split())
OURS = frozenset({"message_id", "at", "level"})  # a Message-ID looks like a mailbox, and is none
_MASKS = (
    (re.compile(r"(://[^\s/:@]*):[^\s/@]+@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"(?i)(authorization['\"]?\s*[:=]\s*['\"]?(?:basic|bearer)?\s*)[^\s'\",;]+"), rf"\1{HIDDEN}"),
    (re.compile(r"[^\s@<>\"'(),:;=\[\]]+@[^\s@<>\"'(),:;=\[\]]+"), "[mailbox]"),
    (re.compile(r"(?<![\w.])\+\d[\d ()/-]{6,18}\d"), "[number]"),
)


_TO_DO: list[Callable[[], None]] = []  # what `configure_logs` left to the first line: structlog loads slowly
_DOING = threading.Lock()


def logger() -> "FilteringBoundLogger":
    """The logger; `configure_logs` says where its lines go."""
    import structlog

    with _DOING:
        while _TO_DO:
            _TO_DO.pop()()
    found: FilteringBoundLogger = structlog.get_logger()
    return found


def configure_logs(
    stream: TextIO | None = None, *, as_json: bool | None = None, verbose: bool = False, clock: Clock | None = None
) -> "Writer":
    """Send all logs of this process, those of libraries too, to `stream` (standard error by default).

    `as_json` defaults to whether the stream is no terminal. Close the returned writer at the end: it writes what waits.
    """
    stream = stream or sys.stderr
    writer = Writer(stream)
    as_json = not stream.isatty() if as_json is None else as_json
    steps = partial(_processors, clock or SystemClock(), as_json=as_json)
    _TO_DO[:] = [partial(_configure, writer, steps, logging.DEBUG if verbose else logging.INFO)]
    _adopt_libraries(writer, steps, logging.INFO if verbose else logging.WARNING)
    return writer


def _configure(writer: "Writer", steps: "Callable[[], list[Processor]]", level: int) -> None:
    import structlog

    structlog.configure(
        processors=[structlog.contextvars.merge_contextvars, *steps()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(writer),  # type: ignore[arg-type]
        cache_logger_on_first_use=False,
    )


def _processors(clock: Clock, *, as_json: bool) -> list["Processor"]:
    import structlog

    def instant(_logger: Any, _method: str, entry: Entry) -> Entry:
        entry["at"] = clock.now().isoformat(timespec="milliseconds")
        return entry

    return [
        structlog.processors.add_log_level,
        instant,
        structlog.processors.format_exc_info,
        structlog.processors.EventRenamer("action"),
        without_people,
        structlog.processors.JSONRenderer(sort_keys=False, default=str) if as_json else _as_text,
    ]


def _as_text(_logger: Any, _method: str, entry: Entry) -> str:
    """`2026-11-02T08:00:00.000+00:00 info     sent touch=41 channel=email`"""
    trace = entry.pop("exception", "")
    at, level, action = entry.pop("at"), entry.pop("level"), entry.pop("action")
    facts = "".join(f" {name}={value}" for name, value in entry.items())
    return f"{at} {level:8} {action}{facts}" + (f"\n{trace}" if trace else "")


def without_people(_logger: Any, _method: str, entry: Entry) -> Entry:
    """Drop what is a person's by its key; mask mailboxes, numbers and secrets inside every other value."""
    return {name: value if name in OURS else _masked(value) for name, value in entry.items() if _ours(name)}


def _ours(name: str) -> bool:
    return name not in PERSONAL


def _masked(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, dict):
        return {name: _masked(each) for name, each in value.items() if _ours(str(name))}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_masked(each) for each in value]
    text = Secret.hide_all(str(value))
    for pattern, replacement in _MASKS:
        text = pattern.sub(replacement, text)
    return text


def _adopt_libraries(writer: "Writer", steps: "Callable[[], list[Processor]]", level: int) -> None:
    """Lines that libraries write by the standard library's logging take the same way and the same filter."""
    handler = logging.StreamHandler(writer)
    handler.setFormatter(_Foreign(steps))
    logging.basicConfig(handlers=[handler], level=level, force=True)


class _Foreign(logging.Formatter):
    """structlog's formatter, made for the first line."""

    def __init__(self, steps: "Callable[[], list[Processor]]") -> None:
        super().__init__()
        self._steps = steps

    def format(self, record: logging.LogRecord) -> str:
        return self._formatter.format(record)

    @cached_property
    def _formatter(self) -> logging.Formatter:
        import structlog

        return structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *self._steps()],
        )


class Writer:
    """Writes lines from a thread of its own; a stream that does not keep up loses lines, counted, and holds nobody."""

    def __init__(self, stream: TextIO, *, room: int = 10_000) -> None:
        """`room` is how many lines may wait."""
        self.dropped = 0
        self._stream = stream
        self._waiting: queue.Queue[str | None] = queue.Queue(room)
        self._reported = 0
        self._thread = threading.Thread(target=self._work, name="logs", daemon=True)
        self._thread.start()

    def write(self, text: str) -> int:
        """Take a line; drop and count it when too many wait."""
        try:
            self._waiting.put_nowait(text)
        except queue.Full:
            self.dropped += 1
        return len(text)

    def flush(self) -> None:
        """Nothing to do: the thread flushes after each line. See `close`."""

    def close(self, *, patience: float = 2.0) -> None:
        """Write what waits, for at most `patience` seconds; idempotent."""
        try:
            self._waiting.put(None, timeout=patience)
        except queue.Full:
            return
        self._thread.join(patience)

    def _work(self) -> None:
        for text in iter(self._waiting.get, None):
            if not self._put(text):
                self.dropped += 1
            elif self.dropped > self._reported:
                self._report()

    def _put(self, text: str) -> bool:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):  # the terminal went away, the disk is full: sending goes on
            return False
        return True

    def _report(self) -> None:
        dropped, self._reported = self.dropped - self._reported, self.dropped
        self._put(f'{{"action": "logs_dropped", "level": "warning", "lines": {dropped}}}\n')
