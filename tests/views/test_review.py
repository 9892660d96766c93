"""The review as a report, worked out by hand from tests/data and from the shipped records."""

from datetime import date
from shutil import copytree

import pytest

from dashboard.charts.markup import make_element
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.ui.spreads import build_report, build_spread
from dashboard.views.content import review
from dashboard.views.content.review_spreads import MAX_FOLDED, MAX_NAMED, list_things
from dashboard.views.content.review_things import Thing, rank_things, read_things
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept, publish_folder

SETTINGS = settings.load(ROOT / "data")
ANSWERS = Kept()
TODAY = date(2026, 1, 15)


def open_in(store, link, today=TODAY):
    return open_view(store, SETTINGS, link, today, role=Role.VIEWER, answers=ANSWERS)


@pytest.fixture
def tell(by_hand):
    return lambda link, today=TODAY: review.content(open_in(by_hand, link, today))


@pytest.fixture
def told(real):
    """The review of the shipped records."""
    return lambda link="/review?year=2025": review.content(
        open_in(Store(real.folder.parents[1]), link)
    )


def spread_of(content, key):
    (spread,) = [one for one in content.spreads if one.key == f"review-{key}"]
    return spread


def numbers_of(spread):
    return [(tile.label, tile.quantity.words()) for tile in spread.tiles]


def names_in(element):
    return [one.text for one in element.find("line-name")]


# By hand


def test_a_year_with_a_text_is_told_under_its_title_with_its_numbers_filled_in(tell):
    found = tell("/review?year=2025")
    assert found.title == "DASH, 2025 in review"
    assert found.finding == (
        "A year of trees: 4 events and about 430 people trained. The dataset is open."
    )
    assert found.blocks["lead"].text == "4 events in one year."
    assert found.blocks["above"].text == "Data Science Center in Health, UMCG · 2025 in review"
    assert [one.text for one in found.blocks["highlights"].find("highlight")] == [
        "The dataset is open. Anybody may use it."
    ]
    assert found.blocks["highlights"].acts() == ["project=open-dataset"]


def test_a_year_without_texts_is_told_by_its_numbers(tell):
    found = tell("/review?year=2026")
    assert found.finding == "DASH in 2026: 1 project."
    assert found.blocks["lead"] is None
    assert tell("/review?year=all").finding == (
        "DASH in all years: 5 events and about 430 people trained."
    )


def test_a_text_of_the_whole_year_is_not_told_of_a_part_of_it(tell):
    found = tell("/review?month=2025-05")
    assert found.finding == "DASH in May 2025: 2 events."
    assert found.blocks["lead"] is None
    filtered = tell("/review?year=2025&speaker=anna-berg")
    assert filtered.finding == "Everything with Anna Berg in 2025: 2 events."
    assert filtered.title == "DASH in review: everything with Anna Berg in 2025"
    # under a pillar its own highlights still tell of what is shown
    research = tell("/review?year=2025&pillar=research")
    assert research.blocks["lead"] is None
    assert research.blocks["highlights"].text.endswith("The dataset is open. Anybody may use it.")
    assert [spread.key for spread in research.spreads] == ["review-research", "review-next"]


def test_what_a_filter_does_not_apply_to_is_not_told_as_if_it_were_of_the_selection(tell):
    found = tell("/review?year=2025&speaker=anna-berg")
    assert found.blocks["left-out"].text == (
        "Not told here, because a chosen filter does not apply to them: trainings and series"
    )
    things = [name for spread in found.spreads for name in names_in(spread.inside[0])]
    assert things == ["AI lab", "Open day", "Spring school"]  # and none of it is still to come
    assert all(not tile.qualifier for spread in found.spreads for tile in spread.tiles)
    assert tell("/review?year=2025").blocks["left-out"] is None


def test_results_without_a_text_are_names_with_their_notes_and_none_are_told_of_a_month(tell):
    found = tell("/review?year=all")
    assert [one.text for one in found.blocks["highlights"].find("highlight")] == [
        "The study is done · It took two years.",
        "The dataset is open · Anybody may use it.",
        "Hub grant · €3 million; not our money",
        "Seed grant · €50,000",
        "Old money · about €20,000",
        "New network · selected",
    ]
    assert tell("/review?month=2025-05").blocks["highlights"] is None


def test_where_nothing_is_recorded_it_says_so_and_nothing_breaks(tell):
    found = tell("/review?year=2019")
    assert found.finding == "DASH in 2019: nothing that was held or ran is recorded."
    assert found.spreads == ()
    assert found.blocks["highlights"] is None
    assert found.blocks["contents"] is None
    assert build_report(found).find("spread") == []


def test_a_spread_has_its_three_weightiest_known_numbers_each_with_its_question(tell):
    found = tell("/review?year=2025")
    research = spread_of(found, "research")
    # the open day was not our own; the open dataset came out; the seed grant is through the AI lab
    assert numbers_of(research)[:2] == [("Results", "1"), ("Funding received", "50,000")]
    education = spread_of(found, "education")
    assert numbers_of(education) == [
        ("People trained", "about 430"),
        ("E-learning modules ready", "1"),
        ("Events of our own", "2"),
    ]
    assert build_spread(education).acts()[:3] == [
        "why=training_participants~pillar.education",
        "why=modules_developed~pillar.education",
        "why=events_organised~pillar.education",
    ]
    assert not any(tile.quantity.value in (0, None) for s in found.spreads for tile in s.tiles)


def test_without_a_text_a_sentence_says_the_numbers_that_do_not_stand_beside_it(tell):
    education = spread_of(tell("/review?year=2025"), "education")
    assert education.title == ""
    assert education.text == "In 2025 also 2 events, 1 series and 2 trainings."


def test_a_spread_names_what_stands_under_its_pillar_and_what_was_cancelled_is_left_out(tell):
    found = tell("/review?year=2025")
    research = spread_of(found, "research")
    assert names_in(research.inside[0]) == ["Open dataset", "AI lab", "New network", "Open day"]
    notes = [one.text for one in research.inside[0].find("note")]
    assert notes[0] == "data set · completed"
    assert notes[-1].startswith("14 May 2025 · ")
    grey = spread_of(found, "not-stated")
    assert grey.name == "Under no stated pillar"
    assert build_spread(grey).css == "spread pillar-none"
    assert names_in(grey.inside[0]) == ["Retreat"]  # the visit was cancelled


def test_files_get_every_list_under_its_pillar(tell):
    found = tell("/review?year=2025")
    assert [(s.heading, s.group, [line.text for line in s.lines]) for s in found.sections] == [
        ("Highlights", "", ["The dataset is open"]),
        ("Research", "", ["Results", "Funding received", "Projects", "In 2025 also 1 event."]),
        ("Research", "Projects and results", ["AI lab", "New network", "Open dataset"]),
        ("Research", "Events", ["Open day"]),
        (
            "Education",
            "",
            [
                "People trained",
                "E-learning modules ready",
                "Events of our own",
                "In 2025 also 2 events, 1 series and 2 trainings.",
            ],
        ),
        (
            "Education",
            "Trainings and modules",
            ["First-year curriculum", "Autumn course", "Consent module"],
        ),
        ("Education", "Events", ["Spring school", "Webinar on consent"]),
        ("Education", "Series", ["Reading club"]),
        ("Under no stated pillar", "", ["Events"]),
        ("Under no stated pillar", "Events", ["Retreat"]),
        ("Partner organisations", "", ["City Lab", "Ghent University", "The Care Group"]),
    ]


def test_files_tell_the_numbers_of_a_part_with_what_stands_beside_them(tell, told):
    def lines_of(found, pillar):
        return [
            (line.text, line.note)
            for section in found.sections
            if section.key == f"pillar:{pillar}" and not section.group
            for line in section.lines
        ]

    assert lines_of(tell("/review?year=2025"), "not-stated") == [
        ("Events", "1 event; 1 held · 1 cancelled")
    ]
    assert lines_of(told(), "education")[1] == (
        "People trained",
        "about 589 participants; from 5 of 11 trainings",
    )


def test_what_is_next_closes_it_but_not_the_review_of_a_year_that_is_longer_ago(tell):
    coming = tell("/review?year=2025").spreads[-1]
    assert (coming.key, coming.is_plain) == ("review-next", True)
    assert "Congress" in coming.inside[0].text
    assert "We move to Ghent" in coming.inside[0].text
    later = tell("/review?year=2025", date(2027, 1, 15))
    assert all(spread.key != "review-next" for spread in later.spreads)


def test_the_contents_lead_to_every_part(tell):
    found = tell("/review?year=2025")
    contents = found.blocks["contents"]
    goals = [link.attributes["href"] for link in links_of(contents)]
    assert goals[0] == "#review-highlights"
    assert goals[1:] == [f"#{spread.key}" for spread in found.spreads]
    report = build_report(found)
    assert report.find("spread")[0].attributes["id"] == "review-research"


def links_of(element):
    inner = [child for child in element.children if not isinstance(child, str)]
    own = [element] if element.tag == "a" else []
    return own + [link for child in inner for link in links_of(child)]


def test_the_notes_say_what_every_number_of_the_page_counts(tell):
    found = tell("/review?year=2025")
    notes = found.blocks["notes"]
    told = {act.removeprefix("why=") for act in notes.acts()}
    shown = {tile.number.partition("~")[0] for s in found.spreads for tile in s.tiles}
    assert shown | {"events_held", "training_participants"} <= told == set(found.counted)
    assert "Not counted: planned and cancelled events" in notes.text


def test_an_address_within_an_element_leads_to_a_part_of_the_page_only():
    for href in ("https://example.org", "javascript:alert(1)", "#", "#A b", "//example.org"):
        with pytest.raises(ValueError, match="no part of this page"):
            make_element("a", "there", href=href)


# Many


def make_things(number):
    return [Thing("events", f"e{nr}", f"Event {nr}", "", None) for nr in range(number)]


@pytest.mark.parametrize("number", [1, MAX_NAMED, MAX_NAMED + 1, 400])
def test_six_things_are_named_and_the_others_folded_with_their_number(number):
    shown = list_things(make_things(number))
    folds = shown.find("fold")
    assert len(names_in(shown.find("thing-list")[0])) == min(number, MAX_NAMED)
    assert len(folds) == (number > MAX_NAMED)
    assert len(names_in(shown)) == min(number, MAX_NAMED + MAX_FOLDED)
    if folds:
        assert folds[0].find("fold-label")[0].text == f"and {number - MAX_NAMED:,} more"
    if number == 400:
        assert shown.text.endswith("and 294 more: see Events, Trainings and Projects")


def test_nothing_is_no_list():
    assert list_things([]) is None


def test_what_highlights_name_comes_first_and_events_of_others_last():
    own, other = (
        Thing("events", "own", "", "", None),
        Thing("events", "other", "", "", None, is_ours=False),
    )
    series, project = Thing("series", "s", "", "", None), Thing("projects", "p", "", "", None)
    named = [("events", "other"), ("series", "s")]
    assert rank_things([own, series, project, other], named) == [other, series, project, own]
    assert rank_things([other, series, own, project], []) == [project, own, series, other]


def test_more_events_than_can_be_named_are_one_press_away(by_hand, monkeypatch):
    monkeypatch.setattr("dashboard.views.content.review_things.MAX_EVENTS", 2)
    view = open_in(by_hand, "/review?year=2025")
    assert read_things(view).unlisted == 5  # held and cancelled
    found = spread_of(review.content(view), "education")
    assert "All events" in found.inside[1].text
    assert found.inside[1].acts() == ["page:events?pillar=education"]


# What others keep


def test_a_quotation_and_a_text_of_a_pillar_stand_in_its_spread(tmp_path):
    folder = copytree(ROOT / "tests" / "data", tmp_path / "data")
    with (folder / "texts.csv").open("a", encoding="utf-8") as file:
        file.write(
            "said,quotation,2025,education,Anna Berg,Learning never ends.,,,people,anna-berg,report,1,\n"
            "school,pillar,2025,education,To school,{trainings_held~pillar.education} were held.,,,,,report,1,\n"
        )
    store = Store(tmp_path / "store")
    publish_folder(store, folder)
    found = spread_of(review.content(open_in(store, "/review?year=2025")), "education")
    assert (found.title, found.text) == ("To school", "2 trainings were held.")
    (quotation,) = build_spread(found).find("quotation")
    assert (quotation.tag, quotation.text) == ("blockquote", "Learning never ends. Anna Berg")


# The shipped year


def test_the_review_of_2025_reads_as_the_report(told):
    found = told()
    assert found.finding == (
        "A year of embedding: 29 events and about 589 people trained."
        " Dutch AI Factory has its green light."
    )
    assert [(spread.name, spread.title) for spread in found.spreads] == [
        ("Research", "From model to practice"),
        ("Education", "From first year to PhD"),
        ("Impact", "From innovation to lasting change"),
        ("Under no stated pillar", ""),
        ("What is next", ""),
    ]
    assert numbers_of(spread_of(found, "impact")) == [
        ("Events of our own", "4"),
        ("Projects", "6"),
        ("Funding to others", "3 million"),
    ]
    assert spread_of(found, "education").tiles[0].qualifier == "from 5 of 11 trainings"


def test_what_the_report_tells_under_two_pillars_leads_the_grey_spread(told):
    grey = spread_of(told(), "not-stated")
    assert names_in(grey.inside[0])[:2] == [
        "Zpannend Zernike",
        "Science Truck: Your Technology of Tomorrow",
    ]


def test_everything_of_the_year_stands_in_a_spread_once(told):
    found = told()
    things = [name for spread in found.spreads if not spread.is_plain
              for name in names_in(spread.inside[0])]  # fmt: skip
    lists = [
        line.text
        for section in found.sections
        if section.key.startswith("pillar:") and section.group
        for line in section.lines
    ]
    assert sorted(things) == sorted(lists)


def test_the_records_shipped_keep_no_quotation(told):
    assert not any(build_spread(spread).find("quotation") for spread in told().spreads)
