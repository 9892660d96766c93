"""How long a browser takes from the request of a page to the session that shows it.

Nothing is asked of the browser for that, and nothing is kept of it but a time and how it names
itself, for seconds.
"""

import threading
import time
from collections import deque

EXPIRY_SECONDS = 10.0
"""Seconds: whoever has no session by then has no script, or waits for the network."""
MAX_PENDING_LOADS = 1000


class PageLoads:
    """Pages that were sent and whose session has not begun. Of several readers with the same
    browser and page the first to ask is taken for the first to come.
    """

    def __init__(self) -> None:
        self._sent: deque[tuple[str, str, float]] = deque(maxlen=MAX_PENDING_LOADS)
        self._lock = threading.Lock()

    def sent(self, page: str, browser: str) -> None:
        """Record that the page goes to a browser now."""
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            self._sent.append((page, browser, now))

    def took(self, page: str, browser: str) -> float | None:
        """Return the seconds since the page was sent to the browser whose session begins now; None
        where that is not known.
        """
        now = time.monotonic()
        with self._lock:
            self._forget(now)
            for one in self._sent:
                if one[:2] == (page, browser):
                    self._sent.remove(one)
                    return now - one[2]
        return None

    def _forget(self, now: float) -> None:
        while self._sent and now - self._sent[0][2] > EXPIRY_SECONDS:
            self._sent.popleft()


PAGE_LOADS = PageLoads()
