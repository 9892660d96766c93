"""The feed of what each publication changed: what a second reader of XML finds in it, and how it is asked
for over HTTP.
"""

import shutil
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from dashboard.export import change_feed
from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.server import responses
from dashboard.server.body_cache import BodyCache
from dashboard.store import Store, forget, publish, rollback
from dashboard.views.content.changes import write_minutes
from dashboard.views.view import open_view
from tests.conftest import ROOT, append_to, replace_in
from tests.server.conftest import HOSTILE_TITLE, ask_site

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"


def at(day, hour=12):
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


def publish_at(store, folder, moment):
    records = open_checked_records(read_folder(folder))
    made = publish(store, records, author="Eva", message="m", now=moment, small_groups_below=5)
    return made.version


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Three days with publications, of which the second has two."""
    root = tmp_path_factory.mktemp("feed")
    folder, store = shutil.copytree(ROOT / "tests" / "data", root / "data"), Store(root / "store")
    publish_at(store, folder, at("2026-01-10"))
    replace_in(folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")
    publish_at(store, folder, at("2026-02-10", 9))
    replace_in(folder, "events", ",100,about,", ",120,about,")
    publish_at(store, folder, at("2026-02-10", 15))
    replace_in(folder, "trainings", "2024,,research,,,unknown,", "2024,,research,,28,exact,")
    publish_at(store, folder, at("2026-03-10"))
    return root


@pytest.fixture
def feed(built, tmp_path, monkeypatch):
    """A site on a copy: its store, its folder, the ids in order, and how to ask and read."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(responses, "BODY_CACHE", BodyCache())
    store = Store(tmp_path / "store")
    ask = ask_site(monkeypatch, store.open())
    ids = [version.id for version in reversed(store.versions())]
    return SimpleNamespace(store=store, folder=tmp_path / "data", ids=ids, ask=ask)


def read(answer):
    assert answer.status == 200, answer.text
    return ET.fromstring(answer.body)


def entries(answer):
    return read(answer).findall(f"{ATOM}entry")


def text(element, name):
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0].text


def links(element):
    return {one.get("rel"): one.get("href") for one in element.findall(f"{ATOM}link")}


def ids_of(answer):
    return [text(one, "id") for one in entries(answer)]


class Tags(HTMLParser):
    """The elements of a piece of HTML, with their attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.said = [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.said += data


# What is in it
# ------------------------------------------------------------------------------------------------


def test_it_has_an_entry_for_each_day_that_changed_anything_the_newest_first(feed):
    found = entries(feed.ask("/changes.atom"))
    assert [text(one, "updated") for one in found] == [
        "2026-03-10T12:00:00Z",
        "2026-02-10T15:00:00Z",
    ]
    assert [text(one, "title") for one in found] == [
        "Since 10 February: participants in trainings about 430 → about 458.",
        "Since 10 January: 1 event held; people who contributed 3 → 4.",
    ]
    assert "Open day was corrected: participants about 100 → about 120." in text(
        found[1], "summary"
    )


def test_each_entry_leads_to_the_page_of_what_changed_since_the_day_before_it(feed):
    found = entries(feed.ask("/changes.atom"))
    base = "https://localhost/changes?year=all&since="
    addresses = [links(one)["alternate"] for one in found]
    assert addresses == [f"{base}2026-02-10&lang=en", f"{base}2026-01-10&lang=en"]
    assert text(found[0], "title") in _read_page(feed, addresses[0])


def test_after_going_back_an_entry_and_its_page_are_since_the_same_day(feed):
    rollback(feed.store, feed.ids[0], author="E", message="m", now=at("2026-03-12"))
    replace_in(feed.folder, "projects", "selected,,,2025", "running,2026-03-13,,2025")
    publish_at(feed.store, feed.folder, at("2026-03-14"))
    newest = entries(feed.ask("/changes.atom"))[0]
    assert text(newest, "title").startswith("Since 12 March:")
    assert text(newest, "title") in _read_page(feed, links(newest)["alternate"])


def _read_page(feed, address):
    chosen = settings.load(ROOT / "data")
    return write_minutes(
        open_view(feed.store, chosen, address, date(2026, 3, 20), role=Role.VIEWER)
    )


def test_it_has_what_the_standard_asks_of_a_feed(feed):
    whole = read(feed.ask("/changes.atom?year=2026"))
    assert whole.tag == f"{ATOM}feed"
    assert whole.get(f"{XML}lang") == "en"
    assert text(whole, "title") == "What changed: Everything in 2026 · DASH"
    assert text(whole, "updated") == "2026-02-10T15:00:00Z"
    assert text(whole.find(f"{ATOM}author"), "name") == "Data Science Center in Health"
    assert links(whole) == {
        "self": "https://localhost/changes.atom?year=2026&lang=en",
        "alternate": "https://localhost/changes?year=2026&lang=en",
    }
    for one in (whole, *whole.findall(f"{ATOM}entry")):
        assert text(one, "id").startswith("tag:dash.dashboard,2026-")
    assert len({text(one, "id") for one in whole.iter(f"{ATOM}entry")} | {text(whole, "id")}) == 2


def test_the_sentences_are_there_as_text_and_as_html(feed):
    one = entries(feed.ask("/changes.atom"))[0]
    assert one.find(f"{ATOM}summary").get("type") == "text"
    assert one.find(f"{ATOM}content").get("type") == "html"
    inside = Tags(text(one, "content"))
    assert {tag for tag, _ in inside.tags} <= {"div", "p", "h3", "ul", "li", "strong"}
    for line in text(one, "summary").splitlines():
        assert line.removeprefix("– ") in inside.said


def test_it_follows_the_filters_and_the_language(feed):
    found = entries(feed.ask("/changes.atom?year=all&speaker=carla-smit&lang=nl"))
    assert [text(one, "title") for one in found] == [
        "Sinds 10 januari: 1 bijeenkomst gehouden; landen 0 → 1."
    ]
    # a day that changed nothing of what is chosen has no entry
    assert len(entries(feed.ask("/changes.atom?line=ethics&year=2025"))) == 1
    assert entries(feed.ask("/changes.atom?month=1999-01")) == []


def test_without_a_year_it_is_of_all_years(feed):
    assert feed.ask("/changes.atom").body == feed.ask("/changes.atom?year=all").body
    assert len(entries(feed.ask("/changes.atom?year=2026"))) == 1


def test_two_selections_share_no_entry(feed):
    both = [ids_of(feed.ask(f"/changes.atom?{query}")) for query in ("", "year=2026", "lang=nl")]
    assert len({one for ids in both for one in ids}) == sum(map(len, both))


# What stays
# ------------------------------------------------------------------------------------------------


def test_entries_keep_their_ids_when_more_is_published_and_when_somebody_is_forgotten(feed):
    for old in feed.ids[:2]:  # forgetting builds every version anew, and one pair is enough
        shutil.rmtree(feed.store.versions_folder / old)
    before = ids_of(feed.ask("/changes.atom"))
    append_to(feed.folder, "event_people", "retreat,anna-berg,keynote,1,,")
    publish_at(feed.store, feed.folder, at("2026-04-10"))
    later = feed.ask("/changes.atom")
    assert ids_of(later)[1:] == before
    forget(feed.store, "carla-smit", author="Eva", message="asked", now=at("2026-04-11"))
    forgotten = feed.ask("/changes.atom")
    assert ids_of(forgotten) == ids_of(later)
    assert "Carla" not in forgotten.text
    assert links(entries(forgotten)[0]) == links(entries(later)[0])


def test_a_rollback_is_a_change_as_any_other(feed):
    rollback(feed.store, feed.ids[2], author="Eva", message="wrong", now=at("2026-03-12"))
    newest = entries(feed.ask("/changes.atom"))[0]
    assert text(newest, "updated") == "2026-03-12T12:00:00Z"
    assert "Pilot was corrected: participants 28 → unknown." in text(newest, "summary")


def test_a_pinned_feed_ends_with_its_version(feed):
    found = entries(feed.ask(f"/changes.atom?v={feed.ids[2]}"))
    assert [text(one, "updated") for one in found] == ["2026-02-10T15:00:00Z"]


def test_a_version_that_is_not_kept_any_more_is_passed_over(feed):
    shutil.rmtree(feed.store.versions_folder / feed.ids[2])
    (only,) = entries(feed.ask("/changes.atom"))
    assert text(only, "updated") == "2026-03-10T12:00:00Z"
    assert "Congress was held" in text(only, "summary")
    assert "Pilot, known now: participants 28." in text(only, "summary")


def test_it_looks_at_so_many_days_only(feed, monkeypatch):
    monkeypatch.setattr(change_feed, "MAX_DAYS", 1)
    assert len(entries(feed.ask("/changes.atom"))) == 1


def test_each_pair_of_versions_is_compared_once_for_all_who_ask(feed, monkeypatch):
    asked = []
    tell = change_feed.write_text
    monkeypatch.setattr(
        change_feed, "write_text", lambda since, **more: asked.append(since) or tell(since, **more)
    )
    change_feed._tell_cached.cache.clear()
    feed.ask("/changes.atom")
    assert len(asked) == 2
    replace_in(feed.folder, "events", ",40,exact", ",41,exact")
    publish_at(feed.store, feed.folder, at("2026-04-10"))
    feed.ask("/changes.atom")
    assert len(asked) == 3


def test_a_text_of_a_record_cannot_become_markup(tmp_path, monkeypatch, small):
    store = Store(tmp_path / "store")
    first = publish_at(store, small, at("2026-01-10"))
    events = small / "events.csv"
    written = events.read_text("utf-8")
    planned = written.replace("Congress,", f'"{HOSTILE_TITLE}",').replace(
        "2026-02-05,planned", "2026-02-05,held"
    )
    events.write_text(planned, "utf-8")
    publish_at(store, small, at("2026-02-10"))
    one = entries(ask_site(monkeypatch, first)("/changes.atom"))[0]
    inside = Tags(text(one, "content"))
    assert "<script>alert(1)</script>" in inside.said
    assert "script" not in dict(inside.tags)


# How it is asked for
# ------------------------------------------------------------------------------------------------


def test_who_has_it_gets_nothing_anew_until_something_is_published(feed):
    answer = feed.ask("/changes.atom")
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert answer.headers["cache-control"] == "private, max-age=60"
    assert answer.headers["x-notices"] == "0"
    tag = answer.headers["etag"]
    assert feed.ask("/changes.atom", if_none_match=tag).status == 304
    assert feed.ask("/changes.atom?lang=nl", if_none_match=tag).status == 200
    rollback(feed.store, feed.ids[2], author="Eva", message="wrong", now=at("2026-03-12"))
    rollback(feed.store, feed.ids[3], author="Eva", message="right", now=at("2026-03-13"))
    assert feed.ask("/changes.atom", if_none_match=tag).status == 200


def test_what_is_not_understood_is_counted_and_left_out(feed):
    answer = feed.ask("/changes.atom?sort=name&color=red")
    assert answer.headers["x-notices"] == "2"
    assert len(entries(answer)) == 2


def test_the_feed_of_somebody_who_was_forgotten_says_so_and_is_not_that_of_everything(feed):
    address = "/changes.atom?year=all&speaker=carla-smit"
    assert len(entries(feed.ask(address))) == 1
    forget(feed.store, "carla-smit", author="Eva", message="asked", now=at("2026-04-11"))
    answer = feed.ask(address)
    (only,) = entries(answer)
    assert text(only, "title") == "Part of what this feed follows is not there any more"
    assert text(only, "summary").startswith("The address of this feed names something")
    assert links(only)["alternate"] == "https://localhost/changes?year=all&lang=en"
    assert text(read(answer), "title") == "What changed: a choice that is not there any more · DASH"
    # a program would subscribe to the address that a feed says is its own
    assert "self" not in links(read(answer))
    assert text(read(answer), "id") != text(read(feed.ask("/changes.atom")), "id")
    assert "carla" not in answer.text.lower()
    assert len(ids_of(feed.ask("/changes.atom?speaker=nobody-here&lang=nl"))) == 1
    publish_at(feed.store, feed.folder, at("2026-04-12"))
    assert ids_of(feed.ask(address)) == ids_of(answer)


def test_of_two_of_whom_one_is_lost_the_feed_goes_on_with_the_other_and_says_so(feed):
    said, *others = entries(
        feed.ask("/changes.atom?year=all&speaker=nobody-here&speaker=carla-smit")
    )
    assert "It goes on with the rest of what was chosen." in text(said, "summary")
    whole = feed.ask("/changes.atom?year=all&speaker=carla-smit")
    assert [text(one, "id") for one in others] == ids_of(whole)
    assert "self" in links(read(whole))


def test_below_a_path_the_addresses_are_below_it(feed, monkeypatch):
    answer = ask_site(monkeypatch, feed.store.open(), "dash")("/dash/changes.atom")
    assert links(read(answer))["self"] == "https://localhost/dash/changes.atom?year=all&lang=en"


def test_the_page_and_overview_name_it_in_their_head(feed):
    for page in ("/changes?year=2026", "/?year=2026"):
        assert (
            '<link rel="alternate" type="application/atom+xml" title="What changed, as a feed"'
            ' href="./changes.atom?year=2026&amp;lang=en">'
        ) in feed.ask(page).text
    assert "changes.atom" not in feed.ask("/events").text
