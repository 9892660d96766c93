"""Puts new words into the runs of a text without touching how they look: what somebody made bold or
red stays so.
"""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any

from docx.oxml.ns import qn

from dashboard.export.shown_values import ShownValue, find_wording
from dashboard.model.quantity import format_number
from dashboard.text.messages import Words

PIECES = re.compile(r"\w+|\s|[^\w\s]")
ALIKE = 0.5
"""How alike two texts are that differ here and there; others are replaced as a whole."""


def join(runs: Iterable[Any]) -> str:
    """Join the texts of runs."""
    return "".join(run.text for run in runs)


def rewrite(runs: Sequence[Any], words: Words) -> None:
    """Set new words for a text: where they differ here and there, only there."""
    was, now = (PIECES.findall(text) for text in (join(runs), "".join(t for t, _ in words)))
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    if matcher.ratio() < ALIKE:
        replace_all(runs, words)
        return
    for what, i1, i2, j1, j2 in reversed(matcher.get_opcodes()):
        if what != "equal":
            start = len("".join(was[:i1]))
            _replace_span(runs, start, start + len("".join(was[i1:i2])), "".join(now[j1:j2]))


def replace_all(runs: Sequence[Any], words: Words) -> None:
    """Replace runs by copies of those that are as strong, with other words."""
    patterns = {_is_strong(run): run for run in reversed(runs)}
    for text, strong in (words or (("", False),)) if runs else ():
        copy = deepcopy(patterns.get(strong, runs[0]))
        copy.text = text
        if strong and strong not in patterns:
            copy.get_or_add_rPr().get_or_add_b().val = True
        runs[0].addprevious(copy)
    for run in runs:
        run.getparent().remove(run)


def _is_strong(run: Any) -> bool:
    """Return whether a run is bold by itself."""
    bold = run.find(f"{qn('w:rPr')}/{qn('w:b')}")
    return bold is not None and bool(bold.val)


def _replace_span(runs: Sequence[Any], start: int, end: int, text: str) -> None:
    """Replace some characters by other words, which take the form of the first of these; put in
    between, that of the character before.
    """
    at, left_to_place = 0, text
    for run in runs:
        own, first = run.text, at
        at += len(own)
        holds = first <= start < at if end > start else first < start <= at or first == start == 0
        if holds or (first < end and at > start):
            said = left_to_place if holds else ""
            run.text = own[: max(start - first, 0)] + said + own[max(end - first, 0) :]
            left_to_place = "" if holds else left_to_place


def put_value(runs: Sequence[Any], old: ShownValue, new: ShownValue) -> bool:
    """Put a value in the place of another one, with its qualifier where that is there or changed;
    returns whether a text said the old one.
    """
    was, now = (f"{one.qualifier} {one.words}".strip() for one in (old, new))
    same = old.qualifier == new.qualifier  # somebody says it in words of their own
    numbers = format_number(old.value), format_number(new.value)
    for before, after in ((was, now), (old.words, new.words if same else now), numbers):
        place = find_wording(join(runs), before)
        if place is not None:
            _replace_span(runs, place, place + len(before), after)
            return True
    return False
