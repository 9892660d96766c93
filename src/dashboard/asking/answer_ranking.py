"""Which value of a filter has most of a number, and how it went from month to month or year to year."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from heapq import nlargest

from dashboard.asking.answer_counts import STATUS_OF_METRIC, say_coverage, say_ignored
from dashboard.asking.answer_forms import answer_count
from dashboard.asking.answer_words import describe_circumstances, name_places, say_number
from dashboard.asking.finding import Finding, Measured, cut_lines, measure
from dashboard.language.messages import N_, Words, _, emphasize
from dashboard.model.filters import NO_FILTERS
from dashboard.model.quantity import Quantity
from dashboard.query.comparison import compare_years
from dashboard.query.facets import FACETS
from dashboard.query.metrics import is_recorded
from dashboard.text.countries import name_country
from dashboard.text.counts import format_count
from dashboard.text.dates import format_month, name_month
from dashboard.text.lists import join_names
from dashboard.text.sentences import raise_first
from dashboard.views.content import Line
from dashboard.views.content.common import distinguish_people
from dashboard.views.content.headline import join_sentences
from dashboard.views.view import View

MAX_VALUES = 60
"""Of more values of a filter those with most records are looked at."""
MAX_RANKED = 1000
"""Of more people those with the most are ranked."""
MAX_NAMED = 3
DATED = ("events", "contributions", "trainings", "modules")
"""What belongs to one month each, as far as that is known."""
COLUMNS = {"events_held": "events", "contributions": "contributions", "keynotes": "contributions"}
"""Where the numbers of people stand among those who contributed."""
MEANT = {
    ("contributors", "speaker"): "contributions",
    ("countries", "country"): "events_held",
    ("countries", "city"): "events_held",
}
"""What is counted where the metric is the number of the values themselves."""
TABLES = {"contributions": "events", "people": "events", "funding": "projects"}


@dataclass(frozen=True)
class Part:
    """A value of a filter, what it is called, and the number under it."""

    id: str
    label: str
    quantity: Quantity


def rank_values(view: View, number: Measured, by: str) -> list[Part]:
    """Rank the values of a filter by a number, the highest first; those without a known one are left
    out.
    """
    parts = (_of_people if by == "speaker" else _of_filter)(view, number, by)
    known = [part for part in parts if part.quantity.value]
    of_time = by in ("month", "year")
    known.sort(key=lambda part: part.id if of_time else part.label)
    return sorted(known, key=lambda part: -(part.quantity.value or 0))


def _of_people(view: View, number: Measured, by: str) -> Iterator[Part]:
    if number.name not in COLUMNS:
        yield from _of_filter(view, number, by)
        return
    rows, column = view.rows("contributors"), COLUMNS[number.name]
    most = nlargest(MAX_RANKED, rows, key=lambda row: row[column])
    for row in distinguish_people(view, most):
        yield Part(row["person_id"], row["name"], Quantity(row[column], exact=row[column]))


def _of_filter(view: View, number: Measured, by: str) -> Iterator[Part]:
    """Read the number under each value: a part of a number is that number under narrower filters. Of
    events of a status the facets have it at once.
    """
    counts = count_values(view, number, by)
    for value in sorted(counts, key=lambda one: (-counts[one], one))[:MAX_VALUES]:
        if number.name in STATUS_OF_METRIC:
            quantity = Quantity(counts[value], exact=counts[value])
        else:
            quantity = view.number(number.name, view.filters.within(by, value))
        yield Part(value, name_value(view, by, value), quantity)


def count_values(view: View, number: Measured, by: str) -> dict[str, int]:
    """Count how many of the records have each value of a filter, of those of which there are any."""
    table = TABLES.get(number.metric.records, number.metric.records)
    filters = view.filters
    if number.name in STATUS_OF_METRIC:
        filters = filters.with_(status=STATUS_OF_METRIC[number.name])
    return {
        row["id"]: row["found"]
        for question, counted in FACETS.get(table, {}).items()
        if by in counted
        for row in view.rows(question, filters)
        if row["filter"] == by
    }


def name_value(view: View, by: str, value: str) -> str:
    """Name a value of a filter in a sentence: May 2025, of one year only May; Germany; Job Doornberg."""
    if by == "month":
        one_year = len(view.filters.years() or []) == 1
        return name_month(value) if one_year else format_month(value)
    if by == "country":
        return name_country(value)
    return view.labels.get(by, {}).get(value, value)


def answer_most(view: View, number: Measured, by: str) -> Finding:
    """Say which value has most, and list the first of them with their numbers."""
    if instead := MEANT.get((number.name, by)):
        number = measure(view, instead)
    parts = rank_values(view, number, by) if number.name else []
    if not parts:
        return answer_count(view, number)
    top = parts[0].quantity.value
    leaders = [part for part in parts if part.quantity.value == top]
    lead = join_sentences(
        _say_most(view, number, leaders),
        say_coverage(number.metric, number.quantity),
        say_ignored(number, view.filters),
    )
    lines = [
        Line(raise_first(part.label), say_number(number.metric, part.quantity), f"{by}={part.id}")
        for part in parts
    ]
    notes = _count_undated(number, parts) if by == "month" else ()
    return Finding(lead, number, cut_lines(lines), notes)


def _say_most(view: View, number: Measured, leaders: Sequence[Part]) -> Words:
    said = {
        "names": raise_first(join_names([part.label for part in leaders[:MAX_NAMED]])),
        "number": say_number(number.metric, leaders[0].quantity),
        "total": say_number(number.metric, number.quantity),
        "when": describe_circumstances(
            view.filters.applying_to(number.metric.table),
            name_places(view),
            without=("role",) if number.name == "keynotes" else (),
        ),
    }
    if len(leaders) == 1:
        return emphasize(N_("**{names}** has the most: **{number}** {when}."), **said)
    if len(leaders) <= MAX_NAMED:
        return emphasize(N_("**{names}** have the most: **{number}** each {when}."), **said)
    return emphasize(
        N_("{n:,} have the most: **{number}** each {when}. Three of them: {names}."),
        n=len(leaders),
        **said,
    )


def answer_trend(view: View, number: Measured, by: str) -> Finding:
    """Say how a number went: by month of the year that is shown, or by year."""
    years = view.filters.years() or []
    if not number.name:
        return answer_count(view, number)
    if by == "year" or len(years) != 1:
        return _answer_years(view, number)
    read = _read_months(view, number, list_months(view, years[0]))
    parts = [Part(month, name_value(view, "month", month), found) for month, found in read.items()]
    known = sorted(
        (part for part in parts if part.quantity.value),
        key=lambda part: -(part.quantity.value or 0),
    )
    found = answer_count(view, number)
    leaders = [part for part in known if part.quantity.value == known[0].quantity.value]
    most = _say_busiest(number, leaders) if 0 < len(leaders) <= MAX_NAMED else None
    lines = [
        Line(raise_first(part.label), say_number(number.metric, part.quantity), f"month={part.id}")
        for part in parts
    ]
    lead, notes = join_sentences(found.lead, most), _count_undated(number, parts)
    return replace(found, lead=lead, things=cut_lines(lines), notes=notes)


def _count_undated(number: Measured, parts: Sequence[Part]) -> tuple[str, ...]:
    """Say how many of the records behind a number are in none of the months, because theirs is not known;
    of metrics whose records are each in one month.
    """
    undated = number.quantity.total - sum(part.quantity.total for part in parts)
    is_dated = number.metric.noun in DATED and number.name != "contributions_top_two"
    if undated <= 0 or not is_dated:
        return ()
    return (
        _("Without a known month: {things}.", things=format_count(undated, number.metric.noun)),
    )


def _read_months(view: View, number: Measured, months: Sequence[str]) -> dict[str, Quantity]:
    if number.name in STATUS_OF_METRIC:
        counts = count_values(view, number, "month")
        return {month: Quantity(found := counts.get(month, 0), exact=found) for month in months}
    return {
        month: view.number(number.name, view.filters.within("month", month)) for month in months
    }


def _say_busiest(number: Measured, leaders: Sequence[Part]) -> Words:
    return emphasize(
        N_("Most in **{names}**: {number}."),
        names=join_names([part.label for part in leaders]),
        number=say_number(number.metric, leaders[0].quantity),
    )


def list_months(view: View, year: int) -> list[str]:
    """List the months that are chosen, else those of a year as far as they have begun."""
    months = view.filters.month or [f"{year}-{month:02}" for month in range(1, 13)]
    return [month for month in months if month <= f"{view.today:%Y-%m}"] or list(months)


def _answer_years(view: View, number: Measured) -> Finding:
    """Say how the last year that is recorded differs from the one before, and list every year."""
    recorded = view.rows("recorded", NO_FILTERS)
    years = sorted(
        {
            row["year"]
            for row in recorded
            if row["year"] and is_recorded(number.metric, row["year"], recorded)
        }
    )
    begun = [year for year in years if year <= view.today.year]
    if not begun:
        return answer_count(view, number)
    every = {year: view.number(number.name, _in_year(view, year).filters) for year in begun}
    last = begun[-1]
    compared = compare_years(
        view, [number.name], _in_year(view, last).filters, last - 1, view.today
    )
    lead = join_sentences(
        emphasize(
            N_("{label} in {year}: **{number}**."),
            label=number.metric.label,
            year=str(last),
            number=compared[number.name],
        ),
        say_ignored(number, view.filters),
    )
    lines = [
        Line(str(year), say_number(number.metric, quantity), f"year={year}")
        for year, quantity in reversed(every.items())
    ]
    return Finding(lead, number, cut_lines(lines))


def _in_year(view: View, year: int) -> View:
    return replace(view, filters=view.filters.in_year(None).with_(year=year))
