"""What a press leads to, worked out by hand: where each word of a page leads from a view."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.model.filters import FILTER_NAMES, Filters
from dashboard.model.sitemap import PAGES
from dashboard.views.actions import choose, choose_period, choose_year, follow_act
from dashboard.views.view import EXTRAS, View, read_pairs, split_link

TODAY = date(2025, 11, 20)
LABELS = {
    "speaker": {"anna-berg": "Anna Berg", "bo-dijk": "Bo Dijk"},
    "kind": {"keynote": "Keynote", "lecture": "Lecture"},
    "organisation": {"hanze": "Hanze", "umcg": "UMCG"},
    "country": {"NL": "Netherlands", "DE": "Germany"},
}
YEAR = Filters(year=2025)
MAY = Filters(month=("2025-05",))
ANNA = Filters(year=2025, speaker=("anna-berg",))
SINCE = Filters(from_day=date(2025, 3, 1))
BETWEEN = SINCE.with_(to_day=date(2025, 6, 15))
PIN = {"v": "0123456789abcdef", "on": "2025-12-31"}


def seen(filters=YEAR, page="events", **extras):
    """A view of a page; nothing is asked of a store."""
    return View(None, None, filters, LABELS, None, TODAY, page=page, extras=extras)


def leads(act, filters=YEAR, page="events", **extras):
    """The address to which an act leads from a view."""
    return follow_act(seen(filters, page, **extras), act).address


def pressed(act, filters, **extras):
    """The view after a press."""
    target = follow_act(seen(filters, **extras), act)
    return seen(target.filters, target.page, **target.extras)


@pytest.mark.parametrize(
    ("act", "address"),
    [
        ("event=open-day", "/events?year=2025&event=open-day"),
        ("project=ai-factory", "/events?year=2025&project=ai-factory"),
        ("person=anna-berg", "/events?year=2025&person=anna-berg"),
        ("record=trainings.phd-course", "/events?year=2025&record=trainings.phd-course"),
        (
            "why=contributions~role.keynote",
            "/events?year=2025&why=contributions~role.keynote",
        ),
    ],
)
def test_a_record_or_number_opens_over_the_view(act, address):
    assert leads(act) == address


def test_one_panel_is_open_at_a_time():
    assert leads("person=anna-berg", event="open-day") == "/events?year=2025&person=anna-berg"


@pytest.mark.parametrize(
    ("act", "filters", "address"),
    [
        ("month=2025-05", YEAR, "/events?month=2025-05"),
        ("month=2025-05", MAY, "/events?year=2025"),
        ("month=2025-06", MAY, "/events?month=2025-06"),
        ("month=2025-05", Filters(month=("2025-05", "2025-06")), "/events?month=2025-05"),
        ("year=2024", YEAR, "/events?year=2024"),
        ("year=2024", MAY, "/events?month=2024-05"),
        ("speaker=anna-berg", YEAR, "/events?year=2025&speaker=anna-berg"),
        ("speaker=anna-berg", ANNA, "/events?year=2025"),
        ("speaker=bo-dijk", ANNA, "/events?year=2025&speaker=bo-dijk"),
        ("country=DE", Filters(), "/events?year=all&country=DE"),
        ("text=  open   day ", YEAR, "/events?year=2025&text=open+day"),
        ("line=imaging", YEAR, "/events?year=2025&line=imaging"),
        # days take the place of the year, and leave it to come back
        ("from=2025-03-01", YEAR, "/events?from=2025-03-01"),
        ("from=2025-03-01", SINCE, "/events?year=2025"),
        ("from=2024-09-01", MAY, "/events?from=2024-09-01"),
        ("to=2025-06-15", SINCE, "/events?from=2025-03-01&to=2025-06-15"),
        # months narrow them, and another year takes their place
        ("month=2025-05", SINCE, "/events?month=2025-05&from=2025-03-01"),
        ("month=2025-05", SINCE.with_(month=("2025-05",)), "/events?from=2025-03-01"),
        ("year=2024", SINCE, "/events?year=2024"),
        ("organisation=hanze", YEAR, "/events?year=2025&organisation=hanze"),
    ],
)
def test_a_filter_is_set_by_the_first_press_and_taken_back_by_the_second(act, filters, address):
    assert leads(act, filters) == address


@pytest.mark.parametrize("act", ["month=2025-05", "speaker=anna-berg", "kind=keynote", "line=a"])
@pytest.mark.parametrize("extras", [{}, PIN, {"by": "country"}])
def test_two_presses_lead_back_to_where_the_first_began(act, extras):
    once = pressed(act, YEAR, **extras)
    assert once.filters != YEAR
    twice = pressed(act, once.filters, **once.extras)
    assert (twice.filters, twice.extras) == (YEAR, extras)


@pytest.mark.parametrize(
    ("act", "filters", "address"),
    [
        ("-speaker=anna-berg", ANNA, "/events?year=2025"),
        (
            "-speaker=anna-berg",
            ANNA.with_(speaker=("anna-berg", "bo-dijk")),
            "/events?year=2025&speaker=bo-dijk",
        ),
        ("-speaker=bo-dijk", ANNA, "/events?year=2025&speaker=anna-berg"),
        ("-month=2025-05", MAY, "/events?year=2025"),
        ("-month=2025-05", Filters(month=("2025-05", "2025-06")), "/events?month=2025-06"),
        ("-text=open day", YEAR.with_(text="open day"), "/events?year=2025"),
        ("-year=2025", ANNA, "/events?year=all&speaker=anna-berg"),
        ("-from=2025-03-01", SINCE, "/events?year=2025"),
        ("-from=2025-03-01", BETWEEN, "/events?to=2025-06-15"),
        ("-to=2025-06-15", BETWEEN, "/events?from=2025-03-01"),
        ("-to=2025-06-15", BETWEEN.with_(year=2025, from_day=None), "/events?year=2025"),
        (
            "-organisation=hanze",
            YEAR.with_(organisation=("hanze", "umcg")),
            "/events?year=2025&organisation=umcg",
        ),
        # what was chosen may be gone from the records meanwhile: it is taken back all the same
        ("-kind=gone", YEAR.with_(kind=("gone",)), "/events?year=2025"),
    ],
)
def test_a_chip_takes_its_own_value_away_and_no_other(act, filters, address):
    assert leads(act, filters) == address


@pytest.mark.parametrize(
    ("filters", "address"),
    [
        (ANNA, "/events?year=2025"),
        (MAY.with_(country=("NL",), text="open"), "/events?year=2025"),
        (Filters(month=("2024-12", "2025-01")), "/events?year=all"),
        (Filters(speaker=("anna-berg",)), "/events?year=all"),
        (SINCE, "/events?year=2025"),
        (BETWEEN.with_(from_day=date(2024, 9, 1)), "/events?year=all"),
    ],
)
def test_clear_leaves_the_year_that_was_looked_at(filters, address):
    assert leads("clear", filters) == address


@pytest.mark.parametrize(
    ("act", "address"),
    [
        ("page:map", "/map?year=2025&speaker=anna-berg"),
        ("page:", "/?year=2025&speaker=anna-berg"),
        ("page:map?month=2025-05", "/map?month=2025-05&speaker=anna-berg"),
        ("page:people?speaker=bo-dijk", "/people?year=2025&speaker=bo-dijk"),
        ("page:events?year=2024&kind=keynote", "/events?year=2024&speaker=anna-berg&kind=keynote"),
        (
            "page:review?compare=2024&why=events_held",
            "/review?year=2025&speaker=anna-berg&why=events_held&compare=2024",
        ),
        # what such a link names and the records do not know is left out
        ("page:map?speaker=nobody&month=2025-13&tab=no", "/map?year=2025&speaker=anna-berg"),
    ],
)
def test_another_page_is_reached_with_the_filters_and_what_the_link_names(act, address):
    assert leads(act, ANNA) == address


def test_another_page_keeps_what_is_looked_at_and_leaves_how_this_page_was_shown():
    assert (
        leads("page:map", YEAR, by="country", event="open-day", chart="timeline", **PIN)
        == "/map?year=2025&v=0123456789abcdef&on=2025-12-31"
    )
    assert leads("page:map?year=2024", MAY) == "/map?year=2024"
    assert leads("page:map?year=2024", SINCE) == "/map?year=2024"
    assert leads("page:map?month=2025-05", SINCE) == "/map?month=2025-05&from=2025-03-01"
    assert leads("page:map?to=2025-06-15", MAY) == "/map?to=2025-06-15"
    assert leads("page:map", BETWEEN) == "/map?from=2025-03-01&to=2025-06-15"


@pytest.mark.parametrize("act", ["month=2025-03", "speaker=bo-dijk", "clear", "event=a", "by=role"])
def test_a_pinned_view_stays_pinned(act):
    target = follow_act(seen(ANNA, **PIN), act)
    assert {name: target.extras[name] for name in PIN} == PIN


@pytest.mark.parametrize(
    ("act", "address"),
    [
        ("speaker=anna-berg", "/events?month=2025-11&speaker=anna-berg&period=this-month"),
        ("event=open-day", "/events?month=2025-11&period=this-month&event=open-day"),
        ("page:map", "/map?month=2025-11&period=this-month"),
        # other dates are not those of the word
        ("month=2025-05", "/events?month=2025-05"),
        ("year=2024", "/events?year=2024"),
        ("-month=2025-11", "/events?year=2025"),
        ("clear", "/events?year=2025"),
        ("page:map?month=2025-05", "/map?month=2025-05"),
        ("period=last-year", "/events?year=2024&period=last-year"),
        ("page:map?period=last-month", "/map?month=2025-10&period=last-month"),
    ],
)
def test_a_period_in_words_stays_as_long_as_its_dates_do(act, address):
    assert leads(act, Filters(month=("2025-11",)), period="this-month") == address


@pytest.mark.parametrize("act", ["month=2025-05", "speaker=anna-berg", "-kind=keynote", "clear"])
def test_another_filter_closes_what_is_open(act):
    filters = YEAR.with_(kind=("keynote",))
    assert set(follow_act(seen(filters, event="open-day", by="role"), act).extras) == {"by"}


# --- what a list of the bar leads to


@pytest.mark.parametrize(
    ("year", "filters", "address"),
    [
        (2024, YEAR, "/events?year=2024"),
        (2024, MAY, "/events?month=2024-05"),
        (2025, Filters(month=("2024-05", "2025-04")), "/events?month=2025-04"),
        (None, ANNA, "/events?year=all&speaker=anna-berg"),
        (None, MAY, "/events?year=all"),
    ],
)
def test_another_year_takes_its_months_along_and_all_years_have_none(year, filters, address):
    assert choose_year(seen(filters), year).address == address


@pytest.mark.parametrize("year", [2024, 2025])
def test_after_a_period_in_words_no_month_of_it_stays_in_a_year(year):
    view = seen(Filters(month=("2025-11",)), period="this-month")
    assert choose_year(view, year).address == f"/events?year={year}"


@pytest.mark.parametrize(
    ("word", "address"),
    [
        ("this-month", "/events?month=2025-11&speaker=anna-berg&period=this-month"),
        ("last-year", "/events?year=2024&speaker=anna-berg&period=last-year"),
    ],
)
def test_a_period_in_words_is_its_dates_and_stays_as_the_word(word, address):
    assert choose_period(seen(ANNA, event="open-day", period="this-year"), word).address == address


@pytest.mark.parametrize(
    ("name", "value", "filters", "address"),
    [
        ("month", ("2025-06",), YEAR, "/events?month=2025-06"),
        ("month", ("2025-06",), MAY, "/events?month=2025-06"),
        ("month", (), MAY, "/events?year=2025"),
        ("month", (), Filters(month=("2025-05", "2025-06")), "/events?year=2025"),
        ("month", (), Filters(month=("2024-05", "2025-06")), "/events?year=all"),
        ("month", (), BETWEEN.with_(month=("2025-05",)), "/events?from=2025-03-01&to=2025-06-15"),
        ("to", date(2026, 1, 31), MAY, "/events?to=2026-01-31"),
        ("speaker", ("bo-dijk",), ANNA, "/events?year=2025&speaker=bo-dijk"),
        ("speaker", (), ANNA, "/events?year=2025"),
        (
            "kind",
            ("keynote", "lecture"),
            MAY,
            "/events?month=2025-05&kind=keynote&kind=lecture",
        ),
        ("text", "open day", YEAR, "/events?year=2025&text=open+day"),
        ("text", "", YEAR.with_(text="open"), "/events?year=2025"),
    ],
)
def test_other_values_of_a_filter_take_the_place_of_those_before(name, value, filters, address):
    assert choose(seen(filters), name, value).address == address


def test_a_choice_closes_what_is_open_and_leaves_the_word_of_a_period_only_with_other_dates():
    november = seen(Filters(month=("2025-11",)), why="events_held", by="role", period="this-month")
    assert choose(november, "speaker", ("bo-dijk",)).extras == {
        "by": "role",
        "period": "this-month",
    }
    assert choose(november, "month", ("2025-05",)).extras == {"by": "role"}
    assert choose_year(november, None).extras == {"by": "role"}


NONSENSE = [
    "",
    "=",
    "event",
    "event=",
    "event=Open Day",
    "event=<script>alert(1)</script>",
    "event=../../etc/passwd",
    "javascript:alert(1)",
    "https://evil.example",
    "page:https://evil.example",
    "page://evil.example",
    "page:nowhere?year=2025",
    "page:events/../publish",
    "why=no~such.thing",
    "why=events_held~month.2025-13",
    "month=2025-13",
    "month=\u0662\u0660\u0662\u0665-05",
    "year=all",
    "year=99999999999999999999",
    "-year=",
    "--year=2025",
    "until=2025-05-05",
    "speaker=nobody",
    "country=XX",
    "country=de",
    "record=events",
    "v=current",
    "show=then",
    "present=1",
    "filters=1",
    "__class__=x",
    "kind=keynote&speaker=anna-berg",
    "text=\x00",
    "text=\ud800",
    "text=" + "x" * 201,
    "event=" + "x" * 201,
]


@pytest.mark.parametrize("act", NONSENSE)
def test_what_a_browser_says_and_no_page_offers_leads_nowhere(act):
    assert follow_act(seen(), act) is None


WORDS = st.one_of(
    st.text(max_size=40),
    st.builds(
        "{}{}={}".format,
        st.sampled_from(["", "-", "page:events?", "page:map?a&", "page:?"]),
        st.sampled_from([*FILTER_NAMES, *EXTRAS]),
        st.one_of(
            st.text(max_size=20),
            st.sampled_from(
                ["2024", "2025-05", "anna-berg", "keynote", "NL", "this-month", "open-day", "true"]
            ),
        ),
    ),
    st.sampled_from([f"page:{page}" for page in PAGES]),
)
FILTERS = st.sampled_from(
    [YEAR, MAY, ANNA, Filters(), Filters(month=("2024-12", "2025-01"), text="a b", kind=("gone",))]
)


@given(act=WORDS, filters=FILTERS, pinned=st.booleans())
@example(act="page:map?month=2025-05", filters=YEAR, pinned=False)
@example(act="period=this-month", filters=ANNA, pinned=True)
@example(act="text= a  b ", filters=YEAR, pinned=False)
def test_a_press_and_the_address_of_the_same_element_lead_to_the_same_view(act, filters, pinned):
    """Whatever is pressed: who opens the address in a new tab sees what who presses it sees."""
    known = {name: of for name, of in LABELS.items() if name != "kind"}
    view = View(
        None, None, filters, known, None, TODAY, page="events", extras=PIN if pinned else {}
    )
    target = follow_act(view, act)
    if target is None:
        return
    page, pairs = split_link(target.address)
    read, extras, notices = read_pairs(pairs, 2025, known, TODAY)
    assert (page, read, extras, notices) == (target.page, target.filters, dict(target.extras), [])
