"""The pages of managers: figures, what needs a person, people, and the few decisions that can be made here."""

import threading
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from touches.care.complaint_clock import is_late
from touches.care.promise_clock import is_overdue
from touches.engine.outbox import decide_doubts, retry_quarantined
from touches.errors import NotFound, Refused
from touches.model.states import TouchState
from touches.store.dashboard import Dashboard
from touches.store.events import Event
from touches.store.units import Unit
from touches.web.door import Door, Visitor
from touches.web.overview import Overview, Trends, complaint_ages, overview_of, promise_ages, trends_of
from touches.web.site import Site
from touches.web.timeline import lead_page

FRESH: Final = 10.0  # seconds that the figures of the first page are kept …
SLOW: Final = 300.0  # … and those that cost a walk over months
ROWS: Final = 200
TROUBLED: Final = (TouchState.IN_DOUBT, TouchState.QUARANTINED)

Answer = TypeVar("Answer")


class DashboardPages:
    """Everything behind the login."""

    def __init__(self, site: Site, door: Door) -> None:
        self._site = site
        self._door = door
        self._kept: tuple[float, Overview] | None = None
        self._trends: tuple[float, Trends] | None = None
        self._counting = threading.Lock()

    def routes(self) -> list[Route]:
        """Pages by GET, decisions by POST."""
        shown, decided = self._door.shown_to, self._door.needs_login
        return [
            Route("/", shown(self.overview)),
            Route("/care", shown(self.care)),
            Route("/trouble", shown(self.trouble)),
            Route("/mail", shown(self.mail)),
            Route("/leads", shown(self.search)),
            Route("/leads/{lead_id:int}", shown(self.lead)),
            Route("/trouble/{touch_id:int}", decided(self.decide), methods=["POST"]),
            Route("/sending", decided(self.switch), methods=["POST"]),
        ]

    async def overview(self, _request: Request, visitor: Visitor) -> Response:
        """Today in figures."""
        view, trends = await run_in_threadpool(self._overview)
        return self._page("overview.html", visitor, "overview", {"view": view, "trends": trends})

    def _overview(self) -> tuple[Overview, Trends]:
        office = self._site.office
        with self._counting:  # many managers at one time are one count
            now = office.clock.monotonic()
            if self._kept is None or now - self._kept[0] > FRESH:
                with self._site.lock, office.store.read() as unit:
                    self._kept = (now, overview_of(unit, office, office.clock.now()))
            if self._trends is None or now - self._trends[0] > SLOW:
                with office.store.read() as unit:
                    self._trends = (now, trends_of(unit, office, office.clock.now()))
            return self._kept[1], self._trends[1]

    async def care(self, _request: Request, visitor: Visitor) -> Response:
        """Promises and complaints, what is late first."""
        return self._page("care.html", visitor, "care", await self._read(self._care))

    def _care(self, unit: Unit) -> Mapping[str, Any]:
        now = self._site.office.clock.now()
        promises = [one for one in unit.promises.running() if one.parent_id is None]
        complaints = unit.complaints.unsettled()
        waiting = [one for one in unit.conversations.open() if one.waits]
        ids = {*(one.lead_id for one in promises), *(one.lead_id for one in complaints)}
        ids |= {one.lead_id for one in waiting}
        return {
            "now": now,
            "promises": promises[:ROWS],
            "complaints": complaints[:ROWS],
            "conversations": waiting[:ROWS],
            "promise_ages": promise_ages(promises, now),
            "complaint_ages": complaint_ages(complaints, now),
            "overdue": {one.id for one in promises if is_overdue(one, now)},
            "late": {one.id for one in complaints if is_late(one, now)},
            "leads": unit.leads.by_ids(ids),
        }

    async def trouble(self, _request: Request, visitor: Visitor) -> Response:
        """Touches that nobody but a person can decide, and what came back without an owner."""
        return self._page("trouble.html", visitor, "trouble", await self._read(self._trouble))

    def _trouble(self, unit: Unit) -> Mapping[str, Any]:
        touches = unit.touches.in_states(TROUBLED, limit=ROWS)
        arrivals = unit.inbound.to_review()[:ROWS]
        ids = {*(touch.lead_id for touch in touches), *(arrival.lead_id for arrival in arrivals)}
        return {
            "now": self._site.office.clock.now(),
            "in_doubt": [touch for touch in touches if touch.state is TouchState.IN_DOUBT],
            "quarantined": [touch for touch in touches if touch.state is TouchState.QUARANTINED],
            "arrivals": arrivals,
            "starving": Dashboard(unit.connection).starving(),
            "leads": unit.leads.by_ids(lead_id for lead_id in ids if lead_id is not None),
        }

    async def mail(self, _request: Request, visitor: Visitor) -> Response:
        """What became of the mails, by domain."""
        _, trends = await run_in_threadpool(self._overview)
        return self._page("mail.html", visitor, "mail", {"domains": trends.domains})

    async def search(self, request: Request, visitor: Visitor) -> Response:
        """People by name, company or address."""
        words = "".join(letter for letter in request.query_params.get("q", "")[:200] if letter.isprintable()).strip()
        found = await self._read(lambda unit: Dashboard(unit.connection).search(words)) if words else []
        return self._page("search.html", visitor, "leads", {"words": words, "found": found})

    async def lead(self, request: Request, visitor: Visitor) -> Response:
        """One lead's timeline with its `why`."""
        lead_id = int(request.path_params["lead_id"])

        def story(unit: Unit) -> Any:
            with self._site.lock:
                return lead_page(unit, self._site.office, lead_id, self._site.office.clock.now())

        found = await self._read(story) if lead_id < 2**63 else None
        if found is None:
            values = {"title": "Nobody is here", "said": f"There is no lead #{lead_id}."}
            return self._page("told.html", visitor, "leads", values, status=404)
        return self._page("lead.html", visitor, "leads", {"page": found})

    async def decide(self, request: Request, visitor: Visitor, form: FormData) -> Response:
        """A touch in doubt arrived, or did not; a quarantined one is tried again."""
        touch_id = int(request.path_params["touch_id"])
        verdict = form.get("verdict")
        actor = f"web:{visitor.user.name}"
        office = self._site.office

        def change(unit: Unit) -> None:
            if verdict == "retry":
                retry_quarantined(unit, [touch_id], actor=actor, at=office.clock.now())
            elif verdict in ("arrived", "not_arrived"):
                arrived = verdict == "arrived"
                because = "decided on the web"
                decide_doubts(unit, office, [touch_id], arrived=arrived, because=because, actor=actor)

        try:
            await self._write(change)
        except (NotFound, Refused) as error:
            values = {"title": "Nothing was changed", "said": error.message}
            return self._page("told.html", visitor, "trouble", values, status=409)
        return self._to("/trouble")

    async def switch(self, _request: Request, visitor: Visitor, form: FormData) -> Response:
        """The kill switch: nothing at all leaves while it is on."""
        verdict = form.get("sending")
        now = self._site.office.clock.now()
        actor = f"web:{visitor.user.name}"

        def change(unit: Unit) -> None:
            if verdict == "stop":
                unit.switches.set("paused", f"stopped on the web ({actor})", at=now, by=actor)
                unit.events.add([Event(at=now, action="paused_all", because="stopped on the web", actor=actor)])
            elif verdict == "go":
                unit.switches.set("paused", "", at=now, by=actor)
                unit.events.add([Event(at=now, action="resumed_all", because="resumed on the web", actor=actor)])

        await self._write(change)
        with self._counting:
            self._kept = None
        return self._to("/")

    def _page(
        self, template: str, visitor: Visitor, place: str, values: Mapping[str, Any], *, status: int = 200
    ) -> Response:
        shown = {"visitor": visitor, "place": place, **values}
        return self._site.pages.page(template, shown, status=status)

    def _to(self, path: str) -> Response:
        return RedirectResponse(f"{self._site.prefix}{path}", status_code=303)

    async def _read(self, ask: Callable[[Unit], Answer]) -> Answer:
        def work() -> Answer:
            with self._site.office.store.read() as unit:
                return ask(unit)

        return await run_in_threadpool(work)

    async def _write(self, change: Callable[[Unit], None]) -> None:
        def work() -> None:
            with self._site.lock, self._site.office.store.write() as unit:  # in this order everywhere
                change(unit)

        await run_in_threadpool(work)
