"""Numbers of things as people write them: counted nouns, and how many there are of each status."""

from collections.abc import Mapping

from dashboard.model.statuses import STATUSES
from dashboard.text.messages import _, ngettext


def format_count(number: int, one: str, many: str | None = None) -> str:
    """Write how many there are of something: 1 event; 1,234 events; no events.

    `one` is the noun, `many` its plural where that is not `one` and an s.
    """
    plural = many or f"{one}s"
    none, singular, plural = f"no {plural}", f"{{n:,}} {one}", f"{{n:,}} {plural}"
    return ngettext(singular, plural, number) if number else _(none)


def format_status_counts(counts: Mapping[str, int], one: str = "", many: str | None = None) -> str:
    """Write how many things there are of each status, the held ones first: "350 events held · 37
    planned · 5 cancelled"; without the noun where none is given, and of things without a word for
    their status only how many: "11 projects · 1 planned".
    """
    order = [status for status in ("", *STATUSES) if status in counts]
    order += sorted(set(counts) - {"", *STATUSES})
    parts = [(counts[status], status.replace("-", " ")) for status in order if counts[status]]
    if not parts:
        return format_count(0, one, many)
    (first, status), rest = parts[0], parts[1:]
    things = format_count(first, one, many) if one else f"{first:,}"
    others = [f"{number:,} {word}" for number, word in rest]
    return " · ".join([f"{things} {status}".strip(), *others])
