"""The guard against formulas: put before texts of a file that a spreadsheet opens, and taken off when it comes back.

A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection). One that begins
with an apostrophe before such a start gets another, so that what comes back is always what went out.
"""

import re
from typing import Any

STARTS = "=+-@\t\r"
"""What a spreadsheet takes for the start of a formula."""
GUARD = "'"
_FORMULA = re.compile(rf"{GUARD}*[{re.escape(STARTS)}]")
_GUARDED = re.compile(rf"{GUARD}+[{re.escape(STARTS)}]")


def starts_formula(text: str) -> bool:
    """Whether a spreadsheet would take the text for a formula."""
    return text[:1] in STARTS if text else False


def guarded(value: Any) -> Any:
    """A value for a file in which text that starts like a formula is one, such as CSV."""
    return f"{GUARD}{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def kept_apart(text: str) -> str:
    """A text for a file in which a text is never a formula, such as a workbook: only what looks guarded gets a guard, so
    that unguarded() gives it back."""
    return f"{GUARD}{text}" if _GUARDED.match(text) else text


def unguarded(text: str) -> str:
    """The text without the guard, where it has one."""
    return text.removeprefix(GUARD) if _GUARDED.match(text) else text
