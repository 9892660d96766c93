"""Whom to ask about a record: its contact, else who is connected with it."""

import csv
from shutil import copytree

import pytest

from dashboard.query.contacts import find_contacts, read_contact
from dashboard.store import Store, forget
from tests.conftest import NOW
from tests.query.test_questions import DATA, publish_folder, tiny  # noqa: F401


def with_contacts(tmp_path, **of):
    """The records with contacts: with_contacts(tmp_path, trainings={"pilot": "The training office"})."""
    folder = copytree(DATA, tmp_path / "data")
    for table, contacts in of.items():
        path = folder / f"{table}.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        for row in rows:
            row["contact"] = contacts.get(next(iter(row.values())), "")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    return publish_folder(folder, tmp_path / "store")


def asked(version, table, record):
    found = find_contacts(version, [(table, record)]).get((table, record))
    return found and (found.name, found.way, found.person_id)


@pytest.mark.parametrize(
    ("table", "record", "whom"),
    [
        ("projects", "ai-lab", ("Anna Berg", "lead", "anna-berg")),
        ("events", "spring-school", ("Anna Berg", "contributor", "anna-berg")),
        ("events", "retreat", None),
        ("funding", "old-money", ("Dirk Vos", "recipient", "dirk-vos")),
        ("funding", "seed-grant", ("Anna Berg", "lead", "anna-berg")),
        ("people", "dirk-vos", ("Dirk Vos", "themselves", "dirk-vos")),
        ("trainings", "pilot", None),
        ("places", "antwerp", None),
        ("events", "not-there", None),
    ],
)
def test_without_a_contact_who_leads_got_or_contributed_is_asked(tiny, table, record, whom):
    assert asked(tiny, table, record) == whom


def test_the_contact_of_the_record_its_series_or_its_project_comes_first(tmp_path):
    version = with_contacts(
        tmp_path,
        trainings={"pilot": "The training office"},
        events={"spring-school": "Bram de Wit"},
        series={"evening-talks": "Anna Berg <a.berg@example.org>"},
        projects={"ai-lab": "The lab"},
    )
    assert asked(version, "trainings", "pilot") == ("The training office", "contact", "")
    # whose name it is, is known
    assert asked(version, "events", "spring-school") == ("Bram de Wit", "contact", "bram-de-wit")
    assert asked(version, "events", "webinar") == ("Anna Berg", "contact", "anna-berg")
    assert asked(version, "funding", "seed-grant") == ("The lab", "contact", "")
    assert asked(version, "series", "evening-talks")[0] == "Anna Berg"


@pytest.mark.parametrize(
    ("text", "name", "address"),
    [
        ("Anna Berg", "Anna Berg", ""),
        ("Anna Berg <a.berg@example.org>", "Anna Berg", "a.berg@example.org"),
        ("Anna Berg (a.berg@example.org)", "Anna Berg", "a.berg@example.org"),
        ("a.berg@example.org", "a.berg@example.org", "a.berg@example.org"),
        ("PhD office, room 5", "PhD office, room 5", ""),
    ],
)
def test_a_contact_is_a_name_and_perhaps_an_address(text, name, address):
    found = read_contact(text, "contact")
    assert (found.name, found.address) == (name, address)


def test_who_is_forgotten_is_nobody_to_ask_neither_by_their_project_nor_as_a_contact(tmp_path):
    with_contacts(tmp_path, trainings={"pilot": "Dirk Vos"})
    store = Store(tmp_path / "store")
    done = forget(store, "dirk-vos", author="a", message="m", now=NOW)
    assert asked(store.open(), "projects", "old-study") is None
    assert asked(store.open(), "trainings", "pilot") is None
    assert "contact" not in {one.column for one in done.mentions}


def test_another_spelling_names_the_person(tmp_path):
    version = with_contacts(tmp_path, trainings={"pilot": "Zoe Mueller"})
    assert asked(version, "trainings", "pilot") == ("Zoe Mueller", "contact", "zoe-muller")


def test_records_without_a_contact_keep_their_id(tmp_path):
    version = publish_folder(DATA, tmp_path / "plain")
    assert with_contacts(tmp_path, trainings={}).id == version.id
