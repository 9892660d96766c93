"""Numbers of things as people write them: counted nouns, and how many there are of each status."""

from collections.abc import Mapping

from dashboard.language.messages import N_, _
from dashboard.language.nouns import count_noun, say_none
from dashboard.language.numbers import format_integer
from dashboard.model.statuses import STATUSES

WITH_STATUS: Mapping[str, str] = {
    "held": N_("{things} held"),
    "planned": N_("{things} planned"),
    "cancelled": N_("{things} cancelled"),
    "selected": N_("{things} selected"),
    "running": N_("{things} running"),
    "completed": N_("{things} completed"),
    "stopped": N_("{things} stopped"),
    "developed": N_("{things} developed"),
    "in-development": N_("{things} in development"),
}
"""How many there are of a status, in the middle of a sentence."""
STATUS_NAMES: Mapping[str, str] = {
    "held": N_("held"),
    "planned": N_("planned"),
    "cancelled": N_("cancelled"),
    "selected": N_("selected"),
    "running": N_("running"),
    "completed": N_("completed"),
    "stopped": N_("stopped"),
    "developed": N_("developed"),
    "in-development": N_("in-development"),
}
"""What a status is called in a cell of a table."""


def format_count(number: int, noun: str) -> str:
    """Write how many there are of something: 1 event; 1,234 events; no events. Raises KeyError for a
    noun that is not in NOUNS.
    """
    return count_noun(noun, number, format_integer(number)) if number else say_none(noun)


def name_status(status: str) -> str:
    """Name a status in a cell of a table: held; one of another vocabulary by its id."""
    return _(STATUS_NAMES[status]) if status in STATUS_NAMES else status


def format_status_counts(counts: Mapping[str, int], noun: str = "") -> str:
    """Write how many things there are of each status, the held ones first: "350 events held · 37
    planned · 5 cancelled"; without the noun where none is given, and of things without a word for
    their status only how many: "11 projects · 1 planned".
    """
    order = [status for status in ("", *STATUSES) if status in counts]
    order += sorted(set(counts) - {"", *STATUSES})
    parts = [(counts[status], status) for status in order if counts[status]]
    if not parts:
        return say_none(noun) if noun else format_integer(0)
    said = []
    for nr, (number, status) in enumerate(parts):
        things = format_count(number, noun) if noun and not nr else format_integer(number)
        said.append(_(WITH_STATUS[status], things=things) if status in WITH_STATUS else things)
    return " · ".join(said)
