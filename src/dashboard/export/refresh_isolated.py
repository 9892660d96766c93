"""Slides of somebody are renewed in the limited process: a deck of strangers is never opened in the
server itself.
"""

import os
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson

from dashboard.export import share_links
from dashboard.export.refresh_deck import Changed, DeckError, Left, Refreshed, refresh
from dashboard.export.view_export import Shown
from dashboard.intake import limits
from dashboard.intake.limits import PRESENTATION, Unreadable
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.query import engine
from dashboard.shares import Shelf
from dashboard.store import Store, StoreError
from dashboard.views.content.pages import content_of
from dashboard.views.view import from_link

PLACES = ("DASHBOARD_HOME", "DASHBOARD_STORE", "DASHBOARD_SHARES")
"""All of the server's environment that the process is told: where settings, records and short links
are.
"""


@dataclass(frozen=True)
class Asker:
    """Who renews slides: their role, where they reach the dashboard, and which day it is there."""

    role: Role
    base: str
    today: date


def refresh_apart(data: bytes, asker: Asker, *, root: str = "") -> Refreshed:
    """Renew a .pptx from what its links show somebody, in the store of the settings or in another.
    Raises DeckError for a file that cannot be read, takes too much, or holds no slide of this
    dashboard.
    """
    argument = {
        "role": int(asker.role),
        "base": asker.base,
        "today": asker.today.isoformat(),
        "places": (
            {name: os.environ[name] for name in PLACES if name in os.environ}
            | ({"DASHBOARD_STORE": root} if root else {})
        ),
    }
    try:
        limits.look_inside(data, PRESENTATION)
        found = limits.run("refresh", data, argument, sort=PRESENTATION)
    except Unreadable as fault:
        said = (
            f"the file cannot be read: {fault.message}. {fault.hint}"
            if fault.hint
            else fault.message
        )
        raise DeckError(said) from None
    size = int.from_bytes(found[:8], "big")
    told = orjson.loads(found[8 : 8 + size])
    changed, left = [Changed(*one) for one in told["changed"]], [Left(*one) for one in told["left"]]
    return Refreshed(found[8 + size :] if told["renewed"] else data, changed, left, told["notices"])


def work(data: bytes, argument: dict[str, Any]) -> bytes:
    """What the limited process does: it renews the slides, and gives them with what it has to say.
    Raises Unreadable.
    """
    os.environ.update(argument["places"])
    engine.answer_here()
    chosen, store = settings.current(), Store(settings.store_folder())
    shares, role, today = (
        Shelf(settings.shares_file()),
        Role(argument["role"]),
        date.fromisoformat(argument["today"]),
    )

    def again(link: str) -> Shown:
        view = from_link(store, chosen, link, today, role=role)
        content = content_of(view)
        if content is None:
            raise DeckError(f"the page of {link[:80]} is not known here")
        return Shown(view, content, *share_links.of_file(view, argument["base"], shares))

    try:
        done = refresh(data, again)
    except (DeckError, StoreError) as fault:
        raise Unreadable(str(fault), "") from None
    renewed = done.deck is not data
    changed, left = [list(one) for one in done.changed], [list(one) for one in done.left]
    told = orjson.dumps(
        {"changed": changed, "left": left, "notices": list(done.notices), "renewed": renewed}
    )
    return len(told).to_bytes(8, "big") + told + (done.deck if renewed else b"")
