"""What two years side by side come to: the headline of the comparison."""

from collections.abc import Iterator, Mapping, Sequence
from math import sqrt

from dashboard.charts.dumbbells import Compared
from dashboard.language.messages import N_, Words, _, emphasize, localize, ngettext
from dashboard.language.nouns import plural
from dashboard.language.numbers import format_euro
from dashboard.model.quantity import Kind, Quantity
from dashboard.query.comparison import Side
from dashboard.query.comparison_sides import Sides
from dashboard.query.metrics import METRICS
from dashboard.views.content.common import describe_selection
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.tiles import say_not_filtered
from dashboard.views.view import View

MORE: Mapping[str, tuple[str, str]] = {
    "events_held": plural("{number} more event", "{number} more events"),
    "events_organised": plural("{number} more event of its own", "{number} more events of its own"),
    "countries": plural("{number} more country", "{number} more countries"),
    "contributors": plural("{number} more contributor", "{number} more contributors"),
    "keynotes": plural("{number} more keynote", "{number} more keynotes"),
    "partners": plural("{number} more partner", "{number} more partners"),
    "trainings_held": plural("{number} more training", "{number} more trainings"),
    "training_participants": plural("{number} more person trained", "{number} more people trained"),
    "projects": plural("{number} more project", "{number} more projects"),
    "results": plural("{number} more result", "{number} more results"),
    "series": plural("{number} more series", "{number} more series"),
    "funding_received": plural("{number} more funding", "{number} more funding"),
    "funding_elsewhere": plural("{number} more for others", "{number} more for others"),
}
FEWER: Mapping[str, tuple[str, str]] = {
    "events_held": plural("{number} event fewer", "{number} fewer events"),
    "events_organised": plural(
        "{number} event of its own fewer", "{number} fewer events of its own"
    ),
    "countries": plural("{number} country fewer", "{number} fewer countries"),
    "contributors": plural("{number} contributor fewer", "{number} fewer contributors"),
    "keynotes": plural("{number} keynote fewer", "{number} fewer keynotes"),
    "partners": plural("{number} partner fewer", "{number} fewer partners"),
    "trainings_held": plural("{number} training fewer", "{number} fewer trainings"),
    "training_participants": plural(
        "{number} person trained fewer", "{number} fewer people trained"
    ),
    "projects": plural("{number} project fewer", "{number} fewer projects"),
    "results": plural("{number} result fewer", "{number} fewer results"),
    "series": plural("{number} series fewer", "{number} fewer series"),
    "funding_received": plural("{number} less funding", "{number} less funding"),
    "funding_elsewhere": plural("{number} less for others", "{number} less for others"),
}
"""A difference as a counted noun, by metric: one, and several."""


def make_lead(view: View, sides: Sequence[Sides]) -> Words:
    """Make the headline: the largest changes, and how many numbers cannot be compared."""
    lines = [make_line(view, one) for one in sides]
    if all(line.change.difference is None for line in lines):
        return choose_sentence(_say_why_nothing(sides)) or ()
    filtered = [line for line in lines if not view.filters.ignored_by(METRICS[line.metric].table)]
    return join_sentences(
        choose_sentence(_say_changes(view, sides[0], rank_changes(filtered))),
        _count_others(sum(line.change.difference is None for line in lines)),
    )


def make_line(view: View, sides: Sides) -> Compared:
    """Make the line of a metric in two years, as the chart draws it: with what it is not filtered
    by.
    """
    metric = sides.metric
    label, ignored = metric.label, say_not_filtered(metric, view.filters)
    return Compared(
        metric.name,
        _("{name} ({note})", name=label, note=ignored) if ignored else label,
        _read_number(view, sides.now),
        _read_number(view, sides.before),
        _add_whole_year(view, sides),
        money=metric.unit == "euro",
    )


def _add_whole_year(view: View, sides: Sides) -> str:
    """Say with the reason why a part of a year is not compared what all of that year comes to."""
    unsure = [side for side in (sides.now, sides.before) if side.until and side.undecided]
    if not unsure or not (sides.now.recorded and sides.before.recorded):
        return sides.reason
    year, metric = unsure[0].year, sides.metric
    whole = view.number(metric.name, view.filters.within("year", str(year)))
    return _(
        "{reason}; all of {year}: {number}",
        reason=sides.reason,
        year=year,
        number=metric.words(whole),
    )


def _read_number(view: View, side: Side) -> Quantity:
    """Read the number of a year: not known where nothing was recorded, and no zero; nor where records
    may stand before or after the day to which both are compared.
    """
    unsure = side.until and side.undecided
    known = side.recorded and side.year <= view.today.year and not unsure
    return side.quantity if known else Quantity(None, unknown=1)


def rank_changes(lines: Sequence[Compared]) -> list[Compared]:
    """Rank the numbers that changed, the most remarkable first: a difference weighs against the root
    of the larger number, as with things that are counted. Amounts come last: their scale is another.
    """
    changed = [line for line in lines if line.change.difference]  # neither zero nor refused
    return sorted(changed, key=lambda line: (line.money, -_weigh(line)))


def _weigh(line: Compared) -> float:
    larger = max(line.now.value or 0, line.before.value or 0)
    return abs(float(line.change.difference or 0)) / sqrt(float(larger))


def describe_change(line: Compared) -> str:
    """Describe a difference: 4 more events; about 40 fewer people trained; €500 more funding."""
    difference = line.change.difference or 0
    size = difference if difference > 0 else -difference
    amount = format_euro(size) if line.money else localize(f"{size:,}")
    about = line.change.kind is Kind.ABOUT
    number = _("about {number}", number=amount) if about else amount
    one, many = (MORE if difference > 0 else FEWER)[line.metric]
    return ngettext(one, many, int(size), number=number)


def _say_changes(view: View, pair: Sides, ranked: Sequence[Compared]) -> Iterator[Words | None]:
    """Say the first two changes of a year against another, or that there is none."""
    years = {"now": pair.now.called, "before": pair.before.called}
    if not ranked:
        yield emphasize(
            N_("What can be compared is **the same** in {now} as in {before}."), **years
        )
        return
    changes = [describe_change(line) for line in ranked[:2]]
    if set(view.filters.chosen) - {"year"}:
        subject = describe_selection(view, None)
        yield _say_selection(subject, changes, pair.before.called)
    programme = view.settings.short_name
    if len(changes) == 1:
        yield emphasize(
            N_("{programme} had **{first}** in {now} than in {before}."),
            programme=programme,
            first=changes[0],
            **years,
        )
        return
    yield emphasize(
        N_("{programme} had **{first}** and **{second}** in {now} than in {before}."),
        programme=programme,
        first=changes[0],
        second=changes[1],
        **years,
    )


def _say_selection(subject: str, changes: Sequence[str], before: str) -> Words:
    if len(changes) == 1:
        return emphasize(
            N_("{subject}: **{first}** than in {before}."),
            subject=subject,
            first=changes[0],
            before=before,
        )
    return emphasize(
        N_("{subject}: **{first}** and **{second}** than in {before}."),
        subject=subject,
        first=changes[0],
        second=changes[1],
        before=before,
    )


def _count_others(number: int) -> Words | None:
    if not number:
        return None
    sentence = ngettext(
        "{n:,} number cannot be compared.", "{n:,} numbers cannot be compared.", number
    )
    return ((sentence, False),)


def _say_why_nothing(sides: Sequence[Sides]) -> Iterator[Words | None]:
    """Say why nothing is compared: the reason, where it is the same for all."""
    reasons = {one.reason for one in sides}
    years = {"now": sides[0].now.year, "before": sides[0].before.year}
    if len(reasons) == 1:
        yield emphasize(
            N_("{now} and {before} **cannot be compared**: {reason}."),
            reason=reasons.pop(),
            **years,
        )
    yield emphasize(N_("Nothing of {now} **can be compared** with {before}."), **years)
