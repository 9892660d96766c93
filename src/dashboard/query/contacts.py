"""Whom to ask about a record: its contact, who leads, got or contributed to it, as the records have it."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dashboard.intake.privacy import MAIL
from dashboard.language.messages import N_, _
from dashboard.model.filters import NO_FILTERS
from dashboard.query import questions
from dashboard.schema.folding import fold
from dashboard.store import Version

WAYS: Mapping[str, str] = MappingProxyType(
    {
        "contact": N_("Is named as the contact."),
        "lead": N_("Leads the project."),
        "coordinator": N_("Coordinates the project."),
        "recipient": N_("Received it."),
        "contributor": N_("Contributed to it."),
        "themselves": N_("It is about this person."),
        "owner": N_("Answers for the target."),
    }
)
"""Why somebody is asked, in a sentence, by how the records connect them with what is asked about."""
TABLES = ("events", "trainings", "projects", "funding", "series", "people")
"""The tables whose records name somebody who can be asked."""


@dataclass(frozen=True)
class Contact:
    """Somebody who can be asked: the `name`, an `address` for e-mail where the records hold one, in
    which `way` they are connected with the record, and who they are among the people, if anybody.
    """

    name: str
    way: str
    person_id: str = ""
    address: str = ""

    @property
    def key(self) -> str:
        """What stands for the same person, whatever the record."""
        return self.person_id or fold(self.name)

    @property
    def reason(self) -> str:
        """Why they are asked."""
        return _(WAYS[self.way])


def read_contact(text: str, way: str, person_id: str = "") -> Contact:
    """Read who a text names, as `contact` and `owner` hold it: "Anna Berg", "Anna Berg <a@example.org>"."""
    found = MAIL.search(text)
    address = found[0].strip("<>(),;") if found else ""
    name = re.sub(r"[\s<>(),;]+$|^[\s<>(),;]+", "", text.replace(address, "")) if address else text
    return Contact(" ".join(name.split()) or address, way, person_id, address)


def find_contacts(
    version: Version, records: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], Contact]:
    """Find for records, by table and id, who is likely to know most; those of which nobody is known
    are left out.
    """
    ids: dict[str, set[str]] = {}
    for table, record_id in records:
        ids.setdefault(table, set()).add(record_id)
    spelled = _read_spellings(version) if ids else {}
    return {
        (table, record_id): contact
        for table in TABLES
        if table in ids
        for record_id, contact in _ask(version, table, ids[table], spelled).items()
    }


def _ask(
    version: Version, table: str, ids: Collection[str], spelled: Mapping[str, str]
) -> dict[str, Contact]:
    """Ask who can be asked about records of one table: the first of each."""
    found: dict[str, Contact] = {}
    for row in questions.rows(
        version, "contacts", NO_FILTERS, of_table=table, record_ids=sorted(ids)
    ):
        if row["record_id"] not in found:
            contact = read_contact(row["name"], row["way"], row["person_id"] or "")
            found[row["record_id"]] = name_person(contact, spelled)
    return found


def name_person(contact: Contact, spelled: Mapping[str, str]) -> Contact:
    """Give the contact as the person of the records whose name it is, if it is one's only."""
    known = contact.person_id or spelled.get(fold(contact.name), "")
    return Contact(contact.name, contact.way, known, contact.address)


def _read_spellings(version: Version) -> dict[str, str]:
    """Read whose each name is, folded; those of two people are nobody's."""
    meant: dict[str, set[str]] = {}
    for row in questions.rows(version, "person_spellings", NO_FILTERS):
        meant.setdefault(fold(row["spelling"]), set()).add(row["person_id"])
    return {name: min(ids) for name, ids in meant.items() if len(ids) == 1}
