"""Who was let in: sign-ins that are over, and the keys with which calendar programs ask.

No name is kept, only digests (roles.Person.id and .session). A key's text is given once and never
kept.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dashboard.model.roles import EVERYBODY
from dashboard.shares import accepted_texts
from dashboard.shares.database import Shelf, ShelfError

KEY_DAYS = 60
"""A key is good for as many days after its owner was last let in."""
MOST_KEYS, LONGEST_LABEL = 10, 60


@dataclass(frozen=True)
class CalendarKey:
    """`digest` names it without giving it away."""

    digest: str
    label: str
    created: datetime
    good_until: datetime


def end_session(shelf: Shelf, session: str, until: datetime, now: datetime) -> None:
    """A sign-in is over before its time: whoever has its cookie still is not let in. Raises
    ShelfError.
    """
    with shelf.writing() as desk:
        desk.change("drop_past_sessions", now=_text(now))
        desk.change("end_session", session=session, until=_text(until))


def sign_out(shelf: Shelf, person: str, now: datetime) -> None:
    """All sign-ins of a person (or of EVERYBODY) until now are over, and their keys are dropped.
    Raises ShelfError.
    """
    with shelf.writing() as desk:
        desk.change("sign_out", person=person, before=_text(now))
        desk.change("drop_keys", person=person, everybody=EVERYBODY)


def is_over(shelf: Shelf, session: str, person: str, since: datetime) -> bool:
    """Whether a sign-in was ended, by its owner or by an administrator. Raises ShelfError."""
    with shelf.reading() as desk:
        asked = {
            "session": session,
            "person": person,
            "everybody": EVERYBODY,
            "since": _text(since),
        }
        return desk is not None and desk.row("is_ended", **asked) is not None


def make_key(shelf: Shelf, person: str, label: str, now: datetime) -> str:
    """A new key, to be shown once. Raises ShelfError, also where the person has MOST_KEYS."""
    key = secrets.token_urlsafe(24)
    with shelf.writing() as desk:
        if desk.rows("count_keys", person=person)[0]["number"] >= MOST_KEYS:
            raise ShelfError(f"you have {MOST_KEYS} private addresses: withdraw one first")
        good_until = now + timedelta(days=KEY_DAYS)
        desk.change(
            "add_key",
            digest=_digest(key),
            person=person,
            label=accepted_texts.name(label, "label")[:LONGEST_LABEL] or "Calendar",
            now=_text(now),
            good_until=_text(good_until),
        )
    return key


def keys(shelf: Shelf, person: str) -> list[CalendarKey]:
    """The keys of a person, the oldest first. Raises ShelfError."""
    with shelf.reading() as desk:
        rows = desk.rows("keys_of_person", person=person) if desk else []
    return [
        CalendarKey(
            row["digest"],
            row["label"],
            datetime.fromisoformat(row["created"]),
            datetime.fromisoformat(row["good_until"]),
        )
        for row in rows
    ]


def owner(shelf: Shelf, key: str, now: datetime) -> str | None:
    """Whose key it is, while it is good. Raises ShelfError."""
    with shelf.reading() as desk:
        row = desk.row("good_key", digest=_digest(key), now=_text(now)) if desk else None
    return str(row["person"]) if row else None


def drop_key(shelf: Shelf, person: str, digest: str) -> bool:
    """A person withdraws a key of theirs; False where there is none. Raises ShelfError."""
    with shelf.writing() as desk:
        return desk.change("drop_key", digest=digest, person=person) > 0


def was_let_in(shelf: Shelf, person: str, now: datetime) -> None:
    """The keys of a person stay good; at most once a day anything is written. Raises ShelfError."""
    renewed = {
        "good_until": _text(now + timedelta(days=KEY_DAYS)),
        "renewed_below": _text(now + timedelta(days=KEY_DAYS - 1)),
    }
    with shelf.reading() as desk:
        if (
            desk is None
            or not desk.rows("keys_to_keep", person=person, renewed_below=renewed["renewed_below"])[
                0
            ]["number"]
        ):
            return
    with shelf.writing() as desk:
        desk.change("keep_keys", person=person, **renewed)


def was_refused(shelf: Shelf, person: str) -> None:
    """The keys of a person who may no longer look are dropped. Raises ShelfError."""
    if keys(shelf, person):
        with shelf.writing() as desk:
            desk.change("drop_keys", person=person, everybody="")


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
