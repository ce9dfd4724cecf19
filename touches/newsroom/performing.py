"""Once a day: what each piece of news achieved, for the choice of the next one."""

import json
from datetime import timedelta

from touches.engine.library import WORTH, worth_of
from touches.engine.office import Office
from touches.store.news_figures import FOLLOWED_WITHIN, achieved
from touches.time.local import local_date

LOOKED_BACK = timedelta(days=365)  # what worked long ago may not work now
LEARNED = "news/learned"  # the day on which it was counted last


def learn_worth(office: Office) -> int:
    """Count anew what followed the telling of each class, once a day; how many classes have figures. Tellings younger
    than the time that is given to follow do not count yet."""
    now = office.clock.now()
    today = local_date(now, office.house.timezone).isoformat()
    with office.store.read() as unit:
        if unit.switches.get(LEARNED) == today:
            return 0
        known = worth_of(unit)
        found = achieved(unit.connection, since=now - LOOKED_BACK, until=now - FOLLOWED_WITHIN)
    with office.store.write() as unit:
        unit.switches.set(LEARNED, today, at=now)
        if found != known.achieved:
            figures = {name: [each.told, each.followed] for name, each in sorted(found.items())}
            unit.switches.set(WORTH, json.dumps(figures), at=now)
            unit.catalog.changed(now)
    return len(found)
