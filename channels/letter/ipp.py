"""One IPP printer (RFC 8011) or CUPS queue: offer a letter, ask what became of it, find it again by its
name."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from channels.proof import CannotTell, Finding
from channels.protocol import Accepted, Failure, Marker, Refused, Result, Unknown, Withdrawn

if TYPE_CHECKING:
    from pyipp import IPP

_USER = "touches"
_LISTED = ["job-id", "job-name", "job-state"]
_MOST_JOBS = 1000
_STOPPED = 5  # printer-state, RFC 8011 5.4.12

_BUSY = {0x0502, 0x0506, 0x0507}  # service unavailable, not accepting jobs, busy
_CONFIGURATION = {0x0401, 0x0402, 0x0403, 0x0406, 0x040A, 0x0501, 0x0503}
_OPEN = {0x0500}  # internal error: it may have begun to print


class JobState(StrEnum):
    """What became of a job, by RFC 8011 5.3.7: `printing` covers pending, held, processing and stopped."""

    PRINTING = "printing"
    PRINTED = "printed"
    GIVEN_UP = "given up"  # canceled at the printer, or aborted
    FORGOTTEN = "forgotten"  # the printer no longer knows it
    UNSEEN = "unseen"  # no answer


class IppPrinter:
    """`address` is ipp:// or ipps://; `timeout` is in seconds and holds for each request."""

    def __init__(self, address: str, *, timeout: float, verify: bool = True) -> None:
        self._address = address
        self._timeout = timeout
        self._verify = verify
        self._client: IPP | None = None

    async def offer(self, key: str, pdf: bytes, marker: Marker) -> Result:
        """Ask whether the printer is ready, await the marker, send the job under the name `key`. `reference`
        is the job's id. A printer that takes one job at a time says BUSY: come back when it is done."""
        ready = await self._ready()
        if ready is not None:
            return ready
        if not await marker():
            return Withdrawn()
        attributes = {"job-name": key, "document-format": "application/pdf"}
        # Scaled to fit, the address would leave the window of the envelope.
        message = {"job-attributes-tag": {"print-scaling": "none"}, "data": pdf}
        answer = await self._ask("PRINT_JOB", attributes, **message)
        if isinstance(answer, Refused | Unknown):
            return answer
        job: Mapping[str, Any] = next(iter(answer.get("jobs") or ()), {})
        if "job-id" not in job:
            return Unknown(phase="print-job", text="the printer named no job")
        return Accepted(reference=str(job["job-id"]), detail=_state(job).value)

    async def job_state(self, job: str) -> JobState:
        """What became of the job with that id."""
        answer = await self._ask("GET_JOB_ATTRIBUTES", {"job-id": int(job)})
        if isinstance(answer, Refused):
            return JobState.FORGOTTEN if answer.code == "0x0406" else JobState.UNSEEN
        if isinstance(answer, Unknown):
            return JobState.UNSEEN
        return _state(next(iter(answer.get("jobs") or ()), {}))

    async def find(self, *, key: str, address: str, since: datetime) -> Finding:  # noqa: ARG002
        """Look for the name among all jobs, finished ones too. None holds only as long as the printer
        remembers its jobs; a CUPS that hides names (`JobPrivateValues`) cannot tell."""
        jobs: list[Mapping[str, Any]] = []
        for which in ("not-completed", "completed"):
            asked = {"which-jobs": which, "requested-attributes": _LISTED}
            answer = await self._ask("GET_JOBS", asked)
            if isinstance(answer, Refused | Unknown):
                return CannotTell(because=f"no list of jobs: {answer.text}")
            jobs += answer.get("jobs") or ()
        found = [job for job in jobs if job.get("job-name") == key]
        if found:
            return Accepted(reference=str(found[0]["job-id"]), detail=_state(found[0]).value)
        if len(jobs) >= _MOST_JOBS or any("job-name" not in job for job in jobs):
            return CannotTell(because="the printer does not show the names of all its jobs")
        return None

    async def close(self) -> None:
        """Close the connection; idempotent."""
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def _ready(self) -> Refused | None:
        asked = {"requested-attributes": ["printer-state", "printer-state-reasons", "printer-is-accepting-jobs"]}
        answer = await self._ask("GET_PRINTER_ATTRIBUTES", asked)
        if isinstance(answer, Refused):
            return answer
        if isinstance(answer, Unknown):
            return Refused(failure=Failure.CONNECT, permanent=False, text=answer.text)
        told: Mapping[str, Any] = next(iter(answer.get("printers") or ()), {})
        if told.get("printer-state") == _STOPPED or told.get("printer-is-accepting-jobs") is False:
            reasons = told.get("printer-state-reasons") or "stopped"
            return Refused(failure=Failure.BUSY, permanent=False, code="stopped", text=str(reasons))
        return None

    async def _ask(
        self, operation: str, attributes: Mapping[str, Any], **more: Any
    ) -> Mapping[str, Any] | Refused | Unknown:
        from pyipp.enums import IppOperation
        from pyipp.exceptions import IPPError

        named = {"requesting-user-name": _USER, **attributes}
        try:
            told = await self._connected().execute(IppOperation[operation], {"operation-attributes-tag": named, **more})
        except IPPError as error:
            return _failure(error, phase=operation.lower().replace("_", "-"))
        return dict(told)

    def _connected(self) -> "IPP":
        if self._client is None:
            from pyipp import IPP
            from pyipp.enums import IppTag
            from pyipp.tags import ATTRIBUTE_TAG_MAP

            # Without its tag the library leaves the attribute out of the request.
            ATTRIBUTE_TAG_MAP.setdefault("print-scaling", IppTag.KEYWORD)
            self._client = IPP(self._address, request_timeout=self._timeout, verify_ssl=self._verify)  # type: ignore[arg-type]
        return self._client


def _failure(error: Exception, *, phase: str) -> Refused | Unknown:
    """A library error as what it proves: only a connection that was never made and a status that was received
    are certain."""
    from aiohttp import ClientConnectorError

    told = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], dict) else {}
    status = told.get("status-code")
    if isinstance(error.__cause__, ClientConnectorError):
        return Refused(failure=Failure.CONNECT, permanent=False, text="the printer cannot be reached")
    if isinstance(status, int) and status in range(400, 500) and "content-type" in told:
        return Refused(failure=Failure.CONFIGURATION, permanent=False, code=str(status), text=f"HTTP {status}")
    if isinstance(status, int) and status >= 0x0400 and status not in _OPEN and "content-type" not in told:
        return _refusal(status)
    return Unknown(phase=phase, text=f"{type(error).__name__}: {error.args[0] if error.args else ''}")


def _refusal(status: int) -> Refused:
    code = f"0x{status:04x}"
    if status in _BUSY:
        return Refused(failure=Failure.BUSY, permanent=False, code=code, text="the printer is busy")
    if status in _CONFIGURATION:
        return Refused(failure=Failure.CONFIGURATION, permanent=False, code=code, text="the printer does not let us")
    if status >= 0x0500:
        return Refused(failure=Failure.TEMPORARY, permanent=False, code=code, text="the printer has a fault")
    return Refused(failure=Failure.REJECTED, permanent=True, code=code, text="the printer refused this letter")


def _state(job: Mapping[str, Any]) -> JobState:
    state = job.get("job-state")
    if state == 9:
        return JobState.PRINTED
    if state in (7, 8):
        return JobState.GIVEN_UP
    return JobState.PRINTING if state is not None else JobState.UNSEEN
