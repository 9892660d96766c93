"""What changed since: every sort of change in its sentence, and each difference as the sum of its
reasons. The records are those of tests/data/README.md with what is added here.
"""

import random
import shutil
from datetime import date
from itertools import count

import pytest

from dashboard.language.messages import speaking
from dashboard.model.filters import Filters
from dashboard.publishing.since import (
    CORRECTED,
    HAPPENED,
    KNOWN,
    UNSORTED,
    WATCH,
    Sort,
    find_since,
    list_parts,
    make_headline,
    split_number,
    write_text,
)
from dashboard.publishing.since.differing import find_differing
from dashboard.publishing.since.numbers import WEIGHTS
from dashboard.query.metrics import METRICS
from dashboard.store import Store, forget, record_changes
from tests.conftest import NOW, ROOT, append_to, publish_folder, replace_in, served_already

DAY_BEFORE, TODAY = date(2026, 1, 20), date(2026, 2, 28)
ALL = Filters()
FIELDS_OF_EVENT = "title,,{day},,{status},onsite,meeting,research,,groningen,organised,,,unknown,,"
TARGET_TERMS = (
    "target-direction,more,More is better,Meer is beter,1,\ntarget-path,even,Evenly,Gelijkmatig,1,"
)


def add_event(folder, identity, title, day, status="held"):
    """Add an event of ours of one day, or of a date that is known less precisely."""
    row = FIELDS_OF_EVENT.format(day=day, status=status).replace("title", title, 1)
    append_to(folder, "events", f"{identity},{row}")


def add_target(folder):
    append_to(folder, "terms", TARGET_TERMS)
    append_to(folder, "targets", "events-2026,events_held,2026,more,3,,even,Board,Dean")


@pytest.fixture
def published(tmp_path):
    """Publish the records, then as each of some functions mends them; gives the versions."""

    def publish(*mends, before=lambda _folder: None):
        folder = shutil.copytree(ROOT / "tests" / "data", tmp_path / "records")
        store = Store(tmp_path / "store")
        before(folder)
        versions = [served_already(store, folder)]
        for mend in mends:
            mend(folder)
            versions.append(publish_folder(store, folder).version)
        return versions

    return publish


@pytest.fixture
def told(published):
    """What is told after one change, since DAY_BEFORE until TODAY."""

    def tell(mend, filters=ALL, before=lambda _folder: None, today=TODAY):
        old, new = published(mend, before=before)
        return find_since(old, DAY_BEFORE, new, today, filters)

    return tell


def sentences(since, part, *kinds):
    """What is said in a part: of some kinds only, else of all."""
    return [one.say() for one in since.part(part) if not kinds or one.kind in kinds]


def records(since, part):
    """What is said of records in a part."""
    return [one.say() for one in since.part(part) if one.table and one.table != "targets"]


# What happened
# ------------------------------------------------------------------------------------------------


def test_a_version_beside_itself_tells_nothing(published):
    (only,) = published()
    since = find_since(only, DAY_BEFORE, only, TODAY, Filters())
    assert since.is_empty
    assert (since.changes, since.numbers) == ((), ())


def test_a_planned_event_that_was_held_happened(told):
    since = told(
        lambda folder: replace_in(
            folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held"
        )
    )
    assert records(since, HAPPENED) == ["Congress was held on 3–5 February 2026."]
    assert sentences(since, HAPPENED, "number")[:2] == [
        "Events: 5 → 6 events, because of 1 event since then (+1).",
        "People who contributed: 3 → 4 people, because of 1 person since then (+1).",
    ]
    assert "Planned events: 1 → 0 events, because of 1 event that no longer counts (−1)." in (
        sentences(since, HAPPENED, "number")
    )
    assert not since.part(CORRECTED)
    assert not since.part(KNOWN)


def test_an_event_that_was_added_happened_only_where_its_day_came_after(told):
    def mend(folder):
        add_event(folder, "after", "After", "2026-02-10")
        add_event(folder, "earlier", "Earlier", "2025-03-12")
        add_event(folder, "same-day", "Same day", "2026-01-20")
        add_event(folder, "some-day", "Some day", "2026-01")
        add_event(folder, "some-month", "Some month", "2025")

    since = told(mend)
    assert records(since, HAPPENED) == ["After was held on 10 February 2026."]
    assert sorted(records(since, KNOWN)) == [
        "Earlier was registered since: held on 12 March 2025.",
        "Same day was registered since: held on 20 January 2026.",
        "Some day was registered since: held in January 2026.",
        "Some month was registered since: held in 2025.",
    ]
    assert sentences(since, HAPPENED, "number")[0] == (
        "Events: 5 → 10 events, because of 1 event since then (+1) and 4 events registered since (+4)."
    )


def test_an_event_that_was_over_by_then_and_became_held_was_registered_late(told):
    since = told(
        lambda folder: replace_in(folder, "events", "c,2026-01-10,,planned", "c,2026-01-10,,held"),
        before=lambda folder: append_to(
            folder,
            "events",
            "talk,Talk,abc,2026-01-10,,planned,onsite,meeting,research,,groningen,organised,,,unknown,,",
        ),
    )
    assert records(since, KNOWN) == ["Talk was registered since: held on 10 January 2026."]
    assert not records(since, HAPPENED)


def test_what_is_newly_planned_moved_or_cancelled_happened(told):
    def before(folder):
        add_event(folder, "moving", "Moving", "2026-03-01", "planned")
        add_event(folder, "calling-off", "Calling off", "2026-03-02", "planned")

    def mend(folder):
        replace_in(folder, "events", "2026-03-01,,planned", "2026-03-08,,planned")
        replace_in(folder, "events", "2026-03-02,,planned", "2026-03-02,,cancelled")
        add_event(folder, "workshop", "Workshop", "2026-03-12", "planned")

    assert records(told(mend, before=before), HAPPENED) == [
        "Calling off, planned on 2 March 2026, was cancelled.",
        "Moving was moved from 1 March 2026 to 8 March 2026.",
        "Workshop is newly planned on 12 March 2026.",
    ]


def test_projects_begin_and_end_and_money_is_granted(told):
    def mend(folder):
        replace_in(folder, "projects", "selected,,,2025", "running,2026-02,,2025")
        replace_in(
            folder, "projects", "running,2024-03-01,,2025", "completed,2024-03-01,2026-02-15,2025"
        )
        append_to(
            folder,
            "funding",
            "prize,Prize,science-fund,,our-centre,,recipient,70000,exact,2026-02-02,,\n"
            "theirs,Their grant,science-fund,,care-group,,supported,9000,about,2026-02-03,,\n"
            "old,Old grant,science-fund,,our-centre,,recipient,1000,exact,2025-02-03,,\n"
            "some,Some grant,science-fund,,our-centre,,recipient,,unknown,2026-02-04,,",
        )

    since = told(mend)
    assert records(since, HAPPENED) == [
        "Prize: €70,000 was granted on 2 February 2026.",
        "Some grant: an unknown amount was granted on 4 February 2026.",
        "Their grant: about €9,000 was granted on 3 February 2026, not our money.",
        "AI lab was completed on 15 February 2026.",
        "New network began in February 2026.",
    ]
    assert records(since, KNOWN) == [
        "Old grant was registered since: €1,000 granted on 3 February 2025."
    ]
    assert (
        "Funding received: about 70,000 → about 141,000 euro, because of 1 grant since then (+70,000)"
        " and 1 grant registered since (+1,000)."
    ) in sentences(since, HAPPENED, "number")


def test_a_target_that_stands_otherwise_is_told(told):
    def mend(folder):
        for day in ("2026-02-01", "2026-02-02", "2026-02-10"):
            add_event(folder, f"e{day}", f"Event {day}", day)

    since = told(mend, before=add_target)
    assert sentences(since, HAPPENED, "target") == [
        "Events, target for 2026: cannot be said → reached, 3 of 3 events."
    ]


def test_a_target_that_was_set_is_told(told):
    since = told(add_target)
    assert sentences(since, HAPPENED, "target") == ["Events: a target was set for 2026, 3 events."]


# What became known, and what was corrected
# ------------------------------------------------------------------------------------------------


def test_a_number_that_was_not_known_became_known(told):
    def mend(folder):
        replace_in(folder, "trainings", "2024,,research,,,unknown,", "2024,,research,,30,exact,")

    since = told(mend)
    assert records(since, KNOWN) == ["Pilot, known now: participants 30."]
    assert sentences(since, KNOWN, "number") == [
        (
            "Participants in trainings: about 430 → about 460 participants, because of 1 training of"
            " which the number is known now (+30)."
        )
    ]
    assert not since.part(HAPPENED)
    assert not since.part(CORRECTED)


def test_a_more_precise_date_is_known_and_another_one_corrected(told):
    def mend(folder):
        replace_in(
            folder,
            "events",
            "webinar,Webinar on consent,,2025-05,",
            "webinar,Webinar on consent,,2025-05-07,",
        )
        replace_in(
            folder,
            "events",
            "open-day,Open day,Science week,2025-05-14",
            "open-day,Open day,Science week,2025-05-15",
        )

    since = told(mend)
    assert records(since, KNOWN) == ["Webinar on consent, known now: start date 7 May 2025."]
    assert records(since, CORRECTED) == [
        "Open day was corrected: start date 14 May 2025 → 15 May 2025."
    ]


def test_a_project_that_began_or_was_stopped_by_then_was_registered_late(told):
    def mend(folder):
        replace_in(folder, "projects", "selected,,,2025", "running,2025-07-01,,2025")
        replace_in(
            folder, "projects", "running,2024-03-01,,2025", "stopped,2024-03-01,2025-06-01,2025"
        )

    since = told(
        mend,
        before=lambda folder: append_to(
            folder, "terms", "project-status,stopped,Stopped,Gestopt,5,"
        ),
    )
    assert not since.part(HAPPENED)
    assert records(since, KNOWN) == [
        "AI lab was registered since: stopped.",
        "New network was registered since: running.",
    ]


def test_what_no_longer_counts_is_said_so_whatever_the_reason(told):
    def plan(folder):
        add_event(folder, "c", "C", "2026-01-10", "planned")

    since = told(
        lambda folder: replace_in(
            folder, "events", "C,,2026-01-10,,planned", "C,,2026-01-10,,held"
        ),
        before=plan,
    )
    assert "Planned events: 2 → 1 event, because of 1 event that no longer counts (−1)." in (
        sentences(since, KNOWN, "number")
    )
    assert headline(since) == "Since 20 January: events 5 → 6; planned events 2 → 1."


def test_of_what_counts_because_its_date_is_known_now_no_number_is_said_to_be_known(told):
    since = told(
        lambda folder: replace_in(folder, "events", "Retreat,,2025,", "Retreat,,2025-03-04,"),
        filters=Filters(month=("2025-03",)),
    )
    said = sentences(since, KNOWN, "number")
    assert said[0] == "Events: 0 → 1 event, because of 1 event of which more is known now (+1)."
    # where nothing moves a number that reads otherwise, the reason is told all the same
    assert said[1] == "Countries: 0 → unknown, because of 1 event without a known place."
    assert (
        "Attendances at events: 0 → unknown, because of 1 event of which more is known now." in said
    )


def test_another_role_is_a_correction_and_a_second_talk_names_nobody_anew(told):
    def mend(folder):
        replace_in(folder, "event_people", "bram-de-wit,host,1", "bram-de-wit,keynote,1")
        append_to(folder, "event_people", "open-day,anna-berg,lecture,1,Numbers,")
        replace_in(folder, "event_people", "spring-school,anna-berg,lecture,2,Forests,\n", "")
        replace_in(folder, "project_parties", "ai-lab,2,,care-group", "ai-lab,2,,city-lab")

    since = told(mend)
    assert sentences(since, KNOWN, "named") == [
        "Open day: more is recorded about Anna Berg.",
        "AI lab now names City Lab.",
    ]
    assert sentences(since, CORRECTED, "named") == [
        "Spring school: less is recorded about Anna Berg.",
        "Spring school: what is recorded about Bram de Wit was corrected.",
        "AI lab no longer names The Care Group.",
    ]
    assert "Keynotes: 1 → 2 contributions, because of 1 contribution corrected (+1)." in (
        sentences(since, CORRECTED, "number")
    )


def test_a_planned_date_that_is_given_up_and_the_other_period_of_a_project_are_said_so(told):
    def mend(folder):
        replace_in(folder, "events", "2026-02-03,2026-02-05,planned", ",,planned")
        replace_in(folder, "projects", "planned,2026,2028", "planned,2027-03,2028")

    assert records(told(mend), HAPPENED) == [
        "Next programme has another period: 2026 to 2028 → March 2027 to 2028.",
        "Congress, planned on 3–5 February 2026, has no date any more.",
    ]


def test_a_number_that_was_said_otherwise_is_corrected_and_no_news(told):
    since = told(lambda folder: replace_in(folder, "events", ",100,about,", ",120,about,"))
    assert records(since, CORRECTED) == [
        "Open day was corrected: participants about 100 → about 120."
    ]
    assert sentences(since, CORRECTED, "number") == [
        (
            "Attendances at events: at least about 200 → at least about 220 attendances, because of 1"
            " event corrected (+20)."
        )
    ]
    assert all(one.corrected for one in since.changes)


def test_what_is_removed_or_called_back_is_a_correction(told):
    def mend(folder):
        replace_in(folder, "events", "2025-05-14,,held", "2025-05-14,,planned")
        replace_in(folder, "funding", "gift,Gift,,,,,none,,unknown,,,\n", "")

    since = told(mend)
    assert sorted(records(since, CORRECTED)) == [
        "Gift was removed from the records.",
        "Open day was corrected: status held → planned.",
    ]
    assert not records(since, HAPPENED)


def test_what_was_removed_is_said_so_in_the_reason_of_a_number(told):
    def mend(folder):
        replace_in(folder, "event_people", "webinar,zoe-muller,lecture,1,,\n", "")
        replace_in(folder, "event_people", "open-day,zoe-muller,keynote,1,Café statistics,\n", "")
        path = folder / "events.csv"
        kept = [line for line in path.read_text("utf-8").splitlines() if "open-day," not in line]
        path.write_text("\n".join([*kept, ""]), "utf-8")
        for table in ("event_people", "event_parties", "claims", "texts"):
            path = folder / f"{table}.csv"
            lines = path.read_text("utf-8").splitlines()
            kept = [line for line in lines if "open-day" not in line]
            path.write_text("\n".join([*kept, ""]), "utf-8")

    since = told(mend)
    said = sentences(since, CORRECTED, "number")
    assert said[0] == "Events: 5 → 4 events, because of 1 event removed (−1)."
    assert (
        "People who contributed: 3 → 2 people, because of 1 person that no longer counts (−1)."
    ) in said
    assert any(
        "1 contribution removed (−1)" in one or "contributions removed" in one for one in said
    )
    assert "Open day was removed from the records." in records(since, CORRECTED)
    with speaking("nl"):
        assert sentences(since, CORRECTED, "number")[0] == (
            "Bijeenkomsten: 5 → 4 bijeenkomsten, door 1 bijeenkomst (verwijderd, −1)."
        )


def test_at_one_event_a_new_talk_and_a_corrected_role_have_their_own_effects(told):
    def mend(folder):
        replace_in(
            folder,
            "event_people",
            "spring-school,bram-de-wit,host,1",
            "spring-school,bram-de-wit,keynote,1",
        )
        append_to(folder, "event_people", "spring-school,carla-smit,keynote,1,,")

    since = told(mend)
    said = [one.say() for one in since.of_kind("number")]
    assert (
        "Keynotes: 1 → 3 contributions, because of 1 contribution registered since (+1) and 1"
        " contribution corrected (+1)."
    ) in said
    assert (
        "Contributions: 7 → 8 contributions, because of 1 contribution registered since (+1)."
    ) in said


def test_terms_and_places_are_called_by_their_names(told):
    def mend(folder):
        replace_in(
            folder,
            "events",
            "spring-school,Spring school,,2025-04-29,2025-05-02,held,onsite,course,education,learning,groningen",
            "spring-school,Spring school,,2025-04-29,2025-05-02,held,onsite,symposium,education,learning,zwolle",
        )
        replace_in(
            folder,
            "events",
            "retreat,Retreat,,2025,,held,onsite,meeting,,,,",
            "retreat,Retreat,,2025,,held,onsite,meeting,,,zwolle,",
        )

    since = told(mend)
    assert records(since, KNOWN) == ["Retreat, known now: place Zwolle."]
    assert records(since, CORRECTED) == [
        "Spring school was corrected: kind course → symposium and place Main hall → Zwolle."
    ]


def test_who_is_named_since_and_who_no_longer(told):
    def mend(folder):
        append_to(folder, "event_people", "retreat,carla-smit,keynote,1,,")
        replace_in(folder, "event_people", "webinar,zoe-muller,lecture,1,,\n", "")

    since = told(mend)
    assert records(since, KNOWN) == ["Retreat now names Carla Smit."]
    assert records(since, CORRECTED) == ["Webinar on consent no longer names Zoë Müller."]


def test_a_note_weighs_least_and_what_moves_a_number_most(told):
    def mend(folder):
        replace_in(folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")
        replace_in(folder, "people", "Physician", "Surgeon")
        replace_in(folder, "events", ",100,about,,", ",100,about,,a note")
        replace_in(folder, "events", ",40,exact", ",41,exact")

    since = told(mend)
    assert [one.kind for one in since.changes][:1] == ["number"]
    assert records(since, CORRECTED) == ["Spring school was corrected: participants 40 → 41."]
    assert records(since, KNOWN) == ["Open day, known now: note “a note”."]
    assert since.changes[-1].say() == "Open day, known now: note “a note”."
    assert since.others == (("people", 1),)


# What is to be watched
# ------------------------------------------------------------------------------------------------


def test_accepted_deviations_that_end_within_the_month_are_to_be_watched(told):
    def before(folder):
        add_target(folder)
        append_to(
            folder,
            "deviations",
            "soon,events-2026,A move,the board,2026-01-01,2026-03-15\n"
            "over,events-2026,Illness,the dean,2026-01-01,2026-02-01\n"
            "later,events-2026,A strike,the board,2026-01-01,2026-06-30",
        )

    since = told(lambda folder: replace_in(folder, "people", "Physician", "Surgeon"), before=before)
    assert sentences(since, WATCH) == [
        "Events: what the board accepted ends on 15 March 2026 (A move).",
        "Events: what the dean accepted ended on 1 February 2026 (Illness).",
    ]


def test_a_source_that_now_disagrees_is_to_be_watched(told):
    def mend(folder):
        append_to(folder, "claims", "x,events,webinar,participants,newsletter,differs,,,70 people")

    since = told(mend)
    assert sentences(since, WATCH) == [
        "Webinar on consent: “Newsletter” says otherwise about the participants: “70 people”."
    ]


def test_a_source_that_disagrees_about_a_person_a_place_or_an_organisation_is_told(told):
    def mend(folder):
        append_to(
            folder,
            "claims",
            "x,people,anna-berg,job_title,newsletter,differs,,,Surgeon\n"
            "y,places,zwolle,city,newsletter,differs,,,Swolle\n"
            "z,organisations,city-lab,country,newsletter,differs,,,BE",
        )

    def say(filters=ALL):
        found = find_since(old, DAY_BEFORE, new, TODAY, filters)
        return sorted(sentences(found, WATCH, "disagreement"))

    whole = told(mend)
    old, new = whole.before, whole.after
    everything = [
        "Anna Berg: “Newsletter” says otherwise about the job title: “Surgeon”.",
        "City Lab: “Newsletter” says otherwise about the country: “BE”.",
        "Zwolle: “Newsletter” says otherwise about the city: “Swolle”.",
    ]
    assert say() == say(Filters(year=2026)) == everything
    assert say(Filters(speaker=("anna-berg",))) == everything[:1]
    assert say(Filters(organisation=("city-lab",))) == everything[1:2]
    assert say(Filters(line=("ethics",))) == []


def test_a_deviation_that_was_accepted_since_is_told_with_its_end(told):
    def mend(folder):
        append_to(
            folder,
            "deviations",
            "soon,events-2026,A move,the board,2026-02-01,2026-03-15\n"
            "later,events-2026,A strike,the board,2026-02-01,2026-06-30\n"
            "before,events-2026,Illness,the dean,2026-01-01,2026-05-31",
        )
        replace_in(folder, "deviations", "2026-01-01,2026-09-30", "2026-01-01,2026-12-31")

    def before(folder):
        add_target(folder)
        append_to(folder, "deviations", "old,events-2026,Snow,the dean,2026-01-01,2026-09-30")

    since = told(mend, before=before)
    assert sentences(since, HAPPENED, "accepted") == [
        "For Events, the board accepted a deviation from the target until 30 June 2026 (A strike)."
    ]
    assert sentences(since, KNOWN, "accepted") == [
        "For Events, the dean accepted a deviation from the target until 31 May 2026 (Illness)."
    ]
    assert sentences(since, CORRECTED, "accepted") == [
        "For Events, the dean accepted a deviation from the target until 31 December 2026 (Snow)."
    ]
    # one that ends soon is to be watched, and told once
    assert sentences(since, WATCH) == [
        "Events: what the board accepted ends on 15 March 2026 (A move)."
    ]


# Filters, many records, people who were forgotten
# ------------------------------------------------------------------------------------------------


def test_it_follows_the_filters_and_counts_what_is_outside_them(told):
    def mend(folder):
        add_event(folder, "after", "After", "2026-02-10")
        add_event(folder, "earlier", "Earlier", "2025-03-12")
        replace_in(folder, "trainings", ",30,exact,", ",35,exact,")

    since = told(mend, Filters(year=2026))
    assert records(since, HAPPENED) == ["After was held on 10 February 2026."]
    assert not since.part(CORRECTED)
    assert since.outside == 2


def test_under_a_filter_that_means_nothing_for_a_table_its_records_are_not_told(told):
    def mend(folder):
        append_to(folder, "event_people", "retreat,anna-berg,keynote,1,,")
        replace_in(folder, "trainings", ",30,exact,", ",35,exact,")

    since = told(mend, Filters(speaker=("anna-berg",)))
    assert records(since, KNOWN) == ["Retreat now names Anna Berg."]
    assert {one.metric.table for one in since.numbers} <= {"held_events", "held_contributions"}
    assert since.outside == 1


def test_where_too_many_records_differ_no_reason_is_made_up(published, monkeypatch):
    monkeypatch.setattr(record_changes.compare_records, "__defaults__", (2,))

    def mend(folder):
        for nr in range(1, 4):
            add_event(folder, f"event-{nr}", f"Event {nr}", f"2026-02-0{nr}")

    old, new = published(mend)
    since = find_since(old, DAY_BEFORE, new, TODAY, Filters())
    assert since.too_many == ("events",)
    assert not records(since, HAPPENED)
    assert sentences(since, UNSORTED, "number")[0] == (
        "Events: 5 → 8 events, because of 3 events that differ (+3)."
    )
    assert not since.part(CORRECTED)
    assert "Changed" in list_parts(since)
    assert headline(since) == "Since 20 January: events 5 → 8; organised by us 3 → 6."


def test_somebody_who_was_forgotten_is_not_named_either_in_what_was_removed(published, tmp_path):
    def mend(folder):
        replace_in(folder, "event_people", "webinar,zoe-muller,lecture,1,,\n", "")
        replace_in(folder, "event_people", "open-day,zoe-muller,keynote,1,Café statistics,\n", "")
        append_to(folder, "event_people", "retreat,zoe-muller,chair,1,,")

    old, new = published(mend)
    store = Store(tmp_path / "store")
    forget(store, "zoe-muller", author="Eva", message="asked on paper", now=NOW)
    since = find_since(store.open(old.id), DAY_BEFORE, store.open(new.id), TODAY, Filters())
    said = [one.say() for one in since.changes]
    assert any("no longer names" in one for one in said)
    assert not [one for one in said if "Zo" in one or "uller" in one or "üller" in one]


# In one sentence, and as a text
# ------------------------------------------------------------------------------------------------


def headline(since):
    return "".join(text for text, _strong in make_headline(since))


def test_the_headline_says_what_weighs_most(told):
    def mend(folder):
        replace_in(folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")
        add_event(folder, "workshop", "Workshop", "2026-03-12", "planned")
        replace_in(folder, "trainings", "2024,,research,,,unknown,", "2024,,research,,30,exact,")

    since = told(mend)
    assert headline(since) == (
        "Since 20 January: 1 event held, 1 newly planned; participants in trainings about 430 → about"
        " 460."
    )
    assert [text for text, strong in make_headline(since) if strong] == [
        "1 event held",
        "1 newly planned",
        "about 430 → about 460",
    ]


@pytest.mark.parametrize(
    ("table", "old", "new", "said"),
    [
        ("events", ",100,about,", ",120,about,", "Since 20 January nothing happened but 2 corrections."),
        ("people", "Physician", "Surgeon", "Since 20 January nothing changed but 1 record in other tables."),
        ("projects", "selected,,,2025", "completed,,,2025", "Since 20 January: completed projects 2 → 3; coming projects 2 → 1."),
        ("events", "t-least,evening-talks,", "t-least,evening-talks,Well visited", "Since 20 January: Webinar on consent, known now: note “Well visited”."),
    ],
)  # fmt: skip
def test_where_no_event_was_held_the_headline_says_the_next_best(told, table, old, new, said):
    assert headline(told(lambda folder: replace_in(folder, table, old, new))) == said


def test_events_that_no_sentence_of_the_headline_tells_are_told_as_a_number(told):
    def mend(folder):
        add_event(folder, "earlier", "Earlier", "2025-03-12")
        append_to(folder, "event_people", "earlier,anna-berg,lecture,1,,")

    assert headline(told(mend)) == "Since 20 January: events 5 → 6; contributions 7 → 8."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Nothing changed since 20 January; 1 matter to watch."),
        ("nl", "Sinds 20 januari is er niets veranderd; 1 aandachtspunt."),
    ],
)
def test_where_there_is_only_something_to_watch_the_headline_counts_it(told, language, said):
    claim = "x,events,webinar,participants,newsletter,differs,,,70 people"
    since = told(lambda folder: append_to(folder, "claims", claim))
    with speaking(language):
        assert headline(since) == said


def test_the_text_for_minutes_has_the_headline_and_every_part(told):
    def mend(folder):
        add_event(folder, "workshop", "Workshop", "2026-03-12", "planned")
        replace_in(folder, "events", ",100,about,", ",120,about,")
        append_to(folder, "claims", "x,events,webinar,participants,newsletter,differs,,,70 people")

    assert write_text(told(mend), notes=("Compared with version 1.",)).splitlines() == [
        "Since 20 January: 1 event newly planned.",
        "",
        "Happened",
        "– Planned events: 1 → 2 events, because of 1 event since then (+1).",
        "– Workshop is newly planned on 12 March 2026.",
        "",
        "Corrected",
        (
            "– Attendances at events: at least about 200 → at least about 220 attendances, because of 1"
            " event corrected (+20)."
        ),
        "– Open day was corrected: participants about 100 → about 120.",
        "",
        "To watch",
        "– Webinar on consent: “Newsletter” says otherwise about the participants: “70 people”.",
        "",
        "Compared with version 1.",
    ]


# In Dutch
# ------------------------------------------------------------------------------------------------


def test_the_same_is_said_in_dutch(told):
    def mend(folder):
        replace_in(folder, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held")
        replace_in(folder, "events", ",100,about,", ",120,about,")
        replace_in(folder, "trainings", "2024,,research,,,unknown,", "2024,,research,,30,exact,")
        add_event(folder, "earlier", "Earlier", "2025-03-12")
        add_event(folder, "workshop", "Workshop", "2026-03-12", "planned")
        append_to(
            folder,
            "funding",
            "prize,Prize,science-fund,,our-centre,,recipient,70000,exact,2026-02-02,,",
        )

    since = told(mend)
    with speaking("nl"):
        assert records(since, HAPPENED) == [
            "Prize: op 2 februari 2026 is €\N{NO-BREAK SPACE}70.000 toegekend.",
            "Congress is gehouden op 3–5 februari 2026.",
            "Workshop is nieuw gepland op 12 maart 2026.",
        ]
        assert records(since, KNOWN) == [
            "Earlier is sindsdien vastgelegd: gehouden op 12 maart 2025.",
            "Pilot, nu bekend: deelnemers 30.",
        ]
        assert records(since, CORRECTED) == [
            "Open day is gecorrigeerd: deelnemers ongeveer 100 → ongeveer 120."
        ]
        assert sentences(since, HAPPENED, "number")[0] == (
            "Bijeenkomsten: 5 → 7 bijeenkomsten, door 1 bijeenkomst sindsdien (+1) en 1 bijeenkomst"
            " (sindsdien vastgelegd, +1)."
        )


# The equation
# ------------------------------------------------------------------------------------------------

MENDS = {
    "held": lambda f, _n: _replace(f, "events", "2026-02-03,2026-02-05,planned", "2026-02-03,2026-02-05,held"),
    "planned again": lambda f, _n: _replace(f, "events", "2025-05-14,,held", "2025-05-14,,planned"),
    "moved": lambda f, _n: _replace(f, "events", "2025-04-29,2025-05-02", "2024-04-29,2024-05-02"),
    "added": lambda f, n: add_event(f, f"new-{n}", f"New {n}", "2026-02-10"),
    "late": lambda f, n: add_event(f, f"late-{n}", f"Late {n}", "2025-02-10"),
    "named": lambda f, n: _name_new_person(f, n),  # noqa: PLW0108
    "not named": lambda f, _n: _replace(f, "event_people", "open-day,zoe-muller,keynote,1,Café statistics,\n", ""),
    "participants": lambda f, _n: _replace(f, "events", ",40,exact", ",45,exact"),
    "known": lambda f, _n: _replace(f, "trainings", "2024,,research,,,unknown,", "2024,,research,,30,exact,"),
    "unknown": lambda f, _n: _replace(f, "trainings", ",30,exact,", ",,unknown,"),
    "amount": lambda f, _n: _replace(f, "funding", ",50000,exact", ",55000,exact"),
    "no money": lambda f, _n: _replace(f, "funding", "hub-grant,Hub grant,,,care-group,,supported,3000000,exact,2025,,\n", ""),
    "placed": lambda f, _n: _replace(f, "events", "held,onsite,meeting,,,,", "held,onsite,meeting,,,antwerp,"),
    "coordinates": lambda f, _n: _replace(f, "places", ",51.2,4.4,", ",,,"),
    "country": lambda f, _n: _replace(f, "places", "Antwerp,BE", "Antwerp,FR"),
    "partner": lambda f, _n: _replace(f, "project_parties", "care-group,partner", "care-group,visitor"),
    "completed": lambda f, _n: _replace(f, "projects", "running,2024-03-01,,2025", "completed,2024-03-01,2026-02-15,2025"),
    "developed": lambda f, _n: _replace(f, "trainings", "developed,2025", "planned,2026"),
    "role": lambda f, _n: _replace(f, "event_people", "spring-school,bram-de-wit,host,1", "spring-school,bram-de-wit,keynote,1"),
    "series": lambda f, _n: _replace(f, "series", "reading-club,Reading club,2025", "reading-club,Reading club,2024"),
    "claim": lambda f, n: append_to(f, "claims", f"x{n},trainings,first-year,participants,newsletter,differs,,,many"),
}  # fmt: skip
numbers_used = count(1)


def _replace(folder, table, old, new):
    """Replace once, where it is still there: an earlier change may have taken it away."""
    path = folder / f"{table}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")


def _name_new_person(folder, number):
    append_to(folder, "people", f"person-{number},Person {number},,,")
    append_to(folder, "event_people", f"webinar,person-{number},lecture,1,,")


@pytest.mark.matrix(2)
@pytest.mark.parametrize("seed", range(6))
def test_the_reasons_of_every_number_are_together_its_difference(published, seed):
    chance = random.Random(seed)

    def mend(folder):
        for name in chance.sample(sorted(MENDS), 9):
            MENDS[name](folder, next(numbers_used))

    old, new = published(mend)
    moved = 0
    for filters in (Filters(), Filters(year=2025), Filters(year=2026), Filters(line=("ethics",))):
        differing = find_differing(old, new, filters, DAY_BEFORE)
        for metric in METRICS.values():
            if number := split_number(differing, metric):
                moved += 1
                by_sort = {sort: number.sum_of(sort) for sort in Sort}
                assert sum(by_sort.values()) == number.difference, (metric.name, number.parts)
                assert by_sort[Sort.UNSORTED] == 0
    assert moved > 5


def test_the_numbers_that_are_told_are_numbers_of_the_site():
    assert set(WEIGHTS) <= set(METRICS)
