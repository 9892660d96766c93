"""Which sentence answers a reading: by what is asked, where anything is known and found."""

from dataclasses import replace

from dashboard.asking.answer_compare import answer_comparison
from dashboard.asking.answer_forms import FORMS, answer_count, answer_definition, answer_list
from dashboard.asking.answer_lines import list_things
from dashboard.asking.answer_nothing import list_nearest, say_nothing, say_unknown
from dashboard.asking.answer_ranking import answer_most, answer_trend
from dashboard.asking.answer_scope import choose_number
from dashboard.asking.answer_wider import list_wider
from dashboard.asking.finding import Finding, Measured
from dashboard.asking.reading import Reading
from dashboard.language.messages import N_, emphasize, pgettext
from dashboard.model.sitemap import PAGES, UNFILTERED
from dashboard.views.content import overview
from dashboard.views.content.events_findings import say_none
from dashboard.views.view import View

DEFAULT_BY = {"most": "speaker", "trend": "month"}
"""By what is ranked, or followed, where the question does not say it."""

OVER_TIME = ("trend", "compare")
"""Forms that tell of several periods, in some of which there may be nothing."""


def find_answer(scope: View, reading: Reading) -> Finding:
    """Find the answer to a reading in the view that it leads to."""
    number = choose_number(scope, reading.metric)
    if reading.form == "definition":
        return answer_definition(scope, number)
    if scope.page in UNFILTERED:
        return _say_page(scope)
    if reading.form in OVER_TIME:
        return _find_over_time(scope, reading, number)
    if not number.quantity.total:
        return replace(say_nothing(scope, number), wider=list_nearest(scope, number))
    wider = list_wider(scope, number)
    if not number.quantity.known:
        return Finding(say_unknown(scope, number), number, list_things(scope, number), wider=wider)
    return replace(_find_form(scope, reading, number), wider=wider)


def _find_over_time(scope: View, reading: Reading, number: Measured) -> Finding:
    other = scope.extras.get("compare", "")
    if reading.form == "compare" and other:
        return answer_comparison(scope, number, int(other), named=bool(reading.metric))
    return answer_trend(scope, number, reading.by or DEFAULT_BY["trend"])


def _find_form(scope: View, reading: Reading, number: Measured) -> Finding:
    if reading.form == "most":
        return answer_most(scope, number, reading.by or DEFAULT_BY["most"])
    of_events = number.name in ("events_held", "events_planned")
    whole = scope.page in ("", "review") and not reading.metric and not scope.filters.text
    if reading.form == "list" and whole and of_events:
        return replace(answer_list(scope, number), lead=overview.make_lead(scope))
    if number.name == "events_planned" and is_instead(scope, reading):
        return replace(answer_count(scope, number), lead=say_none(scope))
    form = "count" if reading.form == "list" and reading.rest else reading.form
    return FORMS.get(form, answer_list)(scope, number)


def is_instead(scope: View, reading: Reading) -> bool:
    """Tell whether planned events answer a question about events, of which none was held."""
    return reading.metric in ("", "events_held") and not scope.filters.status


def _say_page(scope: View) -> Finding:
    """Say which page of the Data section shows what is asked for."""
    name = pgettext("page", PAGES[scope.page])
    return Finding(emphasize(N_("This is on the page **{page}**."), page=name))
