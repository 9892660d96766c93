"""The People page: how few carry it, in which role, and who works elsewhere."""

from dataclasses import replace
from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.model import settings
from dashboard.model.quantity import Quantity
from dashboard.model.roles import Role
from dashboard.store import Store
from dashboard.views.content import people
from dashboard.views.content.other_work import find_other_work
from dashboard.views.content.people_findings import make_lead
from dashboard.views.view import open_view
from tests.conftest import ROOT, Kept

SETTINGS = settings.load(ROOT / "data")
TODAY = date(2026, 1, 15)


@pytest.fixture(scope="module")
def see(real, by_hand):
    stores, answers = {"real": Store(real.folder.parents[1]), "hand": by_hand}, Kept()

    def look(link, of="real", **changed):
        return open_view(
            stores[of],
            replace(SETTINGS, **changed),
            link,
            TODAY,
            answers=answers,
            role=Role.VIEWER,
        )

    return look


def made(*numbers):
    """Rows of the question contributors: A made the first number, B the second …"""
    return [
        {"person_id": name.lower(), "name": name, "events": n, "contributions": n}
        for name, n in zip("ABCDEFGHIJKLM", numbers, strict=False)
    ]


def said(words):
    return "".join(text for text, _strong in words)


# ---- Headline


def test_the_headline_of_the_year_says_how_few_make_half(see):
    found = people.content(see("/people?year=2025"))
    assert found.finding == (
        "Two people made half of the 34 contributions: Job Doornberg and Peter van Ooijen."
        " Four people made 24 of them."
    )
    assert [text for text, strong in found.lead if strong] == [
        "Two people",
        "half of the 34 contributions",
    ]


@pytest.mark.parametrize(
    ("numbers", "finding"),
    [
        ((5, 1, 1, 1, 1, 1), "One person made half of the 10 contributions: A."),
        ((7, 2, 1, 1), "One person made 7 of the 11 contributions: A. Two people made 9 of them."),
        ((4, 3, 1, 1, 1, 1), "Two people made 7 of the 11 contributions: A and B."),
        ((4, 3, 3, 2, 2, 2, 2, 2), "Three people made half of the 20 contributions: A, B and C."),
        # four make half
        (
            (3, 3, 2, 2, 2, 2, 2, 2, 2),
            "9 people made 20 contributions in 2025; A and B made the most (3 each).",
        ),
        # who of B and C makes half cannot be said
        ((4, 2, 2, 2, 2), "5 people made 12 contributions in 2025; A made the most (4)."),
        # nine contributions are too few
        ((6, 1, 1, 1), "4 people made 9 contributions in 2025; A made the most (6)."),
        ((1, 1, 1, 1), "4 people made 4 contributions in 2025."),
        ((3, 3, 3), "3 people made 9 contributions in 2025."),
        ((3,), "Contributions in 2025: 3, all by A."),
        ((1,), "Contributions in 2025: one, by A."),
        ((), "People in 2025: nobody is named at an event."),
    ],
)
def test_half_is_said_of_three_people_at_most_and_of_ten_contributions_at_least(
    see, numbers, finding
):
    assert said(make_lead(see("/people?year=2025"), made(*numbers))) == finding


def test_with_a_filter_the_subject_is_what_is_chosen(see):
    research = see("/people?year=2025&pillar=research")
    assert (
        said(make_lead(research, made(6, 4, 2, 2)))
        == "Contributions under Research in 2025: 10 of 14 by A and B."
    )
    assert (
        said(make_lead(research, made(3, 2, 2)))
        == "Contributions under Research in 2025: 7 by 3 people; A made the most (3)."
    )
    assert (
        said(make_lead(see("/people?year=all"), made(2, 1)))
        == "2 people made 3 contributions in all years; A made the most (2)."
    )


def test_of_one_person_it_says_their_part_of_all_and_in_which_roles(see):
    found = people.content(see("/people?year=2025&speaker=job-doornberg"))
    assert found.finding == (
        "Job Doornberg made 10 of 34 contributions in 2025:"
        " 4 keynotes, 3 lectures, once in the chair and 2 other contributions."
    )
    assert [(t.label, t.quantity.value, t.qualifier) for t in found.tiles[:3]] == [
        ("Events", 10, "of 29"),
        ("Keynotes", 4, "of 6"),
        ("Share of contributions", 10, "of 34"),
    ]
    nobody = people.content(see("/people?month=2025-07&speaker=job-doornberg"))
    assert nobody.finding == "Job Doornberg is named at no event in July 2025."
    assert (nobody.pictures, nobody.picture("contributions")) == ((), None)


# ---- Tiles


def test_the_numbers_of_the_year_stand_with_what_they_are_part_of(see):
    found = people.content(see("/people?year=2025"))
    assert [(t.label, t.quantity, t.qualifier) for t in found.tiles] == [
        ("People", Quantity(11, exact=11), "at events"),
        ("Contributions", Quantity(34, exact=34), "at 24 events"),
        ("Keynotes", Quantity(6, exact=6), "by 3 people"),
        ("Top two", Quantity(17, exact=17), "of 34"),
        ("Named only once", Quantity(4, exact=4), "people"),
    ]


def test_of_two_people_there_is_no_top_two_and_a_filter_that_means_nothing_is_said(see):
    month = people.content(see("/people?month=2025-05", "hand"))
    assert [(t.label, t.quantity.value, t.qualifier) for t in month.tiles] == [
        ("People", 2, "at events"),
        ("Contributions", 3, "at 2 events"),
        ("Keynotes", 1, "by 1 person"),
        ("Named only once", 1, "person"),
    ]
    level = people.content(see("/people?year=2025&level=bachelor"))
    assert {tile.qualifier for tile in level.tiles} == {"not filtered by level"}


# ---- Strip and matrix


def test_who_is_chosen_stands_out_among_everybody(see):
    chart = (
        people.content(see("/people?year=2025&speaker=esther-metting")).picture("by-person").chart
    )
    assert chart.sentence == "Esther Metting made 3 of 34 contributions"
    assert len(chart.markup.find("share-field")) == 11
    assert [field.text for field in chart.markup.find("share-in-half")] == ["Metting 3"]


@pytest.mark.parametrize(
    ("link", "heading", "head", "first"),
    [
        ("", "In which role", "keynote", "4"),
        ("&by=month", "In which month", "Jan", "1"),
        ("&by=country", "In which country", "Netherlands", "7"),
        ("&by=nothing", "In which role", "keynote", "4"),
    ],
)
def test_people_stand_against_what_the_link_chooses(see, link, heading, head, first):
    picture = people.content(see(f"/people?year=2025{link}")).picture("contributions")
    assert picture.heading == heading
    assert picture.chart.markup.find("matrix-head")[0].text == head
    assert picture.chart.markup.find("matrix-cell")[0].text.split()[-1] == first
    current = [o for o in picture.chart.markup.find("switch-option") if not o.act]
    assert [option.attributes.get("aria-current") for option in current] == ["true"]


def test_each_way_to_cut_them_adds_up_to_the_same_contributions(see):
    for by in people.DIMENSIONS:
        found = people.content(see(f"/people?year=all&by={by}", "hand"))
        sums = {row["Person"]: row["All"] for row in found.picture("contributions").chart.table}
        assert sums == {"Anna Berg": 3, "Bram de Wit": 2, "Zoë Müller": 2}, by
        for picture in found.pictures:
            go.Figure(picture.chart.figure)


# ---- In other work


def test_who_is_at_no_event_stands_with_what_they_do(see):
    view = see("/people?year=2025")
    assert [(w.name, [words for words, _act in w.work]) for w in find_other_work(view)] == [
        ("Alexandre Uliana", ["TransplantLines synthetic data set for education, contributor"]),
        ("Joost Groen", ["leads AI-Driven Metabolomics: Enhancing Inborn Metabolic Disease Screening"]),
        ("Ligia Cayres Ribeiro", ["Publication on generative AI for clinical reasoning education, partner"]),
        ("Noha El-Baz", ["Publication on generative AI for clinical reasoning education, contributor"]),
        ("Rik Wisselink-Bijker", ["AIProHealth coordinator and lecturer AI in health"]),
        ("Tanja de Vries", ["Data scientist"]),
    ]  # fmt: skip
    block = people.content(view).blocks["other-work"]
    assert block.acts()[:2] == [
        "person=alexandre-uliana",
        "project=transplantlines-synthetic-dataset",
    ]
    assert people.content(view).sections[0].heading == "In other work"


def test_of_one_person_their_projects_and_grants_are_named_too(see):
    dirk = find_other_work(see("/people?year=all&speaker=dirk-vos", "hand"))
    assert [worker.work for worker in dirk] == [
        [
            ("leads Old study", "project=old-study"),
            ("receives Old money", "record=funding.old-money"),
        ]
    ]
    anna = see("/people?year=2025&speaker=anna-berg", "hand")
    assert find_other_work(anna)[0].work == [("leads AI lab", "project=ai-lab")]
    assert people.content(see("/people?year=2025", "hand")).blocks["other-work"] is None


def test_what_other_work_is_not_filtered_by_is_said(see):
    block = people.content(see("/people?year=2025&country=NL")).blocks["other-work"]
    assert block.find("note")[0].text == "not filtered by country"


def test_without_profiles_names_do_not_open(see):
    found = people.content(see("/people?year=2025", profiles=False))
    elements = [*(p.chart.markup for p in found.pictures), found.blocks["other-work"]]
    acts = [act for element in elements for act in element.acts()]
    assert acts
    assert not any(act.startswith("person=") for act in acts)
    assert set(found.sheet("people").links) == {""}
