"""The year of a programme, played through (tests/support/programme_year.py): what each publication
changed, in every sentence; each number as the one before and its reasons; a message after each meeting.
"""

import csv
import sqlite3
from datetime import date

import pytest

from dashboard.export.change_feed import build_feed
from dashboard.export.digest import build_message, read_digest
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.publishing.since import Sort, find_since, split_number, write_text
from dashboard.publishing.since.differing import find_differing
from dashboard.query.metrics import METRICS, evaluate
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.views.view import open_view
from tests.conftest import ROOT
from tests.support.programme_year import MEETINGS, MONTHS, moment, play

CHOSEN = settings.load(ROOT / "data")
ALL = Filters()
DIGESTS = {4: (3, "en"), 8: (6, "en"), 12: (10, "nl")}
"""In which month a message is written on the 16th, since the meeting of which, and in which language."""
NUMBERS = {
    "events_held": (5, 6, 6, 6, 7, 8, 8, 8, 8, 9, 9, 9),
    "events_planned": (3, 2, 2, 1, 0, 0, 0, 0, 1, 0, 0, 0),
    "events_organised": (3, 3, 3, 3, 4, 5, 5, 5, 5, 6, 6, 6),
    "events_abroad": (1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2),
    "event_participants": (200, 200, 220, 220, 240, 240, 240, 390, 390, 390, 390, 390),
    "contributors": (3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4),
    "contributions": (7, 8, 8, 8, 9, 10, 10, 10, 10, 10, 10, 10),
    "keynotes": (1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3),
    "trainings_held": (3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4),
    "training_participants": (430, 430, 430, 458, 458, 458, 458, 458, 478, 478, 478, 503),
    "projects_running": (1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1),
    "projects_completed": (2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3),
    "projects_coming": (2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1),
    "awards": (3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4),
    "funding_received": (70, 70, 70, 140, 140, 140, 140, 140, 140, 140, 140, 140),
}
"""What each number is from January to December, worked out by hand; money in thousands of euros."""
TOLD = {
    2: """\
Since 15 January: 1 event held; people who contributed 3 → 4.

Happened
– Events: 5 → 6 events, because of 1 event since then (+1).
– People who contributed: 3 → 4 people, because of 1 person since then (+1).
– Planned events: 3 → 2 events, because of 1 event that no longer counts (−1).
– Keynotes: 1 → 2 contributions, because of 1 contribution since then (+1).
– Contributions: 7 → 8 contributions, because of 1 contribution since then (+1).
– Events abroad: 1 → 2 events, because of 1 event since then (+1).
– Events, target for 2026: cannot be said → on course, 1 of 3 events.
– Congress was held on 3–5 February 2026.""",
    3: """\
Since 15 February: Workshop was moved from 20 April 2026 to 11 May 2026.

Happened
– Workshop was moved from 20 April 2026 to 11 May 2026.

Corrected
– Attendances at events: at least about 200 → at least about 220 attendances, because of 1 event corrected (+20).
– Open day was corrected: participants about 100 → about 120.""",
    4: """\
Since 15 March: participants in trainings about 430 → about 458; funding received about 70,000 → about 140,000.

Happened
– Funding received: about 70,000 → about 140,000 euro, because of 1 grant since then (+70,000).
– Planned events: 2 → 1 event, because of 1 event that no longer counts (−1).
– Grants to us: 3 → 4 grants, because of 1 grant since then (+1).
– Prize: €70,000 was granted on 2 April 2026.
– Evening lecture, planned on 10 June 2026, was cancelled.

Became known
– Participants in trainings: about 430 → about 458 participants, because of 1 training of which the number is known now (+28).
– Pilot, known now: participants 28.""",
    5: """\
Since 15 April: 1 event held; keynotes 2 → 3.

Happened
– Events: 6 → 7 events, because of 1 event since then (+1).
– Planned events: 1 → 0 events, because of 1 event that no longer counts (−1).
– Keynotes: 2 → 3 contributions, because of 1 contribution since then (+1).
– Contributions: 8 → 9 contributions, because of 1 contribution since then (+1).
– Organised by us: 3 → 4 events, because of 1 event since then (+1).
– Attendances at events: at least about 220 → at least about 240 attendances, because of 1 event since then (+20).
– Workshop was held on 11 May 2026.

Became known
– Workshop now names Carla Smit.""",
    6: """\
Since 15 May: events 7 → 8; completed projects 2 → 3.

Happened
– Completed projects: 2 → 3 projects, because of 1 project since then (+1).
– Running projects: 1 → 0 projects, because of 1 project that no longer counts (−1).
– AI lab was completed on 1 June 2026.

Became known
– Events: 7 → 8 events, because of 1 event registered since (+1).
– Contributions: 9 → 10 contributions, because of 1 contribution registered since (+1).
– Organised by us: 4 → 5 events, because of 1 event registered since (+1).
– Talk was registered since: held on 12 November 2025.""",
    7: """\
Since 15 June: running projects 0 → 1; coming projects 2 → 1.

Happened
– Running projects: 0 → 1 project, because of 1 project since then (+1).
– Coming projects: 2 → 1 project, because of 1 project that no longer counts (−1).
– New network began on 1 July 2026.""",
    8: """\
Since 15 July: attendances at events at least about 240 → at least about 390.

Became known
– Attendances at events: at least about 240 → at least about 390 attendances, because of 1 event of which the number is known now (+150).
– Congress, known now: participants about 150.""",
    9: """\
Since 15 August: 1 event newly planned.

Happened
– Planned events: 0 → 1 event, because of 1 event since then (+1).
– Events, target for 2026: on course → behind, 2 of 3 events.
– Autumn symposium is newly planned on 8 October 2026.

Corrected
– Participants in trainings: about 458 → about 478 participants, because of 1 training corrected (+20).
– First-year curriculum was corrected: participants about 400 → about 420.""",
    10: """\
Since 15 September: 1 event held.

Happened
– Events: 8 → 9 events, because of 1 event since then (+1).
– Planned events: 1 → 0 events, because of 1 event that no longer counts (−1).
– Organised by us: 5 → 6 events, because of 1 event since then (+1).
– Events, target for 2026: behind → reached, 3 of 3 events.
– Autumn symposium was held on 8 October 2026.

To watch
– Workshop: “Newsletter” says otherwise about the participants: “25 people”.""",
    11: """\
Since 15 October: For Events, the board accepted a deviation from the target until 31 December 2026 (We moved house).

Happened
– For Events, the board accepted a deviation from the target until 31 December 2026 (We moved house).

Corrected
– Gift was removed from the records.""",
    12: """\
Since 15 November: participants in trainings about 478 → about 503; trainings 3 → 4.

Became known
– Participants in trainings: about 478 → about 503 participants, because of 1 training registered since (+25).
– Trainings: 3 → 4 trainings, because of 1 training registered since (+1).
– Winter school was registered since: held in January 2026.

To watch
– Events: what the board accepted ends on 31 December 2026 (We moved house).""",
}
"""What each publication changed; of January there is nothing before."""
WHOLE_YEAR = """\
Since 15 January: 3 events held; participants in trainings about 430 → about 503.

Happened
– Events: 5 → 9 events, because of 3 events since then (+3) and 1 event registered since (+1).
– Participants in trainings: about 430 → about 503 participants, because of 1 training since then (+25), 1 training of which the number is known now (+28) and 1 training corrected (+20).
– Funding received: about 70,000 → about 140,000 euro, because of 1 grant since then (+70,000).
– Completed projects: 2 → 3 projects, because of 1 project since then (+1).
– People who contributed: 3 → 4 people, because of 1 person since then (+1).
– Planned events: 3 → 0 events, because of 3 events that no longer count (−3).
– Trainings: 3 → 4 trainings, because of 1 training since then (+1).
– Keynotes: 1 → 3 contributions, because of 2 contributions since then (+2).
– Contributions: 7 → 10 contributions, because of 2 contributions since then (+2) and 1 contribution registered since (+1).
– Coming projects: 2 → 1 project, because of 1 project that no longer counts (−1).
– Organised by us: 3 → 6 events, because of 2 events since then (+2) and 1 event registered since (+1).
– Attendances at events: at least about 200 → at least about 390 attendances, because of 2 events since then (+170) and 1 event corrected (+20).
– Events abroad: 1 → 2 events, because of 1 event since then (+1).
– Grants to us: 3 → 4 grants, because of 1 grant since then (+1).
– Events, target for 2026: cannot be said → reached, 3 of 3 events.
– Prize: €70,000 was granted on 2 April 2026.
– AI lab was completed on 1 June 2026.
– New network began on 1 July 2026.
– Evening lecture, planned on 10 June 2026, was cancelled.
– Autumn symposium was held on 8 October 2026.
– Workshop was held on 11 May 2026.
– Congress was held on 3–5 February 2026.
– Winter school was held in January 2026.

Became known
– Talk was registered since: held on 12 November 2025.
– Workshop now names Carla Smit.
– Pilot, known now: participants 28.

Corrected
– First-year curriculum was corrected: participants about 400 → about 420.
– Open day was corrected: participants about 100 → about 120.
– Gift was removed from the records.

To watch
– Events: what the board accepted ends on 31 December 2026 (We moved house).
– Workshop: “Newsletter” says otherwise about the participants: “25 people”."""
MESSAGES = {
    4: (
        "DASH: what changed since 20 March 2026",
        """\
What changed since “Board, March” (20 March 2026)

Since 20 March: participants in trainings about 430 → about 458; funding
received about 70,000 → about 140,000.

Happened
– Funding received: about 70,000 → about 140,000 euro, because of 1
  grant since then (+70,000).
– Planned events: 2 → 1 event, because of 1 event that no longer counts
  (−1).
– Grants to us: 3 → 4 grants, because of 1 grant since then (+1).
– Prize: €70,000 was granted on 2 April 2026.
– Evening lecture, planned on 10 June 2026, was cancelled.

Became known
– Participants in trainings: about 430 → about 458 participants, because
  of 1 training of which the number is known now (+28).
– Pilot, known now: participants 28.

Records that differ besides: 1 in sources.
""",
    ),
    8: (
        "DASH: what changed since 20 June 2026",
        """\
What changed since “Board with Anna Berg” (20 June 2026)

Since 20 June: running projects 0 → 1; coming projects 2 → 1.

Happened
– Running projects: 0 → 1 project, because of 1 project since then (+1).
– Coming projects: 2 → 1 project, because of 1 project that no longer
  counts (−1).
– New network began on 1 July 2026.

Became known
– Attendances at events: at least about 240 → at least about 390
  attendances, because of 1 event of which the number is known now
  (+150).
– Congress, known now: participants about 150.
""",
    ),
    12: (
        "DASH: wat er veranderde sinds 20 oktober 2026",
        """\
Wat er veranderde sinds “Board, October” (20 oktober 2026)

Sinds 20 oktober: deelnemers aan trainingen ongeveer 478 → ongeveer 503;
trainingen 3 → 4.

Bekend geworden
– Deelnemers aan trainingen: ongeveer 478 → ongeveer 503 deelnemers,
  door 1 training (sindsdien vastgelegd, +25).
– Trainingen: 3 → 4 trainingen, door 1 training (sindsdien vastgelegd,
  +1).
– Winter school is sindsdien vastgelegd: gehouden in januari 2026.

Gecorrigeerd
– Gift is uit de records verwijderd.

Aandachtspunten
– Bijeenkomsten: wat the board aanvaardde, loopt af op 31 december 2026
  (We moved house).

De dag van de volgende vergadering is niet vastgelegd: daarom staat hier
wat binnen 30 dagen afloopt.
""",
    ),
}
"""The subject and the text of each message, up to where the rest is."""


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """The year as it was played, and the messages that were written in it."""
    messages = {}

    def write_message(played, month):
        if month in DIGESTS:
            meeting, language = DIGESTS[month]
            messages[month] = _write_message(played, month, meeting, language)

    return play(tmp_path_factory.mktemp("year"), write_message), messages


def _write_message(played, month, meeting, language):
    link = f"/changes?year=all&since={played.meetings[meeting].id}&lang={language}"
    with speaking(language):
        digest = read_digest(_open(played, link, date(2026, month, 16)))
    return build_message(digest, to=["Board <board@example.org>"], now=moment(month, 16))


def _open(played, link, today):
    kept = KeptMeetings(played.store, CHOSEN)
    return open_view(played.store, CHOSEN, link, today, role=Role.VIEWER, meetings=kept)


def _since(played, first, last):
    days = (date(2026, month, 15) for month in (first, last))
    return find_since(played.version(first), next(days), played.version(last), next(days), ALL)


# What is said
# ------------------------------------------------------------------------------------------------


def test_there_are_twelve_publications_and_each_is_another_version(year):
    played, _messages = year
    assert len(MONTHS) == len({played.version(month).id for month in range(1, 13)}) == 12
    assert set(TOLD) == set(range(2, 13))


@pytest.mark.parametrize("month", TOLD)
def test_what_each_publication_changed_is_said_in_these_sentences(year, month):
    assert write_text(_since(year[0], month - 1, month), most=40) == TOLD[month]


def test_the_whole_year_is_said_in_these_sentences(year):
    assert write_text(_since(year[0], 1, 12), most=40) == WHOLE_YEAR


# Every number
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NUMBERS)
def test_each_number_is_the_one_that_was_worked_out(year, name):
    unit = 1000 if name == "funding_received" else 1
    found = [evaluate(year[0].version(month), METRICS[name], ALL).value for month in range(1, 13)]
    assert [int(value / unit) for value in found] == list(NUMBERS[name])


def test_the_events_that_were_held_are_those_in_the_files(year):
    for month, expected in enumerate(NUMBERS["events_held"], start=1):
        path = year[0].version(month).records / "events.csv"
        with path.open(encoding="utf-8", newline="") as file:
            held = [row for row in csv.DictReader(file) if row["status"] == "held"]
        assert len(held) == expected


@pytest.mark.matrix(1)  # under other filters: test_since.py
@pytest.mark.parametrize("filters", [ALL, Filters(year=2026), Filters(line=("learning",))])
def test_the_reasons_of_each_month_are_together_its_difference_and_add_up_to_the_year(
    year, filters
):
    played, _messages = year
    totals = dict.fromkeys(METRICS, 0)
    for month in range(2, 13):
        differing = find_differing(
            played.version(month - 1), played.version(month), filters, date(2026, month - 1, 15)
        )
        for name, metric in METRICS.items():
            if number := split_number(differing, metric):
                reasons = sum(number.sum_of(sort) for sort in Sort)
                assert reasons == number.difference, (month, name, number.parts)
                assert number.sum_of(Sort.UNSORTED) == 0
                totals[name] += reasons
    for name, metric in METRICS.items():
        first, last = (
            evaluate(played.version(month), metric, filters).value or 0 for month in (1, 12)
        )
        assert first + totals[name] == last, name
    assert totals["events_held"] > 0


# The messages after the meetings
# ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("month", DIGESTS)
def test_the_message_after_each_meeting_says_what_changed_since_it(year, month):
    message = year[1][month]
    subject, text = MESSAGES[month]
    plain = message.get_body(("plain",)).get_content()
    assert (str(message["Subject"]), message["Content-Language"]) == (subject, DIGESTS[month][1])
    assert plain.startswith(text)
    assert all(len(line) <= 72 for line in plain.splitlines())
    html = message.get_body(("html",)).get_content()
    said = [
        line.removeprefix("– ")
        for line in plain.replace("\n  ", " ").splitlines()
        if line[:1] == "–"
    ]
    assert len(said) == html.count("<li>")
    names = {"Berg", "Wit", "Smit", "Vos", "ller"}
    assert not any(name in str(message["Subject"]) for name in names)


def test_a_meeting_is_compared_with_its_version_also_when_its_id_changed(year):
    played, _messages = year
    pinned = KeptMeetings(played.store, CHOSEN).find(played.meetings[3].id).pins[0][0]
    assert set(MEETINGS) == set(played.meetings)
    view = _open(played, f"/changes?since={played.meetings[3].id}", date(2026, 12, 16))
    assert (view.since.before.id, view.notices) == (played.version(3).id, ())
    assert played.published[2] in (pinned, *played.store.redirects())


# Who was forgotten
# ------------------------------------------------------------------------------------------------


def test_who_was_forgotten_is_named_by_no_sentence_no_message_and_no_file(year):
    played, messages = year
    spellings = ("zoe-muller", "Zoë Müller", "Muller", "Müller")
    said = [write_text(_since(played, first, last), most=100) for first, last in [(1, 12), (5, 7)]]
    feed = build_feed(_open(played, "/changes?year=all", date(2026, 12, 16)), "").decode()
    for text in (*said, feed, *(messages[month].as_string() for month in (8, 12))):
        assert not any(name in text for name in spellings)
    # the talk of hers that was registered in June still counts
    assert "Contributions: 9 → 10 contributions" in write_text(_since(played, 5, 6))
    with sqlite3.connect(played.shelf.path) as con:
        kept = [str(row) for row in con.execute("select title, link from views")]
    con.close()
    assert len(kept) == len(MEETINGS)


def test_the_feed_has_an_entry_for_each_publication_that_changed_anything(year):
    feed = build_feed(_open(year[0], "/changes?year=all", date(2026, 12, 16)), "").decode()
    assert feed.count("<entry>") == len(TOLD)
    for month, text in TOLD.items():
        headline = text.splitlines()[0]
        assert f"<title>{headline}</title>" in feed
        assert f"<updated>2026-{month:02}-15T09:30:00Z</updated>" in feed
