"""The guard against formulas: put before texts of a file that a spreadsheet opens, and taken off
when it comes back.

A text that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, CSV injection).
One that begins with an apostrophe before such a start gets another, so that what comes back is
always what went out. What stands before the sign and is skipped, trimmed or not seen (any space,
control, mark without width) makes no difference.
"""

import re
from typing import Any

SIGNS = "=+-@|%\u2212" + "⁺⁻⁼₊₋₌⩵⩶﬩﹢﹣﹦﹪﹫％＋－＝＠｜"
"""What a spreadsheet takes for the start of a formula, a command or a number; and all that some
take for these, because their compatibility form (NFKC) is one: full-width, small, raised and
lowered signs. A test asks Unicode which they are.
"""
UNSEEN = (
    r"\s\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff"
)
BREAKS = r"\t\r\n"
"""At the beginning of a cell these too are taken for a new one."""
GUARD = "'"
_START = rf"(?:[{BREAKS}]|[{UNSEEN}]*[{re.escape(SIGNS)}])"
_RUNS, _FORMULA, _GUARDED = (
    re.compile(quotes + _START) for quotes in ("", f"{GUARD}*", f"{GUARD}+")
)


def starts_formula(text: str) -> bool:
    """Return whether a spreadsheet would take the text for a formula."""
    return _RUNS.match(text) is not None


def guard_formula(value: Any) -> Any:
    """Guard a value for a file in which text that starts like a formula is one, such as CSV."""
    return f"{GUARD}{value}" if isinstance(value, str) and _FORMULA.match(value) else value


def guard_text(text: str) -> str:
    """Guard a text for a file in which a text is never a formula, such as a workbook: only what
    looks guarded gets a guard, so that remove_guard() gives it back.
    """
    return f"{GUARD}{text}" if _GUARDED.match(text) else text


def remove_guard(text: str) -> str:
    """Remove the guard from a text, where it has one."""
    return text.removeprefix(GUARD) if _GUARDED.match(text) else text
