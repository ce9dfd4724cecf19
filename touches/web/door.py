"""Logging in and out, and who somebody is on every other request."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from touches.logs import logger
from touches.store.web import Role, WebUser, WebUsers
from touches.web.passwords import is_password
from touches.web.sessions import LIFE, Session
from touches.web.site import Site
from touches.web.throttle import Throttle

NAME_AT_MOST: Final = 100
REFUSED: Final = "Name or password is wrong."
TOO_OFTEN: Final = "Too many tries. Wait a quarter of an hour, or have the password set anew with: touches web user."
STALE: Final = "The page was open for too long. Please try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who is logged in."""

    user: WebUser
    session: Session
    form_token: str

    @property
    def may_decide(self) -> bool:
        """Whether they may change anything."""
        return self.user.role is Role.MANAGER


Page = Callable[[Request, Visitor], Awaitable[Response]]
Deed = Callable[[Request, Visitor, FormData], Awaitable[Response]]


class Door:
    """The login of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> list[Route]:
        """The two addresses of this module."""
        return [
            Route("/login", self.login, methods=["GET", "POST"]),
            Route("/logout", self.needs_login(self.logout, own=True), methods=["POST"]),
        ]

    def shown_to(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """A page for everybody who is logged in; others are sent to the login."""

        async def guarded(request: Request) -> Response:
            visitor = await self.visitor(request)
            return self._to("/login") if visitor is None else await page(request, visitor)

        return guarded

    def needs_login(self, deed: Deed, *, own: bool = False) -> Callable[[Request], Awaitable[Response]]:
        """A POST of a form of ours. Only managers decide; `own` is for what concerns the visitor alone."""

        async def guarded(request: Request) -> Response:
            visitor = await self.visitor(request)
            if visitor is None:
                return self._to("/login")
            form = await request.form(max_files=0, max_fields=50)
            given = form.get("form_token", "")
            if not self._site.sessions.is_form_token(visitor.session.id, given if isinstance(given, str) else ""):
                return self._told(visitor, "This form is not of your session.", STALE, status=403)
            if not visitor.may_decide and not own:
                said = "You may look, and not decide. Ask whoever keeps the users for the role of a manager."
                return self._told(visitor, "Not yours to decide", said, status=403)
            return await deed(request, visitor, form)

        return guarded

    def _told(self, visitor: Visitor, title: str, said: str, *, status: int) -> Response:
        values = {"visitor": visitor, "place": "", "title": title, "said": said}
        return self._site.pages.page("told.html", values, status=status)

    async def visitor(self, request: Request) -> Visitor | None:
        """Who is logged in by the cookie: its user must still be there, with the same password as when it began."""
        cookie = request.cookies.get(self._site.sessions.cookie, "")
        session = self._site.sessions.read(cookie, now=self._site.office.clock.now())
        if session is None:
            return None
        user = await run_in_threadpool(self._user_of, session)
        if user is None:
            return None
        return Visitor(user=user, session=session, form_token=self._site.sessions.form_token(session.id))

    def _user_of(self, session: Session) -> WebUser | None:
        with self._site.office.store.read() as unit:
            users = WebUsers(unit.connection)
            user = users.get(session.name)
            if user is None or user.changed_at != session.changed_at or users.has_ended(session.id):
                return None
            return user

    async def login(self, request: Request) -> Response:
        """The form, and its answer: the same words for a wrong name and a wrong password."""
        if request.method != "POST":
            return self._form(request)
        form = await request.form(max_files=0, max_fields=10)
        name, password, token = (str(form.get(field, "")) for field in ("name", "password", "form_token"))
        visit = request.cookies.get(self._site.sessions.login_cookie, "")
        if not self._site.sessions.is_form_token(f"login {visit}" if visit else "", token):
            return self._form(request, said=STALE, status=403)
        keys = self._keys(request, name)
        now = self._site.office.clock.monotonic()
        if any(throttle.is_full(key, at=now) for throttle, key in keys):
            return self._form(request, said=TOO_OFTEN, status=429)
        for throttle, key in keys:  # before the password is looked at: many at once are many
            throttle.note(key, at=now)
        user = await run_in_threadpool(self._known, name, password)
        if user is None:
            logger().warning("login_refused")
            return self._form(request, said=REFUSED, status=403)
        for throttle, key in keys:
            throttle.take_back(key, at=now)
        self._site.passwords.clear(keys[0][1])
        return self._let_in(user)

    def _keys(self, request: Request, name: str) -> list[tuple[Throttle, str]]:
        client = request.client.host if request.client else ""
        short = name[:NAME_AT_MOST]
        return [
            (self._site.passwords, f"{client} {short}"),
            (self._site.logins, f"name {short}"),
            (self._site.logins, f"client {client}"),
        ]

    def _known(self, name: str, password: str) -> WebUser | None:
        with self._site.office.store.read() as unit:
            user = WebUsers(unit.connection).get(name[:NAME_AT_MOST]) if name.isprintable() else None
        return user if is_password(password, user.password_hash if user is not None else "") else None

    def _let_in(self, user: WebUser) -> Response:
        sessions = self._site.sessions
        session = sessions.begin(user.name, changed_at=user.changed_at, now=self._site.office.clock.now())
        answer = self._to("/")
        self._set_cookie(answer, sessions.cookie, sessions.write(session), int(LIFE.total_seconds()))
        self._set_cookie(answer, sessions.login_cookie, "", 0)
        logger().info("logged_in", role=user.role.value)
        return answer

    def _form(self, request: Request, *, said: str = "", status: int = 200) -> Response:
        sessions = self._site.sessions
        visit = request.cookies.get(sessions.login_cookie, "") or secrets.token_hex(16)
        values = {"said": said, "form_token": sessions.form_token(f"login {visit}")}
        answer = self._site.pages.page("login.html", values, status=status)
        self._set_cookie(answer, sessions.login_cookie, visit, 3600)
        return answer

    async def logout(self, _request: Request, visitor: Visitor, _form: FormData) -> Response:
        """Ends the session itself, not only the browser's copy of it."""
        await run_in_threadpool(self._end, visitor.session)
        answer = self._to("/login")
        self._set_cookie(answer, self._site.sessions.cookie, "", 0)
        return answer

    def _end(self, session: Session) -> None:
        now = self._site.office.clock.now()
        with self._site.office.store.write() as unit:
            users = WebUsers(unit.connection)
            users.end_session(session.id, at=now)
            users.forget_sessions(before=now - LIFE)

    def _set_cookie(self, answer: Response, name: str, value: str, seconds: int) -> None:
        secure = self._site.sessions.secure
        answer.set_cookie(name, value, max_age=seconds, path="/", httponly=True, samesite="lax", secure=secure)

    def _to(self, path: str) -> Response:
        return RedirectResponse(f"{self._site.prefix}{path}", status_code=303)
