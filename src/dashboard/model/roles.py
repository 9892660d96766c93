"""Roles from claims: what an ID token says of somebody, and what the settings make of it.

Nobody may do anything once sign-in is on, unless a rule says so."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import Any

from dashboard.language.messages import _, ngettext

EVERYBODY = "*"
MAX_CLOCK_SKEW = timedelta(minutes=5)
"""How far a provider's clock may be ahead of ours."""
SESSION_HOURS = 10


class Role(IntEnum):
    """What somebody may do; each may do what those before it may."""

    NOBODY = 0
    VIEWER = 1
    STEWARD = 2


@dataclass(frozen=True)
class Rules:
    """[access] of the settings. `claim` may name a claim in a claim: realm_access.roles. `viewers`
    and `stewards` are values of it, compared exactly; the viewers ["*"] are all who can sign in.
    """

    sign_in: bool = False
    claim: str = "groups"
    viewers: tuple[str, ...] = ()
    stewards: tuple[str, ...] = ()
    session_hours: int = SESSION_HOURS


Identity = tuple[str, str, Role]
"""An account, a sign-in and a role: what has to be the same for a page to be somebody's own."""


@dataclass(frozen=True)
class Person:
    """Somebody who asks. `why` says for people, in the language of their request, why the role is no
    higher; `id` is a name for the account that tells nothing, and `session` one for this sign-in;
    both are empty where nobody signed in. `closed`: nobody is let in just now, whoever they are;
    `expired`: the sign-in is too old, and another one helps.
    """

    role: Role = Role.NOBODY
    why: str = ""
    name: str = ""
    id: str = ""
    session: str = ""
    since: datetime | None = None
    until: datetime | None = None
    closed: bool = False
    expired: bool = False

    @property
    def identity(self) -> Identity:
        """Who it is, and as what."""
        return self.id, self.session, self.role


def identify_person(claims: Mapping[str, Any], rules: Rules, now: datetime) -> Person:
    """Identify whom the claims of a sign-in speak of, and the role that the rules give them; no
    claims are nobody's.

    Never raises: what cannot be understood gives no role.
    """
    if not claims:
        return Person(why=_("Nobody is signed in."))
    person = _read_person(claims, rules)
    if person is None or person.since is None or person.until is None:
        return Person(
            why=_(
                "The sign-in does not say who signed in and when: the administrator has to look"
                " at it."
            )
        )
    if person.since - MAX_CLOCK_SKEW <= now < person.until:
        return _assign_role(person, _read_values(claims, rules.claim), rules)
    why = ngettext(
        "Your sign-in is older than {n} hour: sign in again.",
        "Your sign-in is older than {n} hours: sign in again.",
        rules.session_hours,
    )
    return replace(person, why=why, expired=True)


def _read_person(claims: Mapping[str, Any], rules: Rules) -> Person | None:
    """Read who signed in and when, still without a role; None where the claims do not say it."""
    since = _parse_moment(claims.get("iat"))
    subject, issuer = claims.get("sub"), claims.get("iss")
    if since is None or not isinstance(subject, str) or not isinstance(issuer, str) or not subject:
        return None
    texts = [claims.get(key) for key in ("name", "preferred_username", "email")]
    name = next((text for text in texts if isinstance(text, str) and text), "")
    return Person(
        name=name[:80],
        id=_digest(issuer, subject),
        session=_digest(json.dumps(claims, sort_keys=True, default=str)),
        since=since,
        until=since + timedelta(hours=rules.session_hours),
    )


def _assign_role(person: Person, held: set[str], rules: Rules) -> Person:
    """Give the role for the values that somebody holds of the claim."""
    if held & set(rules.stewards):
        return replace(person, role=Role.STEWARD)
    if held & set(rules.viewers) or EVERYBODY in rules.viewers:
        why = _("New data is published by stewards, and you are a viewer.")
        return replace(person, role=Role.VIEWER, why=why)
    why = _("You are signed in, and your account has no access to this dashboard.")
    return replace(person, why=why)


def _parse_moment(value: Any) -> datetime | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return datetime.fromtimestamp(value, UTC)
    except (OverflowError, OSError, ValueError):
        return None


def _read_values(claims: Mapping[str, Any], path: str) -> set[str]:
    """Read what a claim says: a text, or a list of them. A claim of that very name comes before a
    path to one.
    """
    found: Any = claims.get(path)
    if found is None:
        found = claims
        for part in path.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
    one_or_more = found if isinstance(found, list) else [found]
    return {
        value for value in one_or_more if isinstance(value, str) and value and value != EVERYBODY
    }


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
