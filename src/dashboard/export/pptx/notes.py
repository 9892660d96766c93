"""Speaker notes: what the numbers on a slide count, which data they are of, and the full link. They
stand between two lines, so that what a speaker writes above and beneath is kept when slides are
renewed.
"""

from collections.abc import Sequence
from typing import Any

from dashboard.export.pptx.markers import link_in
from dashboard.export.view_export import Number, Shown, clean

FIRST = "— From the dashboard; renewed with the slides. Write above or below these lines. —"
LINKS = ("Short link: ", "Link: ")
DATA = "Data: "
LAST = "— End of what comes from the dashboard. —"


def text(shown: Shown, numbers: Sequence[Number], more: Sequence[str] = ()) -> str:
    """Compose the notes of a slide."""
    defined = [definition(number) for number in numbers]
    stand = f"{'; '.join((*shown.warnings, *shown.stand()))}. {shown.programme}."
    short = [f"{LINKS[0]}{shown.short}"] if shown.short else []
    parts = [FIRST, *more, *defined, f"{DATA}{stand}", *short, f"{LINKS[1]}{shown.address}", LAST]
    return "\n".join(clean(part) for part in parts if part)


def definition(number: Number) -> str:
    """Say a number with its definition."""
    m = number.metric
    target = f" {number.target}." if number.target else ""
    return (
        f"{m.label}: {number.words}.{target} Counted: {m.counted} Not counted: {m.not_counted}"
        f" Formula: {m.formula} Belongs to: {m.calendar}."
    )


def put(slide: Any, said: str) -> None:
    """Put notes on a new slide."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = said


def split(whole: str) -> tuple[str, str, str] | None:
    """Split off what stands above our part of the notes, our part, and what stands beneath; None where ours
    is gone.
    """
    start, end = whole.find(FIRST), whole.find(LAST)
    if start < 0 or end < start:
        return None
    return whole[:start], whole[start : end + len(LAST)], whole[end + len(LAST) :]


def link_of(whole: str) -> str:
    """Find the link that our part of the notes names, without host; empty where there is none."""
    found = split(whole)
    lines = [line for line in (found[1].splitlines() if found else ()) if line.startswith(LINKS[1])]
    return link_in(lines[-1]) if lines else ""
