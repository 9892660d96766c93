"""Speaker notes: what the numbers on a slide count, which data they are of, and the full link. They
stand between two lines: what a speaker writes around them is kept when slides are renewed.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from dashboard.export.view_export import Export, Number, clean
from dashboard.language.messages import DUTCH, ENGLISH, _, current_language


class Lines(NamedTuple):
    """What the lines of our part of the notes are known by in one language: the first and the last,
    and how those begin that say the links and which data it is.
    """

    first: str
    last: str
    short: str
    address: str
    data: str


LINES: Mapping[str, Lines] = {
    ENGLISH: Lines(
        "— From the dashboard; renewed with the slides. Write above or below these lines. —",
        "— End of what comes from the dashboard. —",
        "Short link: ",
        "Link: ",
        "Data: ",
    ),
    DUTCH: Lines(
        "— Uit het dashboard; wordt met de dia’s ververst. Schrijf boven of onder deze regels. —",
        "— Einde van wat uit het dashboard komt. —",
        "Korte link: ",
        "Link: ",
        "Gegevens: ",
    ),
}
"""These lines are known again when notes are refreshed: they are part of the file format, and so no
messages, which could be said otherwise later.
"""


def compose_notes(shown: Export, sentence: str, numbers: Sequence[Number]) -> str:
    """Compose the notes of a slide."""
    ours = LINES.get(current_language(), LINES[ENGLISH])
    stand = f"{'; '.join((*shown.warnings, *shown.stand()))}. {shown.programme}."
    links = [f"{ours.short}{shown.short}"] if shown.short else []
    lines = [ours.first, sentence, *map(define, numbers), f"{ours.data}{stand}", *links]
    return "\n".join(map(clean, [*lines, f"{ours.address}{shown.address}", ours.last]))


def define(number: Number) -> str:
    """Say a number with its definition."""
    m = number.metric
    said = {
        "label": m.label,
        "number": number.words,
        "counted": m.counted,
        "not_counted": m.not_counted,
        "formula": m.formula,
        "period": m.calendar,
    }
    if number.target:
        return _(
            "{label}: {number}. {target}. Counted: {counted} Not counted: {not_counted}"
            " Formula: {formula} Belongs to: {period}.",
            target=number.target,
            **said,
        )
    return _(
        "{label}: {number}. Counted: {counted} Not counted: {not_counted} Formula: {formula}"
        " Belongs to: {period}.",
        **said,
    )


def find_ours(lines: Sequence[str]) -> slice:
    """Find our part among the lines of notes, in whichever language; an empty one where somebody took
    it away.
    """
    for ours in LINES.values():
        if ours.first in lines and ours.last in lines:
            return slice(lines.index(ours.first), lines.index(ours.last) + 1)
    return slice(0, 0)


def is_of_data(line: str) -> bool:
    """Return whether a line of ours says which data the slide is of."""
    return line.startswith(tuple(ours.data for ours in LINES.values()))


def read_links(lines: Iterable[str]) -> dict[str, str]:
    """Read the short and the full link from our part of the notes."""
    return {
        name: line.removeprefix(prefix)
        for line in lines
        for ours in LINES.values()
        for name, prefix in (("short", ours.short), ("address", ours.address))
        if line.startswith(prefix)
    }
