"""Ownership of Streamlit's sessions, and whether the page of one takes files: asked before a
session is resumed, and before a file of it is taken or removed (docs/adr/0014).

Streamlit keeps a session for two minutes after its connection has ended, and gives it to whoever
names its id.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass

from dashboard.model.roles import Identity, Person

MAX_REMEMBERED_SESSIONS = 10_000
"""Sessions that are remembered. The one that was drawn longest ago is forgotten first: it cannot be
resumed then, and nothing is lost, since a page is its address.
"""


@dataclass
class _Session:
    """`takes_files`: the page that was drawn last has a place to drop files; `drawn`: so has the
    one that is being drawn.
    """

    identity: Identity
    takes_files: bool = False
    drawn: bool = False


class Sessions:
    """The sessions of this process. Safe to use from several threads."""

    def __init__(self, most: int = MAX_REMEMBERED_SESSIONS) -> None:
        self._most = most
        self._found: OrderedDict[str, _Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin_run(self, session_id: str, person: Person) -> None:
        """Record that a page is drawn for somebody, to whom the session belongs from now on."""
        with self._lock:
            known = self._found.get(session_id)
            if known is None or known.identity != person.identity:
                self._found[session_id] = known = _Session(person.identity)
            known.drawn = False
            self._found.move_to_end(session_id)
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    def offer_upload(self, session_id: str) -> None:
        """Record that the page that is being drawn has a place to drop files."""
        with self._lock:
            if known := self._found.get(session_id):
                known.takes_files = known.drawn = True

    def end_run(self, session_id: str) -> None:
        """Record that a page has been drawn: files are taken from now on where it has a place for
        them.
        """
        with self._lock:
            if known := self._found.get(session_id):
                known.takes_files = known.drawn

    def belongs(self, session_id: str, person: Person) -> bool:
        """Return whether somebody who has a role began the session, with this sign-in and this
        role.
        """
        with self._lock:
            known = self._found.get(session_id)
            own = bool(person.role) and known is not None and known.identity == person.identity
            if own:
                self._found.move_to_end(session_id)
            return own

    def takes_files(self, session_id: str) -> bool:
        """Return whether the page of the session has a place to drop files."""
        with self._lock:
            known = self._found.get(session_id)
            return known is not None and known.takes_files


SESSIONS = Sessions()
