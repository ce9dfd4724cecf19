"""What settles a doubt: asking the other side whether it has a message. Apart from `Channel`, since not all
can tell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeAlias, runtime_checkable

from channels.protocol import Accepted


@dataclass(frozen=True, slots=True, kw_only=True)
class CannotTell:
    """No proof either way; `because` is for the operator and holds no lead's data."""

    because: str


# Accepted: proven to be there. None: proven not to be there, it may be offered again. CannotTell: still in
# doubt.
Finding: TypeAlias = Accepted | CannotTell | None


@runtime_checkable
class Prover(Protocol):
    """A channel that can be asked about the past."""

    async def find(self, *, key: str, address: str, since: datetime) -> Finding:
        """Whether the message `key` to `address`, whose marker was written at `since` (aware), was accepted.

        The caller waits until the other side can have settled (`None` a second after a cut proves nothing).
        Never raises for what the other side does.
        """
