"""The page of what changed, as a reader uses it: the choice since when, filters beside it, the text
that is copied.
"""

import csv
import re
import shutil
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import settings
from dashboard.shares import SharesDb, meetings, save
from dashboard.store import Store, publish
from tests.browser.conftest import choose, headline, leads_to
from tests.conftest import ROOT
from tests.support.serving import ready, served

pytestmark = pytest.mark.browser
PAGE = "/changes?year=all"


def add(folder, table, **values):
    path = folder / f"{table}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        names, rows = list(reader.fieldnames or ()), list(reader)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows([*rows, {name: values.get(name, "") for name in names}])


def add_event(folder, identity, title, day, status="held"):
    add(
        folder,
        "events",
        event_id=identity,
        title=title,
        start_date=day,
        status=status,
        kind="symposium",
        our_role="organised",
        participants_kind="unknown",
    )


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A store of three publications, and a meeting that pins the second."""
    root = tmp_path_factory.mktemp("played")
    folder, store = shutil.copytree(ROOT / "data", root / "data"), Store(root / "store")
    versions = [publish_on(store, folder, "2026-03-03")]
    add_event(folder, "spring", "Spring symposium", "2026-04-10")
    versions.append(publish_on(store, folder, "2026-05-05"))
    add_event(folder, "autumn", "Autumn symposium", "2026-10-10")
    add_event(folder, "winter", "Winter school", "2027-01-20", "planned")
    versions.append(publish_on(store, folder, "2026-11-20"))
    shelf, now = SharesDb(settings.shares_file(store.root)), datetime(2026, 6, 1, tzinfo=UTC)
    view = save(shelf, "Events", f"/events?v={versions[0].id}&on=2026-03-10", now=now)
    meetings.create(shelf, "Board, March", steps=(view.id,), now=now)
    return store


def publish_on(store, folder, day):
    return publish(
        store,
        open_checked_records(read_folder(folder)),
        author="Eva",
        message="test",
        now=datetime.fromisoformat(f"{day}T12:00:00").replace(tzinfo=UTC),
        small_groups_below=5,
    ).version


@pytest.fixture(scope="module")
def base(kept):
    with served(kept.root) as address:
        yield address


def test_since_when_is_chosen_in_a_list_and_goes_back_with_the_browser(open_page, base):
    page = open_page(PAGE, base=base)
    expect(headline(page)).to_contain_text("Since 5 May: 1 event held, 1 newly planned")
    page.get_by_label("Since when").last.select_option(label="Since “Board, March” (10 March 2026)")
    expect(headline(page)).to_contain_text("Since 10 March: 2 events held, 1 newly planned")
    expect(page).to_have_url(re.compile(r"since=[a-z0-9]{10}"))
    page.go_back()
    expect(headline(page)).to_contain_text("Since 5 May")


def test_a_day_is_chosen_when_it_is_whole_and_its_link_opens_the_same(open_page, base):
    page = open_page(PAGE, base=base)
    page.get_by_label("or since a day").fill("2026-11-25")
    expect(headline(page)).to_have_text(re.compile("Nothing changed since 25 November"))
    expect(page).to_have_url(re.compile("since=2026-11-25"))
    expect(page.get_by_text("The last publication was on 20 November 2026.")).to_be_visible()
    again = open_page(f"{PAGE}&since=2026-11-25", base=base)
    expect(headline(again)).to_have_text(re.compile("Nothing changed since 25 November"))


def test_a_year_leaves_its_changes_and_the_others_are_one_press_away(open_page, base):
    page = open_page("/changes?year=2026", base=base)
    expect(page.get_by_text("Winter school")).to_have_count(0)
    page.get_by_role("link", name="Show all").click()
    expect(page.get_by_role("link", name="Winter school")).to_be_visible()
    choose(page, "year", "2027")
    expect(page.get_by_role("link", name="Autumn symposium")).to_have_count(0)


def test_a_sentence_opens_its_record(open_page, base):
    page = open_page(PAGE, base=base)
    page.get_by_role("link", name="Autumn symposium").click()
    expect(page.get_by_role("dialog")).to_contain_text("Autumn symposium")
    leads_to(page, "event=autumn")


def test_the_text_for_minutes_is_copied(open_page, base):
    page = open_page(PAGE, base=base)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.evaluate(
        "document.addEventListener('copy', () => { window.copied = document.activeElement.value; })"
    )
    page.get_by_role("button", name="Copy as text").click()
    expect(page.get_by_text("Copied")).to_be_visible()
    copied = page.evaluate("window.copied")
    assert copied.startswith("What changed since 5 May 2026\n\nSince 5 May: 1 event held")
    assert "– Autumn symposium was held on 10 October 2026." in copied


def test_on_a_phone_everything_stands_under_each_other_and_nothing_is_cut(open_page, base):
    page = open_page(PAGE, width=390, height=844, base=base)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_label("or since a day")).to_be_visible()
    ready(page)
