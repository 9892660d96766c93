"""Two years side by side: a view of the review."""

from collections.abc import Sequence
from functools import partial

from dashboard.charts.dumbbells import Compared, draw_dumbbells, say_both, select_comparable
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import N_, _, emphasize
from dashboard.model.filters import NO_FILTERS
from dashboard.query.comparison import describe_cutoff
from dashboard.query.comparison_sides import compare_sides
from dashboard.text.counts import format_count
from dashboard.views.content import Content, Line, Picture, Section
from dashboard.views.content.common import read_palette
from dashboard.views.content.compare_findings import make_lead, make_line
from dashboard.views.content.slides import MAX_LINES, split_evenly
from dashboard.views.view import View

NUMBERS = (
    "events_held",
    "events_organised",
    "countries",
    "contributors",
    "keynotes",
    "partners",
    "trainings_held",
    "training_participants",
    "projects",
    "results",
    "series",
    "funding_received",
    "funding_elsewhere",
)
OTHERS = "not-comparable"
MAX_YEARS = 6
"""Other years that are offered: the latest."""
DATED = ("events", "trainings")
"""Tables of which a year that is offered has records."""


def find_other_year(view: View) -> int | None:
    """Find the year with which the link compares; None where it asks for none, or where no single
    other year is shown.
    """
    year, other = view.filters.whole_year, view.extras.get("compare", "")
    return int(other) if year and other not in ("", str(year)) else None


def list_years_to_compare(view: View) -> list[str]:
    """List the recorded years beside which the year of the view can be put, the latest first."""
    year = view.filters.whole_year
    rows = view.rows("recorded", NO_FILTERS) if year else []
    recorded = {row["year"] for row in rows if row["table_name"] in DATED}
    begun = sorted((one for one in recorded - {year} if one <= view.today.year), reverse=True)
    return [str(one) for one in begun[:MAX_YEARS]]


def content(view: View, other: int) -> Content:
    """Make the comparison of the year of a view with another one."""
    sides = compare_sides(view, NUMBERS, view.filters, other, view.today)
    now, before = sides[0].now.called, sides[0].before.called
    lines = [make_line(view, one) for one in sides]
    draw = partial(draw_dumbbells, colours=read_palette(view), now=now, before=before)
    chart, parts = draw(lines), split_evenly(select_comparable(lines), MAX_LINES)
    pictures = [
        Picture(f"compared-{number}", draw(part), repeats="compared")
        for number, part in enumerate(parts, start=1)
    ]
    return Content(
        _make_title(view, other),
        make_lead(view, sides),
        pictures=(Picture("compared", chart), *pictures),
        sections=_list_others(lines),
        counted=NUMBERS,
        blocks={"above": build_choice(view, other), "compared": chart.markup},
        slides=(*(one.key for one in pictures), OTHERS),
    )


def _list_others(lines: Sequence[Compared]) -> tuple[Section, ...]:
    """List for slides what cannot be compared, with the reason."""
    comparable = select_comparable(lines)
    others = [
        Line(one.label, one.change.reason, one.opened, place=say_both(one))
        for one in lines
        if one not in comparable
    ]
    if not others:
        return ()
    number = format_count(len(others), "number")
    sentence = emphasize(N_("**{numbers}** cannot be compared"), numbers=number)
    heading = _("Not comparable")
    return (Section(heading, others, key=OTHERS, sentence=sentence, repeats="compared"),)


def _make_title(view: View, other: int) -> str:
    year = view.filters.whole_year
    assert year is not None
    return _(
        "{programme}: {year} compared with {other}{cutoff}",
        programme=view.settings.short_name,
        year=year,
        other=other,
        cutoff=describe_cutoff(year, other, view.today),
    )


def build_choice(view: View, other: int) -> Element:
    """Build what is compared as a chip, beside it the other years, and the way back."""
    year = str(view.filters.whole_year)
    chip = make_element(
        "span",
        make_element("b", year),
        " ",
        _("demo data") if view.generated else "",
        " " if view.generated else "",
        _("against"),
        " ",
        make_element("b", str(other)),
        css="chip",
    )
    others = [one for one in list_years_to_compare(view) if one != str(other)]
    return make_element(
        "div",
        chip,
        _build_years(_("or against"), others) if others else None,
        make_element("a", _("{year} in review", year=year), css="compare-back", act="page:review"),
        css="compare-choice",
    )


def build_invitation(view: View) -> Element | None:
    """Build the quiet line that leads to the comparison; None where no other year is recorded."""
    years = list_years_to_compare(view)
    return _build_years(_("Compare with"), years) if years else None


def _build_years(words: str, years: Sequence[str]) -> Element:
    links = [make_element("a", year, act=f"compare={year}") for year in years]
    return make_element(
        "p",
        words,
        make_element("span", *links, css="compare-years", role="group"),
        css="compare-with",
    )
