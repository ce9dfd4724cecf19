"""The time zone data: which release computes the hours, whether it is old, and whether a newer one lies beside it."""

from datetime import datetime

from touches.doctor.answer import Answer, ok, warn
from touches.time.zones import packaged_zone_data_version, zone_data_version

CHECK = "zone data"
OLD_AFTER_YEARS = 2  # governments change their clocks several times a year; two years miss a dozen releases


def zone_data(now: datetime) -> Answer:
    """The release in use (the system's where it has one), held against the one that came with touches and today."""
    return judged(zone_data_version(), packaged_zone_data_version(), now)


def judged(used: str, packaged: str, now: datetime) -> Answer:
    """`used` and `packaged` are releases of the IANA database as "2026f"; later ones sort later."""
    if used < packaged:
        return warn(
            CHECK,
            f"the system's release {used or 'without a number'} is used, touches brings the newer {packaged}",
            "Update the system's (Debian, Ubuntu: apt-get install --only-upgrade tzdata), or set PYTHONTZPATH= "
            "(empty) in the environment of touches to use the one it brings. Then restart the daemon.",
        )
    if used[:4].isdigit() and now.year - int(used[:4]) >= OLD_AFTER_YEARS:
        return warn(
            CHECK,
            f"release {used} is {now.year - int(used[:4])} years old: clocks that were changed since are wrong",
            "Update the system's tzdata, or inside the environment of touches: pip install --upgrade tzdata",
        )
    return ok(CHECK, f"release {used}")
