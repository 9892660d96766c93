"""Puts new words into the runs of a text without touching how they look: what somebody made bold or
red stays so.
"""

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Any

from dashboard.export.shown_values import ShownValue, find_wording
from dashboard.language.messages import Words
from dashboard.language.numbers import format_number
from dashboard.model.quantity import qualify

PIECES = re.compile(r"\w+|\s|[^\w\s]")


def join(runs: Iterable[Any]) -> str:
    """Join the texts of runs."""
    return "".join(run.text for run in runs)


def rewrite(runs: Sequence[Any], words: Words) -> None:
    """Set new words for a text: each in the form of the run in its place, where there are as many;
    else only where they differ.
    """
    texts = [text for text, _strong in words] or [""]
    if len(runs) == len(texts):
        for run, text in zip(runs, texts, strict=True):
            run.text = text
        return
    was, now = PIECES.findall(join(runs)), PIECES.findall("".join(texts))
    changes = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    for what, i1, i2, j1, j2 in reversed(changes):
        if what != "equal":
            start = len("".join(was[:i1]))
            _replace_span(runs, start, start + len("".join(was[i1:i2])), "".join(now[j1:j2]))


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
    was, now = (qualify(one.kind, one.words) for one in (old, new))
    same = old.qualifier == new.qualifier  # somebody says it in words of their own
    numbers = format_number(old.value), format_number(new.value)
    for before, after in ((was, now), (old.words, new.words if same else now), numbers):
        place = find_wording(join(runs), before)
        if place is not None:
            _replace_span(runs, place, place + len(before), after)
            return True
    return False
