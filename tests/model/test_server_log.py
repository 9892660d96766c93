"""What other programs in this process say: once a minute, and nothing of a reader that looks like a
line of the log.
"""

import io
import logging

import pytest

from dashboard.model import server_log
from dashboard.model.server_log import (
    MAX_TEXT_LENGTH,
    MAX_TRACEBACK_LINES,
    THROTTLE_SECONDS,
    ThrottleFilter,
)

FORGED = "one\n2026-11-28 dashboard: forged\r\u2028\x85\x1b[31mred"


class Program:
    """A program that says something, and what of it is in the log."""

    def __init__(self):
        self.log = io.StringIO()
        handler = logging.StreamHandler(self.log)
        handler.addFilter(ThrottleFilter())
        self.logger = logging.getLogger("of a test")
        self.logger.handlers.clear()
        self.logger.propagate = False
        self.logger.addHandler(handler)

    def says(self, text, *args):
        self.logger.warning(text, *args)

    def fails(self, error):
        def raises():
            raise error

        try:
            raises()
        except (ValueError, KeyError):
            self.logger.exception("It failed")

    @property
    def lines(self):
        return self.log.getvalue().splitlines()


@pytest.fixture
def program():
    return Program()


@pytest.fixture
def later(monkeypatch):
    """Lets time pass."""
    clock = [0.0]
    monkeypatch.setattr(server_log.time, "monotonic", lambda: clock[0])
    return lambda seconds: clock.__setitem__(0, clock[0] + seconds)


def test_what_a_reader_sends_again_and_again_is_one_line_a_minute_that_says_how_often(
    program, later
):
    for number in range(300):
        program.says("No such fragment: %s", number)
    assert program.lines == ["No such fragment: 0"]
    later(THROTTLE_SECONDS)
    program.says("No such fragment: %s", "x")
    assert program.lines[1:] == ["No such fragment: x (and 299 more like it)"]


def test_another_fault_is_heard_although_the_same_line_says_it(program, later):
    for error in [ValueError("a"), KeyError("b"), ValueError("c")] * 100:
        program.fails(error)
    assert len([line for line in program.lines if line == "It failed"]) == 2


def test_nothing_in_a_text_of_a_reader_is_a_line_of_the_log(program, later):
    program.says("No such fragment: %s", FORGED)
    assert program.lines == [
        r"No such fragment: one\n2026-11-28 dashboard: forged\r\u2028\x85\x1b[31mred"
    ]
    program.fails(ValueError(FORGED))
    assert program.lines[1] == "It failed"
    assert all(line.startswith("  | ") and line.isprintable() for line in program.lines[2:])
    assert "  | 2026-11-28 dashboard: forged" in program.lines


def test_a_text_has_an_end_and_a_percent_sign_is_one(program, later):
    program.says("%s", "x%s" * 10_000_000)
    assert len(program.lines[0]) < MAX_TEXT_LENGTH + 5
    program.fails(ValueError("x\n" * 100_000))
    assert len(program.lines) == 2 + MAX_TRACEBACK_LINES


def test_what_is_remembered_is_bounded(later):
    quiet = ThrottleFilter()
    for number in range(server_log.MAX_SOURCES * 3):
        quiet.filter(logging.LogRecord("streamlit", 30, "x.py", number, "text", (), None))
    assert len(quiet._sources) <= server_log.MAX_SOURCES + 1


def test_a_line_of_the_log_of_accesses_has_the_path_without_the_query():
    record = logging.LogRecord(
        "uvicorn.access",
        logging.INFO,
        __file__,
        1,
        '%s - "%s %s HTTP/%s" %d',
        ("127.0.0.1:1", "GET", "/api/ask?q=what+somebody+asked", "1.1", 200),
        None,
    )
    assert ThrottleFilter().filter(record)
    assert record.getMessage() == '127.0.0.1:1 - "GET /api/ask HTTP/1.1" 200'
