"""Speaker notes: what the numbers on a slide count, which data they are of, and the full link. They
stand between two lines: what a speaker writes around them is kept when slides are renewed.
"""

from collections.abc import Iterable, Sequence

from dashboard.export.view_export import Export, Number, clean

FIRST_LINE = "— From the dashboard; renewed with the slides. Write above or below these lines. —"
LINK_PREFIXES = {"short": "Short link: ", "address": "Link: "}
DATA_PREFIX = "Data: "
LAST_LINE = "— End of what comes from the dashboard. —"
"""These lines are known again when notes are refreshed: part of the file format, never translated."""


def compose_notes(shown: Export, sentence: str, numbers: Sequence[Number]) -> str:
    """Compose the notes of a slide."""
    stand = f"{'; '.join((*shown.warnings, *shown.stand()))}. {shown.programme}."
    links = [f"{prefix}{getattr(shown, name)}" for name, prefix in LINK_PREFIXES.items()]
    lines = [FIRST_LINE, sentence, *map(define, numbers), f"{DATA_PREFIX}{stand}"]
    return "\n".join(map(clean, [*lines, *links[not shown.short :], LAST_LINE]))


def define(number: Number) -> str:
    """Say a number with its definition."""
    m = number.metric
    target = f" {number.target}." if number.target else ""
    return (
        f"{m.label}: {number.words}.{target} Counted: {m.counted} Not counted: {m.not_counted}"
        f" Formula: {m.formula} Belongs to: {m.calendar}."
    )


def is_of_data(line: str) -> bool:
    """Return whether a line of ours says which data the slide is of."""
    return line.startswith(DATA_PREFIX)


def read_links(lines: Iterable[str]) -> dict[str, str]:
    """Read the short and the full link from our part of the notes."""
    return {
        name: line.removeprefix(prefix)
        for line in lines
        for name, prefix in LINK_PREFIXES.items()
        if line.startswith(prefix)
    }
