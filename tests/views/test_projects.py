"""The Projects page: what runs, comes and was completed, who pays, who works with us. Worked out by
hand from tests/data (see README there) and from the report of 2025.
"""

from datetime import date

import pytest

from dashboard.model import settings
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.content import projects as projects_page
from dashboard.views.content.pages import make_content
from dashboard.views.content.projects_findings import list_stages
from dashboard.views.content.slides import make_slides
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")


@pytest.fixture(scope="module")
def see(real, by_hand):
    """What the page of a link holds: of the records to check by hand, or of those that ship."""
    stores, answers = {"hand": by_hand, "shipped": Store(real.folder.parents[1])}, Kept()

    def look(query, of="shipped"):
        link = f"/projects?{query}"
        return make_content(
            open_view(stores[of], SETTINGS, link, TODAY, answers=answers, role=Role.VIEWER)
        )

    return look


def texts(elements):
    return [element.text for element in elements]


def tiles(content):
    return {t.label: (t.quantity.value, t.qualifier) for t in content.tiles}


def columns(content):
    """The columns of the board: heading with number, and the names of their cards."""
    return {
        column.find("board-head")[0].text: texts(column.find("board-title"))
        for column in content.blocks["board"].find("board-column")
    }


# The headline


@pytest.mark.parametrize(
    ("of", "query", "said"),
    [
        (
            "shipped",
            "year=2025",
            (
                "11 projects are running, 4 were completed in 2025 and 2 come next."
                " The amount of our one grant is not stated."
            ),
        ),
        (
            "shipped",
            "year=2025&pillar=impact",
            "Projects under Impact in 2025: 6 running.",
        ),
        (
            "shipped",
            "year=2025&speaker=joost-groen",
            "Projects with Joost Groen in 2025: 1 to come.",
        ),
        # the lab runs, the data set was completed, the network and the programme come
        (
            "hand",
            "year=2025",
            "1 project is running, 1 was completed in 2025 and 2 come next. We received €50,000.",
        ),
        # in 2024 the old study ends; of the money about 20,000 is known, of the top-up nothing
        (
            "hand",
            "year=2024",
            (
                "1 project is running, and 1 was completed in 2024."
                " We received about €20,000, known for 1 of 2 grants."
            ),
        ),
        ("hand", "year=2027", "1 project is running, and 1 comes next."),
        ("hand", "year=1999", "Projects in 1999: none."),
    ],
)
def test_the_headline_says_what_runs_was_completed_and_comes_and_what_of_our_money_is_known(
    see, of, query, said
):
    assert see(query, of).finding == said


def test_stages_without_a_project_are_not_said():
    assert list_stages(0, 2, 1) == ["2 completed", "1 to come"]
    assert list_stages(1_200, 0, 0) == ["1,200 running"]


# The numbers


def test_the_tiles_of_2025_are_the_columns_of_the_board_the_partners_and_the_money(see):
    assert tiles(see("year=2025")) == {
        "Running": (11, "6 for impact"),
        "Completed in 2025": (4, "2 for research"),
        "Coming": (2, "1 planned, 1 selected"),
        "Partners": (11, "organisations"),
        "Own funding": (None, "1 grant"),
    }


def test_a_filter_that_means_nothing_for_partners_folds_them_and_says_so(see):
    found = see("year=2025&speaker=joost-groen")
    assert tiles(found)["Partners"] == (11, "not filtered by person")
    assert found.blocks["partners"].tag == "details"
    assert found.blocks["partners"].find("fold-label")[0].text == (
        "Who works with us: 11 organisations, not filtered by person"
    )


@pytest.mark.parametrize(
    "query", ["year=2025", "year=2024", "year=all", "year=2025&pillar=impact", "month=2025-06"]
)
@pytest.mark.parametrize("of", ["hand", "shipped"])
def test_every_column_holds_as_many_cards_as_its_tile_says(see, of, query):
    found = see(query, of)
    if not found.blocks["board"]:
        assert [tile.quantity.value for tile in found.tiles[:3]] == [0, 0, 0]
        return
    heads = {head.rsplit(" ", 1)[0][:7]: len(cards) for head, cards in columns(found).items()}
    assert [tile.quantity.value for tile in found.tiles[:3]] == [
        heads["Running"],
        heads["Complet"],
        heads["Coming"],
    ]


# The board


def test_the_board_of_2025(see):
    assert columns(see("year=2025")) == {
        "Coming 2": ["AI-driven metabolomics", "DASH programme 2026–2028"],
        "Running 11": [
            "Secure AI research cloud",
            "Synthetic data sets",
            "AI literacy programme",
            "AI+ Hospital serious game",
            "Community digital assistance",
            "AI Hub Northern Netherlands",
            "Citrien-3 Digital Inclusion",
            "Digital Healthcare Community",
            "Dutch AI Factory",
            "Living Lab Accessible Care",
            "Veni: accessible eHealth",
        ],
        "Completed in 2025 4": [
            "AI in clinical reasoning",
            "TransplantLines data set",
            "Vision on AI literacy",
            "DASH programme 2022–2025",
        ],
    }


def test_a_card_says_our_role_who_leads_with_whom_and_when(see):
    cards = see("year=2025").blocks["board"].find("board-card")
    said = {c.find("board-title")[0].text: c.find("board-role")[0].text for c in cards}
    assert said["AI-driven metabolomics"] == "selected · we lead · Joost Groen"
    assert said["DASH programme 2026–2028"] == "planned · we lead · 2026–2028"
    assert said["AI Hub Northern Netherlands"] == "partner"  # it is no partner of itself
    assert said["Veni: accessible eHealth"] == "our role not stated · Esther Metting"
    assert said["DASH programme 2022–2025"] == (
        "we lead · Michiel Hooiveld · with Cohort and Biobank Coordination Hub (CBCH), Datapoort +4"
        " · 2022–2025"
    )
    assert said["Dutch AI Factory"] == (
        "we support · with Municipality of Groningen, Municipality of Oldambt +1"
    )


def test_a_card_opens_its_project(see):
    acts = see("year=2025").blocks["board"].acts()
    assert len(acts) == 17
    assert acts[0] == "project=ai-driven-metabolomics"


def test_what_is_too_much_to_read_is_counted(see, monkeypatch):
    monkeypatch.setattr(projects_page, "MAX_PROJECTS", 6)
    found = see("year=2025")
    running = found.blocks["board"].find("running")[0]
    assert running.find("board-head")[0].text == "Running 11"
    assert running.find("more")[0].text == "and 9 more: choose a pillar or a person"
    assert tiles(found)["Running"] == (11, "")  # of which pillar most are is not known then


# Funding


def test_funding_is_a_table_whose_heading_says_what_is_known_and_whose_it_is(see):
    chart = see("year=2025").picture("funding").chart
    assert chart.sentence == (
        "Funding: €3 million is known, for 1 of 4 grants, and it went to a partner"
    )
    assert texts(chart.markup.find("grant")) == [
        (
            "European Regional Development Fund Through the Northern Netherlands Partnership (SNN) ·"
            " 2025 → AI Hub Northern Netherlands €3 million none never counted as ours"
        ),
        (
            "Ministry of Education, Culture and Science Sector plan Medicine and Health Sciences,"
            " theme Data-driven innovation → Data Science Center in Health (DASH) DASH programme"
            " 2022–2025 not known recipient"
        ),
        "not stated 2025 → Dutch AI Factory not known helped to bring it about",
        "Veni funder not stated → Esther Metting Veni: accessible eHealth not known none",
    ]


def test_money_that_is_not_known_is_no_zero(see):
    own = see("year=2025").tiles[4]
    assert (own.quantity, own.money) == (Quantity(None, unknown=1), True)


# Who works with us


def test_every_partner_is_named_once_with_what_it_does_with_us(see):
    found = see("year=2025")
    rows = texts(found.blocks["partners"].find("named-row"))
    assert len(rows) == found.tiles[3].quantity.value == 11
    assert rows[0] == "8D Games AI+ Hospital serious game project"
    assert "ELSA-NN Public lectures on medical AI and inclusivity series" in rows
    assert rows[-1] == (
        "Noorderpoort College Community digital assistance project · Digital Healthcare Cafés series"
    )
    last = found.blocks["partners"].find("named-row")[-1]
    assert last.acts()[:2] == [
        "record=organisations.noorderpoort",
        "project=noorderpoort-collaboration",
    ]


def test_organisations_that_are_no_partners_are_folded_with_what_they_are(see):
    fold = see("year=2025").blocks["others"]
    assert fold.find("fold-label")[0].text == "Also named in projects: 6 organisations"
    assert "Municipality of Groningen stakeholder, Dutch AI Factory" in fold.text
    small = see("year=2025", "hand").blocks["others"]
    assert small.text == ("Also named in projects: 1 organisation Our Centre home, AI lab")


# Nothing, files


def test_an_empty_page_leads_to_the_nearest_year_with_projects(see):
    found = see("year=1999", "hand")
    assert found.blocks["nothing"].text == "No projects and no funding here. Look at 2023"
    assert (found.pictures, found.sections) == ((), ())
    assert make_slides(found)


def test_files_take_the_board_the_funding_and_the_partners(see):
    found = see("year=2025")
    assert [picture.key for picture in found.pictures] == ["projects", "funding"]
    assert len(found.picture("projects").chart.table) == 17
    assert found.picture("projects").chart.sentence == ("11 running, 4 completed in 2025, 2 coming")
    rows = {row["Project"][:9]: row for row in found.picture("projects").chart.table}
    assert rows["AI-Driven"] == {
        "Project": "AI-Driven Metabolomics: Enhancing Inborn Metabolic Disease Screening",
        "Kind": "Project",
        "Pillar": "Research",
        "Status": "Selected",
        "Who": "we lead · Joost Groen",
        "Start": "not known",
        "End": "not known",
    }
    assert [(s.key, len(s.lines)) for s in found.sections] == [("partners", 11), ("others", 6)]
