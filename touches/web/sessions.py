"""Who is logged in: a signed cookie, checked against the user's row on every request; and the tokens of forms."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from itsdangerous import BadData, Signer, URLSafeSerializer

LIFE: Final = timedelta(hours=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a cookie says. `changed_at` is of the user's row when it began: a new password ends it."""

    id: str
    name: str
    began_at: datetime
    changed_at: datetime


class Sessions:
    """Makes and reads cookies and form tokens with a key of the workspace."""

    def __init__(self, key: str, *, secure: bool) -> None:
        self._cookies = URLSafeSerializer(key, salt="touches.session", signer_kwargs={"digest_method": hashlib.sha256})
        self._forms = Signer(key, salt="touches.form", digest_method=hashlib.sha256)
        self.secure = secure
        prefix = "__Host-" if secure else ""  # such a cookie can only come from this host, over TLS
        self.cookie = f"{prefix}touches"
        self.login_cookie = f"{prefix}touches-login"

    def begin(self, name: str, *, changed_at: datetime, now: datetime) -> Session:
        """A new session of a user."""
        return Session(id=secrets.token_hex(16), name=name, began_at=now, changed_at=changed_at)

    def write(self, session: Session) -> str:
        """The cookie's value."""
        times = [int(instant.timestamp() * 1_000_000) for instant in (session.began_at, session.changed_at)]
        return str(self._cookies.dumps([session.id, session.name, *times]))

    def read(self, cookie: str, *, now: datetime) -> Session | None:
        """The session of a cookie that we signed less than twelve hours ago, else None."""
        if not cookie or len(cookie) > 1000:
            return None
        try:
            session_id, name, began, changed = self._cookies.loads(cookie)
        except (BadData, ValueError):
            return None
        session = Session(id=session_id, name=name, began_at=_instant(began), changed_at=_instant(changed))
        return session if session.began_at <= now < session.began_at + LIFE else None

    def form_token(self, subject: str) -> str:
        """What a form of this session (or of this visit to the login page) carries."""
        return self._forms.get_signature(subject).decode("ascii")

    def is_form_token(self, subject: str, token: str) -> bool:
        """Whether the form is ours and of this session."""
        ours = self.form_token(subject).encode()
        return bool(subject) and hmac.compare_digest(ours, token.encode("utf-8", "replace"))


def _instant(micros: int) -> datetime:
    return datetime.fromtimestamp(0, UTC) + timedelta(microseconds=micros)
