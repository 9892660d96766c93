"""Authorisation: who asks, and what they may do, for pages, routes and the WebSocket alike
(docs/adr/0014).

What somebody may do ends at once when the settings change, when they sign out, or when an
administrator signs them out. What changes at the provider of the sign-ins is seen at the next
sign-in, at the latest after [access] session_hours.

Settings never open a door by being wrong: what is not understood leaves who was let in before and
stops publishing, and what a server would not start with closes it (`Closing`).
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.errors import StreamlitAuthError, StreamlitSecretNotFoundError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard.language.messages import N_, _
from dashboard.model import server_log, settings
from dashboard.model.roles import Person, Role, identify_person
from dashboard.model.settings import Effective, Settings, SettingsError
from dashboard.shares import SharesDb, SharesError, admissions

UNCHECKED = N_(
    "Whether you may look cannot be checked just now. The reason is in the server's log."
)
AT_THE_SERVER = Person(Role.STEWARD)
WITHOUT_SIGN_IN = Person(
    Role.VIEWER, why=N_("Publishing needs a sign-in, or the computer that runs the dashboard.")
)
NOT_HERE = N_("Nothing is published by this process: it only shows the dashboard.")
NOT_UNDERSTOOD = N_(
    "Nothing is published just now: the settings are not understood. The reason is in the server's"
    " log."
)
SIGN_IN_LOST = N_(
    "This server began with a sign-in, and its settings ask for none now: nobody is let in until"
    " they do again. To show the dashboard without a sign-in, the server has to be restarted."
)
UNSAFE = N_(
    "The dashboard is closed: its settings or secrets are such that it would not start. The reason"
    " is in the server's log."
)
SECRETS_ERRORS = (
    StreamlitAuthError,
    StreamlitSecretNotFoundError,
    AttributeError,
    TypeError,
    ValueError,
    OSError,
)
"""What Streamlit raises about secrets that it cannot read, or that are no secrets."""


@dataclass
class Lockdown:
    """What closes a process that serves. `unsafe` says what it would not start with; None before it
    is started. `logged` is what the log was told last.
    """

    unsafe: Callable[[Settings], Iterable[str]] | None = None
    logged: str = ""

    def why(self, held: Effective) -> str:
        """Say why nobody is let in, whoever asks; empty where the dashboard is open. The log is told
        of each change once, in English.
        """
        if not self.unsafe:
            return ""
        lost = held.signed_in and not held.chosen.access.sign_in
        reasons = "" if lost else " ".join(self.unsafe(held.chosen))
        shown = SIGN_IN_LOST if lost else UNSAFE if reasons else ""
        if (reasons or shown) != self.logged:
            self.logged = reasons or shown
            server_log.log(
                f"Nobody is let in. {self.logged}" if shown else "The dashboard is open again."
            )
        return _(shown) if shown else ""


LOCKDOWN = Lockdown()


def identify(cookies: Mapping[str, str], *, local: bool, now: datetime | None = None) -> Person:
    """Return who sends these cookies, and their role. `local`: the request comes from the server's
    own machine, which counts where there is no sign-in. Never raises: what cannot be checked is
    refused.
    """
    try:
        held = settings.effective()
        if why := LOCKDOWN.why(held):
            return Person(why=why, closed=True)
        person = _identify(held.chosen, cookies, local=local, now=now or datetime.now(UTC))
    except (SettingsError, SharesError) as error:
        return _refuse_unchecked(error)
    if person.role and (held.wrong or not settings.publishing_here()):
        why = _(NOT_UNDERSTOOD) if held.wrong else _(NOT_HERE)
        return replace(person, role=Role.VIEWER, why=why)
    return person


def _identify(
    chosen: Settings, cookies: Mapping[str, str], *, local: bool, now: datetime
) -> Person:
    if not chosen.access.sign_in:
        if local or chosen.publish_from_anywhere:
            return AT_THE_SERVER
        return replace(WITHOUT_SIGN_IN, why=_(WITHOUT_SIGN_IN.why))
    person = identify_person(read_claims(cookies), chosen.access, now)
    if (
        person.role
        and person.since
        and admissions.is_ended(_open_shares(), person.session, person.id, person.since)
    ):
        return Person(why=_("You are signed out."))
    return person


def _refuse_unchecked(error: Exception) -> Person:
    server_log.log_throttled(str(error))
    return Person(why=_(UNCHECKED), closed=True)


def read_claims(cookies: Mapping[str, str]) -> dict[str, Any]:
    """Read the claims of a sign-in from the cookies that Streamlit signed; empty without one, or
    with a forged, expired or mixed-up one. Never raises.
    """
    secret, origin = _read_secret_and_origin()
    if not secret or not origin:
        return {}
    claims = _decode_claims(cookies, secret)
    ours = (
        isinstance(claims, dict)
        and claims.get("is_logged_in") is True
        and claims.get("origin") == origin
    )
    return claims if ours else {}


def _decode_claims(cookies: Mapping[str, str], secret: str) -> Any:
    """Return what the signed cookie holds; None without one. Never raises."""

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return (
            decode_signed_value(secret, name, value.encode("latin-1", "replace")) if value else None
        )

    try:
        found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        return json.loads(found) if found else None
    except (ValueError, TypeError, RecursionError):  # signed, and yet no claims
        return None


def identify_key_holder(
    key: str, now: datetime | None = None, opens: str = admissions.CALENDAR
) -> Person:
    """Return who asks for the calendar or the feed with a key of it: a viewer of that alone while the
    key is good, otherwise nobody.
    """
    try:
        if why := LOCKDOWN.why(settings.effective()):
            return Person(why=why, closed=True)
        found = (
            admissions.find_owner(_open_shares(), key, now or datetime.now(UTC), opens)
            if key
            else None
        )
    except (SettingsError, SharesError) as error:
        return _refuse_unchecked(error)
    return (
        Person(Role.VIEWER, id=found)
        if found
        else Person(why=_("This private address is not good (any more)."))
    )


def record_visit(person: Person, now: datetime | None = None) -> None:
    """Record that somebody opened a page: the keys of who was let in stay good, and those of who
    may no longer look are dropped.
    """
    if not person.id:
        return
    try:
        if person.role:
            admissions.renew_keys(_open_shares(), person.id, now or datetime.now(UTC))
        elif person.until and person.until > (now or datetime.now(UTC)):
            admissions.drop_all_keys(_open_shares(), person.id)
    except SharesError as error:
        server_log.log_throttled(str(error))


def end_session(cookies: Mapping[str, str], now: datetime | None = None) -> None:
    """End the sign-in of these cookies: a copy of them lets nobody in. Raises SharesError."""
    person = identify_person(
        read_claims(cookies), settings.current().access, now or datetime.now(UTC)
    )
    if person.until:
        admissions.end_session(
            _open_shares(), person.session, person.until, now or datetime.now(UTC)
        )


def _read_secret_and_origin() -> tuple[str, str]:
    """Read the secret with which cookies are signed and the origin that they name; empty where the
    secrets are none.
    """
    try:
        secret, origin = get_cookie_secret(), get_origin_from_redirect_uri()
    except SECRETS_ERRORS as error:
        server_log.log_throttled(f"The secrets cannot be read: {type(error).__name__}.")
        return "", ""
    return (secret, origin) if isinstance(secret, str) and origin else ("", "")


def _open_shares() -> SharesDb:
    return SharesDb(settings.shares_file())
