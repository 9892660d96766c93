"""Puts new words into texts of a presentation without touching how they look: what somebody made
bold or red stays so.
"""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pptx.oxml.ns import qn

from dashboard.export.view_export import clean

Pieces = Sequence[tuple[str, bool]]
"""A text in pieces, and whether each is strong."""


def read_paragraph(paragraph: Any) -> str:
    """Join the runs of a paragraph."""
    return "".join(run.text for run in paragraph.runs)


def read_text(frame: Any) -> str:
    """Join the paragraphs of a text."""
    return "\n".join(read_paragraph(paragraph) for paragraph in frame.paragraphs)


def set_pieces(paragraph: Any, pieces: Pieces) -> None:
    """Set new words for a paragraph: each piece in the form of the run in its place, or of one that
    is as strong.
    """
    runs = list(paragraph.runs)
    wanted = [(clean(text).replace("\n", " "), strong) for text, strong in pieces if text]
    if len(runs) == len(wanted):
        for run, (text, _) in zip(runs, wanted, strict=True):
            if run.text != text:
                run.text = text
    elif runs:
        _replace_runs(runs, wanted)
    else:
        for text, strong in wanted:
            run = paragraph.add_run()
            run.text, run.font.bold = text, strong or None


def _replace_runs(runs: Sequence[Any], wanted: Pieces) -> None:
    """Replace runs by copies of those that are as strong, with other words."""
    patterns = {bool(run.font.bold): run for run in reversed(runs)}
    for text, strong in wanted or [("", False)]:
        copy = deepcopy(patterns.get(strong, runs[0])._r)
        copy.find(qn("a:t")).text = text
        if strong not in patterns and strong:
            copy.get_or_add_rPr().set("b", "1")
        runs[0]._r.addprevious(copy)
    for run in runs:
        run._r.getparent().remove(run._r)


def set_paragraphs(frame: Any, wanted: Sequence[Pieces]) -> None:
    """Set new words for a whole text; a further paragraph looks like the last."""
    paragraphs = list(frame.paragraphs)
    for spare in paragraphs[max(len(wanted), 1) :]:
        spare._p.getparent().remove(spare._p)
    while len(paragraphs) < len(wanted):
        last = paragraphs[-1]._p
        last.addnext(deepcopy(last))
        paragraphs = list(frame.paragraphs)
    for paragraph, pieces in zip(paragraphs, wanted, strict=False):
        set_pieces(paragraph, pieces)


def set_text(frame: Any, text: str) -> None:
    """Set a plain text, a paragraph a line."""
    set_paragraphs(frame, [[(line, False)] if line else [] for line in text.split("\n")])


def replace_span(paragraph: Any, start: int, end: int, text: str) -> None:
    """Replace some characters by other words; they take the form of the first of these."""
    position, placed = 0, False
    for run in list(paragraph.runs):
        own, first, last = run.text, position, position + len(run.text)
        position = last
        if (last <= start and not (last == start == end)) or (
            first >= end and (placed or first > end)
        ):
            continue
        left, right = own[: max(start - first, 0)], own[max(end - first, 0) :]
        changed = left + ("" if placed else text) + right
        placed = True
        if changed != own:
            run.text = changed


def find_run(paragraph: Any, position: int) -> tuple[Any, int] | None:
    """Find the run that holds a character, and the place of its own first character."""
    start = 0
    for run in paragraph.runs:
        if start <= position < start + len(run.text):
            return run, start
        start += len(run.text)
    return None


def drop_empty_runs(paragraph: Any) -> None:
    """Remove runs without text, as long as one is left to keep the form."""
    for run in list(paragraph.runs):
        if not run.text and len(paragraph.runs) > 1:
            run._r.getparent().remove(run._r)
