"""What pages say in Dutch, of the records that ship: titles, headlines and the words beside numbers."""

from datetime import date

import pytest

from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import make_slides
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

TODAY = date(2026, 1, 15)
SETTINGS = settings.load(ROOT / "data")


@pytest.fixture(scope="module")
def see(real):
    answers = Kept()

    def look(link):
        with speaking("nl"):
            store = Store(real.folder.parents[1])
            view = open_view(store, SETTINGS, link, TODAY, answers=answers, role=Role.VIEWER)
            return make_content(view)

    return look


@pytest.mark.parametrize(
    ("link", "title", "finding"),
    [
        (
            "/?year=2025",
            "DASH in 2025",
            (
                "In 2025 was DASH bij 29 bijeenkomsten in ten minste 7 landen, trainde ongeveer 589 mensen"
                " en rondde 4 projecten af. Twee mensen leverden de helft van de bijdragen."
            ),
        ),
        (
            "/?month=2025-05",
            "DASH: alles in mei 2025",
            "In mei 2025 was DASH bij 4 bijeenkomsten in ten minste 2 landen.",
        ),
        (
            "/events?year=2025",
            "Bijeenkomsten in 2025",
            (
                "29 bijeenkomsten in 2025, waarvan 4 door ons georganiseerd. De drukste maand was december,"
                " met 5; in juli en augustus is er geen vastgelegd."
            ),
        ),
        (
            "/map?year=2025",
            "Bijeenkomsten in 2025, op de kaart",
            (
                "Waar we waren: ten minste 14 plaatsen in 7 landen, het vaakst in Groningen (8). 7 van de"
                " 22 bijeenkomsten waren in het buitenland."
            ),
        ),
        (
            "/projects?year=2025",
            "Projecten in 2025",
            (
                "11 projecten lopen, 4 zijn in 2025 afgerond en 2 starten nog. Van onze enige subsidie is"
                " het bedrag niet vermeld."
            ),
        ),
        (
            "/projects?year=all",
            "Projecten",
            (
                "11 projecten lopen, 4 zijn afgerond en 2 starten nog. Van onze enige subsidie is het"
                " bedrag niet vermeld."
            ),
        ),
        (
            "/people?year=2025",
            "Mensen in 2025",
            (
                "Twee mensen leverden de helft van de 34 bijdragen: Job Doornberg en Peter van Ooijen."
                " Vier mensen leverden er 24."
            ),
        ),
        (
            "/review?year=all",
            "DASH, verslag over alle jaren",
            "DASH in alle jaren: 29 bijeenkomsten en ongeveer 589 mensen getraind.",
        ),
    ],
)
def test_titles_and_headlines_are_natural_dutch(see, link, title, finding):
    found = see(link)
    assert (found.title, found.finding) == (title, finding)


def test_beside_numbers_and_in_lists_stand_dutch_words(see):
    found = see("/trainings?year=2025")
    assert next((tile.label, tile.qualifier) for tile in found.tiles) == (
        "Mensen getraind",
        "van 5 van de 12 trainingen",
    )
    assert {column for sheet in found.sheets for row in sheet.shown for column in row} >= {
        "Deelnemers",
        "Niveau",
        "Doelgroep",
    }


def test_a_review_is_named_by_its_year(see):
    found = see("/review?year=2025")
    assert found.title == "DASH, jaarverslag 2025"


def test_slides_of_the_agenda_say_from_which_month_to_which(see):
    with speaking("nl"):
        said = [slide.sentence for slide in make_slides(see("/events?year=2025"))]
    assert "9 bijeenkomsten van januari tot en met april 2025" in said


def test_a_notice_of_a_link_is_in_dutch(real):
    with speaking("nl"):
        view = open_view(
            Store(real.folder.parents[1]), SETTINGS, "/events?on=z", TODAY, role=Role.VIEWER
        )
    assert view.notices == ("on=z is niet herkend en daarom weggelaten",)
