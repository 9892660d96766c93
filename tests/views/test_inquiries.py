"""The price of not knowing: who is asked what, in which order, and in which words."""

import shutil
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.query.metrics import METRICS
from dashboard.query.quality import build_worklist
from dashboard.store import Store
from dashboard.views import letter_text
from dashboard.views.content.pages import CONTENTS, make_content
from dashboard.views.inquiries import MAX_AT_ONCE, ON_TILES, build_letters
from dashboard.views.view import open_view
from tests.conftest import ROOT, append_to, publish_folder

TODAY = date(2026, 11, 30)
SETTINGS = settings.load(ROOT / "data")
TARGET = "target-1,training_participants,2025,more,1000,,even,Board of March,{owner}"


def opened(store, link="/records?tab=todo"):
    return open_view(store, SETTINGS, link, TODAY, role=Role.STEWARD)


def letters_of(store):
    view = opened(store)
    return build_letters(view, build_worklist(view.version))


@pytest.fixture(scope="module")
def shipped_letters(shipped):
    return letters_of(shipped)


@pytest.fixture
def with_target(tmp_path, records):
    """Publish the shipped records with a target, for which somebody may answer."""

    def published(owner=""):
        append_to(records, "targets", TARGET.format(owner=owner))
        store = Store(tmp_path / "store")
        publish_folder(store, records)
        return store

    return published


def test_every_task_is_asked_of_one_person(shipped, shipped_letters):
    tasks = build_worklist(shipped.open())
    asked = sum(len(letter.inquiries) + letter.more for letter in shipped_letters)
    assert asked == len(tasks) == 76
    keys = [letter.contact and letter.contact.key for letter in shipped_letters]
    assert len(keys) == len(set(keys))


def test_who_can_answer_most_is_asked_first_and_nobody_last(shipped_letters):
    names = [letter.contact and letter.contact.name for letter in shipped_letters]
    assert names == [
        "Michiel Hooiveld",  # the only grant to us
        "Esther Metting",
        "Mirjam Plantinga",
        "Bart Scheerder",
        "Job Doornberg",  # nine of 29 attendances, which stand at the head of no page
        "Peter van Ooijen",
        "Rozemarijn Vliegenthart",
        "Rik Wisselink-Bijker",
        "Tanja de Vries",
        None,
    ]


def test_what_all_answers_of_one_person_gain_is_added_up(shipped_letters):
    job = next(letter for letter in shipped_letters if letter.name == "Job Doornberg")
    assert job.gains[0].sentence == (
        "Attendances at events, 2025: “unknown for all 29 events” becomes “from 9 of 29 events”."
    )


def test_questions_about_one_record_stand_together(shipped_letters):
    for letter in shipped_letters:
        records = [one.task.cell[:2] for one in letter.inquiries]
        runs = [record for nr, record in enumerate(records) if nr == 0 or records[nr - 1] != record]
        assert len(runs) == len(set(runs)), letter.name


def test_nobody_is_asked_more_than_25_questions_at_once(shipped_letters):
    last = shipped_letters[-1]
    assert (len(last.inquiries), last.more) == (MAX_AT_ONCE, 12)
    # the seven trainings, whose number stands on Overview, are the first of them
    assert {one.task.table for one in last.inquiries[:7]} == {"trainings"}


def test_what_lifts_a_target_out_of_cannot_be_said_stands_first_and_says_so(with_target):
    letters = letters_of(with_target("Head of education"))
    first = letters[0]
    assert (first.name, first.contact.way) == ("Head of education", "owner")
    assert first.targets == ("Participants in trainings",)
    assert len(first.inquiries) == 7
    assert all(one.reason == "Answers for the target." for one in first.inquiries)
    assert first.gains[0].sentence.endswith(
        "“from 5 of 12 trainings” becomes “known for all 12 trainings”."
    )


def test_without_an_owner_the_programme_manager_decides_whom_to_ask(with_target):
    letters = letters_of(with_target())
    assert letters[-1].contact is None
    assert letters[-1].targets == ("Participants in trainings",)


def test_a_contact_is_asked_before_the_owner_of_the_target(with_target, records, edit):
    path = records / "trainings.csv"
    header, *rows = path.read_text("utf-8").splitlines()
    rows = [f"{row},The bootcamp" if row.startswith("exquairo") else f"{row}," for row in rows]
    path.write_text("\n".join([f"{header},contact", *rows]) + "\n", "utf-8")
    letters = {letter.name: letter for letter in letters_of(with_target("Head of education"))}
    asked = {one.task.column: one for one in letters["The bootcamp"].inquiries}
    assert set(asked) == {"participants", "title"}
    assert asked["participants"].reason == "Is named as the contact."
    assert len(letters["Head of education"].inquiries) == 6


def test_every_number_with_gaps_on_a_tile_is_known_as_one(shipped):
    found = set()
    for page in CONTENTS:
        content = make_content(opened(shipped, f"/{page}?year=2025"))
        for number in content.numbers if content else ():
            metric = number.partition("~")[0]
            if opened(shipped).number(metric, Filters(year=2025)).unknown:
                found.add(metric)
    assert found <= ON_TILES <= set(METRICS)
    assert found


# The message
# ------------------------------------------------------------------------------------------------


def write(letter, base="https://dash.example.org"):
    return letter_text.write_message(letter, "DASH", base)


def test_a_message_asks_everything_of_one_person_and_says_how_to_answer(shipped_letters):
    assert write(shipped_letters[0]) == (
        "Some facts are not known yet for the overview of DASH. Can you answer this?\n"
        "\n"
        "1. How many euros is “Sector plan for Medicine and Health Sciences, co-funding of DASH”?"
        " An estimate is fine: write “about 50,000”.\n"
        "   Funding received, 2025: becomes known.\n"
        "\n"
        "2. When was “Sector plan for Medicine and Health Sciences, co-funding of DASH” granted?"
        " A month or a year is enough.\n"
        "\n"
        "Reply with the number of the question and your answer. “Not known” is an answer too: then"
        " nobody asks again.\n"
        "\n"
        "All open questions: https://dash.example.org/records?tab=todo\n"
    )
    assert letter_text.write_subject(shipped_letters[0], "DASH") == (
        "2 questions for the overview of DASH"
    )


def test_without_an_address_of_the_dashboard_a_message_has_no_link(shipped_letters):
    assert "://" not in write(shipped_letters[0], "")


def test_a_message_is_in_the_language_of_the_steward(shipped):
    with speaking("nl"):
        first = letters_of(shipped)[0]
        said, subject = write(first), letter_text.write_subject(first, "DASH")
    assert subject == "2 vragen voor het overzicht van DASH"
    assert said.startswith("Voor het overzicht van DASH is een aantal feiten nog niet bekend.")
    assert "1. Hoeveel euro is “Sector plan" in said
    assert "Financiering" in said or "financiering" in said
    assert "Reply" not in said


def test_the_subject_names_nobody(shipped_letters):
    for letter in shipped_letters:
        assert letter.name not in letter_text.write_subject(letter, "DASH")


def test_a_message_opens_in_a_mail_program_where_it_is_short_enough(shipped_letters):
    first, last = shipped_letters[0], shipped_letters[-1]
    link = letter_text.link_to_mail(first, "2 questions", write(first))
    query = parse_qs(urlsplit(link).query)
    assert link.startswith("mailto:?subject=")  # no address is invented
    assert query["subject"] == ["2 questions"]
    assert query["body"] == [write(first).replace("\n", "\r\n")]
    assert letter_text.link_to_mail(last, "37 questions", write(last)) == ""


def test_a_message_goes_to_the_address_that_the_contact_has(shipped_letters):
    first = shipped_letters[0]
    known = replace(first, contact=replace(first.contact, address="m.h@example.org"))
    assert letter_text.link_to_mail(known, "s", "b") == "mailto:m.h@example.org?subject=s&body=b"


def test_where_everything_is_known_nobody_is_asked(tmp_path):
    folder = shutil.copytree(ROOT / "tests" / "data", tmp_path / "data")
    for path in folder.glob("*.csv"):
        if path.stem not in ("terms", "sources"):
            path.write_text(path.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    store = Store(tmp_path / "store")
    publish_folder(store, folder)
    assert letters_of(store) == ()
