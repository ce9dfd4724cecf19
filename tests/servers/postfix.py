"""A real Postfix on loopback, with its own folders: it delivers what it takes into one maildir and sends nothing on."""

import contextlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.servers.gateways import unused_port
from tests.servers.processes import listening, wait_until

_MAIN = """
compatibility_level = 3.6
queue_directory = {root}/queue
data_directory = {root}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
maillog_file = {root}/postfix.log
maillog_file_prefixes = {root}
inet_interfaces = loopback-only
inet_protocols = ipv4
myhostname = mail.cafe.test
mydestination =
alias_maps =
mynetworks = 127.0.0.0/8
virtual_mailbox_domains = customer.test
virtual_mailbox_base = {root}/mail
virtual_mailbox_maps = static:all/
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{uid}
virtual_minimum_uid = 1
default_transport = error:5.1.2 nothing leaves this machine
relay_transport = error:5.1.2 nothing leaves this machine
smtpd_recipient_restrictions = check_recipient_access regexp:{root}/etc/access, permit_mynetworks, reject
"""
_MASTER = """
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"""
# Readers whose mailbox ends in 7 do not exist, those in 3 are told to come back later.
_ACCESS = """
/7@/ 550 5.1.1 no such user here
/3@/ 450 4.2.0 try again later
"""


@dataclass(frozen=True)
class Postfix:
    """A running server."""

    root: Path
    port: int

    def delivered(self) -> Counter[str]:
        """How often each Message-ID, without brackets, lies in the mailbox; after the queue has run empty."""
        wait_until(lambda: not self._queued(), "an empty queue", log=self.root / "postfix.log", seconds=60)
        mails = (file.read_bytes() for file in (self.root / "mail" / "all" / "new").glob("*"))
        found = (re.search(rb"^Message-ID:\s*<([^>]+)>", mail, re.MULTILINE | re.IGNORECASE) for mail in mails)
        return Counter(one.group(1).decode("ascii") for one in found if one is not None)

    def _queued(self) -> bool:
        folders = (self.root / "queue" / name for name in ("maildrop", "incoming", "active", "deferred"))
        return any(file.is_file() for folder in folders for file in folder.rglob("*"))


def missing() -> str:
    """Why Postfix cannot be started here, empty when it can."""
    if shutil.which("postfix") is None and not Path("/usr/sbin/postfix").exists():
        return "needs the Debian package postfix"
    return "" if os.geteuid() == 0 else "needs root: Postfix changes users"


@contextlib.contextmanager
def running_postfix() -> Iterator[Postfix]:
    """Start, wait until it listens, stop at the end. Its folder is one that other users may enter."""
    root = Path(tempfile.mkdtemp(prefix="postfix"))
    port, command = unused_port(), [shutil.which("postfix") or "/usr/sbin/postfix", "-c", str(root / "etc")]
    _configure(root, port)
    try:
        subprocess.run([*command, "start"], check=True, capture_output=True, timeout=60)
        wait_until(lambda: listening(port), "Postfix listening", log=root / "postfix.log")
        yield Postfix(root=root, port=port)
    finally:
        subprocess.run([*command, "stop"], check=False, capture_output=True, timeout=60)
        shutil.rmtree(root, ignore_errors=True)


def _configure(root: Path, port: int) -> None:
    root.chmod(0o755)
    for name in ("etc", "queue", "data", "mail"):
        (root / name).mkdir()
    reader = pwd.getpwnam("nobody").pw_uid
    os.chown(root / "data", pwd.getpwnam("postfix").pw_uid, -1)
    os.chown(root / "mail", reader, -1)
    texts = {"main.cf": _MAIN.format(root=root, uid=reader), "master.cf": _MASTER.format(port=port), "access": _ACCESS}
    for name, text in texts.items():
        (root / "etc" / name).write_text(text, encoding="ascii")
