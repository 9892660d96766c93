"""Who asks, and what they may do: the one gate before pages, routes and the WebSocket (docs/adr/0014).

What somebody may do ends at once when the settings change, when they sign out, or when an administrator signs them out.
What changes at the provider of the sign-ins is seen at the next sign-in, at the latest after [access] session_hours.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from streamlit.auth_util import get_cookie_with_chunks, get_origin_from_redirect_uri
from streamlit.errors import StreamlitAuthError
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from dashboard import serverlog, settings
from dashboard.roles import Person, Role, person_of
from dashboard.share.shelf import Shelf, ShelfError, admissions

UNCHECKED = "Whether you may look cannot be checked just now. The reason is in the server's log."
AT_THE_SERVER = Person(Role.STEWARD)
WITHOUT_SIGN_IN = Person(Role.VIEWER, why="Publishing needs a sign-in, or the computer that runs the dashboard.")
NOT_HERE = "Nothing is published by this process: it only shows the dashboard."


def standing(cookies: Mapping[str, str], *, local: bool, now: datetime | None = None) -> Person:
    """Who sends these cookies. `local`: the request comes from the server's own machine, which counts where there is
    no sign-in. Never raises: what cannot be checked is refused."""
    person = _standing(cookies, local=local, now=now)
    if person.role and not settings.publishing_here():
        return replace(person, role=Role.VIEWER, why=NOT_HERE)
    return person


def _standing(cookies: Mapping[str, str], *, local: bool, now: datetime | None) -> Person:
    try:
        chosen = settings.current()
        if not chosen.access.sign_in:
            return AT_THE_SERVER if local or chosen.publish_from_anywhere else WITHOUT_SIGN_IN
        person = person_of(claims_in(cookies), chosen.access, now or datetime.now(UTC))
        if person.role and person.since and admissions.is_over(_shelf(), person.session, person.id, person.since):
            return Person(why="You are signed out.")
    except (settings.SettingsError, ShelfError) as error:
        serverlog.say(str(error))
        return Person(why=UNCHECKED)
    return person


def claims_in(cookies: Mapping[str, str]) -> dict[str, Any]:
    """What a sign-in said, from the cookies that Streamlit signed; empty without one, or with a forged, expired or
    mixed-up one. Never raises."""
    secret, origin = get_cookie_secret(), _own_origin()
    if not secret or not origin:
        return {}

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1", "replace")) if value else None

    try:
        found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        claims = json.loads(found) if found else None
    except (ValueError, TypeError, RecursionError):  # signed, and yet no claims
        return {}
    if not isinstance(claims, dict) or claims.get("is_logged_in") is not True or claims.get("origin") != origin:
        return {}
    return claims


def calendar_reader(key: str, now: datetime | None = None) -> Person:
    """Who asks with a key of a calendar: a viewer of the calendar while the key is good, otherwise nobody."""
    try:
        found = admissions.owner(_shelf(), key, now or datetime.now(UTC)) if key else None
    except ShelfError as error:
        serverlog.say(str(error))
        return Person(why=UNCHECKED)
    return Person(Role.VIEWER, id=found) if found else Person(why="This private address is not good (any more).")


def came_in(person: Person, now: datetime | None = None) -> None:
    """Somebody opened a page: the keys of who was let in stay good, and those of who may no longer look are dropped."""
    if not person.id:
        return
    try:
        if person.role:
            admissions.was_let_in(_shelf(), person.id, now or datetime.now(UTC))
        elif person.until and person.until > (now or datetime.now(UTC)):
            admissions.was_refused(_shelf(), person.id)
    except ShelfError as error:
        serverlog.say(str(error))


def signed_out(cookies: Mapping[str, str], now: datetime | None = None) -> None:
    """The sign-in of these cookies is over: a copy of them lets nobody in. Raises ShelfError."""
    person = person_of(claims_in(cookies), settings.current().access, now or datetime.now(UTC))
    if person.until:
        admissions.end_session(_shelf(), person.session, person.until, now or datetime.now(UTC))


def _own_origin() -> str | None:
    try:
        return get_origin_from_redirect_uri()
    except StreamlitAuthError:
        return None


def _shelf() -> Shelf:
    return Shelf(settings.shares_file())
