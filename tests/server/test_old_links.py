"""Links of former releases open what they opened, and hostile ones do nothing."""

from datetime import date
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from dashboard.model import settings
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import FILTER_NAMES, Filters
from dashboard.model.periods import PERIODS, resolve_period
from dashboard.model.roles import Role
from dashboard.query import questions
from dashboard.store import Store
from dashboard.views.view import (
    EXTRAS,
    Answers,
    make_url_pairs,
    open_view,
    read_pairs,
    split_link,
    url,
)
from tests.conftest import ROOT
from tests.model.test_filters import FILTERS, IDS
from tests.support import old_links

TODAY = date(2026, 1, 15)
FREE = {"text", "find"}


class Remembered(Answers):
    """Asks once what every link needs."""

    def __init__(self, version):
        self._labels, self._facts = super().labels(version), super().facts(version, TODAY)

    def labels(self, version):
        return self._labels

    def facts(self, version, today):
        return self._facts


@pytest.fixture(scope="module")
def opened(real):
    store, chosen, answers = (
        Store(real.folder.parents[1]),
        settings.load(ROOT / "data"),
        Remembered(real),
    )
    return lambda link: open_view(store, chosen, link, TODAY, answers=answers, role=Role.VIEWER)


@pytest.mark.matrix(28)
@pytest.mark.parametrize("old", [*old_links.FILTERS, *old_links.EXTRAS], ids=lambda old: old.link)
def test_a_link_of_a_former_release_opens_what_it_opened(opened, old):
    view = opened(old.link)
    assert (view.page, view.filters, dict(view.extras), len(view.notices)) == (
        old.page,
        old.filters,
        old.extras,
        old.notices,
    )


@pytest.mark.matrix(28)
@pytest.mark.parametrize("old", [*old_links.FILTERS, *old_links.EXTRAS], ids=lambda old: old.link)
def test_a_link_that_is_written_again_opens_the_same_without_a_notice(opened, old):
    view = opened(old.link)
    again = opened(view.link())
    assert (again.page, again.filters, again.extras) == (view.page, view.filters, view.extras)
    assert again.link() == view.link()
    assert [n for n in again.notices if "candidate" not in n] == []


def test_every_filter_and_every_parameter_is_in_the_list_of_old_links():
    used = {
        name
        for old in (*old_links.FILTERS, *old_links.EXTRAS)
        for name, _ in parse_qsl(urlsplit(old.link).query)
    }
    assert set(FILTER_NAMES) <= used
    # since the release after 0.1.0
    newer = {"period", "chart", "v", "on", "show", "meeting", "since", "step", "present", "lang"}
    assert set(EXTRAS) - newer <= used


@pytest.mark.matrix(16)
@pytest.mark.parametrize("value", old_links.HOSTILE_VALUES, ids=lambda value: repr(value[:20]))
def test_a_hostile_value_is_dropped_with_a_notice_and_stands_in_no_link(opened, value):
    raw = quote(value.encode("utf-8", "surrogatepass"))
    for name in sorted({*FILTER_NAMES, *EXTRAS} - FREE):
        if name in EXTRAS and EXTRAS[name](value):
            continue  # it is what the name takes: by=null
        view = opened(f"/events?{name}={raw}")
        assert view.filters == Filters(year=2025), name
        assert dict(view.extras) == {}, name
        assert view.notices, name
        assert all(notice.isprintable() and len(notice) < 200 for notice in view.notices), name
        assert view.link() == "/events?year=2025", name


@pytest.mark.matrix(16)
@pytest.mark.parametrize("value", old_links.HOSTILE_VALUES, ids=lambda value: repr(value[:20]))
def test_free_text_is_text_or_it_is_dropped_with_a_notice(opened, value):
    raw = quote(value.encode("utf-8", "surrogatepass"))
    for name in FREE:
        view = opened(f"/records?{name}={raw}")
        kept = view.filters.text or view.extras.get("find", "")
        assert kept or view.notices or not value.strip()
        assert kept.isprintable()
        assert len(kept) <= 200
        assert view.link().isascii()
        assert not set(view.link()) & set("<>\"'\\ \r\n\x00")


@pytest.mark.matrix(10)
@pytest.mark.parametrize("link", old_links.HOSTILE_LINKS, ids=lambda link: repr(link[:40]))
def test_a_hostile_link_opens_the_page_without_it(opened, link):
    view = opened(link)
    assert view.filters.chosen in (("year",), ())
    assert dict(view.extras) == {}
    assert view.link().startswith("/")
    assert all(notice.isprintable() for notice in view.notices)


def test_what_has_more_values_than_anybody_chooses_is_said(opened):
    assert opened("/events?" + "speaker=a&" * 5000).notices == (
        "the link is not understood; no filter is set",
    )
    many = opened("/events?" + "".join(f"text=w{n}&" for n in range(60)))
    assert many.notices == ("only the first of 60 values for text is used",)


# State → URL → state
# ----------------------------------------------------------------------------------------

HEX = st.from_regex(r"[0-9a-f]{16}", fullmatch=True)
WORDS = st.text(
    st.characters(min_codepoint=33, max_codepoint=0x24F, exclude_categories=["C", "Z"]),
    min_size=1,
    max_size=30,
)
VALUES = {
    "period": st.sampled_from(sorted(PERIODS)),
    "event": IDS,
    "project": IDS,
    "person": IDS,
    "record": st.builds("{}.{}".format, st.sampled_from(["places", "event_people"]), IDS),
    "why": st.builds(
        lambda metric, who: format_drill_down(metric, ("speaker", who)),
        st.sampled_from(["contributions", "events_held"]),
        IDS,
    ),
    "by": st.from_regex(r"[a-z-]{1,30}", fullmatch=True),
    "compare": st.integers(1900, 2099).map(str),
    "tab": st.sampled_from(["tables", "definitions", "sources", "todo"]),
    "table": st.from_regex(r"[a-z_]{1,40}", fullmatch=True),
    "edit": st.builds("{}.{}".format, st.just("trainings"), IDS),
    "candidate": HEX,
    "find": WORDS,
    "view": st.sampled_from(["world", "europe", "netherlands"]),
    "size": st.sampled_from(["events", "participants"]),
    "place": IDS,
    "chart": IDS,
    "v": HEX,
    "on": st.dates(date(2001, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    "show": st.just("now"),
    "meeting": st.from_regex(r"[a-z0-9]{4,40}", fullmatch=True),
    "since": HEX | st.dates(date(2001, 1, 1), date(2099, 12, 31)).map(date.isoformat),
    "step": st.integers(1, 999).map(str),
    "present": st.just("true"),
    "lang": st.sampled_from(["nl", "en"]),
}


@st.composite
def states(draw):
    """Filters and extras as a page can have them: a period in words goes with its dates, unless the
    view is pinned.
    """
    filters, extras = draw(FILTERS), draw(st.fixed_dictionaries({}, optional=VALUES))
    if "period" in extras and not ("v" in extras and (filters.year or filters.month)):
        filters = filters.with_(**resolve_period(extras["period"], TODAY))
    return filters, extras


def everything_known(filters):
    return {
        name: {v: v for v in getattr(filters, name)}
        for name in FILTER_NAMES
        if name not in ("year", "month", "text")
    }


def test_the_values_of_every_parameter_are_tried():
    assert list(VALUES) == list(EXTRAS)


@examples(max_examples=40)
@given(states(), st.sampled_from(["", "events", "review"]))
def test_a_state_survives_the_way_through_the_url(state, page):
    filters, extras = state
    found_page, pairs = split_link(url(page, make_url_pairs(filters, extras)))
    again = read_pairs(pairs, 2025, everything_known(filters), TODAY)
    assert (found_page, again) == (page, (filters, extras, []))
    assert make_url_pairs(again[0], again[1]) == make_url_pairs(filters, extras)


@given(
    st.lists(st.tuples(st.sampled_from([*FILTER_NAMES, *EXTRAS]), st.text(max_size=60)), max_size=8)
)
def test_no_value_of_a_parameter_raises_and_what_is_written_again_stays(pairs):
    labels = {name: {} for name in FILTER_NAMES if name not in ("year", "month", "text")}
    filters, extras, notices = read_pairs(pairs, 2025, labels, TODAY)
    assert all(isinstance(notice, str) for notice in notices)
    held = {name: value for name, value in extras.items() if value}
    assert read_pairs(make_url_pairs(filters, extras), 2025, labels, TODAY)[:2] == (filters, held)


def test_the_ids_of_the_list_are_in_the_shipped_records(real):
    labels = questions.read_labels(real)
    assert {"job-doornberg", "rozemarijn-vliegenthart"} <= set(labels["speaker"])
    assert {"vienna-at", "groningen-nl"} <= set(labels["city"])
