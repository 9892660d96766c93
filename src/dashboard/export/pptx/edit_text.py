"""Puts new words into texts of a presentation without touching how they look: what somebody made
bold or red stays so. The new words are those of a fresh slide.
"""

import re
from collections.abc import Sequence
from copy import deepcopy
from difflib import SequenceMatcher
from typing import Any

from pptx.oxml.ns import qn

from dashboard.export.shown_values import ShownValue, find_wording
from dashboard.model.quantity import SIGN

WORDS = re.compile(r"\S+|\s+")
LINKS = (qn("a:hlinkClick"), qn("a:hlinkMouseOver"))


def read_paragraph(paragraph: Any) -> str:
    """Join the runs of a paragraph."""
    return "".join(run.text for run in paragraph.runs)


def read_text(frame: Any) -> str:
    """Join the paragraphs of a text."""
    return "\n".join(map(read_paragraph, frame.paragraphs))


def align_elements(elements: Sequence[Any], was: Sequence[str], now: Sequence[str]) -> list[Any]:
    """Bring elements to as many as there are new texts: those whose text stays stay, a further one
    is a copy of that before it, spare ones go.
    """
    found: list[Any] = []
    for _, i1, i2, j1, j2 in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        kept = min(i2 - i1, j2 - j1)
        found += elements[i1 : i1 + kept]
        for spare in elements[i1 + kept : i2]:
            spare.getparent().remove(spare)
        for _ in range(j2 - j1 - kept):
            copy = deepcopy(found[-1] if found else elements[0])
            for extension in copy.findall(qn("a:extLst")):  # holds an identity
                copy.remove(extension)
            found[-1].addnext(copy) if found else elements[0].addprevious(copy)
            found.append(copy)
    return found


def transfer_paragraphs(olds: Sequence[Any], news: Sequence[Any], *, shrink: bool = False) -> None:
    """Give paragraphs the words of others; one whose words stay keeps its form. Letters may shrink to
    those of longer words.
    """
    was, now = (list(map(read_paragraph, some)) for some in (olds, news))
    elements = align_elements([one._p for one in olds], was, now)
    sizes = [run.font.size for one in news for run in one.runs if run.font.size]
    is_longer = shrink and bool(sizes) and len("".join(now)) > len("".join(was)) + 2
    for element, new in zip(elements, news, strict=True):
        paragraph = type(olds[0])(element, olds[0]._parent)
        _transfer_words(paragraph, new)
        for run in paragraph.runs if is_longer else ():
            run.font.size = min(run.font.size or max(sizes), max(sizes))


def _transfer_words(old: Any, new: Any) -> None:
    """Give a paragraph the words of another: each run those of the run in its place, where there are
    as many; with links the runs themselves; else only the words that differ.
    """
    was, now = read_paragraph(old), read_paragraph(new)
    if was == now:
        return
    if len(old.runs) == len(new.runs):
        for run, wanted in zip(old.runs, new.runs, strict=True):
            if run.text != wanted.text:
                run.text, run.hyperlink.address = wanted.text, wanted.hyperlink.address
    elif not was or any(run.hyperlink.address for run in new.runs):
        _copy_runs(old, new)
    else:
        words: list[list[str]] = [WORDS.findall(text) for text in (was, now)]
        changes = SequenceMatcher(None, words[0], words[1], autojunk=False).get_opcodes()
        for what, i1, i2, j1, j2 in reversed(changes):
            start, end = ("".join(words[0][:i]) for i in (i1, i2))
            if what != "equal":
                _replace_span(old, len(start), len(end), "".join(words[1][j1:j2]))


def _copy_runs(old: Any, new: Any) -> None:
    """Put copies of the runs of another slide in place of those of a paragraph."""
    for element in [*(run._r for run in old.runs), *old._p.findall(qn("a:br"))]:
        old._p.remove(element)
    for wanted in new.runs:
        copy, made = deepcopy(wanted._r), old.add_run()._r
        for link in [one for tag in LINKS for one in copy.iter(tag)]:
            link.getparent().remove(link)
        old._p.replace(made, copy)
        if address := wanted.hyperlink.address:
            old.runs[-1].hyperlink.address = address


def put_value(paragraph: Any, old: ShownValue, new: ShownValue, now: str) -> bool:
    """Put a value in the place of another one, with its sign or qualifier; returns whether the
    paragraph says the old one. `now` is how the new one is written.
    """
    text = read_paragraph(paragraph)
    place = find_wording(text, old.words)
    if place is None:
        return False
    value = find_wording(now, new.words) or 0
    before = text[:place].rstrip()
    signs = [one for one in (old.qualifier, SIGN.get(old.kind)) if one and before.endswith(one)]
    start = len(before) - len(signs[0]) if signs else place
    _replace_span(paragraph, place, place + len(old.words), now[value:])
    if now[:value] != text[start:place]:
        _replace_span(paragraph, start, place, now[:value])
    return True


def _replace_span(paragraph: Any, start: int, end: int, text: str) -> None:
    """Replace some characters by other words; they take the form of the first of these."""
    position, placed = 0, False
    for run in list(paragraph.runs):
        own, first, last = run.text, position, position + len(run.text)
        position = last
        if (placed and first >= end) or last < start or last == start != end:
            continue
        run.text = (
            own[: max(start - first, 0)] + ("" if placed else text) + own[max(end - first, 0) :]
        )
        placed = True
        if not run.text and len(paragraph.runs) > 1:
            run._r.getparent().remove(run._r)
