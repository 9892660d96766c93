"""The server's log: for the administrator, each message in one line, and throttled.

A reason may name a path of the server, which no reader should see; it names nobody, and nothing
that somebody searched for.

What Streamlit and uvicorn log is throttled as well (`throttle_libraries`): readers can make them log something
with every message, with their own words in it.
"""

import logging
import math
import time
import traceback
from dataclasses import dataclass

THROTTLE_SECONDS = 60
MAX_TEXT_LENGTH, MAX_TRACEBACK_LINES, MAX_SOURCES = 300, 200, 1000
THROTTLED_LIBRARIES = ("streamlit", "uvicorn", "websockets")
ACCESS_LOG = "uvicorn.access"
"""Streamlit switches it off; who switches it on gets paths."""
_last_logged: dict[str, float] = {}


def log_throttled(text: str) -> None:
    """Log a text, once a minute at most: who watches a server asks every few seconds."""
    now = time.monotonic()
    if now - _last_logged.get(text, -math.inf) >= THROTTLE_SECONDS:
        if len(_last_logged) > 100:
            _last_logged.clear()
        _last_logged[text] = now
        log(text)


def log(text: str) -> None:
    """Log a text at once, for callers that log each change once."""
    print(f"dashboard: {text}", flush=True)


@dataclass
class _Source:
    """A line of a program that logs something: when it was logged last, and how often it was
    suppressed since.
    """

    logged_at: float = -math.inf
    suppressed: int = 0


class ThrottleFilter(logging.Filter):
    """Log each source of another program once a minute, in one line; a traceback stands below it,
    indented, so that nothing in it can be taken for a line of the log.
    """

    def __init__(self) -> None:
        super().__init__()
        self._sources: dict[tuple[object, ...], _Source] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether the record is logged. Never raises for what a reader sent."""
        if len(self._sources) > MAX_SOURCES:
            self._sources.clear()
        source = self._sources.setdefault(_identify_source(record), _Source())
        now = time.monotonic()
        if now - source.logged_at < THROTTLE_SECONDS:
            source.suppressed += 1
            return False
        _leave_out_query(record)
        more = f" (and {source.suppressed} more like it)" if source.suppressed else ""
        record.msg, record.args = escape_line(record.getMessage()) + more, ()
        if record.exc_info and record.exc_info[0]:
            lines = "".join(traceback.format_exception(*record.exc_info)).splitlines()
            record.exc_text = "\n".join(
                f"  | {escape_line(line)}" for line in lines[-MAX_TRACEBACK_LINES:]
            )
        source.logged_at, source.suppressed = now, 0
        return True


THROTTLE = ThrottleFilter()


def escape_line(text: str) -> str:
    """Make a text of somebody else a part of a line: what is not printable is escaped, and it is
    cut off.
    """
    shown = text if len(text) <= MAX_TEXT_LENGTH else f"{text[:MAX_TEXT_LENGTH]} …"
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in shown)


def throttle_libraries() -> None:
    """Throttle Streamlit and uvicorn: from now on they log nothing again and again, and nothing
    that looks like another line.
    """
    logging.getLogger(ACCESS_LOG)  # which uvicorn makes with the first request
    for name, logger in list(logging.root.manager.loggerDict.items()):
        if name.partition(".")[0] in THROTTLED_LIBRARIES and isinstance(logger, logging.Logger):
            logger.addFilter(THROTTLE)


def _leave_out_query(record: logging.LogRecord) -> None:
    """Leave the query out of the address in a line of uvicorn's log of accesses: filters name people, and
    a question holds what somebody wants to know.
    """
    if record.name == ACCESS_LOG and isinstance(record.args, tuple):
        record.args = tuple(
            one.partition("?")[0] if isinstance(one, str) else one for one in record.args
        )


def _identify_source(record: logging.LogRecord) -> tuple[object, ...]:
    raised, _, trace = record.exc_info or (None, None, None)
    inmost = list(traceback.walk_tb(trace))[-1:]
    return (
        record.name,
        record.lineno,
        raised,
        *((frame.f_code.co_filename, line) for frame, line in inmost),
    )
