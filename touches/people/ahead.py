"""The next rows of a list, made ready while those before are written: what needs no database, in a second thread."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, TypeVar

from touches.people.batch import Batch
from touches.people.checking import RowChecker
from touches.people.reading import SourceRow
from touches.people.wholesale import Wholesale
from touches.tokens import Signer

Item = TypeVar("Item")
_TURN: Final = 0.0003  # seconds: the database is waited for in thousands of short pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Rows of one transaction with their ids, and those of them that are plain; `batch` is None where it is not known
    yet which are."""

    rows: Sequence[SourceRow]
    external_ids: Sequence[str]
    batch: Batch | None = None


class Preparing:
    """Makes rows ready. Where most rows turned out to be known already, nothing is made of them in advance."""

    def __init__(self, checker: RowChecker, wholesale: Wholesale | None, signer: Signer) -> None:
        self._checker = checker
        self._wholesale = wholesale
        self._signer = signer
        self.expects_new = True

    def __call__(self, rows: Sequence[SourceRow]) -> Prepared:
        external_ids = self._checker.external_ids(rows)
        batch = None
        if self._wholesale is not None and self.expects_new:
            batch = self._wholesale.batch(rows, external_ids, ())
            self._wholesale.finish(batch, self._signer.address_hashes)
        return Prepared(rows=rows, external_ids=external_ids, batch=batch)


@contextmanager
def one_ahead(items: Iterable[Item]) -> Iterator[Iterator[Item]]:
    """The items, each made in a second thread while the one before is worked on."""
    turn = sys.getswitchinterval()
    sys.setswitchinterval(_TURN)
    try:
        with ThreadPoolExecutor(1) as pool:
            yield _from(pool, iter(items))
    finally:
        sys.setswitchinterval(turn)


def _from(pool: ThreadPoolExecutor, items: Iterator[Item]) -> Iterator[Item]:
    coming = pool.submit(next, items, None)
    while (found := coming.result()) is not None:
        coming = pool.submit(next, items, None)
        yield found
        del found
