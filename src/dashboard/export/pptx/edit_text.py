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

WORDS = re.compile(r"\S+\s*|\s+")
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


def transfer_paragraphs(olds: Sequence[Any], news: Sequence[Any]) -> None:
    """Give paragraphs the words of others; one whose words stay keeps its form."""
    was, now = (list(map(read_paragraph, some)) for some in (olds, news))
    elements = align_elements([one._p for one in olds], was, now)
    for element, new in zip(elements, news, strict=True):
        transfer_words(type(olds[0])(element, olds[0]._parent), new)


def shrink_letters(olds: Sequence[Any], news: Sequence[Any]) -> None:
    """Make the letters of longer words no larger than those of the fresh slide, where these fit."""
    sizes = [run.font.size for paragraph in news for run in paragraph.runs if run.font.size]
    for run in (run for paragraph in olds for run in paragraph.runs):
        if sizes and (run.font.size is None or run.font.size > max(sizes)):
            run.font.size = max(sizes)


def transfer_words(old: Any, new: Any) -> None:
    """Give a paragraph the words of another: each in the form of the run in its place, where there
    are as many; else word by word.
    """
    if read_paragraph(old) == read_paragraph(new):
        return
    if len(old.runs) != len(new.runs):
        _put_runs(old, _choose_forms(old.runs, new.runs))
        return
    for run, wanted in zip(old.runs, new.runs, strict=True):
        if run.text != wanted.text:
            run.text = wanted.text
            if address := wanted.hyperlink.address:
                run.hyperlink.address = address


def _choose_forms(olds: Sequence[Any], news: Sequence[Any]) -> list[tuple[str, Any, str]]:
    """Choose for each new word the run whose form it takes: its own before, or of the word in its
    place, if that is as strong, or of any that is as strong; else the form that it has in `news`.
    With the address to which it leads.
    """
    was, now = (
        [(word, r) for r in some for word in WORDS.findall(r.text)] for some in (olds, news)
    )
    strong = {bool(run.font.bold): run for run in reversed(olds)}
    matcher = SequenceMatcher(None, [w for w, _ in was], [w for w, _ in now], autojunk=False)
    chosen = []
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        for j in range(j1, j2):
            word, wanted = now[j]
            form = was[max(min(i1 + j - j1, i2 - 1), 0)][1] if was else wanted
            if what != "equal" and bool(form.font.bold) != bool(wanted.font.bold):
                form = strong.get(bool(wanted.font.bold), wanted)
            chosen.append((word, form, wanted.hyperlink.address or ""))
    return chosen


def _put_runs(paragraph: Any, chosen: Sequence[tuple[str, Any, str]]) -> None:
    """Put words in place of those of a paragraph; neighbours of one form are one run."""
    spare = [run._r for run in paragraph.runs] + paragraph._p.findall(qn("a:br"))
    joined: list[tuple[str, Any, str]] = []
    for word, form, address in chosen or [("", run, "") for run in paragraph.runs[:1]]:
        if joined and joined[-1][1:] == (form, address):
            joined[-1] = (joined[-1][0] + word, form, address)
        else:
            joined.append((word, form, address))
    for text, form, address in joined:
        copy, run = deepcopy(form._r), paragraph.add_run()
        if not any(form._r is one for one in spare):
            remove_links(copy)
        run._r.getparent().replace(run._r, copy)
        run = paragraph.runs[-1]
        run.text = text
        if address:
            run.hyperlink.address = address
    for element in spare:
        element.getparent().remove(element)


def remove_links(element: Any) -> None:
    """Remove the links of an element, which name parts of its own slide."""
    for link in [one for tag in LINKS for one in element.iter(tag)]:
        link.getparent().remove(link)


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
        kept = own[: max(start - first, 0)], own[max(end - first, 0) :]
        run.text = kept[0] + ("" if placed else text) + kept[1]
        placed = True
        if not run.text and len(paragraph.runs) > 1:
            run._r.getparent().remove(run._r)
