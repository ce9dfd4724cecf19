"""A site of a campaign, served over real HTTP on loopback by the server that `touches serve` runs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2

from tests.campaign import Campaign
from touches.tokens import Purpose
from touches.web.app import make_app
from touches.web.rendering import Pages
from touches.web.server import ASKING, listen, make_server, serve_the_asking
from touches.web.sessions import Sessions
from touches.web.site import Provider, Site
from touches.web.throttle import Throttle
from touches.web.users import add

PASSWORD = "seven touches to a decision"


@dataclass(slots=True, kw_only=True)
class Live:
    """A running site."""

    campaign: Campaign
    site: Site
    client: httpx2.Client
    url: str
    others: list[httpx2.Client] = field(default_factory=list)

    def browser(self) -> httpx2.Client:
        """Another client with cookies of its own; closed with the site."""
        self.others.append(httpx2.Client(base_url=self.url))
        return self.others[-1]

    def token(self, purpose: Purpose, number: int) -> str:
        """A link's token as the engine makes it."""
        return self.campaign.office.signer.token(purpose, number)

    def login(self, name: str = "aino", *, role: str = "manager") -> httpx2.Client:
        """A client that is logged in, as a user of its own."""
        with self.campaign.store.write() as unit:
            add(unit, name, PASSWORD, role=role, actor="test", at=self.campaign.clock.now())
        made = self.browser()
        answer = self.try_login(made, name, PASSWORD)
        assert answer.status_code == 303, answer.text
        return made

    def try_login(self, client: httpx2.Client, name: str, password: str) -> httpx2.Response:
        """Fill in the form as a browser does."""
        fields = {"name": name, "password": password, "form_token": form_token(client.get("/login").text)}
        return client.post("/login", data=fields)


def form_token(page: str) -> str:
    """The hidden field of a page's first form."""
    return page.partition('name="form_token" value="')[2].partition('"')[0]


@contextmanager
def live(
    campaign: Campaign,
    *,
    base_url: str = "",
    provider: Provider | None = None,
    asking: float = ASKING,
    **options: Any,
) -> Iterator[Live]:
    """Serve until the block ends. `base_url` is what the settings say, where it is not the real address; `asking` is
    how many seconds a connection may be silent."""
    listening = listen("127.0.0.1:0")
    url = f"http://127.0.0.1:{listening.getsockname()[1]}"
    campaign.office = replace(campaign.office, desk=replace(campaign.office.desk, base_url=base_url or url))
    site = site_for(campaign, base_url or url, provider)
    client = httpx2.Client(base_url=url)
    found = Live(campaign=campaign, site=site, client=client, url=url)
    server = make_server(make_app(site, **options))
    thread = threading.Thread(target=lambda: asyncio.run(serve_the_asking(server, listening, asking=asking)))
    thread.start()
    try:
        yield found
    finally:
        for each in (client, *found.others):
            each.close()
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()


def site_for(campaign: Campaign, base_url: str, provider: Provider | None = None) -> Site:
    """A site without settings."""
    return Site(
        office=campaign.office,
        base_url=base_url,
        timezone="Europe/Helsinki",
        provider=provider or Provider(),
        sessions=Sessions("k" * 32, secure=base_url.startswith("https:")),
        pages=Pages(name="Kahvila Oy", zone_name="Europe/Helsinki"),
        guesses=Throttle(limit=30, seconds=600),
        passwords=Throttle(limit=5, seconds=900),
        logins=Throttle(limit=50, seconds=900),
        lock=threading.Lock(),
    )
