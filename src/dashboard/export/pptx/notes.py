"""Speaker notes: what the numbers on a slide count, which data they are of, and the full link. They
stand between two lines, so that what a speaker writes above and beneath is kept when slides are
renewed.
"""

from collections.abc import Iterable, Sequence
from typing import Any

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


def is_of_data(line: str) -> bool:
    """Return whether a line of ours says which data the slide is of."""
    return line.startswith(DATA_PREFIX)


def read_links(lines: Iterable[str]) -> dict[str, str]:
    """Read the short and the full link from our part of the notes."""
    names = dict(zip(LINK_PREFIXES, ("short", "address"), strict=True))
    return {
        name: line.removeprefix(prefix)
        for line in lines
        for prefix, name in names.items()
        if line.startswith(prefix)
    }
