"""Why an event has more or fewer contributions than before, one by one: a talk that was added is another
matter than a role that was corrected beside it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from dashboard.model.filters import Filters
from dashboard.publishing.since.differing import Differing
from dashboard.publishing.since.sorts import Row, Sort
from dashboard.query.metrics import Metric

COUNTED_BY = "contribution_count_rows"
"""The question that gives the contributions behind a number, those of an event together."""


class Piece(NamedTuple):
    """A part of what an event counts more or less: why, and by how many. `removed`: they are not recorded
    any more.
    """

    sort: Sort
    effect: int
    removed: bool = False


def split_contributions(
    differing: Differing, metric: Metric, event_id: str, effect: int
) -> tuple[Piece, ...]:
    """Split by how many contributions an event counts more or less; nothing where the rows that differ
    do not explain it.
    """
    if metric.records_question != COUNTED_BY:
        return ()
    found: dict[str, list[tuple[int, int]]] = {}
    for one in differing.contributions.get(event_id, ()):
        for row, step in ((one.before, -1), (one.after, 1)):
            if row:
                counts = _counts(row, metric, differing.filters)
                found.setdefault(row["person_id"], []).append((step, step * counts))
    pieces = [piece for steps in found.values() for piece in _judge(steps)]
    return tuple(pieces) if sum(piece.effect for piece in pieces) == effect else ()


def _counts(row: Row, metric: Metric, filters: Filters) -> bool:
    """Tell whether a contribution counts, of an event that does."""
    role = metric.params.get("as_role")
    return (
        role in (None, row["role"])
        and (not filters.role or row["role"] in filters.role)
        and (not filters.speaker or row["person_id"] in filters.speaker)
    )


def _judge(steps: list[tuple[int, int]]) -> Iterator[Piece]:
    """Judge what differs of one person: all of it was added, or removed; else those that are more or
    fewer, where each of them counts, and another role is a correction.
    """
    rows, effect = (sum(column) for column in zip(*steps, strict=True))
    is_one_way = abs(rows) == len(steps)
    if effect and (is_one_way or rows == effect):
        yield Piece(Sort.REGISTERED, effect) if effect > 0 else Piece(Sort.CORRECTED, effect, True)
    elif effect:
        yield Piece(Sort.CORRECTED, effect)
