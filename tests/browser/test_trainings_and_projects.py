"""What people do on Trainings and Projects: ask by whom, open a cohort, find what a partner does with us."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import headline, pressable, tile

pytestmark = pytest.mark.browser


def test_people_by_another_dimension_stay_open_and_a_cohort_opens_its_record(open_page):
    page = open_page("/trainings?year=2025")
    expect(headline(page)).to_contain_text("About 589 people were trained")
    expect(tile(page, "PhD candidates")).to_contain_text("100")
    fold = page.locator("#fold-by")
    fold.locator("summary").click()
    pressable(page, "by=discipline").click()
    expect(page).to_have_url(re.compile("by=discipline"))
    expect(fold.get_by_text("Dentistry", exact=True)).to_be_visible()
    pressable(page, "record=trainings.phd").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_what_a_partner_does_with_us_stands_beside_its_name_and_opens(open_page):
    page = open_page("/projects?year=2025")
    expect(headline(page)).to_contain_text("11 projects are running")
    row = page.locator(".named-row", has_text="Noorderpoort College")
    expect(row).to_contain_text("Digital Healthcare Cafés")
    row.get_by_text("Community digital assistance").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_nothing_is_wider_than_a_phone(open_page):
    for path in ("/trainings?year=2025&by=level", "/projects?year=2025"):
        page = open_page(path, width=390, height=844)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
