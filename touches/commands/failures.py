"""Errors as people and programs see them: a sentence, what to do, an exit code. The one border where all arrive."""

import errno
import json
import sys
from dataclasses import dataclass

import click

from touches.errors import INTERNAL_ERROR, INTERRUPTED, DatabaseError, FileError, TouchesError
from touches.settings.secret import Secret

AT_ONCE = {"UniqueViolation", "DeadlockDetected", "SerializationFailure"}  # what a server says to one of two writers
NO_ROOM = {errno.ENOSPC, errno.EDQUOT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """What went wrong. `error` is kept for the traceback that `--verbose` shows."""

    error: BaseException
    message: str
    hint: str = ""
    exit_code: int


def describe(error: BaseException) -> Failure:
    """The sentence and the code of any exception; those that nobody foresaw are internal errors."""
    if isinstance(error, TouchesError):
        return Failure(error=error, message=error.message, hint=error.hint, exit_code=error.exit_code)
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return Failure(error=error, message="Interrupted.", exit_code=INTERRUPTED)
    if isinstance(error, click.ClickException):
        code = FileError.exit_code if isinstance(error, click.FileError) else error.exit_code
        return Failure(error=error, message=error.format_message(), exit_code=code)
    if isinstance(error, OSError) and (error.filename or error.errno in NO_ROOM):
        return _describe_file(error)
    return _describe_by_package(error)


def _describe_file(error: OSError) -> Failure:
    if error.errno in NO_ROOM:
        return Failure(
            error=error,
            message="There is no room left on the disk.",
            hint="Make room and run it again; what was recorded before is safe.",
            exit_code=FileError.exit_code,
        )
    known = FileError.from_os(error, "use")
    return Failure(error=error, message=known.message, exit_code=FileError.exit_code)


def _describe_by_package(error: BaseException) -> Failure:
    """Errors of the other packages and of the database's libraries, told apart without importing those."""
    package = type(error).__module__.partition(".")[0]
    name = type(error).__name__
    if package == "channels":
        code = {"ChannelSettingsError": 3, "MissingExtraError": 9, "UnsendableError": 1}.get(name, 6)
        return Failure(error=error, message=str(error), exit_code=code)
    if package == "policies":
        return Failure(error=error, message=str(error), exit_code=1)
    if type(getattr(error, "orig", error)).__name__ in AT_ONCE:
        return Failure(
            error=error,
            message="Somebody else changed the same at the same moment; nothing was changed here.",
            hint="Run it again.",
            exit_code=DatabaseError.exit_code,
        )
    if package in {"sqlalchemy", "sqlite3", "psycopg"}:
        text = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        return Failure(
            error=error,
            message=f"The database reported: {text}.",
            hint="`touches doctor` looks at the database.",
            exit_code=DatabaseError.exit_code,
        )
    return Failure(
        error=error,
        message=f"Internal error: {name}: {error}",
        hint="This is a defect of the program. Run again with --verbose for the traceback.",
        exit_code=INTERNAL_ERROR,
    )


def print_failure(failure: Failure, *, as_json: bool, verbose: bool) -> None:
    """To standard error, without any secret of this process."""
    if verbose:
        import traceback

        sys.stderr.write(Secret.hide_all("".join(traceback.format_exception(failure.error))))
    if as_json:
        body = {"error": failure.message, "hint": failure.hint, "exit_code": failure.exit_code}
        text = json.dumps({name: value for name, value in body.items() if value}, ensure_ascii=True)
    else:
        text = _usage(failure.error) + failure.message + (f"\n{failure.hint}" if failure.hint else "")
    sys.stderr.write(Secret.hide_all(text) + "\n")


def _usage(error: BaseException) -> str:
    """How the command is used, before a complaint about its use."""
    if not isinstance(error, click.UsageError) or error.ctx is None:
        return ""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return ""
    return f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help'.\n\n"
