"""The lines of Overview about what changed since the last visit: as the browser asks for them, and for
whom there is no room for any (tests/browser/test_last_visit.py visits twice).
"""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette

from dashboard import shares
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.shares import SharesDb
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store, publish
from dashboard.ui import caches, parts
from dashboard.ui.elements import Reader
from dashboard.ui.news import build_news, place_news
from dashboard.views.view import open_view
from tests.conftest import NOW, ROOT, replace_in
from tests.support.asgi import ask

TODAY = date(2026, 3, 4)
CHOSEN = settings.load(ROOT / "data")


@pytest.fixture(autouse=True)
def _shelf(tmp_path, monkeypatch):
    monkeypatch.setenv("DASHBOARD_SHARES", str(tmp_path / "shares.sqlite"))


@pytest.fixture
def look(then_and_now):
    """The view of a link to Overview, or to another page."""
    store = Store(then_and_now[0].folder.parents[1])

    def opened(link):
        meetings = KeptMeetings(store, CHOSEN)
        return open_view(store, CHOSEN, link, TODAY, role=Role.VIEWER, meetings=meetings)

    return opened


@pytest.fixture
def visited(look, then_and_now):
    """The lines for who was here on 3 March, when the first version was served."""

    def told(more=""):
        return build_news(look(f"/?year=2025&since={then_and_now[0].id}&on=2026-03-03{more}"))

    return told


def keep_meeting(link, title="Board, March"):
    shelf = SharesDb(settings.shares_file())
    view = shares.save(shelf, "Events", link, now=NOW)
    return shares.meetings.create(shelf, title, steps=[view.id], now=NOW)


def sentences(element):
    return [re.sub(" ([.,:])", r"\1", one.text) for one in element.find("change")]


def test_at_most_three_lines_say_what_weighs_most_and_each_leads_somewhere(visited, then_and_now):
    news = visited()
    assert news.find("news-since")[0].text == "Since your last visit on 3 March 2026: All 5 changes"
    assert sentences(news)[0] == (
        "Participants in trainings: about 430 → about 465 participants, because of 2 trainings"
        " registered since (+30) and 1 training corrected (+5)."
    )
    assert len(sentences(news)) == 3
    changes = f"open:/changes?year=all&since={then_and_now[0].id}"
    assert news.acts()[:2] == [changes, f"{changes}&why=training_participants"]
    assert len(news.acts()) == 4


def test_they_are_of_the_whole_programme_whatever_is_chosen(visited):
    assert visited("&speaker=anna-berg&month=2024-01") == visited()


def test_a_first_visit_is_told_what_changed_since_the_last_meeting(look, then_and_now):
    assert build_news(look("/?year=2025")) is None
    keep_meeting(f"/events?v={then_and_now[0].id}&on=2026-01-20")
    last = keep_meeting(f"/events?v={then_and_now[0].id}&on=2026-02-20", "Board, <February>")
    news = build_news(look("/?year=2025"))
    heading = "Since “Board, <February>” on 20 February 2026: All 5 changes"
    assert news.find("news-since")[0].text == heading
    assert news.acts()[0] == f"open:/changes?year=all&since={last.id}"


def test_where_nothing_changed_nothing_is_told(look, then_and_now):
    newest = then_and_now[1].id
    assert build_news(look(f"/?since={newest}&on=2026-03-03")) is None
    keep_meeting(f"/events?v={newest}&on=2026-02-20")
    assert build_news(look("/")) is None


def test_of_a_version_that_is_gone_its_day_is_taken_and_a_day_to_come_is_today(look):
    told = build_news(look("/?since=0123456789abcdef&on=2026-01-14"))
    assert told.find("news-since")[0].text.startswith("Since your last visit on 14 January 2026:")
    assert build_news(look("/?since=0123456789abcdef&on=2026-03-03")) is None
    # a clock that ran ahead
    assert build_news(look("/?since=0123456789abcdef&on=2027-03-03")) is None


def test_what_was_over_before_the_visit_did_not_happen_since_it(tmp_path):
    folder = Path(shutil.copytree(ROOT / "tests" / "data", tmp_path / "records"))
    store, ids = Store(tmp_path / "store"), []
    for moment in (datetime(2026, 1, 15, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)):
        records = open_checked_records(read_folder(folder))
        made = publish(store, records, author="E", message="m", now=moment, small_groups_below=5)
        if not ids:
            old = "2026-02-03,2026-02-05,planned"
            replace_in(folder, "events", old, old.replace("planned", "held"))
        ids.append(made.version.id)
    link = f"/?since={ids[0]}&on=2026-02-20"
    news = build_news(open_view(store, CHOSEN, link, TODAY, role=Role.VIEWER))
    assert sentences(news)[0] == "Events: 5 → 6 events, because of 1 event registered since (+1)."
    assert news.acts()[0] == "open:/changes?year=all&since=2026-02-20"


def test_it_is_said_in_dutch(look, then_and_now):
    with speaking("nl"):
        news = build_news(look(f"/?since={then_and_now[0].id}&on=2026-03-03&lang=nl"))
    said = "Sinds uw laatste bezoek op 3 maart 2026: Alle 5 wijzigingen"
    assert news.find("news-since")[0].text == said
    assert sentences(news)[0].startswith("Deelnemers aan trainingen: ongeveer 430 → ongeveer 465")


@pytest.mark.parametrize("page", ["", "events", "people", "changes"])
def test_every_page_of_what_is_live_says_what_it_shows_and_overview_has_room(look, page):
    view = look(f"/{page}?year=2025")
    place = place_news(view, Reader())
    assert place.attributes["data-version"] == view.version.id
    assert place.attributes["data-day"] == "2026-03-04"
    assert ("data-tells" in place.attributes) == (page == "")


def test_what_is_pinned_or_in_another_site_is_no_visit(look, then_and_now):
    old = then_and_now[0].id
    for link in (f"/?v={old}", f"/?v={old}&on=2026-01-20", f"/?v={old}&show=now"):
        assert place_news(look(link), Reader()) is None
    assert place_news(look("/"), Reader(embedded=True)) is None


def test_the_browser_gets_them_by_the_route_of_the_parts(then_and_now, monkeypatch):
    monkeypatch.setenv("DASHBOARD_STORE", str(then_and_now[0].folder.parents[1]))
    caches.clear()
    site = Starlette(routes=parts.routes(""))
    link = f"/parts/?part=since&year=all&lang=en&since={then_and_now[0].id}&on=2026-01-20"
    answer = ask(site, link)
    assert answer.headers["cache-control"] == "private, no-store"
    assert "Since your last visit on 20 January 2026:" in answer.text
    assert '"href":"./changes?year=all&since=' in answer.text
    assert ask(site, "/parts/?part=since&year=all&lang=en").json == {"since": {}}
