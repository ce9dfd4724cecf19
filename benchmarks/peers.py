"""The same mails by what others would take: one APScheduler date job for each, and huey's SQLite queue.

For each mail: three Jinja2 templates rendered (compiled once), a message built by the standard library, handed over on
a connection that its thread keeps, and a row recorded in SQLite. Gates, caps and ledgers they have none. Jobs are
enqueued before the clock starts.
"""

import itertools
import smtplib
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import make_msgid
from functools import cache
from pathlib import Path

from benchmarks.campaigns import CONNECTIONS, PARAGRAPHS

_RUNS = itertools.count(1)
_thread = threading.local()
_place: dict[str, object] = {}


@cache
def _templates() -> tuple[Callable[..., str], ...]:
    from jinja2 import Environment

    made = Environment(autoescape=True)
    html = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS.split("\n\n"))
    return tuple(made.from_string(text).render for text in ("About {{ lead.first_name }}", PARAGRAPHS, html))


def send_one(number: int) -> None:
    """The work of one job."""
    subject, text, html = (render(lead={"first_name": "Jürgen"}) for render in _templates())
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "hello@bench.test", f"lead{number}@customer.test", subject
    message["Message-ID"] = make_msgid(domain="bench.test")
    message.set_content(text)
    message.add_alternative(html, subtype="html")
    _connection().send_message(message)
    rows = _rows()
    with rows:
        rows.execute("INSERT INTO sent VALUES (?, ?, ?)", (number, message["Message-ID"], time.monotonic()))
    with _counting:
        _place["left"] = left = int(str(_place["left"])) - 1
    if not left:
        _done.set()


_counting = threading.Lock()
_done = threading.Event()


def _connection() -> smtplib.SMTP:
    known = getattr(_thread, "smtp", None)
    if known is None or _thread.run != _place["run"]:
        known = _thread.smtp = smtplib.SMTP("127.0.0.1", int(str(_place["port"])))
        _thread.rows, _thread.run = sqlite3.connect(str(_place["file"]), timeout=60), _place["run"]
    return known


def _rows() -> sqlite3.Connection:
    found: sqlite3.Connection = _thread.rows
    return found


def _prepare(folder: Path, port: int, mails: int) -> Path:
    run = next(_RUNS)
    file = folder / f"peer-{run}.db"
    with sqlite3.connect(file) as rows:
        rows.execute("PRAGMA journal_mode=WAL")
        rows.execute("CREATE TABLE sent (number INTEGER PRIMARY KEY, message_id TEXT, at REAL)")
    _place.update(run=run, port=port, file=file, left=mails)
    _done.clear()
    return file


def by_apscheduler(folder: Path, port: int, mails: int) -> float:
    """Mails a second: a thread pool, jobs in the SQLAlchemy store, all due at the start."""
    from apscheduler.executors.pool import ThreadPoolExecutor
    from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
    from apscheduler.schedulers.background import BackgroundScheduler

    file = _prepare(folder, port, mails)
    scheduler = BackgroundScheduler(
        jobstores={"default": SQLAlchemyJobStore(url=f"sqlite:///{file}.jobs")},
        executors={"default": ThreadPoolExecutor(CONNECTIONS)},
        timezone=UTC,
    )
    due = datetime.now(UTC) - timedelta(seconds=1)
    scheduler.start(paused=True)
    for number in range(mails):
        scheduler.add_job(send_one, "date", run_date=due, args=[number], misfire_grace_time=None)
    started = time.perf_counter()
    scheduler.resume()
    _wait()
    rate = mails / (time.perf_counter() - started)
    scheduler.shutdown(wait=True)
    return rate


def by_huey(folder: Path, port: int, mails: int) -> float:
    """Mails a second: huey's SQLite storage (which syncs nothing unless told) and its consumer of threads."""
    from huey import SqliteHuey

    file = _prepare(folder, port, mails)
    queue = SqliteHuey(filename=f"{file}.queue", results=False)
    task = queue.task()(send_one)
    for number in range(mails):
        task(number)
    consumer = queue.create_consumer(workers=CONNECTIONS, periodic=False, initial_delay=0.01, max_delay=0.05)
    started = time.perf_counter()
    consumer.start()
    _wait()
    rate = mails / (time.perf_counter() - started)
    consumer.stop(graceful=True)
    return rate


def _wait() -> None:
    if not _done.wait(600):
        raise SystemExit(f"the run is void: {_place['left']} jobs of a peer never ran")
