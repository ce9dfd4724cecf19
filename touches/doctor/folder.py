"""The workspace's folder: its parts, who can read its secrets, and the room on its disk."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from touches.doctor.answer import Answer, fail, ok, warn
from touches.errors import SettingsError
from touches.settings.model import PASSWORD_VARIABLES, Settings
from touches.settings.secret import is_private
from touches.workspace import Workspace


def parts(workspace: Workspace) -> Iterable[Answer]:
    """Whether the folders and the key are there, and the folder can be written to."""
    for folder in (workspace.policies, workspace.news):
        if folder.is_dir():
            yield ok(folder.name, str(folder))
        else:
            yield warn(folder.name, f'no folder "{folder}"', f"Make it: mkdir {folder}")
    if os.access(workspace.root, os.W_OK):
        yield ok("writable", str(workspace.root))
    else:
        yield fail("writable", f'"{workspace.root}" is read-only for you', "Run as the user who owns the workspace.")


def key(workspace: Workspace) -> Answer:
    """Whether the key of tokens and hashes is there."""
    if not workspace.secret_key.exists():
        return fail(
            "secret.key",
            "missing",
            "Restore it from a backup: opt-out links that went out, and suppressed addresses, depend on it.",
        )
    return _private("secret.key", workspace.secret_key)


def secrets(settings: Settings) -> Iterable[Answer]:
    """Whether each password file can be read by its owner alone."""
    for of in PASSWORD_VARIABLES:
        file = settings.password_file(of)
        if file is None:
            continue
        if not file.is_file():
            yield fail(f"password {of}", f'no file "{file}"', "Write the password into it, with mode 0600.")
        else:
            yield _private(f"password {of}", file)


def _private(check: str, file: Path) -> Answer:
    if is_private(file):
        return ok(check, "only its owner can read it")
    return warn(check, f"mode {file.stat().st_mode & 0o777:04o}: others can use it", f"chmod 600 {file}")


def laws(settings: Settings) -> Answer:
    """Which country files of the workspace replace ours; one that cannot be used stops every decision."""
    from touches.wiring import laws_of

    try:
        laws_of(settings)
    except SettingsError as error:
        return fail("law", error.message, "Mend the file, or take it out of the folder.")
    own = sorted(file.name for file in settings.path("law").glob("*.toml"))
    return ok("law", f"our country files, with yours: {', '.join(own)}" if own else "our country files")


def room(settings: Settings, folder: Path) -> Answer:
    """Whether there is more free space than `[limits] free_space`."""
    file = settings.database_file
    place = file.parent if file else folder
    free, floor = shutil.disk_usage(place).free, settings.limits.free_space
    found = f"{free // 10**6:,} MB free in {place}"
    if free < floor:
        return fail("disk", found, f"Make room: below {floor // 10**6:,} MB nothing is sent.")
    if free < 5 * floor:
        return warn("disk", found, f"Make room soon: below {floor // 10**6:,} MB nothing is sent.")
    return ok("disk", found)
