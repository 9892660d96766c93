"""What the server says in its log: for the administrator, in one line, and not again and again.

A reason may name a path of the server, which no reader should see; it names nobody, and nothing
that somebody searched for.

What Streamlit and uvicorn say is held to the same (`quieten`): readers can have them say something
with every message, and have their own words in it.
"""

import logging
import math
import time
import traceback
from dataclasses import dataclass

QUIET_SECONDS = 60
LONGEST, MOST_LINES, MOST_PLACES = 300, 200, 1000
OTHERS = ("streamlit", "uvicorn", "websockets")
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


@dataclass
class _Place:
    """A line of a program that says something: when it was heard last, and how often it was not
    since.
    """

    heard: float = -math.inf
    unheard: int = 0


class Quiet(logging.Filter):
    """Each place of another program is heard once a minute, in one line; a traceback stands below
    it, indented, so that nothing in it can be taken for a line of the log.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[tuple[object, ...], _Place] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the record is heard. Never raises for what a reader sent."""
        if len(self._places) > MOST_PLACES:
            self._places.clear()
        place = self._places.setdefault(_said_at(record), _Place())
        now = time.monotonic()
        if now - place.heard < QUIET_SECONDS:
            place.unheard += 1
            return False
        more = f" (and {place.unheard} more like it)" if place.unheard else ""
        record.msg, record.args = in_one_line(record.getMessage()) + more, ()
        if record.exc_info and record.exc_info[0]:
            lines = "".join(traceback.format_exception(*record.exc_info)).splitlines()
            record.exc_text = "\n".join(f"  | {in_one_line(line)}" for line in lines[-MOST_LINES:])
        place.heard, place.unheard = now, 0
        return True


QUIET = Quiet()


def in_one_line(text: str) -> str:
    """A text of somebody else as a part of a line: what is not to be printed is written out, and it
    has an end.
    """
    shown = text if len(text) <= LONGEST else f"{text[:LONGEST]} …"
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in shown)


def quieten() -> None:
    """From now on Streamlit and uvicorn say nothing again and again, and nothing that looks like
    another line.
    """
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if name.partition(".")[0] in OTHERS and isinstance(logger, logging.Logger):
            logger.addFilter(QUIET)


def _said_at(record: logging.LogRecord) -> tuple[object, ...]:
    raised, _, trace = record.exc_info or (None, None, None)
    inmost = list(traceback.walk_tb(trace))[-1:]
    return (
        record.name,
        record.lineno,
        raised,
        *((frame.f_code.co_filename, line) for frame, line in inmost),
    )
