"""Since when: a version, a day, a kept meeting or nothing, and what is said where that is not to be
had.
"""

import csv
import json
import shutil
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from dashboard.intake.check import open_checked_records
from dashboard.intake.files import read_folder
from dashboard.model import settings
from dashboard.shares import SharesDb, meetings, save
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.store import Store, forget, publish, rollback
from dashboard.store.candidates import build_candidate
from dashboard.views.resolve_since import Meetings, resolve_since
from tests.conftest import ROOT

CHOSEN = settings.load(ROOT / "data")
TODAY = date(2026, 5, 1)


def at(day, hour=12):
    return datetime.fromisoformat(f"{day}T{hour:02}:00:00").replace(tzinfo=UTC)


def mend(folder, note):
    """Change a note, so that the version is another one."""
    path = folder / "people.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows[0]["note"] = note
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A store with versions of January, February and March, built once."""
    root = tmp_path_factory.mktemp("three")
    folder, store = shutil.copytree(ROOT / "tests" / "data", root / "data"), Store(root / "store")
    for day in ("2026-01-10", "2026-02-10", "2026-03-10"):
        mend(folder, day)
        publish_on(store, folder, at(day))
    return root


def publish_on(store, folder, now):
    return publish(
        store,
        open_checked_records(read_folder(folder)),
        author="Eva",
        message="test",
        now=now,
        small_groups_below=5,
    ).version


@pytest.fixture
def three(built, tmp_path):
    """The store, its records, and the ids of its versions, the oldest first."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    store = Store(tmp_path / "store")
    ids = [version.id for version in reversed(store.versions())]
    return SimpleNamespace(store=store, folder=tmp_path / "data", ids=ids)


def since(three, asked="", shown=None, today=TODAY, kept=None):
    """What is compared with: its place among the versions, the day, and what is said."""
    version = three.store.open(shown) if shown else three.store.served().version
    found = resolve_since(three.store, CHOSEN, asked, version, today, meetings=kept or Meetings())
    return three.ids.index(found.before.id), found.day, found.notices


# Nothing and a version
# ------------------------------------------------------------------------------------------------


def test_without_a_word_it_is_the_last_publication(three):
    assert since(three) == (1, date(2026, 2, 10), ())


def test_of_an_earlier_version_it_is_the_publication_before_that(three):
    assert since(three, shown=three.ids[1]) == (0, date(2026, 1, 10), ())


def test_before_the_first_version_there_is_none(three):
    first = three.store.open(three.ids[0])
    found = resolve_since(three.store, CHOSEN, "", first, TODAY, meetings=Meetings())
    assert (found.before.id, found.is_first, found.notices) == (first.id, True, ())


def test_after_going_back_it_is_what_was_served_before_that(three):
    rollback(three.store, three.ids[0], author="Eva", message="undo", now=at("2026-04-01"))
    said = "The version of 10 March 2026 was taken back: shown is again that of 10 January 2026."
    assert since(three) == (2, date(2026, 3, 10), (said,))


def test_a_candidate_is_compared_with_what_is_served(three):
    mend(three.folder, "next")
    candidate = build_candidate(
        three.store,
        open_checked_records(read_folder(three.folder)),
        author="Eva",
        message="next",
        now=at("2026-04-01"),
        small_groups_below=5,
    )
    version = three.store.candidate(candidate.version.id)
    found = resolve_since(three.store, CHOSEN, "", version, TODAY, meetings=Meetings())
    assert (found.before.id, found.notices) == (three.ids[2], ())


def test_a_version_is_seen_as_on_the_day_on_which_it_was_published(three):
    assert since(three, three.ids[0]) == (0, date(2026, 1, 10), ())


def test_a_version_that_is_gone_gives_way_to_the_one_before_it(three):
    shutil.rmtree(three.store.versions_folder / three.ids[1])
    place, day, notices = since(three, three.ids[1])
    assert (place, day) == (0, date(2026, 1, 10))
    assert notices[-1] == (
        f"Version {three.ids[1]} is not kept any more: compared is with the one before it, of"
        " 10 January 2026."
    )


def test_a_version_that_never_was_gives_way_to_the_last_publication(three):
    assert since(three, "0" * 16) == (
        1,
        date(2026, 2, 10),
        (
            (
                "Version 0000000000000000 is not there: shown is what changed since the last"
                " publication."
            ),
        ),
    )


def test_an_id_of_before_somebody_was_forgotten_leads_to_the_version_of_now(three):
    old = three.ids[0]
    forget(three.store, "zoe-muller", author="Eva", message="asked", now=at("2026-04-01"))
    found = resolve_since(
        three.store, CHOSEN, old, three.store.served().version, TODAY, meetings=Meetings()
    )
    assert found.before.id == three.store.resolve(old) != old
    assert (found.day, found.notices) == (date(2026, 1, 10), ())


def test_two_versions_without_a_common_ancestor_are_compared_and_it_is_said(three, tmp_path):
    mend(three.folder, "elsewhere")
    other = Store(tmp_path / "other")
    stranger = publish_on(other, three.folder, at("2026-04-02"))
    shutil.copytree(stranger.folder, three.store.versions_folder / stranger.id)
    three.ids.append(stranger.id)
    assert since(three, stranger.id)[2][0] == (
        "The version that is compared with came after the one that is shown."
    )
    assert since(three, stranger.id)[2][1] == (
        "These versions have no earlier one in common that is kept: they are compared record by"
        " record."
    )


# A day
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "place"),
    [("2026-01-10", 0), ("2026-02-09", 0), ("2026-02-10", 1), ("2026-03-09", 1), ("2026-05-01", 2)],
)
def test_a_day_means_what_was_served_at_its_end(three, day, place):
    assert since(three, day) == (place, date.fromisoformat(day), ())


def test_what_was_gone_back_to_counts_as_served(three):
    rollback(three.store, three.ids[0], author="Eva", message="undo", now=at("2026-04-01"))
    rollback(three.store, three.ids[2], author="Eva", message="redo", now=at("2026-04-03"))
    assert since(three, "2026-03-31")[0] == 2
    assert since(three, "2026-04-02")[0] == 0
    assert since(three, "2026-04-03")[0] == 2


def test_a_day_begins_where_the_programme_is(three):
    rollback(three.store, three.ids[0], author="Eva", message="undo", now=at("2026-04-01", 23))
    assert since(three, "2026-04-01")[0] == 2
    assert since(three, "2026-04-02")[0] == 0


def test_a_day_to_come_gives_way_to_the_last_publication(three):
    assert since(three, "2026-05-02") == (
        1,
        date(2026, 2, 10),
        ("2 May 2026 is yet to come: shown is what changed since the last publication.",),
    )


def test_before_the_first_version_it_is_the_first(three):
    assert since(three, "2025-12-31") == (
        0,
        date(2026, 1, 10),
        (
            (
                "Of 31 December 2025 there is no version: shown is what changed since the first one, of"
                " 10 January 2026."
            ),
        ),
    )


def test_a_day_whose_version_is_gone_gives_way_to_the_one_before(three):
    shutil.rmtree(three.store.versions_folder / three.ids[1])
    place, day, notices = since(three, "2026-02-20")
    assert (place, day) == (0, date(2026, 2, 20))
    assert notices[-1] == (
        "The version of 20 February 2026 is not kept any more: compared is with the one before it,"
        " of 10 January 2026."
    )


def test_without_a_log_the_versions_tell(three):
    (three.store.root / "log.jsonl").unlink()
    assert since(three, "2026-02-20")[0] == 1


def test_a_log_that_nobody_can_read_is_no_hindrance(three):
    log = three.store.root / "log.jsonl"
    lines = [json.dumps({"action": "publish", "version": "x", "time": "soon"}), "{", "[]"]
    log.write_text("\n".join([*lines, log.read_text("utf-8")]), "utf-8")
    assert since(three, "2026-02-20")[0] == 1


# A meeting
# ------------------------------------------------------------------------------------------------


@pytest.fixture
def keep(three):
    """Keep a meeting of views that pin versions, or none."""

    def kept(*pins, day="2026-02-20"):
        shelf = SharesDb(settings.shares_file(three.store.root))
        views = [
            save(shelf, f"View {nr}", f"/events?year=2025{pin}", now=at(day))
            for nr, pin in enumerate(pins)
        ]
        meeting = meetings.create(
            shelf, "Board, February", steps=[one.id for one in views], now=at(day)
        )
        return meeting.id, KeptMeetings(three.store, CHOSEN)

    return kept


def test_a_meeting_saw_what_its_views_pin_last(three, keep):
    meeting, kept = keep(f"&v={three.ids[0]}&on=2026-01-20", f"&v={three.ids[1]}&on=2026-02-19", "")
    assert since(three, meeting, kept=kept) == (1, date(2026, 2, 19), ())


def test_a_meeting_whose_last_pin_is_gone_gives_way_to_the_other(three, keep):
    meeting, kept = keep(f"&v={three.ids[0]}&on=2026-01-20", f"&v={three.ids[1]}&on=2026-02-19")
    shutil.rmtree(three.store.versions_folder / three.ids[1])
    assert since(three, meeting, kept=kept)[:2] == (0, date(2026, 1, 20))


def test_a_meeting_without_pins_saw_what_was_served_on_its_day(three, keep):
    meeting, kept = keep("")
    assert since(three, meeting, kept=kept) == (
        1,
        date(2026, 2, 20),
        (
            (
                "“Board, February” pins no version: compared is with what was shown on 20 February"
                " 2026."
            ),
        ),
    )


def test_a_meeting_whose_pins_are_gone_saw_what_was_served_on_its_day(three, keep):
    meeting, kept = keep(f"&v={'1' * 16}&on=2026-02-19")
    assert since(three, meeting, kept=kept) == (
        1,
        date(2026, 2, 20),
        (
            (
                "The versions that “Board, February” pins are not kept any more: compared is with what"
                " was shown on 20 February 2026."
            ),
        ),
    )


def test_a_meeting_that_is_gone_gives_way_to_the_last_publication(three, keep):
    _meeting, kept = keep("")
    assert since(three, "nosuchmeeting", kept=kept) == (
        1,
        date(2026, 2, 10),
        ("This meeting is not there any more: shown is what changed since the last publication.",),
    )


def test_the_newest_meetings_that_show_anything_are_offered(three, keep):
    for day in range(1, 8):
        keep("", day=f"2026-03-0{day}")
    shelf = SharesDb(settings.shares_file(three.store.root))
    meetings.create(shelf, "Empty", now=at("2026-04-01"))
    found = resolve_since(
        three.store,
        CHOSEN,
        "",
        three.store.served().version,
        TODAY,
        meetings=KeptMeetings(three.store, CHOSEN),
    )
    assert [one.day.day for one in found.offered] == [7, 6, 5, 4, 3]
