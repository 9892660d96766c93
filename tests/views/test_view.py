"""A link gives the view and the view its link: pages, periods in words, pinned versions, and what
is wrong in a link.
"""

import json
import shutil
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES
from dashboard.store import Store, Version
from dashboard.views.content.pages import CONTENTS, make_content
from dashboard.views.resolve_version import Chosen, choose_version
from dashboard.views.view import (
    EXTRAS,
    find_day,
    make_url_pairs,
    open_view,
    pin_view,
    remove_pin,
    split_link,
)
from tests.conftest import ROOT, Kept
from tests.faults import damage

TODAY = date(2026, 2, 3)
LATER = date(2027, 3, 31)
SETTINGS = settings.load(ROOT / "data")
NOT_THERE = "0123456789abcdef"


@pytest.fixture(scope="module")
def store(by_hand):
    """The records to check by hand; the latest year with events is 2025."""
    return by_hand


@pytest.fixture(scope="module")
def view(store):
    """The view of a link, on some day."""

    answers = Kept()

    def opened(link, today=TODAY, **more):
        return open_view(store, SETTINGS, link, today, answers=answers, **more, role=Role.VIEWER)

    return opened


# Links
# -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_from_its_link_and_gives_the_link_back(view, store, page):
    found = view(f"/{page}?year=2024")
    assert (found.page, found.filters, found.notices) == (page, Filters(year=2024), ())
    assert (found.version.id, found.today, found.pinned, found.candidate) == (
        store.current_id(),
        TODAY,
        "",
        "",
    )
    assert found.link() == f"/{page}?year=2024"
    assert (make_content(found) is None) == (page not in CONTENTS)


@pytest.mark.parametrize(
    "prefix", ["https://dash.example.org", "http://localhost:8501/dash", " ", ""]
)
def test_a_link_may_have_any_host_and_path_before_it(view, prefix):
    found = view(f"{prefix}/events?speaker=anna-berg&year=2025")
    assert (found.page, found.filters) == ("events", Filters(year=2025, speaker=("anna-berg",)))


@pytest.mark.parametrize(
    ("query", "filters", "written"),
    [
        ("", Filters(year=2025), "?year=2025"),  # the latest year with a held event
        ("?year=all", Filters(), "?year=all"),
        (
            "?month=2025-05&month=2024-12",
            Filters(month=("2024-12", "2025-05")),
            "?month=2024-12&month=2025-05",
        ),
        (
            "?line=not-stated",
            Filters(year=2025, line=("not-stated",)),
            "?year=2025&line=not-stated",
        ),
    ],
)
def test_the_year_is_always_written_unless_months_are_chosen(view, query, filters, written):
    found = view(f"/events{query}")
    assert (found.filters, found.link()) == (filters, f"/events{written}")


def test_every_extra_comes_back_from_the_link_of_the_view(view, store):
    query = {
        "year": "2025",
        "period": "last-year",
        "event": "open-day",
        "project": "ai-lab",
        "person": "anna-berg",
        "record": "trainings.pilot",
        "why": "contributions~speaker.anna-berg",
        "by": "country",
        "compare": "2024",
        "tab": "tables",
        "table": "people",
        "edit": "events.visit",
        "candidate": NOT_THERE,
        "find": "Zoë & co",
        "view": "world",
        "size": "participants",
        "place": "antwerp-be",
        "chart": "by-month",
        "v": store.current_id(),
        "on": "2026-02-03",
        "show": "now",
        "meeting": "abcd2345",
        "since": "2026-01-02",
        "step": "12",
        "present": "true",
        "lang": "nl",
    }
    assert set(query) == {"year", *EXTRAS}
    found = view(f"/events?{urlencode(query)}", version=store.open())
    assert (found.notices, dict(found.extras)) == ((), {name: query[name] for name in EXTRAS})
    again = view(found.link(), version=store.open())
    assert (again.filters, again.extras, again.link()) == (
        found.filters,
        found.extras,
        found.link(),
    )
    assert dict(found.pairs()) == query


def test_a_link_to_another_page_takes_the_filters_and_leaves_the_extras(view):
    found = view("/events?year=2025&pillar=research&event=open-day")
    assert found.link("trainings") == "/trainings?year=2025&pillar=research"
    assert (
        found.link("map", size="participants") == "/map?year=2025&pillar=research&size=participants"
    )
    assert (
        found.link(event="", chart="timeline") == "/events?year=2025&pillar=research&chart=timeline"
    )


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("speaker=nobody", "speaker=nobody is not known here and was left out"),
        ("month=2025-13", "month=2025-13 is not understood and was left out"),
        ("month=20٢٥-05", "month=20٢٥-05 is not understood and was left out"),
        ("year=20٢٥", "year=20٢٥ is not understood and was left out"),
        ("v=abc", "v=abc is not understood and was left out"),
        ("on=2025-02-30", "on=2025-02-30 is not understood and was left out"),
        ("on=20٢٥-02-03", "on=20٢٥-02-03 is not understood and was left out"),
        ("period=next-year", "period=next-year is not understood and was left out"),
        ("step=0", "step=0 is not understood and was left out"),
        ("step=٢", "step=٢ is not understood and was left out"),
        ("present=yes", "present=yes is not understood and was left out"),
        ("why=contributions~text.x", "why=contributions~text.x is not understood and was left out"),
        ("show=then", "show=then is not understood and was left out"),
    ],
)
def test_what_is_wrong_in_a_link_is_said_and_the_rest_holds(view, query, said):
    found = view(f"/events?country=NL&{query}")
    assert found.notices == (said,)
    assert found.link() == "/events?year=2025&country=NL"


HOSTILE = [
    "",
    "/",
    "?",
    "//",
    "http://[",
    "https://[::1/events?year=2025",
    "/events?" + "&".join(["year=2025"] * 1001),
    "\ud800",
    "/events?text=%00",
    "/events?text=\ud800",
    "/%2e%2e/%2e%2e?v=%00",
    "/events?v=" + "f" * 10_000,
    "/../../etc/passwd?year=2025",
    "/<script>alert(1)</script>?year=<b>",
    "/events?year=9999",
    "/events?=&&==&;",
    "javascript:alert(1)?year=2025",
    "/events?candidate=../../../x",
    f"/events?candidate={NOT_THERE}&v={NOT_THERE}&show=now",
    "/events?on=0000-00-00&v=" + NOT_THERE,
    "/events?record=" + "a" * 300 + ".x",
    "/events?period=this-year&period=last-month&year=all&month=2025-05",
]


@pytest.mark.parametrize("link", HOSTILE)
def test_no_hostile_link_raises_and_its_view_can_be_linked_again(view, link):
    found = view(link)
    again = view(found.link())
    assert (again.filters, again.extras) == (found.filters, found.extras)
    assert all(len(notice) < 300 and notice.isprintable() for notice in found.notices)


@examples(max_examples=25)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*EXTRAS, "year", "month", "speaker", "text"]), st.text(max_size=30)
        ),
        max_size=6,
    )
)
def test_no_text_in_a_link_raises(view, pairs):
    try:
        query = urlencode(pairs)
    except UnicodeEncodeError:
        query = "&".join(f"{name}={value}" for name, value in pairs)
    found = view(f"/events?{query}")
    assert view(found.link()).link() == found.link()


def test_a_link_that_cannot_be_read_at_all_says_so(view):
    assert view("/events?" + "&".join(["year=2025"] * 1001)).notices == (
        "the link is not understood; no filter is set",
    )
    assert split_link("http://[") == ("", [])


# Periods in words
# --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "this_year", "last_year", "this_month", "last_month"),
    [
        (date(2026, 1, 1), 2026, 2025, "2026-01", "2025-12"),
        (date(2026, 12, 31), 2026, 2025, "2026-12", "2026-11"),
        (date(2024, 2, 29), 2024, 2023, "2024-02", "2024-01"),
        (date(2024, 3, 31), 2024, 2023, "2024-03", "2024-02"),
        (date(2025, 3, 31), 2025, 2024, "2025-03", "2025-02"),
        (date(2025, 7, 30), 2025, 2024, "2025-07", "2025-06"),
    ],
)
def test_a_word_means_dates_of_its_day(view, today, this_year, last_year, this_month, last_month):
    meant = {
        "this-year": Filters(year=this_year),
        "last-year": Filters(year=last_year),
        "this-month": Filters(month=(this_month,)),
        "last-month": Filters(month=(last_month,)),
    }
    assert set(meant) == set(PERIODS)
    for word, filters in meant.items():
        assert Filters(**resolve_period(word, today)) == filters
        found = view(f"/events?period={word}", today)
        assert (found.filters, found.extras, found.notices) == (filters, {"period": word}, ())


def test_a_word_that_there_is_not_is_an_error():
    with pytest.raises(KeyError):
        resolve_period("next-year", TODAY)


@pytest.mark.parametrize(
    ("word", "then", "later"),
    [
        ("this-year", Filters(year=2026), Filters(year=2027)),
        ("last-year", Filters(year=2025), Filters(year=2026)),
        ("this-month", Filters(month=("2026-02",)), Filters(month=("2027-03",))),
        ("last-month", Filters(month=("2026-01",)), Filters(month=("2027-02",))),
    ],
)
def test_a_live_link_follows_the_word_and_a_pinned_one_keeps_its_dates(
    view, store, word, then, later
):
    live = view(f"/events?period={word}&pillar=research")
    assert live.filters == then.with_(pillar=("research",))
    link = live.link()
    assert ("period", word) in parse_qsl(link.partition("?")[2])
    assert view(link, LATER).filters == later.with_(pillar=("research",))
    pinned = pin_view(live, store.open(), TODAY).link()
    found = view(pinned, LATER)
    assert (found.filters, found.today) == (then.with_(pillar=("research",)), TODAY)
    assert found.link() == pinned


def test_a_pinned_link_with_the_word_but_without_dates_means_those_of_the_day_on_which_it_was_shown(
    view, store
):
    found = view(f"/events?period=this-year&v={store.current_id()}&on=2026-02-03", LATER)
    assert (found.filters, found.today) == (Filters(year=2026), TODAY)
    undated = view(f"/events?period=this-month&v={store.current_id()}", LATER)
    assert (undated.filters, undated.today) == (Filters(month=("2027-03",)), LATER)


def test_the_dates_in_a_live_link_give_way_to_its_word(view):
    assert view("/events?period=last-month&year=2019").filters == Filters(month=("2026-01",))


# Pinned
# ------------------------------------------------------------------------------------------------------------------


def test_a_pinned_view_is_of_its_day_and_a_live_one_of_today(view, store):
    found = view("/trainings?year=2025&by=format")
    pinned = pin_view(found, store.open(), date(2026, 1, 20))
    assert pinned.link() == f"/trainings?year=2025&by=format&v={store.current_id()}&on=2026-01-20"
    assert (pinned.pinned, pinned.today) == (store.current_id(), date(2026, 1, 20))
    opened = view(pinned.link(), LATER)
    assert (opened.today, opened.pinned, opened.extras) == (
        date(2026, 1, 20),
        store.current_id(),
        pinned.extras,
    )
    assert remove_pin(opened.extras) == {"by": "format"} == found.extras


def test_a_view_is_pinned_anew_without_what_was_pinned_before(view, store):
    before = view(f"/?year=2025&v={store.current_id()}&on=2026-01-20&show=now")
    assert dict(pin_view(before, store.open(), TODAY).extras) == {
        "v": store.current_id(),
        "on": "2026-02-03",
    }


@pytest.mark.parametrize(
    ("extras", "day"),
    [
        ({}, LATER),
        ({"v": NOT_THERE}, LATER),
        ({"on": "2026-02-03"}, LATER),
        ({"v": NOT_THERE, "on": "2026-02-03"}, TODAY),
        ({"v": NOT_THERE, "on": "2026-02-03", "show": "now"}, LATER),
    ],
)
def test_the_day_of_a_view_is_that_of_the_pin_only_where_it_is_shown(extras, day):
    assert find_day(extras, LATER) == day


@pytest.fixture
def versions(then_and_now, tmp_path):
    """A store, its first version and the one that is served: a copy to break."""
    then, now = then_and_now
    made = Store(shutil.copytree(now.folder.parents[1], tmp_path / "store"))
    return (
        made,
        Version(made.versions_folder / then.id, then.manifest),
        Version(made.versions_folder / now.id, now.manifest),
    )


def test_the_version_that_a_link_names_is_opened_also_when_another_is_served(versions):
    made, first, second = versions
    assert choose_version(made, {"v": first.id}, role=Role.VIEWER).version.id == first.id
    assert choose_version(made, {}, role=Role.VIEWER) == Chosen(second)
    assert choose_version(made, {"v": first.id, "show": "now"}, role=Role.VIEWER) == Chosen(second)
    found = open_view(made, SETTINGS, f"/trainings?year=2025&v={first.id}", TODAY, role=Role.VIEWER)
    assert (found.number("trainings_held").value, found.pinned, found.notices) == (2, first.id, ())


def test_a_candidate_that_is_there_is_opened_and_one_that_is_gone_is_said(versions):
    made, first, second = versions
    shutil.move(first.folder, made.candidates_folder / first.id)
    found = open_view(
        made, SETTINGS, f"/events?year=2025&candidate={first.id}", TODAY, role=Role.STEWARD
    )
    assert (found.version.id, found.candidate, found.notices) == (first.id, first.id, ())
    gone = open_view(
        made, SETTINGS, f"/events?year=2025&candidate={NOT_THERE}", TODAY, role=Role.STEWARD
    )
    assert (gone.version.id, gone.candidate, gone.link()) == (second.id, "", "/events?year=2025")
    assert gone.notices == (
        f"The candidate {NOT_THERE} is not there any more: shown is what is served.",
    )


def test_a_version_that_is_gone_is_said_and_the_view_is_live_again(versions):
    made, first, second = versions
    shutil.rmtree(first.folder)
    link = f"/events?year=2025&v={first.id}&on=2026-01-20"
    found = open_view(Store(made.root), SETTINGS, link, TODAY, role=Role.VIEWER)
    assert (found.version.id, found.pinned, found.today) == (second.id, "", TODAY)
    assert found.notices == (
        f"Version {first.id} is not kept any more. Shown is what is served now.",
    )
    assert found.link() == "/events?year=2025"


def test_a_pinned_period_whose_version_is_gone_keeps_its_dates_and_no_word_that_says_others(view):
    found = view(f"/events?year=2026&period=this-year&v={NOT_THERE}&on=2026-02-03", LATER)
    assert (found.filters, found.today, dict(found.extras)) == (Filters(year=2026), LATER, {})
    assert view(found.link(), LATER).filters == Filters(year=2026)


def test_a_version_that_was_redirected_as_forgetting_does_opens_what_took_its_place(versions):
    made, first, _ = versions
    (made.root / "redirects.json").write_text(
        json.dumps({NOT_THERE: "f" * 16, "f" * 16: first.id}), "utf-8"
    )
    found = open_view(
        made, SETTINGS, f"/trainings?year=2025&v={NOT_THERE}&on=2026-01-20", TODAY, role=Role.VIEWER
    )
    assert (found.version.id, found.pinned, found.notices) == (first.id, NOT_THERE, ())
    assert (found.number("trainings_held").value, found.today) == (2, date(2026, 1, 20))
    shutil.rmtree(first.folder)
    (notice,) = choose_version(made, {"v": NOT_THERE}, role=Role.VIEWER).notices
    assert notice == f"Version {NOT_THERE} is not kept any more. Shown is what is served now."


def damaged(version):
    version.database.write_bytes(b"not a database")


def of_another_release(version):
    damage.of_release(version, recipe="of-another-release")


@pytest.mark.parametrize("spoil", [damaged, of_another_release])
def test_a_version_that_cannot_be_opened_says_why_and_shows_what_is_served(versions, spoil):
    made, first, second = versions
    spoil(first)
    found = choose_version(Store(made.root), {"v": first.id}, role=Role.VIEWER)
    assert found.version.id == second.id
    said = f"Version {first.id} cannot be opened: it is damaged, or another release built it. Shown is what is served now."
    assert found.notices == (said,)


def test_another_version_may_be_given_than_the_link_names(versions):
    made, first, second = versions
    found = open_view(
        made, SETTINGS, f"/events?year=2025&v={first.id}", TODAY, version=second, role=Role.VIEWER
    )
    assert (found.version.id, found.notices) == (second.id, ())


# Questions
# ---------------------------------------------------------------------------------------------------------------


def test_a_view_asks_under_its_filters_or_under_others(view):
    found = view("/events?year=2025")
    assert found.number("events_held").value == 4  # spring school, open day, webinar, retreat
    assert found.number("events_held", Filters(year=2024)).value == 1  # the round table
    coming = [
        {row["record_id"] for row in found.rows("what_is_next", today=day, limit=20)}
        for day in (TODAY, LATER)
    ]
    assert ["congress" in rows for rows in coming] == [True, False]
    assert (found.progress(), found.target("events_held")) == ([], None)
    assert found.terms["pillar"] == {"research": "Research", "education": "Education"}
    assert (found.generated, found.dark) == (False, False)


def test_pairs_of_a_state_leave_out_what_is_empty_and_keep_a_fixed_order():
    assert make_url_pairs(Filters(), {"step": "2", "present": "", "chart": "map"}) == [
        ("year", "all"),
        ("chart", "map"),
        ("step", "2"),
    ]


def test_two_views_of_the_same_link_are_equal_but_for_what_answers(view):
    one, other = view("/events?year=2025"), view("/events?year=2025")
    assert replace(one, answers=other.answers, version=other.version) == other
