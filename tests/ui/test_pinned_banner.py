"""The strip over a pinned view: what it says has changed, and the way between then and now."""

from datetime import UTC, datetime
from math import ceil

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import demo
from dashboard.model.quantity import Quantity
from dashboard.publishing.causes import Reason
from dashboard.publishing.changes import NumberChange
from dashboard.query.metrics import METRICS
from dashboard.store import Store, TableChange
from dashboard.ui.pinned_banner import summarize_changes
from tests.conftest import ROOT
from tests.support.page_parts import numbers, texts, whole_text
from tests.ui.conftest import said, url

pytestmark = pytest.mark.filterwarnings("default")
GONE = "0123456789abcdef"


def move(name, before, after, **counts):
    return NumberChange(
        METRICS[name],
        2025,
        before,
        after,
        (),
        tuple(Reason(what, rows, rows) for what, rows in counts.items()),
    )


def table(name, added=0, removed=0, changed=0):
    return TableChange(name, 10, 10, added, removed, changed, (), ())


TRAININGS = move("trainings_held", Quantity(2, exact=2), Quantity(4, exact=4), added=2)
PARTICIPANTS = move(
    "training_participants",
    Quantity(420, about=1, exact=1, unknown=1),
    Quantity(450, about=1, exact=3),
    added=2,
    corrected=1,
)
MODULES = move("modules_developed", Quantity(1, exact=1), Quantity(0), removed=1)
FEW = (
    "trainings 2 → 4 trainings, because 2 trainings were added; participants in trainings about 420 (from 2 of 3 trainings)"
    " → about 450 participants, because 2 trainings were added and 1 corrected"
)


@pytest.mark.parametrize(
    ("shown", "moves", "tables", "words"),
    [
        (4, (), [], "the data is the same now."),
        (0, (), [], "the data is the same now."),
        (
            4,
            (),
            [table("people", changed=3)],
            "its numbers are the same now; 3 records differ in people.",
        ),
        (
            4,
            (),
            [table("people", changed=1)],
            "its numbers are the same now; 1 record differs in people.",
        ),
        (
            0,
            (),
            [table("people", added=1), table("events", removed=2)],
            "the data has changed since; 3 records differ in people and events.",
        ),
        (
            4,
            (TRAININGS,),
            [table("trainings", added=2)],
            "1 of 4 numbers differs now: trainings 2 → 4 trainings, because 2 trainings were added.",
        ),
        (
            1,
            (TRAININGS,),
            [table("trainings", added=2)],
            "1 of 1 number differs now: trainings 2 → 4 trainings, because 2 trainings were added.",
        ),
        (
            4,
            (TRAININGS, PARTICIPANTS, MODULES),
            [table("trainings", added=2, changed=1, removed=1)],
            f"3 of 4 numbers differ now: {FEW}; and 1 more.",
        ),
    ],
)
def test_what_differs_is_said_in_a_sentence(shown, moves, tables, words):
    assert summarize_changes(shown, moves, tables) == words


def strip(test):
    """What the strip says; None where there is none."""
    return next(
        (
            text.partition(" ")[2]
            for text in said(test.markdown)
            if text.startswith(":material/keep:")
        ),
        None,
    )


def test_a_pinned_view_shows_the_numbers_of_then_says_what_differs_and_leads_to_now_and_back(
    site, then_and_now
):
    then, now = then_and_now
    test = site("trainings", year="2025", v=then.id, on="2026-02-03")
    differs = (
        "2 of 3 numbers differ now: participants in trainings about 430 → about 465 participants, because 2 trainings were"
        " added and 1 corrected; trainings 2 → 4 trainings, because 2 trainings were added."
    )
    assert strip(test) == f"**As shown on 3 February 2026**; {differs}"
    assert (numbers(test)["Trainings"], numbers(test)["People trained"]) == (
        "2",
        "≈ 430",
    )
    assert any(f"version {then.id}" in text for text in said(test.caption))
    (causes,) = [
        text for text in said(test.markdown) if "[Autumn course]" in text and "corrected" in text
    ]
    pin = f"&v={then.id}&on=2026-02-03"
    assert causes.splitlines() == [  # what was added is in the present version only
        f"- [Spring course](trainings?year=2025&record=trainings.spring-course{pin}&show=now) added",
        f"- [Summer course](trainings?year=2025&record=trainings.summer-course{pin}&show=now) added",
        f"- [Autumn course](trainings?year=2025&record=trainings.autumn-course{pin}) corrected",
    ]
    assert any(
        text.endswith("depends on them or not: trainings: 2 added, 1 changed")
        for text in said(test.caption)
    )
    test.button_group(key="pinned_shows").set_value("now").run()
    assert not test.exception
    assert url(test) == {"year": "2025", "v": then.id, "on": "2026-02-03", "show": "now"}
    assert strip(test) == f"**Now, and not as shown on 3 February 2026**; {differs}"
    assert (numbers(test)["Trainings"], numbers(test)["People trained"]) == (
        "4",
        "≈ 465",
    )
    assert any(f"version {now.id}" in text for text in said(test.caption))
    (causes,) = [
        text for text in said(test.markdown) if "[Autumn course]" in text and "corrected" in text
    ]
    assert (
        causes.splitlines()[-1]
        == f"- [Autumn course](trainings?year=2025&record=trainings.autumn-course{pin}&show=now) corrected"
    )
    test.button_group(key="pinned_shows").set_value("shown").run()
    assert (numbers(test)["Trainings"], "show" in url(test)) == ("2", False)


def test_a_page_whose_numbers_do_not_depend_on_what_changed_says_so(site, then_and_now):
    then, _ = then_and_now
    test = site("people", year="2025", v=then.id)
    assert (
        strip(test)
        == "**As shown with the data of 15 January 2026**; its numbers are the same now; 3 records differ in trainings."
    )
    test = site("records", v=then.id, on="2026-02-03")
    assert (
        strip(test)
        == "**As shown on 3 February 2026**; the data has changed since; 3 records differ in trainings."
    )


def test_under_a_filter_that_hides_the_changed_records_no_number_differs(site, then_and_now):
    test = site("trainings", year="2025", level="bachelor", v=then_and_now[0].id, on="2026-02-03")
    assert "its numbers are the same now" in strip(test)


def test_a_view_that_is_not_pinned_has_no_strip_and_one_of_the_served_version_says_that_nothing_changed(
    site, then_and_now
):
    assert strip(site("trainings", year="2025")) is None
    assert strip(site("trainings", year="2025", v=then_and_now[1].id, on="2026-02-03")).endswith(
        "the data is the same now."
    )


def test_a_version_that_is_gone_is_said_and_the_present_one_is_shown_under_a_live_address(
    site, then_and_now
):
    test = site("trainings", year="2025", period="last-year", v=GONE, on="2026-02-03")
    assert (
        texts(test, "notice")[0]
        == f"Version {GONE} is not kept any more. Shown is what is served now."
    )
    assert url(test) == {"year": "2025"}
    assert strip(test) is None
    assert numbers(test)["Trainings"] == "4"
    test.run()
    assert (url(test), numbers(test)["Trainings"]) == ({"year": "2025"}, "4")


def test_a_pinned_view_goes_along_to_another_page(site, then_and_now):
    then, _ = then_and_now
    test = site("people", year="2025", v=then.id, on="2026-02-03")
    test.switch_page("../../../pages/trainings.py").run()
    assert (numbers(test)["Trainings"], url(test)["v"]) == ("2", then.id)


def test_what_is_next_in_a_pinned_view_is_what_was_next_on_its_day(site, then_and_now):
    then, _ = then_and_now
    for day, expected in (("2026-02-03", True), ("2026-02-06", False)):
        test = site(year="2025", v=then.id, on=day)
        assert ("3 Feb Congress Antwerp, Belgium" in whole_text(test)) is expected


def test_the_targets_of_a_pinned_view_are_judged_on_its_day(tmp_path, monkeypatch):
    made = demo.make_demo(
        Store(tmp_path / "demo"), demo.Size(years=1, events=100), datetime(2026, 6, 30, tzinfo=UTC)
    ).version
    monkeypatch.setenv("DASHBOARD_STORE", str(tmp_path / "demo"))
    # the target: 105 events in 2026, evenly
    verdicts = []
    for day, passed in (("2026-03-01", 60), ("2026-06-29", 180)):
        test = AppTest.from_file(str(ROOT / "src/dashboard/ui/site.py"), default_timeout=60)
        for name, value in (("year", "2026"), ("v", made.id), ("on", day)):
            test.query_params[name] = value
        test.run()
        assert not test.exception
        (words,) = [text for text in texts(test, "bullet") if text.startswith("Events")]
        held, expected = int(words.split()[1]), ceil(105 * passed / 365)
        assert words.startswith(f"Events {held} of 105")
        assert words.endswith("on course") is (held >= expected), words
        verdicts.append(words.split(" of 105 ")[1])
    assert len(set(verdicts)) == 2
