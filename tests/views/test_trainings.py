"""The Trainings page: what its headline says, how sure it is, and that nothing unknown is a number.
Worked out by hand from tests/data (see README there) and from the report of 2025.
"""

from datetime import date
from shutil import copytree

import pytest

from dashboard.charts.cohorts import rank_cohorts
from dashboard.charts.participation import DIMENSIONS
from dashboard.model import settings
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.text.sentences import lower_first, raise_first
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import make_slides
from dashboard.views.content.trainings_findings import name_share
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept, publish_folder

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")


@pytest.fixture(scope="module")
def see(real, by_hand):
    """What the page of a link holds: of the records to check by hand, or of those that ship."""
    stores, answers = {"hand": by_hand, "shipped": Store(real.folder.parents[1])}, Kept()

    def look(query, of="shipped", today=TODAY):
        link = f"/trainings?{query}"
        return make_content(
            open_view(stores[of], SETTINGS, link, today, answers=answers, role=Role.VIEWER)
        )

    return look


@pytest.fixture
def change(tmp_path):
    """The page of changed records to check by hand: lines that are added to their trainings."""

    def build(*lines, query="year=2025"):
        folder = copytree(ROOT / "tests" / "data", tmp_path / "data")
        with (folder / "trainings.csv").open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))
        publish_folder(Store(tmp_path / "store"), folder)
        link = f"/trainings?{query}"
        return make_content(
            open_view(Store(tmp_path / "store"), SETTINGS, link, TODAY, role=Role.VIEWER)
        )

    return build


def texts(elements):
    return [element.text for element in elements]


def tiles(content):
    return {t.label: (t.quantity.value, t.qualifier) for t in content.tiles}


# The headline


@pytest.mark.parametrize(
    ("of", "query", "said"),
    [
        (
            "shipped",
            "year=2025",
            (
                "About 589 people were trained, two thirds of them first-year medical students."
                " Known for 5 of 12 trainings; 7 state no number."
            ),
        ),
        (
            "shipped",
            "year=2025&level=phd",
            (
                "Trainings at level PhD in 2025: about 100 people trained."
                " Known for 1 of 2 trainings; 1 states no number."
            ),
        ),
        (
            "shipped",
            "year=2025&level=master",
            "Trainings at level Master in 2025: 30 people trained.",
        ),
        (
            "shipped",
            "year=2025&level=public",
            (
                "Trainings at level Patients and the public in 2025: 1 training held; how many people"
                " took part is not known."
            ),
        ),
        ("shipped", "month=2025-05", "Trainings in May 2025: none held."),
        (
            "shipped",
            "year=2025&format=e-learning",
            "Trainings of format E-learning module in 2025: none held, 3 e-learning modules ready.",
        ),
        # 400 of 430: most
        (
            "hand",
            "year=2025",
            (
                "About 430 people were trained, most of them students."
                " Each of the 2 trainings states its number."
            ),
        ),
        ("hand", "year=1999", "Trainings in 1999: none held."),
        ("hand", "year=2026", "Trainings in 2026: none held."),
    ],
)
def test_the_headline_says_how_many_were_trained_as_far_as_that_is_known(see, of, query, said):
    assert see(query, of).finding == said


def test_the_numbers_of_the_headline_stand_out(see):
    strong = [text for text, is_strong in see("year=2025").lead if is_strong]
    assert strong == ["About 589 people", "two thirds", "5 of 12"]


def test_a_filter_that_means_nothing_here_changes_no_sentence_and_the_tiles_say_so(see):
    everybody, one = see("year=2025"), see("year=2025&speaker=job-doornberg")
    assert one.finding == everybody.finding
    assert tiles(one)["People trained"] == (589, "not filtered by person")


def made(identity, number, kind="exact", audience="Nurses"):
    return {
        "training_id": identity,
        "title": identity.title(),
        "audience": audience,
        "period": "2025",
        "participants": number,
        "participants_kind": kind,
        "is_disputed": False,
        "pillar": None,
    }


@pytest.mark.parametrize(
    ("numbers", "named"),
    [
        ((50, 50), "half"),
        ((66, 34), "two thirds"),
        ((75, 25), "three quarters"),
        ((60, 40), "most"),
        ((90, 10), "most"),
        ((40, 30, 30), ""),  # less than half
        ((99, 1), ""),  # next to all: it would be said twice
        ((100,), ""),
        ((), ""),
    ],
)
def test_a_share_is_named_by_what_it_is_nearest_to(numbers, named):
    ranked = rank_cohorts([made(f"t{nr}", number) for nr, number in enumerate(numbers)])
    people = Quantity(sum(numbers), exact=len(numbers))
    assert name_share(people, ranked) == named


def test_of_a_lower_bound_no_share_is_said():
    ranked = rank_cohorts([made("a", 60, "at-least"), made("b", 40)])
    assert name_share(Quantity(100, exact=1, at_least=1), ranked) == ""
    assert name_share(Quantity(None, unknown=2), rank_cohorts([made("a", None, "unknown")])) == ""


def test_a_word_with_its_own_spelling_keeps_it():
    assert lower_first("First-year students") == "first-year students"
    assert lower_first("PhD candidates") == "PhD candidates"
    assert raise_first("guidance on AI") == "Guidance on AI"
    assert raise_first("eHealth module") == "eHealth module"


# The numbers


def test_the_tiles_of_2025_say_each_number_with_what_stands_behind_it(see):
    assert tiles(see("year=2025")) == {
        "People trained": (589, "from 5 of 12 trainings"),
        "First-year medical students": (400, "the largest cohort"),
        "PhD candidates": (100, "the second largest"),
        "Trainings": (12, "held"),
        "E-learning": (3, "ready, 1 in progress"),
    }


def test_the_tile_of_a_cohort_asks_for_this_cohort_and_for_no_other(see):
    shown = see("year=2025").tiles[1:3]
    assert [tile.quantity for tile in shown] == [
        Quantity(400, about=1, disputed=1),
        Quantity(100, about=1),
    ]


def test_a_single_known_cohort_is_not_said_twice(see):
    assert list(tiles(see("year=2025&level=phd"))) == ["People trained", "Trainings", "E-learning"]


def test_cohorts_that_no_filter_tells_apart_have_no_tile(change):
    twin = "first-year-again,First-year curriculum,bachelor,medicine,curriculum,Students,held,2023-2024,,education,learning,390,about,"
    # both count in other years: in all years nothing tells them apart
    found = change(twin, query="year=all")
    assert [tile.label for tile in found.tiles] == ["People trained", "Trainings", "E-learning"]


def test_no_qualifier_is_longer_than_what_fits_beside_its_number(see):
    assert all(len(tile.qualifier) <= 22 for tile in see("year=2025").tiles)


# How sure, and who


def test_the_parts_of_the_bar_add_up_to_the_people_trained(see):
    chart = see("year=2025").picture("certainty").chart
    assert texts(chart.markup.find("sure-words")) == [
        "89 exact",  # 44 + 30 + 15
        "≈ 500 about",  # 400 + 100
        "7 trainings: number not known",
    ]
    assert (
        chart.sentence
        == "About 589 people were trained, from 5 of 12 trainings, of which 1 disputed"
    )


def test_bars_are_the_cohorts_of_the_periods_of_which_a_number_is_known(see):
    chart = see("year=2025").picture("cohorts").chart
    assert chart.sentence == (
        "Cohorts, academic year 2024–2025: the largest known is First-year medical students, about 400"
    )
    assert [(row["Cohort"], row["Participants"]) for row in chart.table] == [
        ("First-year medical students", Quantity(400, about=1, disputed=1)),
        ("PhD candidates", Quantity(100, about=1)),
        ("First-year dentistry students", Quantity(44, exact=1)),
        ("Master's students", Quantity(30, exact=1)),
        ("Research master's students", Quantity(15, exact=1)),
        ("Third-year students", Quantity(None, unknown=1)),
    ]
    assert "sources differ" in chart.markup.find("cohort")[0].text


def test_the_others_are_rows_with_audience_and_what_is_said_of_them(see):
    rows = see("year=2025").blocks["not-known"].find("named-row")
    assert texts(rows) == [
        (
            "Exquairo bootcamp Clinician-scientists and biomedical researchers six weeks · AI for medical"
            " imaging, Responsible AI"
        ),
        (
            "Hands-on workshops on digital healthcare tools Patient organisations and communities"
            " Telemonitoring, Health apps, Public Health Internship activities in community centres"
        ),
        (
            "Research tools workshops PhD candidates and researchers Practical IT support, Data"
            " infrastructure, Applying data science and AI methods"
        ),
        "Summer school audience not stated Synthetic data, Data cleaning, Responsible AI",
        (
            "Teaching and workshops on innovation management and eHealth implementation Students,"
            " professionals and patients Guest lectures, Innovation management, eHealth implementation"
        ),
        (
            "Technology in Healthcare: eHealth from Concept to Care audience not stated “doubled compared"
            " to 2024”, says 2025 in Review; no number is recorded"
        ),
    ]
    assert rows[0].acts() == ["record=trainings.exquairo-bootcamp"]
    assert see("year=2025").heading("not-known") == "Held in 2025, number of people not known"


def test_bars_and_rows_are_all_held_trainings_each_once(see):
    found = see("year=2025")
    named = [row["Training"] for row in found.picture("cohorts").chart.table]
    named += texts(found.blocks["not-known"].find("named-name"))
    assert sorted(named) == sorted(
        row["Training"] for row in found.sheet("trainings").rows if row["Status"] == "held"
    )
    assert len(named) == 12


def test_e_learning_says_what_is_ready_first(see):
    rows = see("year=2025").blocks["modules"].find("named-row")
    assert texts(rows) == [
        "AI+ Hospital module ready",
        "AI in healthcare ready",
        "Guidance on the use of generative AI ready",
        "eHealth module in progress",
    ]
    *_others, slide = make_slides(see("year=2025"))
    assert [line.note for line in slide.lines] == ["Developed"] * 3 + ["In development"]


def test_planned_and_cancelled_trainings_are_folded_and_counted_nowhere(see, change):
    assert see("year=2025").blocks["not-held"] is None
    fold = see("year=all", "hand").blocks["not-held"]
    assert fold.text == "Planned or cancelled: 1 training Winter school planned"
    assert tiles(see("year=all", "hand"))["Trainings"] == (3, "held, 1 planned")


def test_where_a_month_is_chosen_the_page_says_what_no_month_matches(see):
    found = see("month=2025-05")
    assert found.blocks["left-out"].text == (
        "Left out where months are chosen: 16 trainings and modules known by their year only."
    )
    assert see("year=2025").blocks["left-out"] is None
    # the autumn course of October 2025 is known by its month
    assert (
        see("month=2025-10", "hand")
        .blocks["left-out"]
        .text.startswith("Left out where months are chosen: 2 ")
    )


@pytest.mark.parametrize(
    ("query", "act"),
    [("year=1999", "year=2024"), ("month=2025-05", "clear"), ("year=2027", "year=2025")],
)
def test_an_empty_page_leads_to_where_there_is_something(see, query, act):
    found = see(query, "hand" if "year" in query else "shipped")
    assert found.blocks["nothing"].acts() == [act]
    assert (found.pictures, found.sheets, found.blocks["by"]) == ((), (), None)
    assert make_slides(found)


# The year before, and claims


def test_the_year_before_is_folded_and_a_claim_stands_once(see):
    fold = see("year=2025").blocks["compared"]
    assert fold.find("fold-label")[0].text == "Compared with 2024"
    assert "Trainings 12 trainings; 2024 not recorded" in fold.text
    assert "doubled" not in fold.text  # its row says it
    listed = next(s for s in see("year=2025").sections if s.key == "compared")
    assert listed.lines[-1].note == (
        "“doubled compared to 2024” (Expanding AI training, line 102) and “Doubled participation”"
        " (Key highlights, line 137); the number itself is not recorded"
    )


def test_the_numbers_of_two_years_are_compared_where_both_are_known(see):
    (section,) = [s for s in see("year=2025", "hand").sections if s.key == "compared"]
    assert [(line.text, line.note) for line in section.lines] == [
        ("Trainings", "2 trainings, 1 more than in 2024 (1 training)"),
        (
            "Participants in trainings",
            "about 430 participants; no comparison, because for 2024: unknown for the one training",
        ),
        ("E-learning modules ready", "1 module, 1 more than in 2024 (0 modules)"),
    ]
    assert not [s for s in see("year=all", "hand").sections if s.key == "compared"]


# By level and so on


@pytest.mark.parametrize("dimension", DIMENSIONS)
@pytest.mark.parametrize("of", ["hand", "shipped"])
def test_people_by_a_dimension_add_up_to_all_by_how_well_they_are_known(see, of, dimension):
    found = see(f"year=2025&by={dimension}", of)
    bars = found.picture("participation").chart.bars
    sums = {name: sum(v for v in values if v) for name, values, _ in bars.series}
    assert sums == ({"Exact": 30, "About": 400} if of == "hand" else {"Exact": 89, "About": 500})
    for place, category in enumerate(bars.categories):
        unknown = all(values[place] is None for _, values, _ in bars.series)
        assert unknown == (bars.amounts[0][place] == "not known"), category


def test_the_choice_of_old_links_opens_the_fold_and_the_switch_marks_it(see):
    closed, opened = see("year=2025").blocks["by"], see("year=2025&by=discipline").blocks["by"]
    assert "open" not in closed.attributes
    assert opened.attributes["open"] == "open"
    assert [
        one.text for one in opened.find("switch-option") if "aria-current" in one.attributes
    ] == ["Discipline"]
    assert opened.find("switch")[0].acts() == [f"by={name}" for name in DIMENSIONS]
    assert texts(opened.find("cohort")) == [
        "Medicine ≈ 400 sources differ from 1 of 2 trainings",
        "Dentistry 44",
        "Discipline not stated ≈ 145 from 3 of 9 trainings",
    ]
    assert closed.text.startswith("People by level")


# Files


def test_the_table_of_the_page_holds_every_training_with_how_well_its_number_is_known(see):
    sheet = see("year=2025", "hand").sheet("trainings")
    assert (sheet.heading, sheet.links) == (
        "List: 2 trainings held",
        ["record=trainings.first-year", "record=trainings.autumn-course"],
    )
    assert list(sheet.rows) == [
        {
            "Training": "First-year curriculum",
            "Participants": Quantity(400, about=1),
            "Level": "Bachelor",
            "Discipline": "Medicine",
            "Audience": "Students",
            "Format": "Curriculum",
            "Period": "academic year 2024–2025",
            "Status": "held",
            "What it held": "What is a model?; Hospital game",
        },
        {
            "Training": "Autumn course",
            "Participants": Quantity(30, exact=1, disputed=1),
            "Level": "not stated",
            "Discipline": "",
            "Audience": "Nurses",
            "Format": "Course",
            "Period": "October 2025",
            "Status": "held",
            "What it held": "Privacy",
        },
    ]


def test_slides_show_the_numbers_with_how_sure_they_are_then_a_chart_or_list_each(see):
    shown = make_slides(see("year=2025"))
    assert [(s.picture.key if s.picture else None, bool(s.tiles)) for s in shown] == [
        ("certainty", True),
        ("cohorts", False),
        (None, False),
        (None, False),
    ]
    assert [s.key for s in shown[2:]] == ["not-known", "modules"]
