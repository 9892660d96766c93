"""Whether the dashboard can answer, for whoever watches over it: Streamlit's own health route says ok while every page
fails."""

from datetime import UTC, datetime, timedelta

from starlette.requests import Request
from starlette.responses import Response

from dashboard import access, serverlog, settings, store
from dashboard.filters import Filters
from dashboard.metrics import METRICS, evaluate
from dashboard.settings import Settings, SettingsError
from dashboard.store import StoreError, Version
from dashboard.web import answers
from dashboard.wording import count

CANNOT_BE_READ = "the store or the settings cannot be read; see the log"
NOT_UNDERSTOOD = "the settings are not understood: what they said before counts, and nothing is published; see the log"


def health(_request: Request) -> Response:
    """200 while the version that was published last answers a question; 503 with the reason where there is none, where
    it is damaged or missing, or older than [running] stale_after_days, and where the settings or the secrets are not what the
    server would start with. Reasons name no path and no value; the log does."""
    try:
        held = settings.effective()
        if why := access.CLOSING.why(held) or (NOT_UNDERSTOOD if held.wrong else ""):
            return _said({"status": "failing", "reason": why})
        reason, version = _fault(held.chosen)
    except (StoreError, SettingsError) as error:
        serverlog.say(str(error))
        return _said({"status": "failing", "reason": CANNOT_BE_READ})
    said = {"status": "failing", "reason": reason} if reason else {"status": "ok"}
    return _said(said if held.chosen.access.sign_in else {**said, "version": version.id})


def _said(answer: dict[str, str]) -> Response:
    return answers.as_json(answer, 200 if answer["status"] == "ok" else 503, {"Cache-Control": "no-store"})


def _fault(chosen: Settings) -> tuple[str, Version]:
    """What is wrong, empty where nothing is, and the version that readers get. A question is asked in any case."""
    kept = answers.store(settings.store_folder())
    served = kept.served()
    evaluate(served.version, METRICS["events_held"], Filters())
    if served.fault:
        serverlog.say(served.fault)
        return "what is served is not what was published last; see the log", served.version
    if said := store.fault(kept):
        serverlog.say(said)
        return "what keeps forgotten people out is missing or not finished; see the log", served.version
    age = datetime.now(UTC) - datetime.fromisoformat(served.version.manifest.time)
    if chosen.stale_after_days and age > timedelta(days=chosen.stale_after_days):
        most = chosen.stale_after_days
        return (
            f"no new version for {count(age.days, 'day')}; {most} {'is' if most == 1 else 'are'} allowed",
            served.version,
        )
    return "", served.version
