"""What the server says in its log: for the administrator, in one line, and not again and again.

A reason may name a path of the server, which no reader should see; it names nobody, and nothing that somebody searched for.
"""

import math
import time

QUIET_SECONDS = 60
_said: dict[str, float] = {}


def say(text: str) -> None:
    """Print a text, once a minute at most: who watches a server asks every few seconds."""
    now = time.monotonic()
    if now - _said.get(text, -math.inf) >= QUIET_SECONDS:
        if len(_said) > 100:
            _said.clear()
        _said[text] = now
        tell(text)


def tell(text: str) -> None:
    """Print a text, for who says it once for each change."""
    print(f"dashboard: {text}", flush=True)
