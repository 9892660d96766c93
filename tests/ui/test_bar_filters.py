"""The filters of the bar as elements: what they offer, with which counts, and where each choice leads."""

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest

from dashboard.charts.markup import Element
from dashboard.model import settings
from dashboard.model.filters import MAX_LENGTH, Filters
from dashboard.model.roles import Role
from dashboard.model.sitemap import UNFILTERED
from dashboard.query import questions
from dashboard.store import Store
from dashboard.ui import bar_filters
from dashboard.ui.bar_filters import build_filters, build_more
from dashboard.views import actions
from dashboard.views.view import Answers, View, open_view, read_pairs, split_link
from tests.conftest import ROOT, Kept

TODAY = date(2026, 11, 20)
ANSWERS = Kept()
LABELS = {"year": {"2024": "2024", "2025": "2025"}, "speaker": {"anna-berg": "Anna Berg"}}


@pytest.fixture
def opened(real):
    """Open a link on the records that ship."""

    def open_(link: str) -> View:
        store, chosen = Store(real.folder.parents[1]), settings.load(ROOT / "data")
        return open_view(store, chosen, link, TODAY, role=Role.VIEWER, answers=ANSWERS)

    return open_


class Found(Answers):
    """Counts of events by what would be chosen, without a store."""

    def __init__(self, **counts: dict[str, int]) -> None:
        self.counts = counts

    def rows(self, version, question, filters, params):
        del version, question, filters, params
        return [
            {"filter": name, "id": value, "found": found}
            for name, counted in self.counts.items()
            for value, found in counted.items()
        ]


def made(filters=None, labels=LABELS, page="events", found=None, **extras) -> View:
    """A view of a page; nothing is asked of a store."""
    chosen = filters or Filters(year=2025)
    answers = Found(**(found or {}))
    return View(None, None, chosen, labels, None, TODAY, page, extras=extras, answers=answers)


def walk(element: Element) -> Iterator[Element]:
    yield element
    for child in element.children:
        if isinstance(child, Element):
            yield from walk(child)


def lists(element: Element | None) -> dict[str, Element]:
    """The lists by the names of their filters."""
    assert element
    return {
        one.attributes["data-name"]: one for one in walk(element) if "data-name" in one.attributes
    }


def options(listed: Element) -> dict[str, str]:
    """What a list offers: what it is called by its value."""
    return {one.attributes["value"]: one.text for one in listed.children}


def shown(listed: Element) -> str:
    """What a list shows while it is closed."""
    chosen = [one.text for one in listed.children if "selected" in one.attributes]
    assert len(chosen) <= 1
    return chosen[0] if chosen else listed.children[0].text


def lead(element: Element, value: str) -> str:
    """The address to which the browser's script goes with a value (ui/components/page.js)."""
    if not value and "data-without" in element.attributes:
        return element.attributes["data-without"]
    if template := element.attributes.get("data-address"):
        assert template.count("{}") == 1
        return template.replace("{}", quote(value, safe=""))
    return value


def follow(view: View, address: str) -> View:
    """The view of an address, as somebody who opens it gets it."""
    assert address.startswith("./")
    page, pairs = split_link(address)
    filters, extras, notices = read_pairs(pairs, 2025, view.labels, view.today)
    assert not notices
    return View(
        view.store,
        view.version,
        filters,
        view.labels,
        view.settings,
        view.today,
        page,
        extras=extras,
        answers=view.answers,
    )


# --- what is offered


def test_the_bar_offers_year_month_and_person_and_the_others_when_they_are_asked_for(opened):
    bar = build_filters(opened("/events?year=2025"))
    assert list(lists(bar)) == ["year", "month", "speaker"]
    assert [shown(one) for one in lists(bar).values()] == ["2025", "Month", "Person"]
    assert [one.attributes["aria-label"] for one in lists(bar).values()] == [
        "Year",
        "Month",
        "Person",
    ]
    (more,) = bar.find("more")
    assert (more.tag, more.text, more.attributes["id"]) == ("details", "More", "more")
    assert more.children[1] == Element("div", attributes={"data-part": "more"})


@pytest.mark.parametrize("page", sorted(UNFILTERED))
def test_a_page_that_shows_everything_has_no_filters(page):
    assert build_filters(made(page=page)) is None


@pytest.mark.parametrize(
    ("page", "names", "more"),
    [
        ("", ["year", "month", "speaker"], ["speaker", *bar_filters.EVENT_FILTERS]),
        ("trainings", ["year", "month"], ["level", "discipline", "format", "line", "pillar"]),
        (
            "projects",
            ["year", "month", "speaker"],
            ["speaker", "line", "pillar", "organisation", "our_role"],
        ),
        ("review", ["year"], None),
    ],
)
def test_a_page_offers_the_filters_that_mean_something_on_it(opened, page, names, more):
    view = opened(f"/{page}?year=2025")
    bar = build_filters(view)
    assert list(lists(bar)) == names
    assert len(bar.find("more")) == (more is not None)
    if more:
        assert list(lists(build_more(view))) == more


def test_a_filter_that_is_chosen_is_offered_on_every_page(opened):
    view = opened("/events?year=2025&level=phd&city=groningen-nl")
    assert list(lists(build_more(view)))[-2:] == ["city", "level"]
    (more,) = build_filters(view).find("more")
    assert more.text == "More (2)"


def test_the_person_counts_among_the_others_where_the_bar_has_none(opened):
    query = "year=2025&speaker=job-doornberg&kind=lecture&kind=meeting&text=a"
    for page, said in (("events", "More (2)"), ("trainings", "More (3)"), ("map", "More (2)")):
        (more,) = build_filters(opened(f"/{page}?{query}")).find("more")
        assert more.text == said


def test_each_option_says_how_many_records_it_leaves_and_they_are_there(opened):
    view = opened("/events?year=2025")
    offered = {**lists(build_more(view)), "speaker": lists(build_filters(view))["speaker"]}
    compared = 0
    for one in offered.values():
        for value, label in list(options(one).items())[1::4]:
            count = re.search(r" \(([\d,]+)\)$", label)
            target = follow(view, lead(one, value))
            assert count[1] == f"{len(questions.records(view.version, 'events', target.filters)):,}"
            compared += 1
    assert compared > 10


def test_people_with_most_records_come_first_and_equal_ones_by_name():
    labels = {**LABELS, "speaker": {"c": "C", "b": "B", "a": "A", "none": "None"}}
    bar = build_filters(made(labels=labels, found={"speaker": {"a": 1, "b": 1, "c": 1200}}))
    assert list(options(lists(bar)["speaker"]).values()) == [
        "Person",
        "C (1,200)",
        "A (1)",
        "B (1)",
    ]


def test_of_very_many_people_those_with_most_records_are_listed_and_who_is_chosen():
    names = {f"person-{nr}": f"Person {nr}" for nr in range(2000)}
    found = {"speaker": {one: nr for nr, one in enumerate(names, start=1)}}
    view = made(Filters(speaker=("person-3",)), labels={**LABELS, "speaker": names}, found=found)
    listed = list(options(lists(build_filters(view))["speaker"]))
    assert listed[:2] == ["", "person-1999"]
    assert listed[-2:] == [f"person-{2000 - bar_filters.MAX_LISTED}", "person-3"]


def test_who_is_chosen_is_offered_though_nothing_is_left():
    view = made(Filters(year=2025, speaker=("anna-berg",)))
    person = lists(build_filters(view))["speaker"]
    assert (shown(person), options(person)[""]) == ("Anna Berg (0)", "Person")


# --- where a choice leads


def test_each_option_leads_to_its_filter_alone_and_the_first_to_none(opened):
    view = opened("/events?year=2025&speaker=job-doornberg&kind=lecture")
    for name in ("month", "speaker"):
        one = lists(build_filters(view))[name]
        for value in options(one):
            target = follow(view, lead(one, value))
            assert getattr(target.filters, name) == ((value,) if value else ())
            assert target.filters.kind == ("lecture",)
            if value:
                assert shown(lists(build_filters(target))[name]) == options(one)[value]


def test_a_month_is_one_of_the_year_and_without_one_the_year_stays(opened):
    view = opened("/events?month=2025-05")
    month = lists(build_filters(view))["month"]
    assert (shown(month), len(month.children)) == ("May", 13)
    assert follow(view, lead(month, "2025-03")).filters == Filters(month=("2025-03",))
    assert follow(view, lead(month, "")).filters == Filters(year=2025)


def test_of_several_years_the_months_that_are_chosen_are_offered_and_of_all_years_none(opened):
    view = opened("/events?month=2024-12&month=2025-01")
    month = lists(build_filters(view))["month"]
    assert list(options(month).values()) == ["2 chosen", "December 2024", "January 2025"]
    assert follow(view, lead(month, "2024-12")).filters == Filters(month=("2024-12",))
    assert list(lists(build_filters(opened("/events?year=all")))) == ["year", "speaker"]


def test_another_year_takes_its_months_along_and_each_option_is_the_address():
    view = made(Filters(month=("2025-05",), speaker=("anna-berg",)), event="spring-school")
    year = lists(build_filters(view))["year"]
    assert (shown(year), "data-address" in year.attributes) == ("2025", False)
    by_label = {label: value for value, label in options(year).items()}
    person = "speaker=anna-berg"
    assert by_label["2024"] == f"./events?month=2024-05&{person}"
    assert by_label["All years"] == f"./events?year=all&{person}"
    assert (
        by_label["This month (November 2026)"]
        == f"./events?month=2026-11&{person}&period=this-month"
    )
    for label, address in by_label.items():
        assert shown(lists(build_filters(follow(view, address)))["year"]) == label


def test_a_year_without_records_is_offered_while_it_is_shown(opened):
    year = lists(build_filters(opened("/events?year=1999")))["year"]
    assert shown(year) == "1999"


def test_chosen_days_stand_first_among_the_years_which_take_their_place():
    view = made(Filters(from_day=date(2025, 3, 1), to_day=date(2025, 6, 15), kind=("meeting",)))
    year = lists(build_filters(view))["year"]
    assert (shown(year), next(iter(options(year)))) == (
        "1 March – 15 June 2025",
        "./events?from=2025-03-01&to=2025-06-15&kind=meeting",
    )
    by_label = {label: value for value, label in options(year).items()}
    assert by_label["2024"] == "./events?year=2024&kind=meeting"
    assert by_label["All years"] == "./events?year=all&kind=meeting"
    assert by_label["Last year (2025)"] == "./events?year=2025&kind=meeting&period=last-year"


@pytest.mark.parametrize(
    ("filters", "label"),
    [
        (Filters(from_day=date(2025, 3, 1)), "Since 1 March 2025"),
        (Filters(to_day=date(2025, 6, 15)), "Until 15 June 2025"),
        (Filters(year=2025, from_day=date(2025, 3, 1)), "1 March – 31 December 2025"),
    ],
)
def test_the_list_of_years_says_which_days_are_chosen(filters, label):
    assert shown(lists(build_filters(made(filters)))["year"]) == label


def test_of_days_of_one_year_their_months_are_offered_and_narrow_them():
    days = Filters(from_day=date(2025, 3, 1), to_day=date(2025, 6, 15))
    month = lists(build_filters(made(days)))["month"]
    assert list(options(month).values()) == ["Month", "March", "April", "May", "June"]
    june = follow(made(days), lead(month, "2025-06"))
    assert june.filters == days.with_(month=("2025-06",))
    assert follow(june, lead(lists(build_filters(june))["month"], "")).filters == days
    assert "month" not in lists(build_filters(made(days.with_(from_day=date(2024, 9, 1)))))


def day_fields(view):
    """The fields for the first and the last day behind “More”."""
    fields = (one for one in walk(build_more(view)) if one.attributes.get("type") == "date")
    return {one.attributes["id"].removeprefix("more-"): one for one in fields}


def test_behind_more_days_take_the_place_of_the_year_and_are_taken_back_to_it(opened):
    view = opened("/events?year=2025&kind=lecture")
    first = day_fields(view)["from"]
    assert (first.attributes["value"], first.attributes["max"]) == ("", "2099-12-31")
    since = follow(view, lead(first, "2025-03-01"))
    assert since.filters == Filters(from_day=date(2025, 3, 1), kind=("lecture",))
    fields = day_fields(since)
    assert fields["from"].attributes["value"] == fields["to"].attributes["min"] == "2025-03-01"
    between = follow(since, lead(fields["to"], "2026-06-15")).filters
    assert between == since.filters.with_(to_day=date(2026, 6, 15))
    assert follow(since, lead(fields["from"], "")).filters == view.filters
    (more,) = build_filters(since).find("more")
    assert more.text == "More (2)"


def test_after_a_period_in_words_no_month_of_it_stays(opened):
    view = opened("/events?period=last-month")
    year = lists(build_filters(view))["year"]
    assert shown(year) == "Last month (October 2026)"
    assert "./events?year=2025" in options(year)


def test_in_a_pinned_view_a_period_in_words_has_the_dates_of_that_view():
    pin = {"v": "0123456789abcdef", "on": "2025-12-31"}
    year = lists(build_filters(made(Filters(month=("2025-11",)), period="this-month", **pin)))[
        "year"
    ]
    assert shown(year) == "This month (November 2025)"
    assert all("v=0123456789abcdef&on=2025-12-31" in address for address in options(year))


def test_of_several_people_the_list_says_how_many_and_a_choice_takes_their_place(opened):
    view = opened("/events?year=2025&speaker=job-doornberg&speaker=michiel-hooiveld")
    person = lists(build_filters(view))["speaker"]
    assert shown(person) == "2 chosen"
    target = follow(view, lead(person, "michiel-hooiveld"))
    assert target.filters.speaker == ("michiel-hooiveld",)


def test_behind_more_a_choice_is_added_and_what_is_chosen_cannot_be_chosen_again(opened):
    view = opened("/events?year=2025&kind=lecture&kind=meeting")
    kind = lists(build_more(view))["kind"]
    assert shown(kind) == "2 chosen"
    disabled = [one for one in kind.children if "disabled" in one.attributes]
    assert sorted(one.attributes["value"] for one in disabled) == ["lecture", "meeting"]
    other = next(v for v in options(kind) if v not in ("", "lecture", "meeting"))
    assert follow(view, lead(kind, other)).filters.kind == ("lecture", "meeting", other)
    assert follow(view, lead(kind, "")).filters.kind == ()


def test_behind_more_one_that_is_chosen_is_shown_and_taken_back_by_the_first_option(opened):
    view = opened("/events?year=2025&kind=lecture")
    kind = lists(build_more(view))["kind"]
    assert re.fullmatch(r"Lecture or lecture series \(\d+\)", shown(kind))
    assert options(kind)[""] == "Any"
    assert follow(view, lead(kind, "")).filters == Filters(year=2025)


def test_each_list_behind_more_has_a_label(opened):
    more = build_more(opened("/events?year=2025"))
    labels = {one.attributes["for"]: one.text for one in walk(more) if one.tag == "label"}
    named = {one.attributes["id"] for one in walk(more) if one.tag in ("select", "input")}
    assert set(labels) == named
    assert list(labels.values())[:3] == ["Person", "Status", "Role"]


@pytest.mark.parametrize("typed", ["open day", "a&b=c#d", "100% {}", "é 日本", "<b>", "?"])
def test_words_are_searched_for_as_they_are_typed(opened, typed):
    view = opened("/events?year=2025&kind=lecture")
    (form,) = (one for one in walk(build_more(view)) if one.tag == "form")
    target = follow(view, lead(form, typed))
    assert (target.filters.text, target.filters.kind) == (typed, ("lecture",))
    (again,) = (one for one in walk(build_more(target)) if one.tag == "form")
    field = again.children[1]
    assert (field.attributes["value"], field.attributes["maxlength"]) == (typed, str(MAX_LENGTH))
    assert follow(target, lead(again, "")).filters == view.filters


def test_braces_in_what_is_searched_for_are_not_the_place_of_a_choice(opened):
    view = opened("/events?year=2025&text=%7B%7D")
    person = lists(build_filters(view))["speaker"]
    target = follow(view, lead(person, "job-doornberg")).filters
    assert (target.text, target.speaker) == ("{}", ("job-doornberg",))


def test_a_choice_closes_what_is_open_and_keeps_how_the_page_is_shown(opened):
    view = opened("/people?year=2025&person=job-doornberg&by=role&find=x")
    addresses = [lead(one, "job-doornberg") for one in lists(build_filters(view)).values()][1:]
    addresses += [lead(one, "") for one in lists(build_more(view)).values()]
    assert len(addresses) > 5
    for address in addresses:
        assert "&by=role&find=x" in address
        assert "person=" not in address


# --- labels and people


@pytest.mark.parametrize(
    "label", ["<script>alert(1)</script>", '" onfocus="alert(1)', "{}", "&lt;", "a\nb", "  ", ""]
)
def test_a_label_is_text_whatever_it_says(label):
    labels = {**LABELS, "speaker": {"anna-berg": label}}
    person = lists(build_filters(made(labels=labels, found={"speaker": {"anna-berg": 3}})))[
        "speaker"
    ]
    option = person.children[1]
    assert option.children == (f"{label} (3)",)
    assert option.attributes == {"value": "anna-berg"}


def test_people_of_one_name_are_two_options_and_each_leads_to_its_own():
    labels = {**LABELS, "speaker": {"jan-jansen": "Jan Jansen", "jan-jansen-2": "Jan Jansen"}}
    view = made(labels=labels, found={"speaker": {"jan-jansen": 2, "jan-jansen-2": 2}})
    person = lists(build_filters(view))["speaker"]
    assert list(options(person)) == ["", "jan-jansen", "jan-jansen-2"]
    for one in ("jan-jansen", "jan-jansen-2"):
        assert follow(view, lead(person, one)).filters.speaker == (one,)


def test_very_many_people_cost_no_more_addresses_than_few(monkeypatch):
    written = []
    address = actions.Target.address.fget
    monkeypatch.setattr(
        actions.Target, "address", property(lambda self: written.append(self) or address(self))
    )
    monkeypatch.setattr(actions, "follow_act", lambda *_: pytest.fail("an act is followed"))

    def count(people: int) -> int:
        names = {f"person-{nr}": f"Person {nr}" for nr in range(people)}
        view = made(labels={**LABELS, "speaker": names}, found={"speaker": dict.fromkeys(names, 1)})
        written.clear()
        listed = len(lists(build_filters(view))["speaker"].children)
        assert listed == min(people, bar_filters.MAX_LISTED) + 1
        return len(written)

    assert count(100_000) == count(1)
