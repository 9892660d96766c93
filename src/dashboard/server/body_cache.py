"""A cache of the bodies of answers: each is made once for all who ask the same, and old ones make
room.

Whoever comes while one is being made waits for it, in a thread: see responses.CONCURRENT_ANSWERS.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MAX_CACHE_BYTES = 64 * 1024 * 1024
"""Bytes that all bodies together take at most. The longest answers have some fifteen million."""
MAX_BODY_BYTES = MAX_CACHE_BYTES // 4
"""A body that takes more is not kept: it would push out too many others."""


@dataclass(frozen=True)
class Body:
    """What is sent, its media type, and headers that depend on it."""

    data: bytes
    media_type: str
    headers: Mapping[str, str] = field(default_factory=dict)


class BodyCache:
    """Bodies by a key that names all that they depend on; of those that do not fit in `room` bytes,
    the ones that were asked for last stay.
    """

    def __init__(self, room: int = MAX_CACHE_BYTES, largest: int = MAX_BODY_BYTES) -> None:
        self.room, self.largest, self.held = room, largest, 0
        self._bodies: OrderedDict[str, Body] = OrderedDict()
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, key: str, make: Callable[[], Body]) -> Body:
        """Return the body of that key, made where it is not there. What `make` raises is raised,
        and nothing is kept.
        """
        with self._lock:
            if found := self._found(key):
                return found
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                if found := self._found(key):
                    return found
            try:
                made = make()
                self._keep(key, made)
            finally:
                with self._lock:
                    self._making.pop(key, None)
        return made

    def _found(self, key: str) -> Body | None:
        if key in self._bodies:
            self._bodies.move_to_end(key)
        return self._bodies.get(key)

    def _keep(self, key: str, made: Body) -> None:
        if len(made.data) > self.largest:
            return
        with self._lock:
            self._bodies[key] = made
            self.held += len(made.data)
            while self.held > self.room:
                self.held -= len(self._bodies.popitem(last=False)[1].data)
