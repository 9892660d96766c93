"""The page of what changed: its finding, its parts, its choice, its slides and its text."""

import shutil
from datetime import UTC, date, datetime

import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.roles import Role
from dashboard.shares import SharesDb, meetings, save
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store, publish
from dashboard.views.actions import follow_act
from dashboard.views.content.changes import write_minutes
from dashboard.views.content.pages import make_content
from dashboard.views.content.slides import make_slides
from dashboard.views.view import open_view
from tests.conftest import ROOT, append_to, replace_in

CHOSEN = settings.load(ROOT / "data")
TODAY = date(2026, 3, 1)


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
def kept(tmp_path_factory):
    """A store with two versions and a meeting that pins the first."""
    root = tmp_path_factory.mktemp("changes")
    folder, store = shutil.copytree(ROOT / "tests" / "data", root / "data"), Store(root / "store")
    first = publish_on(store, folder, "2026-01-15")
    replace_in(folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")
    replace_in(folder, "events", ",100,about,", ",120,about,")
    replace_in(folder, "trainings", "2024,,research,,,unknown,", "2024,,research,,30,exact,")
    replace_in(folder, "funding", "gift,Gift,,,,,none,,unknown,,,\n", "")
    append_to(
        folder,
        "events",
        "workshop,Workshop,,2026-03-12,,planned,onsite,meeting,research,,groningen,organised,,,unknown,,",
    )
    second = publish_on(store, folder, "2026-02-15")
    shelf, now = SharesDb(settings.shares_file(store.root)), datetime(2026, 1, 20, tzinfo=UTC)
    view = save(shelf, "Events", f"/events?year=2025&v={first.id}&on=2026-01-20", now=now)
    meeting = meetings.create(shelf, "Board", steps=(view.id,), now=now)
    return store, first, second, meeting


@pytest.fixture
def view(kept):
    store = kept[0]

    def opened(link, role=Role.VIEWER):
        return open_view(
            store, CHOSEN, link, TODAY, role=role, meetings=KeptMeetings(store, CHOSEN)
        )

    return opened


@pytest.fixture
def content(view):
    return lambda link: make_content(view(link))


def lines(content, key):
    return [
        line.text for section in content.sections if section.key == key for line in section.lines
    ]


def test_the_page_says_what_weighs_most_and_names_everything_by_part(content):
    found = content("/changes?year=all")
    assert found.title == "What changed since 15 January 2026"
    assert found.finding == (
        "Since 15 January: 1 event held, 1 newly planned; participants in trainings about 430 →"
        " about 460."
    )
    assert lines(found, "happened") == [
        "Congress was held on 3–5 February 2026.",
        "Workshop is newly planned on 12 March 2026.",
    ]
    assert lines(found, "known") == ["Pilot, known now: participants 30."]
    assert lines(found, "corrected") == [
        "Open day was corrected: participants about 100 → about 120.",
        "Gift was removed from the records.",
    ]
    assert lines(found, "numbers")[:2] == [
        "Events: 5 → 6 events, because of 1 event since then (+1).",
        (
            "Participants in trainings: about 430 → about 460 participants, because of 1 training of"
            " which the number is known now (+30)."
        ),
    ]


def test_every_sentence_opens_its_record_or_the_records_behind_its_number(view, content, kept):
    found = content("/changes?year=all")
    acts = {line.text: line.link for section in found.sections for line in section.lines}
    assert acts["Congress was held on 3–5 February 2026."] == "event=congress"
    assert acts["Pilot, known now: participants 30."] == "record=trainings.pilot"
    assert acts["Events: 5 → 6 events, because of 1 event since then (+1)."] == "why=events_held"
    opened = view("/changes?year=all")
    assert all(follow_act(opened, act) for act in acts.values())
    gone = follow_act(opened, acts["Gift was removed from the records."])
    assert (gone.page, gone.extras) == (
        "records",
        {"v": kept[1].id, "on": "2026-01-15", "record": "funding.gift"},
    )


def test_a_meeting_is_named_and_compared_with_as_it_was_seen(content, kept):
    found = content(f"/changes?year=all&since={kept[3].id}")
    assert found.title == "What changed since “Board” (20 January 2026)"
    assert found.finding.startswith("Since 20 January: 1 event held")


def test_the_choice_offers_the_last_publication_the_meetings_and_a_day(content, kept):
    choice = content("/changes?year=all").blocks["choice"]
    select, field = (
        choice.find("pick-since")[0].children[0],
        choice.find("since-day")[0].children[1],
    )
    assert [(option.text, option.attributes["value"]) for option in select.children] == [
        ("Since the last publication (15 January 2026)", "./changes?year=all"),
        ("Since “Board” (20 January 2026)", f"./changes?year=all&since={kept[3].id}"),
    ]
    assert field.attributes["data-address"] == "./changes?year=all&since={}"
    other = content(f"/changes?year=all&since={kept[1].id}").blocks["choice"]
    assert [option.text for option in other.find("pick-since")[0].children[0].children][-1] == (
        "Since 15 January 2026"
    )


def test_it_follows_the_filters_and_says_what_lies_outside(content):
    found = content("/changes?year=2026")
    assert found.finding == "Since 15 January: 1 event held, 1 newly planned; countries 0 → 1."
    assert not lines(found, "corrected")
    assert found.blocks["notes"].text == "3 more records differ outside what is chosen. Show all"
    assert found.blocks["notes"].acts() == ["open:/changes?year=all"]


def test_where_nothing_changed_the_nearest_is_said(content):
    found = content("/changes?year=all&since=2026-02-20")
    assert found.finding == "Nothing changed since 20 February."
    assert found.blocks["nothing"].text == "The last publication was on 15 February 2026."
    assert found.blocks["nothing"].acts() == ["open:/changes?year=all"]
    assert not found.sections


def test_before_there_is_anything_to_compare_with_the_page_says_so(content, kept):
    found = content(f"/changes?year=all&v={kept[1].id}&on=2026-01-20")
    assert found.finding == "These are the first data: there is nothing to compare with yet."
    assert found.blocks["nothing"] is None


def test_what_is_not_to_be_had_is_said_on_the_page_and_in_its_text(view):
    opened = view("/changes?year=all&since=2027-01-01")
    said = "1 January 2027 is yet to come: shown is what changed since the last publication."
    assert opened.notices == (said,)
    assert write_minutes(opened).rstrip().endswith(said)


def test_a_day_that_is_none_is_left_out_as_any_other_value(view):
    opened = view("/changes?year=all&since=2026-02-31")
    assert "since" not in opened.extras
    assert opened.notices == ("since=2026-02-31 is not understood and was left out",)


def test_the_first_slide_has_the_finding_and_the_numbers(content):
    slides = make_slides(content("/changes?year=all"))
    assert [slide.key for slide in slides] == ["numbers", "happened", "known", "corrected"]
    assert slides[0].sentence.startswith("Since 15 January: 1 event held")
    assert slides[1].sentence == "Happened since 15 January: 2"


def test_the_text_for_minutes_is_that_of_the_page(view):
    text = write_minutes(view("/changes?year=all")).splitlines()
    assert text[:3] == [
        "What changed since 15 January 2026",
        "",
        (
            "Since 15 January: 1 event held, 1 newly planned; participants in trainings about 430 →"
            " about 460."
        ),
    ]
    assert "– Congress was held on 3–5 February 2026." in text


def test_the_page_speaks_dutch(view):
    with speaking("nl"):
        found = make_content(view("/changes?year=all"))
    assert found.title == "Wat er veranderde sinds 15 januari 2026"
    assert found.finding == (
        "Sinds 15 januari: 1 bijeenkomst gehouden, 1 nieuw gepland; deelnemers aan trainingen"
        " ongeveer 430 → ongeveer 460."
    )
    assert lines(found, "corrected")[1] == "Gift is uit de records verwijderd."


def test_a_table_of_all_changes_goes_into_files(content):
    (sheet,) = content("/changes?year=all").sheets
    assert sheet.rows[0] == {
        "Part": "Happened",
        "What changed": "Events: 5 → 6 events, because of 1 event since then (+1).",
        "Table": "",
    }
    assert len(sheet.rows) == len(sheet.links)
