"""The Trainings and Projects pages as the browser gets them: the answer first, named things that open,
and a switch that switches.
"""

import pytest

from tests.support.page_parts import (
    acts,
    find,
    headline,
    numbers,
    page_name,
    press,
    texts,
    whole_text,
)


def test_the_trainings_page_answers_first(site):
    test = site("trainings", year="2025")
    # about 400 and 30 of autumn-course, corrected to 35; two courses of 20 and 10 were added
    assert page_name(test) == "Trainings"
    assert headline(test).startswith("About 465 people were trained, most of them students.")
    assert numbers(test)["People trained"] == "≈ 465"
    assert texts(test, "block-heading")[0] == "How sure is it?"


def test_people_by_another_dimension_are_one_press_away(site):
    test = site("trainings", year="2025")
    (fold,) = [node for node in find(test, "fold") if node[2].get("id") == "fold-by"]
    assert "open" not in fold[2]
    press(test, "by=discipline")
    assert test.query_params["by"] == "discipline"
    (fold,) = [node for node in find(test, "fold") if node[2].get("id") == "fold-by"]
    assert fold[2]["open"]
    assert "People by discipline" in whole_text(test)


def test_a_cohort_opens_its_record(site):
    test = site("trainings", year="2025")
    assert "record=trainings.first-year" in acts(test)
    press(test, "record=trainings.first-year")
    assert test.query_params["record"] == "trainings.first-year"


def test_the_projects_page_answers_first_and_names_what_runs_and_who_works_with_us(site):
    test = site("projects", year="2025")
    assert page_name(test) == "Projects"
    assert headline(test).startswith(
        "1 project is running, 1 was completed in 2025 and 2 come next."
    )
    assert texts(test, "board-head") == ["Coming 2", "Running 1", "Completed in 2025 1"]
    assert texts(test, "block-heading") == [
        "Funding: €50,000 came to us, €3 million went to others",
        "Who works with us: 3 organisations",
    ]


@pytest.mark.parametrize(
    "act", ["project=ai-lab", "record=organisations.care-group", "record=funding.seed-grant"]
)
def test_a_card_a_partner_and_a_grant_open_their_records(site, act):
    test = site("projects", year="2025")
    assert act in acts(test)
    press(test, act)
    name, _, value = act.partition("=")
    assert test.query_params[name] == value


def test_a_page_without_anything_leads_back_in_one_press(site):
    test = site("trainings", month="2025-01")
    assert "No trainings here." in whole_text(test)
    press(test, "clear")
    assert headline(test).startswith("About 465 people")
