"""Speaker notes: what the numbers on a slide count, which data they are of, and the full link. They
stand between two lines, so that what a speaker writes above and beneath is kept when slides are
renewed.
"""

from collections.abc import Sequence
from typing import Any

from dashboard.export.pptx.markers import find_link
from dashboard.export.view_export import Export, Number, clean

FIRST_LINE = "— From the dashboard; renewed with the slides. Write above or below these lines. —"
LINK_PREFIXES = ("Short link: ", "Link: ")
DATA_PREFIX = "Data: "
LAST_LINE = "— End of what comes from the dashboard. —"
"""These lines are known again when notes are refreshed: part of the file format, never translated."""


def compose_notes(shown: Export, numbers: Sequence[Number], more: Sequence[str] = ()) -> str:
    """Compose the notes of a slide."""
    defined = [define(number) for number in numbers]
    stand = f"{'; '.join((*shown.warnings, *shown.stand()))}. {shown.programme}."
    short = [f"{LINK_PREFIXES[0]}{shown.short}"] if shown.short else []
    parts = [
        FIRST_LINE,
        *more,
        *defined,
        f"{DATA_PREFIX}{stand}",
        *short,
        f"{LINK_PREFIXES[1]}{shown.address}",
        LAST_LINE,
    ]
    return "\n".join(clean(part) for part in parts if part)


def define(number: Number) -> str:
    """Say a number with its definition."""
    m = number.metric
    target = f" {number.target}." if number.target else ""
    return (
        f"{m.label}: {number.words}.{target} Counted: {m.counted} Not counted: {m.not_counted}"
        f" Formula: {m.formula} Belongs to: {m.calendar}."
    )


def write_notes(slide: Any, said: str) -> None:
    """Put notes on a new slide."""
    frame = slide.notes_slide.notes_text_frame
    if frame is not None:
        frame.text = said


def split_notes(whole: str) -> tuple[str, str, str] | None:
    """Split off what stands above our part of the notes, our part, and what stands beneath; None
    where ours is gone.
    """
    start, end = whole.find(FIRST_LINE), whole.find(LAST_LINE)
    if start < 0 or end < start:
        return None
    return whole[:start], whole[start : end + len(LAST_LINE)], whole[end + len(LAST_LINE) :]


def find_link_in_notes(whole: str) -> str:
    """Find the link that our part of the notes names, without host; empty where there is none."""
    found = split_notes(whole)
    lines = [
        line
        for line in (found[1].splitlines() if found else ())
        if line.startswith(LINK_PREFIXES[1])
    ]
    return find_link(lines[-1]) if lines else ""
