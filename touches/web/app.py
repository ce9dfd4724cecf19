"""The web application of a site: all routes, and what stands before them."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from touches.engine.office import Office
from touches.web.callbacks import Callbacks
from touches.web.dashboard import DashboardPages
from touches.web.door import Door
from touches.web.guard import BODY_SECONDS, Guard, apology
from touches.web.health import HealthPages
from touches.web.public import PublicPages
from touches.web.site import Site
from touches.web.wording import wording_asked

STATIC: Final = Path(__file__).parent / "static"
KINDS: Final = {".css": "text/css", ".svg": "image/svg+xml"}
KEPT: Final = "public, max-age=3600"
NO_ROBOTS: Final = "User-agent: *\nDisallow: /\n"


def make_app(
    site: Site,
    *,
    metrics: Callable[[Office], str] | None = None,
    patience: float = BODY_SECONDS,
) -> ASGIApp:
    """The application; `patience` is how many seconds a body may take to arrive."""
    door = Door(site)
    routes: list[BaseRoute] = [
        *PublicPages(site).routes(),
        *Callbacks(site).routes(),
        *DashboardPages(site, door).routes(),
        *door.routes(),
        *HealthPages(site, door, metrics=metrics).routes(),
        Route("/static/{name}", _static),
        Route("/robots.txt", _robots),
    ]
    if site.prefix:  # proxies hand a path on with its prefix or without
        routes.insert(0, Mount(site.prefix, routes=list(routes)))

    def no_page(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if status != 404:
            return PlainTextResponse(f"{status}\n", status, getattr(error, "headers", None))
        words = wording_asked(request.headers.get("accept-language", ""))
        return site.pages.public("no_page.html", words, {"busy": False}, status=404)

    def broken(_request: Request, error: Exception) -> Response:
        return apology(error)

    application = Starlette(routes=routes, exception_handlers={HTTPException: no_page, Exception: broken})
    application.router.redirect_slashes = False
    return Guard(application, secure=site.sessions.secure, patience=patience)


@lru_cache(maxsize=1)
def _files() -> Mapping[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(STATIC.iterdir()) if file.suffix in KINDS}


def _static(request: Request) -> Response:
    """One of the few files beside this one, by its exact name."""
    name = request.path_params["name"]
    if name not in _files():
        raise HTTPException(404)
    return Response(_files()[name], media_type=KINDS[Path(name).suffix], headers={"cache-control": KEPT})


def _robots(_request: Request) -> Response:
    return PlainTextResponse(NO_ROBOTS)
