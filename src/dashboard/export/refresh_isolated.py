"""Renews slides and documents of strangers in the limited process: a file of strangers is never
opened in the server itself.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from dashboard.export.pptx import DeckError
from dashboard.export.refresh_deck import refresh
from dashboard.export.refreshed import Changed, LeftToPeople, Refreshed
from dashboard.export.view_export import Export, link_to
from dashboard.export.word.opening import is_document
from dashboard.export.word.refresh_document import refresh_document
from dashboard.intake import limits
from dashboard.intake.limits import DOCUMENT, PRESENTATION, UnreadableFile
from dashboard.language.messages import _, current_language, speak, speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.query import engine
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store, StoreError
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view

PLACES = ("DASHBOARD_HOME", "DASHBOARD_STORE", "DASHBOARD_SHARES")
"""All that the process is told of the server's environment: where its files are."""


@dataclass(frozen=True)
class RefreshRequest:
    """Who renews slides: their role, where they reach the dashboard, and which day it is there."""

    role: Role
    base: str
    today: date


def refresh_in_isolation(data: bytes, asker: RefreshRequest, *, root: str = "") -> Refreshed:
    """Renew a .pptx or .docx from what its links show somebody, in the store of the settings or another.
    Raises DeckError for a file that cannot be read, takes too much, or holds nothing of ours.
    """
    sort = DOCUMENT if is_document(data) else PRESENTATION
    places = {name: os.environ[name] for name in PLACES if name in os.environ}
    argument = {
        "role": int(asker.role),
        "language": current_language(),
        "base": asker.base,
        "today": asker.today.isoformat(),
        "places": places | ({"DASHBOARD_STORE": root} if root else {}),
    }
    try:
        limits.check_archive(data, sort)
        found = limits.run_isolated("refresh", data, argument, sort=sort)
    except UnreadableFile as fault:
        said = ". ".join(filter(None, (fault.message, fault.hint)))
        raise DeckError(_("the file cannot be read: {reason}", reason=said)) from None
    head, _line, renewed = found.partition(b"\n")
    changed, left, notices = orjson.loads(head)
    listed = [Changed(*one) for one in changed], [LeftToPeople(*one) for one in left]
    return Refreshed(renewed or data, *listed, notices)


def work(data: bytes, argument: dict[str, Any]) -> bytes:
    """Renew slides or a document in the limited process: gives a line of JSON, what there is to say to
    who asks in their language, and the file where it changed. Raises UnreadableFile.
    """
    os.environ.update(argument["places"])
    engine.force_duckdb()
    try:
        renew = refresh_document if is_document(data) else refresh
        with speaking(argument["language"]):
            done = renew(data, _ask_store(argument))
    except (DeckError, StoreError) as fault:
        raise UnreadableFile(str(fault), "") from None
    said = list(map(list, done.changed)), list(map(list, done.left)), list(done.notices)
    return orjson.dumps(said) + b"\n" + (b"" if done.deck is data else done.deck)


def _ask_store(argument: dict[str, Any]) -> Callable[[str], Export]:
    """Make the function that says what a link shows today to whoever asks."""
    chosen, store = settings.current(), Store(settings.store_folder())
    role, today = Role(argument["role"]), date.fromisoformat(argument["today"])

    def again(link: str) -> Export:
        view = open_view(
            store, chosen, link, today, role=role, meetings=KeptMeetings(store, chosen)
        )
        content = make_content(view)
        if content is None:
            speak(argument["language"])
            raise DeckError(_("the page of {link} is not known here", link=link[:80]))
        return Export(view, content, argument["base"] + link_to(view))

    return again
