"""The keyboard alone: a walk through a page, the order of its stops, and where the focus goes."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    ask_field,
    box,
    charts_drawn,
    chips,
    leads_to,
    pressable,
    see_focus,
    tab_to,
    tile,
)

pytestmark = pytest.mark.browser
JOB = "speaker=job-doornberg"


def focused(page):
    """What has the focus: what it does, its filter or fold, or the key of its box or button."""
    return page.evaluate(
        """() => {
            const on = document.activeElement;
            const key = on.closest('[class*=st-key-]')?.className.match(/st-key-([\\w-]+)/)[1];
            const own = on.dataset.act || on.dataset.name || on.closest('summary')?.parentElement.id;
            return own || key || on.tagName;
        }"""
    )


def test_a_walk_from_a_filter_over_a_table_and_a_number_to_a_record_and_back(open_page):
    """The focus is marked and in sight at every stop, and given back where a panel is closed."""
    page = open_page("/events?year=2025")
    charts_drawn(page)
    dialog, why = page.get_by_role("dialog"), pressable(page, "why=events_held")
    tab_to(page, box(page, "month"))
    page.keyboard.press("Enter")  # opens the list: without it, each letter would choose
    page.keyboard.type("May")
    page.keyboard.press("Enter")
    expect(tile(page, "Events")).to_contain_text("4")
    leads_to(page, "/events?month=2025-05")
    expect(box(page, "month")).to_be_focused()

    fold = page.locator("#fold-tables")
    tab_to(page, fold.locator("summary"))
    page.keyboard.press("Enter")
    expect(fold.get_by_role("row", name="Surgeons' Days 2026")).to_be_visible()

    tab_to(page, why, key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(dialog.locator("tfoot")).to_contain_text("4")
    tab_to(page, pressable(page, "event=surgeons-days").locator("visible=true").last)
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Job Doornberg")
    leads_to(page, "/events?month=2025-05&event=surgeons-days")

    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(why).to_be_focused()
    see_focus(page)
    leads_to(page, "/events?month=2025-05")
    expect(fold).to_have_attribute("open", "")
    tab_to(page, pressable(page, "-month=2025-05"), key="Shift+Tab")
    page.keyboard.press("Enter")
    expect(tile(page, "Events")).to_contain_text("29")
    leads_to(page, "/events?year=2025")


@pytest.mark.parametrize("key", ["Enter", "click"])
def test_the_focus_stays_where_something_was_pressed_and_a_second_press_takes_it_back(
    open_page, key
):
    """The name that was pressed is in no row any more: its chip takes its place."""
    page = open_page("/events?year=2025")
    found = pressable(page, JOB)
    found.nth(1).focus()
    if key == "Enter":
        page.keyboard.press("Enter")
    else:
        found.nth(1).click()
    expect(tile(page, "Events")).to_contain_text("10")
    expect(pressable(page, f"-{JOB}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(tile(page, "Events")).to_contain_text("29")
    leads_to(page, "/events?year=2025")


def test_the_focus_goes_from_a_chip_that_is_gone_to_the_next(open_page):
    page = open_page("/events?month=2025-05&speaker=job-doornberg")
    expect(chips(page)).to_have_count(3)
    pressable(page, "-month=2025-05").focus()
    page.keyboard.press("Enter")
    expect(chips(page)).to_have_count(2)
    expect(pressable(page, f"-{JOB}")).to_be_focused()


def test_the_keyboard_goes_from_the_bar_over_the_chips_and_question_marks_to_the_rows(open_page):
    page = open_page("/events?year=2025&speaker=job-doornberg")
    charts_drawn(page)
    ask_field(page).focus()
    order = []
    for _ in range(40):
        order.append(focused(page))
        page.keyboard.press("Tab")
    first = list(dict.fromkeys(order))
    begins = ["ask", "year", "month", "speaker", "more", "lang=nl", "share", "take", "present"]
    assert first[: len(begins)] == begins
    rest = first[len(begins) :]
    assert rest[:2] == ["-speaker=job-doornberg", "clear"]
    tiles = page.locator(".tile .why").evaluate_all("all => all.map(one => one.dataset.act)")
    assert rest[2 : 2 + len(tiles)] == tiles
    assert any(act.startswith("event=") for act in rest[2 + len(tiles) :])
