"""The words of the worklist: of each task the question to whoever knows, what is the matter, and where
it stands in the files.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from dashboard.language.messages import N_, _, choose_term
from dashboard.model.quantity import Kind, qualify
from dashboard.query.questions import Row
from dashboard.query.row_labels import say_label
from dashboard.schema.contract import tables
from dashboard.text.column_names import name_column
from dashboard.text.dates import format_partial_date
from dashboard.text.lists import join_names

QUESTIONS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("events", "place_id"): N_(
            "Where was {record} held? A town is enough; write “online” if it was online only."
        ),
        ("events", "start_date"): N_(
            "On which day was {record}? If you know the month only, that is enough."
        ),
        ("events", "participants"): N_(
            "How many people came to {record}? An estimate is fine: write “about 40”."
        ),
        ("events", "kind"): N_("What kind of event was {record}? One of: {choices}."),
        ("events", "our_role"): N_("What did the programme do for {record}? One of: {choices}."),
        ("trainings", "participants"): N_(
            "How many people took part in {record}? An estimate is fine: write “about 40”."
        ),
        ("projects", "end_date"): N_("When does {record} end? A month or a year is enough."),
        ("funding", "date"): N_("When was {record} granted? A month or a year is enough."),
        ("funding", "amount_eur"): N_(
            "How many euros is {record}? An estimate is fine: write “about 50,000”."
        ),
        ("places", "latitude"): N_(
            "Where on the map is {record}? Write degrees north and east, such as 53.2194, 6.5665."
        ),
        ("people", "person_id"): N_("What did {record} take part in?"),
    }
)
"""By table and column what is asked of whoever knows: a whole question with the way to answer it."""
OF_WHAT_IS_PLANNED: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("events", "place_id"): N_(
            "Where will {record} be held? A town is enough; write “online” if it is online only."
        ),
        ("events", "start_date"): N_(
            "On which day will {record} be? If you know the month only, that is enough."
        ),
        ("events", "kind"): N_("What kind of event will {record} be? One of: {choices}."),
        ("events", "our_role"): N_("What will the programme do for {record}? One of: {choices}."),
    }
)
"""The same of an event that is still to come."""
MATTERS: Mapping[tuple[str, str], str] = MappingProxyType(
    {
        ("events", "place_id"): N_(
            "It was held or is planned somewhere, but no place is recorded."
        ),
        ("events", "start_date"): N_("At most its year is known, so that no month counts it."),
        ("events", "participants"): N_(
            "How many took part is not known, so the sum leaves it out."
        ),
        ("events", "kind"): N_("What kind of event it is, is not recorded."),
        ("events", "our_role"): N_("What the programme did for it is not recorded."),
        ("trainings", "participants"): N_(
            "How many took part is not known, so the sum leaves it out."
        ),
        ("projects", "end_date"): N_(
            "It is running and its end is not known, so it counts in every later year."
        ),
        ("funding", "date"): N_(
            "When it was granted is not known, so it counts in the years of its project, or in"
            " none."
        ),
        ("funding", "amount_eur"): N_("The amount is not known, so the sum leaves it out."),
        ("places", "latitude"): N_("It has no coordinates, so the map leaves it out."),
        ("people", "person_id"): N_(
            "The person is named at no event, project or funding, so no page counts them."
        ),
    }
)
"""By table and column what is the matter where nothing is filled in."""


@dataclass(frozen=True)
class Words:
    """What is said of a task: the `question` to whoever knows, what is the matter, and `where` it
    stands or how else it is mended.
    """

    question: str
    matter: str
    where: str


def say_gap(row: Row, choices: Mapping[str, str]) -> Words:
    """Say what is missing in a column; `choices` are the labels of its vocabulary, if it has one."""
    table, column = row["table_name"], row["column_name"]
    asked = OF_WHAT_IS_PLANNED if row["status"] == "planned" else QUESTIONS
    question = asked.get((table, column), QUESTIONS[table, column])
    if (table, column) == ("people", "person_id"):
        where = _(
            "data/event_people.csv or data/project_parties.csv: add a row with"
            " person_id={record_id}",
            record_id=row["record_id"],
        )
    else:
        where = _name_cell(table, row["record_id"], column)
    return Words(
        _(question, record=name_record(row), choices=join_names(list(choices.values()), "or")),
        _(MATTERS[table, column]),
        where,
    )


def name_record(row: Row) -> str:
    """Name a record in a question: “Spring school” (29 April 2025); a person or place by its name."""
    label = say_label(row).text
    if row["table_name"] in ("people", "places"):
        return label
    if row.get("date"):
        return _("“{title}” ({when})", title=label, when=format_partial_date(row["date"]))
    return _("“{title}”", title=label)


def _name_row(table: str, record_id: str) -> str:
    return _(
        "data/{table}.csv, row with {key}={record_id}",
        table=table,
        key=tables()[table].key[0],
        record_id=record_id,
    )


def _name_cell(table: str, record_id: str, column: str) -> str:
    return _("{row}, column {column}", row=_name_row(table, record_id), column=column)


# What sources and records say
# ------------------------------------------------------------------------------------------------


def say_difference(row: Row) -> Words:
    """Say what a source has otherwise than the record, and ask which is right."""
    table, column, stated = row["table_name"], row["column_name"], row["stated"]
    places = {"value": _describe_held(row), "place": _name_place(row)}
    asked = places | {"record": name_record(row), "column": name_column(column)}
    said = places | {"column": column}
    where = _name_cell(table, row["record_id"], column) if table in tables() else "data/"
    if not stated:
        return Words(
            _(
                "In the records the {column} of {record} is {value}; {place} says otherwise. What is"
                " right?",
                **asked,
            ),
            _("{column} is {value}; {place} says “something else”.", **said),
            where,
        )
    return Words(
        _(
            "In the records the {column} of {record} is {value}; {place} says “{stated}”. What is"
            " right?",
            stated=stated,
            **asked,
        ),
        _("{column} is {value}; {place} says “{stated}”.", stated=stated, **said),
        where,
    )


def _name_place(row: Row) -> str:
    """Name where a claim stands: "Newsletter, “News”, line 3"."""
    source, section, line = row["source"], row["section"], row["line"]
    if section and line is not None:
        return _("{source}, “{section}”, line {line}", source=source, section=section, line=line)
    if section:
        return _("{source}, “{section}”", source=source, section=section)
    if line is not None:
        return _("{source}, line {line}", source=source, line=line)
    return str(source)


def _describe_held(row: Row) -> str:
    """Say what the record holds in the disputed column."""
    if row["value_kind"] == Kind.FEWER_THAN:
        return _("withheld (small group)")
    if row["value"] is None:
        return _("empty")
    if row["value_kind"]:
        return qualify(Kind(row["value_kind"]), f"{Decimal(row['value']).normalize():f}")
    return _("“{value}”", value=row["value"])


def say_unstated(row: Row) -> Words:
    """Say that no source is named for a record, and ask for one."""
    table, record_id = row["table_name"], row["record_id"]
    return Words(
        _(
            "Where is {record} written down, or who can confirm it? For example: annual report 2024,"
            " page 3.",
            record=name_record(row),
        ),
        _("No source is named for it."),
        _(
            "data/claims.csv: add a row with table_name={table}, record_id={record_id} and source_id",
            table=table,
            record_id=record_id,
        ),
    )


# What may be one, and who is nobody
# ------------------------------------------------------------------------------------------------

SHARED: Mapping[str, str] = MappingProxyType(
    {
        "events": N_("May be the same as “{record}” ({other}): date {shared}."),
        "trainings": N_("May be the same as “{record}” ({other}): period {shared}."),
    }
)
"""By table what two records share that may be the same."""
SHARED_NAMES = N_("May be the same as “{record}” ({other}): names {shared}.")


def say_duplicate(row: Row) -> Words:
    """Say which record may be the same as another, and ask whether it is."""
    table, record_id, other = row["table_name"], row["record_id"], row["other_id"]
    places = {"record": row["other_label"], "other": other, "shared": row["shared"]}
    return Words(
        _("Is “{one}” the same as “{other}”?", one=row["label"], other=row["other_label"]),
        _(SHARED.get(table, SHARED_NAMES), **places),
        _(
            "data/{table}.csv, rows with {key}={record_id} and {key}={other}: if they are one, keep"
            " one row and give it what refers to the other",
            table=table,
            key=tables()[table].key[0],
            record_id=record_id,
            other=other,
        ),
    )


def say_unknown_name(row: Row) -> Words:
    """Say who is named in a text and known to nobody, and ask who that is."""
    name = row["name"]
    return Words(
        _("Who is {name}, who is named at “{title}”?", name=name, title=row["label"]),
        _(
            "{column} has “{name}”, who is neither in people nor another spelling of somebody.",
            column=row["column_name"],
            name=name,
        ),
        _(
            "data/people.csv: add {name}; or data/person_aliases.csv: add the spelling with the"
            " person_id of whose it is",
            name=name,
        ),
    )


def read_choices(terms: list[Row], vocabulary: str) -> dict[str, str]:
    """Give the terms of a vocabulary with their labels, in its order."""
    own = sorted((row for row in terms if row["list"] == vocabulary), key=lambda row: row["sort"])
    return {row["term_id"]: choose_term(row, "label") for row in own}
