"""The worklist: by hand on the five-row files with rows added, and on the records that ship."""

from collections import Counter

import pytest

from dashboard.language.messages import speaking
from dashboard.query.quality import TASK_KINDS, build_worklist, name_pattern
from dashboard.schema.contract import tables
from dashboard.store.scrub_texts import ANSWERS
from tests.query.test_questions import DATA, publish_folder, tiny, with_rows  # noqa: F401


def of(version, kind):
    return [
        (task.table, task.record_id, task.column)
        for task in build_worklist(version)
        if task.kind == kind
    ]


def records(version, kind, table=None):
    return [record_id for name, record_id, _ in of(version, kind) if table in (None, name)]


BY_HAND = {
    "differing": [
        "events open-day participants",
        "funding seed-grant amount_eur",
        "trainings autumn-course participants",
    ],
    "duplicate": [],
    "unknown-name": [],
    "person-without-record": [],  # Dirk Vos leads a project
    "unstated": [
        "events congress source_id",
        "events retreat source_id",
        "events spring-school source_id",
        "events visit source_id",
        "events webinar source_id",
        "funding gift source_id",
        "funding hub-grant source_id",
        "funding old-money source_id",
        "funding top-up source_id",
        "projects ai-lab source_id",
        "projects new-network source_id",
        "projects next-programme source_id",
        "projects old-study source_id",
        "projects open-dataset source_id",
        "series evening-talks source_id",
        "series reading-club source_id",
        "trainings consent-module source_id",
        "trainings first-year source_id",
        "trainings pilot source_id",
        "trainings winter-school source_id",
    ],
    "no-place": ["events retreat place_id"],  # the webinar is online
    "no-coordinates": [],
    "vague-date": ["events retreat start_date"],
    "unknown-end": ["projects ai-lab end_date"],  # what is selected or completed does not run
    "undated-funding": ["funding gift date", "funding old-money date"],
    # not the small group
    "unknown-participants": ["events retreat participants", "trainings pilot participants"],
    "unknown-amount": ["funding gift amount_eur", "funding top-up amount_eur"],
    "no-term": [],
}


@pytest.mark.matrix(5)
@pytest.mark.parametrize("kind", TASK_KINDS)
def test_the_tasks_of_a_kind_are_those_found_by_hand(tiny, kind):
    assert [" ".join(task) for task in of(tiny, kind)] == BY_HAND[kind]


def test_tasks_stand_by_kind_then_table_and_record(tiny):
    tasks = build_worklist(tiny)
    order = [
        (TASK_KINDS.index(task.kind), task.table, task.record_id, task.column) for task in tasks
    ]
    assert order == sorted(order)


def test_a_limit_holds_for_each_kind(tiny):
    assert Counter(task.kind for task in build_worklist(tiny))["unstated"] == 20
    assert max(Counter(task.kind for task in build_worklist(tiny, limit=2)).values()) == 2


def test_every_task_asks_a_question_says_the_matter_and_where_it_stands(tiny, real):
    for task in (*build_worklist(tiny), *build_worklist(real)):
        assert "?" in task.question
        assert task.question[-1] in "?."
        assert task.matter.endswith(".")
        assert task.where.startswith("data/")
        assert task.label
        assert task.column in {c.name for c in tables()[task.table].columns} | {"source_id"}


def find(version, record_id, column):
    return next(
        task
        for task in build_worklist(version)
        if (task.record_id, task.column) == (record_id, column)
    )


def test_a_question_names_the_record_and_its_day_and_how_to_answer(tiny):
    assert find(tiny, "pilot", "participants").question == (
        "How many people took part in “Pilot” (2024)? An estimate is fine: write “about 40”."
    )
    assert find(tiny, "old-money", "date").question.startswith("When was “Old money” granted?")
    assert find(tiny, "pilot", "participants").where == (
        "data/trainings.csv, row with training_id=pilot, column participants"
    )


def test_a_question_about_what_is_planned_asks_what_will_be_and_one_of_a_list_names_it(tmp_path):
    version = with_rows(tmp_path, events="x,X,,2027-02,,planned,,,,,,,,,unknown,,")
    assert find(version, "x", "place_id").question.startswith(
        "Where will “X” (February 2027) be held?"
    )
    assert find(version, "x", "our_role").question == (
        "What will the programme do for “X” (February 2027)? One of: Organised, Contributed, Led,"
        " Recipient, Supported or None."
    )


def test_a_disagreement_names_the_field_the_value_now_and_who_says_what_where(tiny):
    task = build_worklist(tiny)[0]
    assert task.matter == "participants is about 100; Newsletter, “News”, line 3 says “about 120”."
    assert task.question == (
        "In the records the participants of “Open day” is about 100; Newsletter, “News”, line 3"
        " says “about 120”. What is right?"
    )
    assert build_worklist(tiny)[1].matter.startswith("amount_eur is 50000; ")


def test_a_task_is_told_in_dutch_and_names_files_and_columns_as_they_are(tiny):
    with speaking("nl"):
        task = build_worklist(tiny)[0]
        asked = find(tiny, "pilot", "participants").question
    assert task.matter == (
        "participants is ongeveer 100; volgens Newsletter, “News”, regel 3 is dat “about 120”."
    )
    assert task.where == "data/events.csv, rij met event_id=open-day, kolom participants"
    assert asked == (
        "Hoeveel mensen deden er mee aan “Pilot” (2024)? Een schatting is goed: schrijf “ongeveer"
        " 40”."
    )


def answer(table, record, column):
    """The rows of a source of answers and of one answer, that it is not known."""
    claim = f"a-1,{table},{record},{column},answers,stated,Ann,,not known"
    return "answers,Answers,,,report,", claim


@pytest.mark.parametrize(("table", "record"), [("trainings", "pilot"), ("events", "open-day")])
def test_what_somebody_answered_is_not_asked_again(tmp_path, table, record):
    column = "participants"
    source, claim = answer(table, record, column)
    version = with_rows(tmp_path, sources=source, claims=claim)
    assert (record, column) not in {(t.record_id, t.column) for t in build_worklist(version)}
    assert ANSWERS == "answers"


def test_a_disputed_number_that_is_withheld_stays_withheld(tmp_path):
    claim = "round-table-2,events,round-table,participants,newsletter,differs,News,4,nine"
    (task,) = [
        t for t in build_worklist(with_rows(tmp_path, claims=claim)) if t.record_id == "round-table"
    ]
    assert task.matter.startswith("participants is withheld (small group); ")
    assert "nine" not in task.matter


def test_a_dispute_about_nothing_recorded_says_that_it_is_empty(tmp_path):
    claim = "retreat-2,events,retreat,place_id,newsletter,differs,,,Ghent"
    version = with_rows(tmp_path, claims=claim)
    task = next(t for t in build_worklist(version) if t.record_id == "retreat")
    assert task.matter == "place_id is empty; Newsletter says “Ghent”."


def event(event_id, title, start, end="", status="held", more="antwerp,organised"):
    return f"{event_id},{title},,{start},{end},{status},onsite,meeting,,,{more},,,unknown,,"


def test_events_on_common_days_with_titles_alike_may_be_the_same(tmp_path):
    rows = [
        event("open-day-2", "Open day Antwerp", "2025-05-14"),  # holds the other title
        event("school-2", "Spring schol", "2025-05-01", "2025-05-03"),  # overlaps
        event("retreat-2", "Retreats", "2025"),  # both known by the year
        event("open-day-3", "Open day", "2025-05-15"),  # a day later
        event("visit-2", "Visit", "2025-05-20"),  # the other one was cancelled
        event("round-table-2", "Board meeting", "2024-12-31"),  # another title
    ]
    version = with_rows(tmp_path, events="\n".join(rows))
    assert records(version, "duplicate") == ["open-day", "retreat", "school-2"]
    assert [t.matter for t in build_worklist(version) if t.kind == "duplicate"][2] == (
        "May be the same as “Spring school” (spring-school): date 2025-05-01."
    )


def test_titles_that_differ_in_a_number_alone_are_not_the_same(tmp_path):
    rows = [
        event("a1", "Connect (first of two)", "2025"),
        event("a2", "Connect (second of two)", "2025"),
    ]
    rows += [event("b1", "Module 1", "2025-06-01"), event("b2", "Module 2", "2025-06-01")]
    assert records(with_rows(tmp_path, events="\n".join(rows)), "duplicate") == []


def test_people_with_names_alike_may_be_the_same_also_by_another_spelling(tmp_path):
    people = [
        "a-berg,A. Berg",
        "dirk-fos,Dirk Vosse",
        "karla-smit,Carla Smid",
        "zoe-mueler,Zoe Mueler",
        "carla-vos,Carla Vos",
    ]
    version = with_rows(tmp_path, people="\n".join(f"{row},,," for row in people))
    pairs = [(t.record_id, t.matter) for t in build_worklist(version) if t.kind == "duplicate"]
    assert [record_id for record_id, _ in pairs] == [
        "a-berg",
        "carla-smit",
        "dirk-fos",
        "zoe-mueler",
    ]
    assert (
        pairs[3][1]
        == "May be the same as “Zoë Müller” (zoe-muller): names Zoe Mueler / Zoe Mueller."
    )


def test_organisations_with_names_alike_may_be_the_same(tmp_path):
    rows = ["gent,Universiteit Ghent", "fund-2,Science Fund Europe", "lab,City Lap", "care,Care"]
    version = with_rows(tmp_path, organisations="\n".join(f"{row},,NL,," for row in rows))
    assert records(version, "duplicate") == ["fund-2", "gent"]  # City Lap is too short to tell


def test_trainings_of_one_period_with_titles_alike_may_be_the_same(tmp_path):
    tail = ",,,course,,held,{},,,,,unknown,"
    rows = [
        "autumn-2,Autumn courses" + tail.format("2025-10"),
        "pilot-2,Pilot" + tail.format("2025"),
    ]
    assert records(with_rows(tmp_path, trainings="\n".join(rows)), "duplicate") == ["autumn-2"]


NAMES = {
    "Talk by Anna van der Meer.": "Anna van der Meer",
    "With Zoë El-Amrani, Ghent": "Zoë El-Amrani",
    "Bram Wit's talk": "Bram Wit",
    "Anna Berg and Bram de Wit": "",
    "The Anna Berg Prize": "",
    "Anna says": "",
    "Zoe Mueller spoke": "",
    "Annabel Jansen": "",
    "(Carla P. Jansen)": "Carla P. Jansen",
}


@pytest.fixture(scope="module")
def tasks_of_names(tmp_path_factory):
    """What is to be done about the claims with these texts, in one store: claim -> words."""
    claims = "\n".join(
        f'name-{nr},trainings,pilot,,report,stated,May,1,"{text}"' for nr, text in enumerate(NAMES)
    )
    version = with_rows(tmp_path_factory.mktemp("names"), claims=claims)
    tasks = [
        (task.record_id, task.matter)
        for task in build_worklist(version)
        if task.kind == "unknown-name"
    ]
    assert len(tasks) == len(dict(tasks))
    return dict(tasks)


@pytest.mark.matrix(4)
@pytest.mark.parametrize("nr", range(len(NAMES)), ids=list(NAMES))
def test_a_known_first_name_before_an_unknown_surname_is_a_name_without_a_person(
    tasks_of_names, nr
):
    name = list(NAMES.values())[nr]
    said = f"stated has “{name}”, who is neither in people nor another spelling of somebody."
    assert tasks_of_names.get(f"name-{nr}") == (said if name else None)


def test_names_are_looked_for_in_every_free_text(tmp_path):
    name = "Anna Jansen"
    version = with_rows(
        tmp_path,
        events=f"x,{name} speaks,{name},2025-06-01,,held,onsite,meeting,,,antwerp,organised,,,unknown,,By {name}",
        event_people=f"x,anna-berg,lecture,1,{name},{name}",
        trainings=f"y,With {name},,,course,,planned,2026,,,,,unknown,{name}",
        projects=f"z,By {name},project,,,planned,,,2025,,{name}",
        funding=f"f,For {name},,,,,none,,unknown,2025,,{name}",
    )
    assert [f"{table}.{column}" for table, _, column in of(version, "unknown-name")] == [
        "event_people.note",
        "event_people.talk_title",
        "events.host_event",
        "events.note",
        "events.title",
        "funding.note",
        "funding.title",
        "projects.note",
        "projects.title",
        "trainings.note",
        "trainings.title",
    ]


def test_without_people_there_are_no_names_to_look_for():
    assert name_pattern([]) == name_pattern(["Cher", "J Vos"]) == ""


def test_what_is_empty_is_a_task_where_it_has_to_be_filled(tmp_path):
    version = with_rows(
        tmp_path,
        events="x,X,,,,planned,,,,,,,,,unknown,,\ny,Y,,2025,,cancelled,,,,,,,,,unknown,,",
        places="oslo,,Oslo,NO,,,city",
        people="ed-vis,Ed Vis,,,",
    )
    assert of(version, "no-term") == [("events", "x", "kind"), ("events", "x", "our_role")]
    assert records(version, "vague-date") == ["retreat", "x"]
    assert records(version, "no-place") == ["retreat", "x"]
    assert records(version, "unknown-participants", "events") == ["retreat"]
    assert of(version, "no-coordinates") == [("places", "oslo", "latitude")]
    assert of(version, "person-without-record") == [("people", "ed-vis", "person_id")]


def test_the_records_that_ship_have_no_false_alarm_of_a_duplicate_or_a_name(real):
    found = Counter(task.kind for task in build_worklist(real))
    assert {kind: found[kind] for kind in TASK_KINDS} == {
        "differing": 8,
        "duplicate": 0,
        "unknown-name": 0,
        "person-without-record": 2,
        "unstated": 0,
        "no-place": 7,
        "no-coordinates": 0,
        "vague-date": 5,
        "unknown-end": 11,
        "undated-funding": 2,
        "unknown-participants": 36,
        "unknown-amount": 3,
        "no-term": 2,
    }
