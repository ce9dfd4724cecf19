"""A real Dovecot on loopback, with its own folders and one user, started and stopped by a test."""

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

USER = "hello@cafe.test"
PASSWORD = "pw"
_CONFIG = """
base_dir = {root}/run
state_dir = {root}/run
log_path = {root}/dovecot.log
listen = 127.0.0.1
protocols = imap
ssl = no
disable_plaintext_auth = no
mail_location = maildir:{root}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
default_login_user = nobody
default_internal_user = nobody
mail_uid = {uid}
mail_gid = {gid}
passdb {{
  driver = passwd-file
  args = scheme=plain username_format=%u {root}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={root}/home/%u
}}
namespace inbox {{
  inbox = yes
}}
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service stats {{
  unix_listener stats-writer {{
    mode = 0666
  }}
}}
"""


@dataclass(frozen=True)
class Dovecot:
    """A running server. `deliver` puts a message into the user's INBOX as a delivery agent does."""

    root: Path
    port: int
    uid: int

    def deliver(self, raw: bytes, name: str) -> None:
        """Write into tmp, then rename into new: the server finds it on its own."""
        box = self._box()
        for folder in ("tmp", "new", "cur"):
            (box / folder).mkdir(parents=True, exist_ok=True)
        for folder in (self.root / "mail", box, box / "tmp", box / "new", box / "cur"):
            os.chown(folder, self.uid, self.uid)
        fresh = box / "tmp" / name
        fresh.write_bytes(raw)
        os.chown(fresh, self.uid, self.uid)
        fresh.rename(box / "new" / name)

    def renumber(self) -> None:
        """Forget all UIDs, as a rebuilt mailbox does: the next session sees another UIDVALIDITY."""
        for found in self._box().glob("dovecot*"):
            found.unlink()
        listed = self._box() / "dovecot-uidlist"
        listed.write_text("3 V1 N1 G00000000000000000000000000000001\n", encoding="ascii")
        os.chown(listed, self.uid, self.uid)

    def _box(self) -> Path:
        return self.root / "mail" / USER


def missing() -> str:
    """Why Dovecot cannot be started here, empty when it can."""
    if shutil.which("dovecot") is None and not Path("/usr/sbin/dovecot").exists():
        return "needs the Debian package dovecot-imapd"
    return "" if os.geteuid() == 0 else "needs root: Dovecot changes users"


@contextlib.contextmanager
def running_dovecot(root: Path) -> Iterator[Dovecot]:
    """Start, wait until it listens, stop at the end."""
    root.chmod(0o755)
    port, uid = _free_port(), 5000
    config = root / "dovecot.conf"
    config.write_text(_CONFIG.format(root=root, port=port, uid=uid, gid=uid), encoding="utf-8")
    (root / "users").write_text(f"{USER}:{{plain}}{PASSWORD}::::::\n", encoding="utf-8")
    for folder in ("mail", "home"):
        (root / folder).mkdir()
        os.chown(root / folder, uid, uid)
    server = subprocess.Popen(
        [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", str(config)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(port, server, root / "dovecot.log")
        yield Dovecot(root=root, port=port, uid=uid)
    finally:
        server.terminate()
        server.wait(timeout=20)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    ends_at = time.monotonic() + 20
    while time.monotonic() < ends_at and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)  # a foreign process: nothing tells when it listens
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
    raise RuntimeError(f"dovecot did not start: {said}")
