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
from dashboard.export.view_export import Export
from dashboard.export.word.opening import is_document
from dashboard.export.word.refresh_document import refresh_document
from dashboard.intake import limits
from dashboard.intake.limits import DOCUMENT, PRESENTATION, UnreadableFile
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.query import engine
from dashboard.store import Store, StoreError
from dashboard.views.content.pages import make_content
from dashboard.views.view import open_view

PLACES = ("DASHBOARD_HOME", "DASHBOARD_STORE", "DASHBOARD_SHARES")
"""All of the server's environment that the process is told: where settings, records and short links
are.
"""


@dataclass(frozen=True)
class RefreshRequest:
    """Who renews slides: their role, where they reach the dashboard, and which day it is there."""

    role: Role
    base: str
    today: date


def refresh_in_isolation(data: bytes, asker: RefreshRequest, *, root: str = "") -> Refreshed:
    """Renew a .pptx or .docx from what its links show somebody, in the store of the settings or in another.
    Raises DeckError for a file that cannot be read, takes too much, or holds nothing of this
    dashboard.
    """
    sort = DOCUMENT if is_document(data) else PRESENTATION
    try:
        limits.check_archive(data, sort)
        found = limits.run_isolated("refresh", data, _tell_process(asker, root), sort=sort)
    except UnreadableFile as fault:
        said = (
            f"the file cannot be read: {fault.message}. {fault.hint}"
            if fault.hint
            else fault.message
        )
        raise DeckError(said) from None
    return _unpack(found, data)


def _tell_process(asker: RefreshRequest, root: str) -> dict[str, Any]:
    """Make the argument of the limited process: who asks, and where everything is."""
    places = {name: os.environ[name] for name in PLACES if name in os.environ}
    return {
        "role": int(asker.role),
        "base": asker.base,
        "today": asker.today.isoformat(),
        "places": places | ({"DASHBOARD_STORE": root} if root else {}),
    }


def _pack(done: Refreshed, data: bytes) -> bytes:
    """Pack what was renewed: the length of what is to be said, that in JSON, and the slides where
    they changed.
    """
    renewed = done.deck is not data
    message = {
        "changed": [list(one) for one in done.changed],
        "left": [list(one) for one in done.left],
        "notices": list(done.notices),
        "renewed": renewed,
    }
    head = orjson.dumps(message)
    return len(head).to_bytes(8, "big") + head + (done.deck if renewed else b"")


def _unpack(found: bytes, data: bytes) -> Refreshed:
    size = int.from_bytes(found[:8], "big")
    head = orjson.loads(found[8 : 8 + size])
    changed, left = (
        [Changed(*one) for one in head["changed"]],
        [LeftToPeople(*one) for one in head["left"]],
    )
    return Refreshed(found[8 + size :] if head["renewed"] else data, changed, left, head["notices"])


def work(data: bytes, argument: dict[str, Any]) -> bytes:
    """Renew the slides or the document and give them with what there is to say: what the limited process does.
    Raises UnreadableFile.
    """
    os.environ.update(argument["places"])
    engine.force_duckdb()
    try:
        renew = refresh_document if is_document(data) else refresh
        return _pack(renew(data, _ask_store(argument)), data)
    except (DeckError, StoreError) as fault:
        raise UnreadableFile(str(fault), "") from None


def _ask_store(argument: dict[str, Any]) -> Callable[[str], Export]:
    """Make the function that says what a link shows today to whoever asks."""
    chosen, store = settings.current(), Store(settings.store_folder())
    role, today = Role(argument["role"]), date.fromisoformat(argument["today"])

    def again(link: str) -> Export:
        view = open_view(store, chosen, link, today, role=role)
        content = make_content(view)
        if content is None:
            raise DeckError(f"the page of {link[:80]} is not known here")
        return Export(view, content, argument["base"] + view.link())

    return again
