"""What leads may do in answer to a touch, by assumed rates. The same seed gives the same answers in any order."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Shares from 0 to 1 of the touches that are answered, bring a purchase, or bounce."""

    reply: float = 0.0
    purchase: float = 0.0
    bounce: float = 0.0
    seed: int = 0

    @property
    def any(self) -> bool:
        """Whether anything is left to chance."""
        return bool(self.reply or self.purchase or self.bounce)


def answer(rates: Rates, lead: str, policy: str, step: str, round_: int) -> str:
    """`bounce`, `purchase`, `reply` or nothing, for one touch."""
    seed = f"{rates.seed}/{lead}/{policy}/{step}/{round_}".encode()
    place = int.from_bytes(hashlib.blake2b(seed, digest_size=8).digest(), "big") / 2**64
    for name, share in (("bounce", rates.bounce), ("purchase", rates.purchase), ("reply", rates.reply)):
        if place < share:
            return name
        place -= share
    return ""
