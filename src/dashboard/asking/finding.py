"""What was found of a reading: a sentence, its number, and the named things behind it."""

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.language.messages import Words
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import METRICS, Metric
from dashboard.views.content import Line
from dashboard.views.view import View

MAX_LINES = 12
"""Named things of an answer."""


@dataclass(frozen=True)
class Things:
    """The first of the named things, and how many there are besides."""

    lines: Sequence[Line] = ()
    more: int = 0


@dataclass(frozen=True)
class Measured:
    """A number of a view. `name` is that of its metric, empty for events of a status that no metric
    counts; `metric` is by what it is counted in words.
    """

    name: str
    quantity: Quantity

    @property
    def metric(self) -> Metric:
        """The metric by which the number is said."""
        return METRICS[self.name or "events_held"]


@dataclass(frozen=True)
class Finding:
    """An answer in words: `lead` is the sentence in pieces, as headlines have it; `number` what it
    says, where one answers; `metric` what it tells of without one; `notes` are sentences that belong to
    it; `wider` other readings with their numbers, and their links.
    """

    lead: Words
    number: Measured | None = None
    things: Things = Things()
    notes: Sequence[str] = ()
    wider: Sequence[tuple[str, str]] = ()
    metric: str = ""


def cut_lines(lines: Sequence[Line], total: int | None = None) -> Things:
    """Keep as many lines as an answer names; `total` is how many there are."""
    shown = lines[:MAX_LINES]
    return Things(shown, (len(lines) if total is None else total) - len(shown))


def measure(view: View, name: str) -> Measured:
    """Read a number of a view by the name of its metric; an empty name counts the events of the
    chosen statuses.
    """
    if name:
        return Measured(name, view.number(name))
    events = sum(view.statuses().values())
    return Measured("", Quantity(events, exact=events))
