"""Who was let in: sign-ins that are over, and the keys with which calendar programs and feed readers
ask.

No name is kept, only digests (roles.Person.id and .session). A key's text is given once and never
kept.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard.language.messages import N_, _
from dashboard.model.roles import EVERYBODY
from dashboard.shares import accepted_texts
from dashboard.shares.database import SharesDb, SharesError

CALENDAR, FEED = "calendar", "feed"
"""What a key opens."""
PREFIXES = {CALENDAR: "", FEED: "feed."}
"""How the text of a key begins, by what it opens. No key of a calendar has a point in it, and the digest is
that of the whole text: a key opens one thing, and nobody can make it open another.
"""
KEY_DAYS = 60
"""A key is good for as many days after its owner was last let in."""
MAX_KEYS, MAX_LABEL_LENGTH = 10, 60
UNNAMED = N_("Calendar")
"""What a key is called that nobody named: English in the file, said by `_` where it is listed."""


@dataclass(frozen=True)
class CalendarKey:
    """`digest` names it without giving it away."""

    digest: str
    label: str
    created: datetime
    good_until: datetime


def end_session(shares: SharesDb, session: str, until: datetime, now: datetime) -> None:
    """End a sign-in before its time: whoever has its cookie still is not let in. Raises
    SharesError.
    """
    with shares.writing() as transaction:
        transaction.change("drop_past_sessions", now=_text(now))
        transaction.change("end_session", session=session, until=_text(until))


def sign_out(shares: SharesDb, person: str, now: datetime) -> None:
    """End all sign-ins of a person (or of EVERYBODY) until now, and drop their keys.
    Raises SharesError.
    """
    with shares.writing() as transaction:
        transaction.change("sign_out", person=person, before=_text(now))
        transaction.change("drop_keys", person=person, everybody=EVERYBODY)


def is_ended(shares: SharesDb, session: str, person: str, since: datetime) -> bool:
    """Return whether a sign-in was ended, by its owner or by an administrator. Raises SharesError."""
    with shares.reading() as transaction:
        asked = {
            "session": session,
            "person": person,
            "everybody": EVERYBODY,
            "since": _text(since),
        }
        return transaction is not None and transaction.row("is_ended", **asked) is not None


def make_key(
    shares: SharesDb, person: str, label: str, now: datetime, opens: str = CALENDAR
) -> str:
    """Make a new key, to be shown once, that opens the calendar or the feed. Raises SharesError, also
    where the person has MAX_KEYS.
    """
    key = PREFIXES[opens] + secrets.token_urlsafe(24)
    with shares.writing() as transaction:
        if transaction.rows("count_keys", person=person)[0]["number"] >= MAX_KEYS:
            raise SharesError(
                N_("you have {most} private addresses: withdraw one first"), most=MAX_KEYS
            )
        good_until = now + timedelta(days=KEY_DAYS)
        transaction.change(
            "add_key",
            digest=_digest(key),
            person=person,
            label=accepted_texts.accept_name(label, "label")[:MAX_LABEL_LENGTH] or UNNAMED,
            now=_text(now),
            good_until=_text(good_until),
        )
    return key


def list_keys(shares: SharesDb, person: str) -> list[CalendarKey]:
    """List the keys of a person, the oldest first. Raises SharesError."""
    with shares.reading() as transaction:
        rows = transaction.rows("keys_of_person", person=person) if transaction else []
    return [
        CalendarKey(
            row["digest"],
            _(UNNAMED) if row["label"] == UNNAMED else row["label"],
            datetime.fromisoformat(row["created"]),
            datetime.fromisoformat(row["good_until"]),
        )
        for row in rows
    ]


def find_owner(shares: SharesDb, key: str, now: datetime, opens: str = CALENDAR) -> str | None:
    """Find whose key it is, while it is good for what it is to open. Raises SharesError."""
    if ("." in key) != (opens == FEED):
        return None
    with shares.reading() as transaction:
        row = (
            transaction.row("good_key", digest=_digest(key), now=_text(now))
            if transaction
            else None
        )
    return str(row["person"]) if row else None


def drop_key(shares: SharesDb, person: str, digest: str) -> bool:
    """Withdraw a key of a person; False where there is none. Raises SharesError."""
    with shares.writing() as transaction:
        return transaction.change("drop_key", digest=digest, person=person) > 0


def renew_keys(shares: SharesDb, person: str, now: datetime) -> None:
    """Renew the keys of a person who was let in; at most once a day anything is written. Raises
    SharesError.
    """
    renewed = {
        "good_until": _text(now + timedelta(days=KEY_DAYS)),
        "renewed_below": _text(now + timedelta(days=KEY_DAYS - 1)),
    }
    with shares.reading() as transaction:
        if (
            transaction is None
            or not transaction.rows(
                "keys_to_keep", person=person, renewed_below=renewed["renewed_below"]
            )[0]["number"]
        ):
            return
    with shares.writing() as transaction:
        transaction.change("keep_keys", person=person, **renewed)


def drop_all_keys(shares: SharesDb, person: str) -> None:
    """Drop the keys of a person who may no longer look. Raises SharesError."""
    if list_keys(shares, person):
        with shares.writing() as transaction:
            transaction.change("drop_keys", person=person, everybody="")


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
