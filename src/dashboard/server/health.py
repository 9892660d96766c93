"""The health route: whether the dashboard can answer, for whoever monitors it. Streamlit's own
health route says ok while every page fails.
"""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from dashboard import store
from dashboard.language.messages import N_, _, ngettext
from dashboard.model import server_log, settings
from dashboard.model.filters import Filters
from dashboard.model.settings import Settings, SettingsError
from dashboard.query.metrics import METRICS, evaluate
from dashboard.server import access, responses
from dashboard.store import StoreError, Version
from dashboard.text.counts import format_count

CANNOT_BE_READ = N_("the store or the settings cannot be read; see the log")
NOT_UNDERSTOOD = N_(
    "the settings are not understood: what they said before counts, and nothing is published; see"
    " the log"
)
NOT_FORGOTTEN = N_("what keeps forgotten people out is missing or not finished; see the log")
NOT_THE_LAST = N_("what is served is not what was published last; see the log")


def report_health(_request: Request) -> Response:
    """Answer 200 while the version that was published last answers a question; 503 with the reason
    where there is none, where it is damaged or missing, or older than [running] stale_after_days,
    and where the settings or the secrets are not what the server would start with. Reasons name no
    path and no value; the log does.
    """
    try:
        held = settings.effective()
        if why := access.LOCKDOWN.why(held) or (_(NOT_UNDERSTOOD) if held.wrong else ""):
            return _answer({"status": "failing", "reason": why})
        reason, version = _find_fault(held.chosen)
    except (StoreError, SettingsError) as error:
        server_log.log_throttled(str(error))
        return _answer({"status": "failing", "reason": _(CANNOT_BE_READ)})
    answer = {"status": "failing", "reason": reason} if reason else {"status": "ok"}
    return _answer(answer if held.chosen.access.sign_in else {**answer, "version": version.id})


def _answer(answer: dict[str, str]) -> Response:
    return responses.as_json(
        answer, 200 if answer["status"] == "ok" else 503, {"Cache-Control": "no-store"}
    )


def _find_fault(chosen: Settings) -> tuple[str, Version]:
    """Return what is wrong, empty where nothing is, and the version that readers get. A question
    is asked in any case.
    """
    kept = responses.open_store(settings.store_folder())
    served = kept.served()
    evaluate(served.version, METRICS["events_held"], Filters())
    if served.fault:
        server_log.log_throttled(served.fault)
        return _(NOT_THE_LAST), served.version
    if fault := store.describe_fault(kept):
        server_log.log_throttled(fault)
        return _(NOT_FORGOTTEN), served.version
    return _describe_staleness(chosen, served.version), served.version


def _describe_staleness(chosen: Settings, version: Version) -> str:
    """Say that a version is older than the settings allow; empty where it is not."""
    most = chosen.stale_after_days
    age = datetime.now(UTC) - datetime.fromisoformat(version.manifest.time)
    if not most or age <= timedelta(days=most):
        return ""
    return ngettext(
        "no new version for {days}; {n} is allowed",
        "no new version for {days}; {n} are allowed",
        most,
        days=format_count(age.days, "day"),
    )
