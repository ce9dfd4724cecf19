"""Pages for leads: opt-out (RFC 8058), preferences, read in the browser, something is wrong. No cookie, no login: the
token in the address is the permission, and what GET shows, only POST changes."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from touches.people.wishes import ALL
from touches.store.units import Unit
from touches.tokens import Purpose
from touches.web import addressee, reading
from touches.web.addressee import Addressee, Preferences
from touches.web.links import number_in
from touches.web.site import Site
from touches.web.wording import Wording, wording_asked, wording_for, wordings

ONE_CLICK: Final = ("List-Unsubscribe", "One-Click")
TEXT_AT_MOST: Final = 4000
# Nothing runs and nothing is sent from a page that marketers wrote; pictures may come from where they put them.
READING_POLICY: Final = (
    "sandbox allow-popups allow-popups-to-escape-sandbox allow-top-navigation-by-user-activation; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src https: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

Answer = TypeVar("Answer")


class PublicPages:
    """The pages of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """Under one letter each, in either case: some programs raise addresses to upper case."""
        made = []
        for letter, page, methods in (
            ("u", self.unsubscribe, ["GET", "POST"]),
            ("p", self.preferences, ["GET", "POST"]),
            ("c", self.complain, ["GET", "POST"]),
            ("b", self.read, ["GET"]),
        ):
            paths = (f"/{letter}/{{token:path}}", f"/{letter.upper()}/{{token:path}}")
            made += [Route(path, page, methods=methods) for path in paths]
        return made

    async def unsubscribe(self, request: Request) -> Response:
        """GET: the question with its buttons. POST with the exact field of RFC 8058: done, whoever asks how often."""
        touch_id = self._number(request, Purpose.UNSUBSCRIBE)
        if touch_id is None:
            return self._no_page(request)
        form = await self._form(request)
        if form.getlist(ONE_CLICK[0]) != [ONE_CLICK[1]]:
            found = await self._read(lambda unit: addressee.addressee_of(unit, self._site.office, touch_id))
            status = 400 if request.method == "POST" else 200
            return self._shown("unsubscribe.html", found, request, {"done": ""}, status=status)
        everything = form.get("scope") == ALL
        found = await self._write(
            lambda unit: addressee.stop_touches(unit, self._site.office, touch_id, everything=everything)
        )
        done = ALL if everything else found.channel
        return self._shown("unsubscribe.html", found, request, {"done": done})

    async def preferences(self, request: Request) -> Response:
        """The choices; POST saves them all."""
        lead_id = self._number(request, Purpose.PREFERENCES)
        now = self._site.office.clock.now()
        if lead_id is None:
            return self._no_page(request)
        form = await self._form(request)
        saved = request.method == "POST" and form.get("save") is not None
        if saved:
            found = await self._write(lambda unit: self._choose(unit, lead_id, form))
        else:
            found = await self._read(lambda unit: addressee.preferences_of(unit, lead_id, now=now))
        if found is None:
            return self._no_page(request)
        words = wording_for(found.language) if found.language else wording_asked(_accepted(request))
        values = {"chosen": found, "saved": saved, "languages": wordings(), "path": self._path(request)}
        return self._site.pages.public("preferences.html", words, values)

    def _choose(self, unit: Unit, lead_id: int, form: FormData) -> Preferences | None:
        office = self._site.office
        now = office.clock.now()
        before = addressee.preferences_of(unit, lead_id, now=now)
        if before is None:
            return None
        wanted = frozenset(str(name) for name in form.getlist("channel")) & set(addressee.OFFERED)
        addressee.choose_channels(unit, office, before, wanted)
        if form.get("language") in wordings():
            addressee.choose_language(unit, office, before, str(form["language"]))
        addressee.choose_pause(unit, office, before, paused=form.get("pause") == "month")
        return addressee.preferences_of(unit, lead_id, now=now)

    async def complain(self, request: Request) -> Response:
        """A form; POST with words opens a complaint, which stops everything else."""
        touch_id = self._number(request, Purpose.COMPLAINT)
        if touch_id is None:
            return self._no_page(request)
        text = _written(await self._form(request))
        if request.method != "POST" or len(text) < 3:
            found = await self._read(lambda unit: addressee.addressee_of(unit, self._site.office, touch_id))
            values = {"done": False, "short": request.method == "POST", "text": text}
            status = 400 if request.method == "POST" else 200
            return self._shown("complaint.html", found, request, values, status=status)
        found = await run_in_threadpool(self._open_complaint, touch_id, text)
        values = {"done": True, "short": False, "text": ""}
        return self._shown("complaint.html", found, request, values)

    def _open_complaint(self, touch_id: int, text: str) -> Addressee:
        office = self._site.office
        with self._site.lock, office.store.write() as unit:  # in this order everywhere, or two could wait for ever
            found = addressee.addressee_of(unit, office, touch_id)
            addressee.complain(unit, office, found, text)
        return found

    async def read(self, request: Request) -> Response:
        """The touch as it was, in a sandbox."""
        touch_id = self._number(request, Purpose.BROWSER)
        if touch_id is None:
            return self._no_page(request)
        page = await self._read(lambda unit: self._page(unit, touch_id))
        if page is None:
            return self._no_page(request, guessed=False)
        return HTMLResponse(page, headers={"content-security-policy": READING_POLICY})

    def _page(self, unit: Unit, touch_id: int) -> str | None:
        with self._site.lock:
            return reading.page_of(unit, self._site.office, touch_id)

    def _number(self, request: Request, purpose: Purpose) -> int | None:
        return number_in(request.path_params["token"], purpose, self._site.office.signer)

    def _no_page(self, request: Request, *, guessed: bool = True) -> Response:
        """The same for every token that is not ours; who tries many is slowed down, real links always work."""
        client = request.client.host if request.client else ""
        now = self._site.office.clock.monotonic()
        words = wording_asked(_accepted(request))
        if guessed and self._site.guesses.is_full(client, at=now):
            return self._site.pages.public("no_page.html", words, {"busy": True}, status=429)
        if guessed:
            self._site.guesses.note(client, at=now)
        return self._site.pages.public("no_page.html", words, {"busy": False}, status=404)

    def _shown(
        self, template: str, found: Addressee, request: Request, values: Mapping[str, Any], *, status: int = 200
    ) -> Response:
        words: Wording = wording_for(found.language) if found.language else wording_asked(_accepted(request))
        shown = {"addressee": found, "path": self._path(request), **values}
        return self._site.pages.public(template, words, shown, status=status)

    def _path(self, request: Request) -> str:
        """The page's own address for its form, with the prefix whether or not the proxy left it on."""
        return self._site.prefix + request.url.path.removeprefix(self._site.prefix)

    async def _form(self, request: Request) -> FormData:
        """The fields of a POST in either encoding (RFC 8058, 3.2); anything else has none."""
        if request.method != "POST":
            return FormData()
        return await request.form(max_files=0, max_fields=50)

    async def _read(self, ask: Callable[[Unit], Answer]) -> Answer:
        def work() -> Answer:
            with self._site.office.store.read() as unit:
                return ask(unit)

        return await run_in_threadpool(work)

    async def _write(self, change: Callable[[Unit], Answer]) -> Answer:
        def work() -> Answer:
            with self._site.office.store.write() as unit:
                return change(unit)

        return await run_in_threadpool(work)


def _accepted(request: Request) -> str:
    return request.headers.get("accept-language", "")


def _written(form: FormData) -> str:
    """A text field without control characters, at most a few pages."""
    found = form.get("text", "")
    text = found if isinstance(found, str) else ""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join("".join(letter for letter in line if letter.isprintable() or letter == "\t") for line in lines)
    return kept.strip()[:TEXT_AT_MOST]
