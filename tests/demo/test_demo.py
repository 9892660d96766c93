"""Demo data: labelled, seeded, plausible, through the same checks."""

from datetime import UTC, datetime

import pytest

from dashboard import demo
from dashboard.language.messages import choose_text, speaking
from dashboard.model.filters import Filters
from dashboard.query import questions
from dashboard.query.metrics import METRICS, evaluate
from dashboard.store import Store
from tests.conftest import served_already

NOW = datetime(2026, 6, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return demo.make_demo(
        Store(tmp_path_factory.mktemp("demo")), demo.Size(years=5, events=2000), NOW
    ).version


def test_there_are_as_many_events_as_asked_in_as_many_years(made):
    events = questions.rows(made, "events", Filters())
    assert len(events) == 2000
    assert {event["year"] for event in events} == {2022, 2023, 2024, 2025, 2026}


def test_what_lies_ahead_is_planned_and_has_no_attendance(made):
    events = questions.rows(made, "events", Filters())
    assert all(
        event["status"] == "planned" for event in events if str(event["first_day"]) > "2026-06-30"
    )
    assert any(event["status"] == "planned" for event in events)
    assert all(event["participants"] is None for event in events if event["status"] == "planned")


def test_numbers_of_every_kind_occur(made):
    kinds = {event["participants_kind"] for event in questions.rows(made, "events", Filters())}
    assert kinds == {"exact", "about", "at-least", "fewer-than", "unknown"}


def test_the_records_say_that_they_are_generated(made):
    assert all("demo" in p["name"] for p in questions.rows(made, "people", Filters()))
    assert all(
        e["note"] == "Generated for demonstration."
        for e in questions.rows(made, "events", Filters())
    )


def test_trainings_have_a_second_title_and_events_show_the_given_one(made):
    with speaking("nl"):
        titles = [choose_text(t, "title") for t in questions.rows(made, "trainings", Filters())]
        assert all(title.lang == "" for title in titles)
        assert {"AI voor eerstejaars 2026", "Kleine leesgroep 2026"} <= {t.text for t in titles}
        events = questions.rows(made, "events", Filters())
        assert {choose_text(event, "title").lang for event in events} == {"en"}


def test_targets_come_for_every_year(made):
    assert made.manifest.rows["targets"] == 15
    assert made.manifest.rows["deviations"] == 1


def test_the_same_seed_gives_the_same_version(made, tmp_path):
    again = demo.make_demo(Store(tmp_path / "a"), demo.Size(years=5, events=2000), NOW).version
    other = demo.make_demo(
        Store(tmp_path / "b"), demo.Size(years=5, events=2000, seed=2), NOW
    ).version
    assert again.id == made.id
    assert other.id != made.id


def test_the_demo_data_are_plausible(made):
    people = evaluate(made, METRICS["contributors"], Filters())
    abroad = evaluate(made, METRICS["countries"], Filters())
    assert 40 <= people.value <= 60
    assert 10 <= abroad.value <= 17
    summer = evaluate(made, METRICS["events_held"], Filters(month=("2025-07", "2025-08"))).value
    autumn = evaluate(made, METRICS["events_held"], Filters(month=("2025-09", "2025-10"))).value
    assert summer < autumn / 2


def test_demo_data_never_enter_a_store_with_real_records(tmp_path, records):
    store = Store(tmp_path / "store")
    served_already(store, records)
    with pytest.raises(demo.DemoError, match="holds real records"):
        demo.make_demo(store, demo.Size(events=10), NOW)


@pytest.mark.parametrize(
    "size", [demo.Size(years=0), demo.Size(events=-1), demo.Size(events=10**9)]
)
def test_a_size_out_of_range_is_refused(tmp_path, size):
    with pytest.raises(demo.DemoError, match="give 1 to 50 years"):
        demo.make_demo(Store(tmp_path), size, NOW)


def test_no_events_at_all_make_a_store_too(tmp_path):
    version = demo.make_demo(Store(tmp_path / "none"), demo.Size(years=1, events=0), NOW).version
    assert evaluate(version, METRICS["events_held"], Filters()).value == 0


@pytest.mark.long
def test_one_hundred_thousand_events_pass_the_same_checks(tmp_path):
    version = demo.make_demo(Store(tmp_path / "large"), demo.Size(events=100_000), NOW).version
    assert version.manifest.rows["events"] == 100_000


def test_there_are_as_many_people_as_asked_with_surnames_of_their_own(tmp_path):
    size = demo.Size(years=1, events=200, people=1000)
    made = demo.make_demo(Store(tmp_path), size, NOW).version
    people = questions.rows(made, "people", Filters())
    names = [person["name"].partition(" (")[0] for person in people]
    assert len(people) == 1000
    assert len(set(names)) > 900
    assert sum(person["events"] for person in people) > 100


@pytest.mark.parametrize("people", [0, demo.MAX_PEOPLE + 1])
def test_a_number_of_people_out_of_range_is_refused(tmp_path, people):
    with pytest.raises(demo.DemoError, match=r"give 1 to 1,000,000 people"):
        demo.make_demo(Store(tmp_path), demo.Size(people=people), NOW)
