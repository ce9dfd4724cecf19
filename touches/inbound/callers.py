"""Which numbers a gateway may mean by the sender of a text message."""

import re
from typing import Final

from touches.people.phones import phone_of

_BARE: Final = re.compile(r"[1-9][0-9]{6,14}")


def numbers_of(sender: str, country: str) -> tuple[str, ...]:
    """What `sender` can be read as, in E.164, likeliest first; empty for a name.

    Networks name a sender by country code and number (ITU-T E.164, 3GPP TS 23.040, 9.1.2.5), but gateways often drop
    the `+`, so bare digits are read that way first and then as dialled in `country` (ISO 3166-1 alpha-2).
    Others put a `+` before what was dialled at home; no country code begins with 0 (ITU-T E.164).
    """
    sender = sender.removeprefix("+") if sender.startswith("+0") else sender
    international = (phone_of("+" + sender, "").number,) if _BARE.fullmatch(sender) else ()
    found = (*international, phone_of(sender, country).number)
    return tuple(dict.fromkeys(number for number in found if number))
