"""Every metric once more, in pandas, from the records as text.

Written from the definitions in words (metrics.py, schema.sql, the design), without the SQL, so that
a mistake there is unlikely to stand here too. Slow and plain on purpose.

Dates are compared as ISO text: "2025-05" runs from "2025-05-01" to "2025-05-31".
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd

from dashboard.model.filters import APPLIES, NOT_STATED, Filters
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import METRICS

Tables = dict[str, pd.DataFrame]

OUTPUTS = ("dataset", "publication", "product", "policy")
DONE_OR_RUNNING = ("selected", "running", "completed")
OPEN = "9999-12-31"
MAY_BE_UNSTATED = ("line", "pillar", "kind", "our_role", "level", "discipline", "format")
"""Filters of which NOT_STATED chooses the records whose value is empty."""


def number(tables: Tables, metric: str, filters: Filters) -> Quantity:
    """The number of a metric; `tables` come from `read`."""
    return _NUMBERS[metric](tables, effective(metric, filters))


def effective(metric: str, filters: Filters) -> Filters:
    """The filters without those that mean nothing for the metric. A month chooses its year, also
    where the table does not take months; with months the year is left out.
    """
    ignored = set(filters.ignored_by(METRICS[metric].table)) - {"month"}
    filters = filters.with_(**{name: Filters().value(name) for name in ignored})
    return replace(filters, year=None) if filters.month else filters


def parts(
    tables: Tables, metric: str, filters: Filters, *names: str
) -> dict[tuple[str, ...], Quantity]:
    """The number of each group of the records behind a metric, for each combination of values of
    the filters `names` that occurs among them: by speaker and month {("job-doornberg", "2025-05"):
    …}.

    Records without a month, year, country or city are in no group; those without another value are
    not-stated.
    """
    rows = _RECORDS[metric](tables, effective(metric, filters))
    keys = pd.DataFrame(
        {
            name: rows["person_id" if name == "speaker" else name].replace(
                "", NOT_STATED if name in MAY_BE_UNSTATED else None
            )
            for name in names
        },
        dtype=object,
    )
    groups: dict[tuple[str, ...], list[int]] = {}
    for place, key in enumerate(keys.itertuples(index=False, name=None)):
        if not any(pd.isna(value) for value in key):
            groups.setdefault(key, []).append(place)
    return {key: _number_of(metric, rows.iloc[places]) for key, places in groups.items()}


# Reading
# --------------------------------------------------------------------------------------------------


def read(folder: Path, small_groups_below: int = 0) -> Tables:
    """The CSV files as text, as they are published: small head counts withheld; with the columns
    that the numbers need worked out.
    """
    tables = {path.stem: _read_csv(path) for path in sorted(folder.glob("*.csv"))}
    for name in ("events", "trainings"):
        _withhold(tables[name], small_groups_below)
    _add_dates(tables)
    _add_texts(tables)
    _add_places(tables)
    _add_lines_of_grants(tables)
    _add_disputes(tables)
    # in one piece: far faster
    return {name: table.astype(object).copy() for name, table in tables.items()}


def _read_csv(path: Path) -> pd.DataFrame:
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    return table.apply(lambda column: column.str.strip())


def _withhold(table: pd.DataFrame, below: int) -> None:
    small = _mask(count != "" and int(count) < below for count in table["participants"])
    lower_bound = small & (table["participants_kind"] == "at-least").to_numpy()
    table.loc[small, "participants"] = ""
    table.loc[small, "participants_kind"] = "fewer-than"
    table.loc[lower_bound, "participants_kind"] = "unknown"


def first_day(date: str) -> str:
    """First possible day of a date, month, year or academic year."""
    if len(date) == 9:
        return f"{date[:4]}-09-01"
    return date + "0000-01-01"[len(date) :] if date else ""


def last_day(date: str) -> str:
    """Last possible day of a date, month, year or academic year."""
    match len(date):
        case 4:
            return f"{date}-12-31"
        case 7:
            return f"{date}-{monthrange(int(date[:4]), int(date[5:]))[1]}"
        case 9:
            return f"{date[5:]}-08-31"
        case _:
            return date


def month_of(date: str) -> str:
    """The month, where the date is that precise."""
    return date[:7] if len(date) in (7, 10) else ""


def _project_days(project: pd.Series) -> tuple[str, str]:
    first = min(first_day(project[name]) for name in ("reported_date", "end_date") if project[name])
    first = first_day(project["start_date"]) if project["start_date"] else first
    if project["end_date"]:
        return first, last_day(project["end_date"])
    if project["status"] == "running":
        return first, OPEN
    return first, max(last_day(project["reported_date"]), last_day(project["start_date"]))


def _add_dates(tables: Tables) -> None:
    for name, column in (
        ("events", "start_date"),
        ("funding", "date"),
        ("series", "reported_date"),
    ):
        tables[name]["year"] = [date[:4] for date in tables[name][column]]
        tables[name]["month"] = [month_of(date) for date in tables[name][column]]
        tables[name]["begins"] = [first_day(date) for date in tables[name][column]]
        tables[name]["ends"] = [last_day(date) for date in tables[name][column]]
    trainings, projects = tables["trainings"], tables["projects"]
    trainings["year"] = [last_day(period)[:4] for period in trainings["period"]]
    trainings["month"] = [month_of(period) for period in trainings["period"]]
    # where the period ends
    trainings["begins"] = trainings["ends"] = [last_day(period) for period in trainings["period"]]
    days = [_project_days(project) for _, project in projects.iterrows()]
    projects["first"], projects["last"] = [first for first, _ in days], [last for _, last in days]


def plain(text: str) -> str:
    """Lower case, without accents, with one apostrophe for both."""
    return "".join(
        c
        for c in unicodedata.normalize("NFD", text.replace("’", "'"))
        if not unicodedata.combining(c)
    ).lower()


def _add_texts(tables: Tables) -> None:
    people = _named(tables["people"], "person_id", "name")
    for person, aliases in _named(tables["person_aliases"], "person_id", "alias").items():
        people[person] += " " + aliases
    organisations = _named(tables["organisations"], "organisation_id", "name", "other_names")
    places = _named(tables["places"], "place_id", "venue", "city")

    def belonging(table: str, key: str) -> dict[str, str]:
        """For each record the names of the people and organisations that a table links it with."""
        rows = tables[table]
        words = pd.DataFrame({key: rows[key], "words": ""})
        for column, names in (("person_id", people), ("organisation_id", organisations)):
            if column in rows:
                words["words"] += " " + rows[column].map(lambda i, names=names: names.get(i, ""))
        return _named(words, key, "words")

    _text(
        tables["events"],
        "event_id",
        "title title_nl title_en host_event audience audience_nl note note_nl",
        {
            "place_id": (places,),
            "event_id": (
                belonging("event_people", "event_id"),
                belonging("event_parties", "event_id"),
                _named(tables["event_people"], "event_id", "talk_title"),
            ),
        },
    )
    _text(
        tables["series"],
        "series_id",
        "title area area_nl audience audience_nl note note_nl",
        {
            "series_id": (belonging("series_parties", "series_id"),),
        },
    )
    _text(
        tables["trainings"],
        "training_id",
        "title title_nl title_en audience audience_nl duration duration_nl note note_nl",
        {
            "training_id": (_named(tables["training_parts"], "training_id", "title"),),
        },
    )
    _text(
        tables["projects"],
        "project_id",
        "title title_nl title_en note note_nl",
        {
            "project_id": (belonging("project_parties", "project_id"),),
        },
    )
    _text(
        tables["funding"],
        "funding_id",
        "title scheme note note_nl",
        {
            "funder_id": (organisations,),
            "recipient_organisation_id": (organisations,),
            "recipient_person_id": (people,),
        },
    )


def _named(table: pd.DataFrame, key: str, *columns: str) -> dict[str, str]:
    """For each key the words of the columns, of all its rows."""
    words: dict[str, str] = {}
    for row in table.to_dict("records"):
        words[row[key]] = " ".join([words.get(row[key], ""), *(row[column] for column in columns)])
    return words


def _text(
    table: pd.DataFrame, key: str, columns: str, linked: dict[str, Iterable[dict[str, str]]]
) -> None:
    # records of before are without the second language
    own = _named(table, key, *(column for column in columns.split() if column in table))
    table["text"] = [
        plain(
            " ".join(
                [own[row[key]], *(names.get(row[c], "") for c in linked for names in linked[c])]
            )
        )
        for row in table.to_dict("records")
    ]


def _add_places(tables: Tables) -> None:
    """Online is a mode, never a country or city."""
    events, places = tables["events"], tables["places"]
    places["city_slug"] = [
        slug(f"{place['city'] or 'somewhere'} {place['country']}")
        for place in places.to_dict("records")
    ]
    for column, source in (("country", "country"), ("city", "city_slug")):
        of_place = dict(zip(places["place_id"], places[source], strict=True))
        events[column] = [
            "" if event["attendance_mode"] == "online" else of_place.get(event["place_id"], "")
            for event in events.to_dict("records")
        ]


def slug(name: str) -> str:
    """As it stands in a link: lower case, no accents, a hyphen for all that is not a-z or 0-9."""
    return re.sub("[^a-z0-9]+", "-", plain(name)).strip("-")


def _add_lines_of_grants(tables: Tables) -> None:
    """A grant has the line and pillar of its project, and none without one."""
    projects, funding = tables["projects"], tables["funding"]
    for column in ("line", "pillar"):
        of_project = dict(zip(projects["project_id"], projects[column], strict=True))
        funding[column] = [of_project.get(project, "") for project in funding["project_id"]]


def _add_disputes(tables: Tables) -> None:
    claims = tables["claims"]
    for table, key, field in (
        ("events", "event_id", "participants"),
        ("trainings", "training_id", "participants"),
        ("funding", "funding_id", "amount_eur"),
    ):
        chosen = (
            (claims["table_name"] == table)
            & (claims["field"] == field)
            & (claims["stance"] == "differs")
        )
        tables[table]["disputed"] = tables[table][key].isin(set(claims["record_id"][chosen]))


# Scope: the rows that the filters leave
# -------------------------------------------------------------------


def _mask(values: Iterable[bool]) -> np.ndarray:
    return np.array(list(values), dtype=bool)


def _own(rows: pd.DataFrame, filters: Filters, *names: str) -> pd.DataFrame:
    """Rows whose own column has one of the chosen values; not-stated is the empty one."""
    for name in names:
        if chosen := getattr(filters, name):
            unstated = NOT_STATED in chosen and name in MAY_BE_UNSTATED
            rows = rows[rows[name].isin({*chosen} - {""} | ({""} if unstated else set()))]
    return rows


def _mentioning(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    words = plain(filters.text).split()
    return (
        rows[_mask(all(word in text for word in words) for text in rows["text"])] if words else rows
    )


def _days(filters: Filters) -> tuple[str, str]:
    first, last = filters.from_day, filters.to_day
    return (first.isoformat() if first else "0001-01-01"), (last.isoformat() if last else OPEN)


def _within_days(begins: pd.Series, ends: pd.Series, filters: Filters) -> pd.Series:
    """Whether all that lies between two days lies within the chosen days, where any are."""
    first, last = _days(filters)
    has_days = bool(filters.from_day or filters.to_day)
    return ((begins >= first) & (ends <= last) & (ends != "")) | (not has_days)


def _years(filters: Filters) -> set[str] | None:
    """The years that the period names, or else holds; None where there is no period."""
    named = {month[:4] for month in filters.month} or (
        {str(filters.year)} if filters.year else set()
    )
    if not (filters.from_day or filters.to_day):
        return named or None
    first, last = _days(filters)
    every = named or {str(year) for year in range(1900, 2101)}
    return {year for year in every if first <= f"{year}-01-01" and f"{year}-12-31" <= last}


def _starting(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Rows whose own month, or else year, is chosen, and that lie within the chosen days."""
    rows = rows[_within_days(rows["begins"], rows["ends"], filters)]
    if filters.month:
        return rows[rows["month"].isin(filters.month)]
    return rows[rows["year"] == str(filters.year)] if filters.year else rows


def _overlapping(rows: pd.DataFrame, filters: Filters) -> pd.DataFrame:
    """Rows that run on a day of any chosen month, or else of the year, that is a chosen day."""
    periods = filters.month or ((str(filters.year),) if filters.year else ())
    if not periods and not filters.has_days:
        return rows
    begin, end = _days(filters)
    spans = [(max(first_day(p), begin), min(last_day(p), end)) for p in periods] or [(begin, end)]
    overlap = [
        (rows["first"] <= last) & (rows["last"] >= first) & (first <= last) for first, last in spans
    ]
    return rows[np.logical_or.reduce(overlap)]


def _of_organisations(
    tables: Tables, rows: pd.DataFrame, filters: Filters, table: str, key: str
) -> pd.DataFrame:
    """Rows of which a chosen organisation is a party."""
    parties = tables[table]
    theirs = parties[key][parties["organisation_id"].isin(filters.organisation)]
    return rows[rows[key].isin(theirs)] if filters.organisation else rows


def contributions_at(tables: Tables, filters: Filters) -> pd.DataFrame:
    """Contributions by the speakers in the roles, at whatever event."""
    rows = tables["event_people"]
    if filters.speaker:
        rows = rows[rows["person_id"].isin(filters.speaker)]
    return rows[rows["role"].isin(filters.role)] if filters.role else rows


def events(tables: Tables, filters: Filters, status: str = "held") -> pd.DataFrame:
    rows = tables["events"]
    rows = _starting(rows[rows["status"] == status], filters)
    rows = _own(rows, filters, "line", "pillar", "kind", "country", "city", "our_role")
    if filters.speaker or filters.role:
        rows = rows[rows["event_id"].isin(contributions_at(tables, filters)["event_id"])]
    rows = _of_organisations(tables, rows, filters, "event_parties", "event_id")
    return _mentioning(rows, filters)


def contributions(tables: Tables, filters: Filters) -> pd.DataFrame:
    """Contributions by the speakers in the roles at held events in scope."""
    rows = contributions_at(tables, filters)
    return rows[rows["event_id"].isin(events(tables, filters)["event_id"])]


def series(tables: Tables, filters: Filters) -> pd.DataFrame:
    rows = _own(tables["series"], filters, "line", "pillar", "kind", "our_role")
    rows = _of_organisations(tables, rows, filters, "series_parties", "series_id")
    years = _years(filters)
    return _mentioning(rows if years is None else rows[rows["year"].isin(years)], filters)


def trainings(tables: Tables, filters: Filters, status: str, *, e_learning: bool) -> pd.DataFrame:
    rows = tables["trainings"]
    rows = rows[(rows["status"] == status) & ((rows["format"] == "e-learning") == e_learning)]
    names = ("line", "pillar", "level", "discipline", "format")
    return _mentioning(_own(_starting(rows, filters), filters, *names), filters)


def _projects_of(tables: Tables, speakers: Iterable[str]) -> pd.Series:
    """Ids of the projects in which one of them takes part."""
    parties = tables["project_parties"]
    return parties["project_id"][parties["person_id"].isin(speakers)]


def projects(tables: Tables, filters: Filters) -> pd.DataFrame:
    rows = _own(tables["projects"], filters, "line", "pillar", "our_role")
    if filters.speaker:
        rows = rows[rows["project_id"].isin(_projects_of(tables, filters.speaker))]
    rows = _of_organisations(tables, rows, filters, "project_parties", "project_id")
    return _mentioning(_overlapping(rows, filters), filters)


def funding(tables: Tables, filters: Filters, *, ours: bool) -> pd.DataFrame:
    """A line, pillar or speaker counts through the project. The design says no more of speakers; a
    personal grant is also that of the person who receives it.
    """
    rows = tables["funding"]
    rows = _own(
        rows[(rows["our_role"] == "recipient") == ours], filters, "line", "pillar", "our_role"
    )
    if filters.speaker:
        through = rows["project_id"].isin(_projects_of(tables, filters.speaker))
        rows = rows[through | rows["recipient_person_id"].isin(filters.speaker)]
    if filters.organisation:
        through = rows["project_id"].isin(
            _of_organisations(tables, tables["projects"], filters, "project_parties", "project_id")[
                "project_id"
            ]
        )
        for party in ("funder_id", "recipient_organisation_id"):
            through |= rows[party].isin(filters.organisation)
        rows = rows[through]
    if filters.month:
        rows = _starting(rows, filters)
    elif filters.year or filters.has_days:
        running = rows["project_id"].isin(_overlapping(tables["projects"], filters)["project_id"])
        dated = rows["funding_id"].isin(_starting(rows, filters)["funding_id"])
        rows = rows[dated | ((rows["date"] == "") & running)]
    return _mentioning(rows, filters)


# Numbers
# --------------------------------------------------------------------------------------------------


def _count(known: int, unknown: int = 0) -> Quantity:
    return Quantity(known if known or not unknown else None, exact=known, unknown=unknown)


def _sum(rows: pd.DataFrame, value: str, kind: str) -> Quantity:
    known = rows[rows[kind].isin(("exact", "about", "at-least"))]
    added = sum((Decimal(amount) for amount in known[value]), Decimal(0))
    counts = rows[kind].value_counts()
    return Quantity(
        added if len(known) or not len(rows) else None,
        **{
            name.replace("-", "_"): int(counts.get(name, 0))
            for name in ("exact", "about", "at-least", "fewer-than")
        },
        unknown=int(counts.get("unknown", 0)),
        disputed=int(known["disputed"].sum()),
    )


def _countries(tables: Tables, filters: Filters) -> Quantity:
    rows = events(tables, filters)
    rows = rows[rows["attendance_mode"] != "online"]
    return _count(
        rows["country"][rows["country"] != ""].nunique(), int((rows["country"] == "").sum())
    )


def _projects(
    tables: Tables, filters: Filters, statuses: Iterable[str], *, outputs: bool
) -> Quantity:
    rows = projects(tables, filters)
    return _count(
        int((rows["status"].isin(statuses) & (rows["kind"].isin(OUTPUTS) == outputs)).sum())
    )


def _partners(tables: Tables, filters: Filters) -> Quantity:
    """Of held events, of projects that were selected, ran or were completed, and of series; a month
    leaves no series.
    """
    found: set[str] = set()
    for table, key, rows in (
        ("event_parties", "event_id", events(tables, filters)),
        (
            "series_parties",
            "series_id",
            series(tables, filters).iloc[: 0 if filters.month else None],
        ),
        (
            "project_parties",
            "project_id",
            projects(tables, filters).query("status in @DONE_OR_RUNNING"),
        ),
    ):
        parties = tables[table]
        parties = parties[
            parties["role"].isin(("partner", "co-organiser")) & parties[key].isin(rows[key])
        ]
        if filters.organisation:
            parties = parties[parties["organisation_id"].isin(filters.organisation)]
        found |= set(parties["organisation_id"])
    return _count(len(found - {""}))


def _placed(tables: Tables, filters: Filters, *, home: bool) -> Quantity:
    """Events on site in the home country or in others; those without a country are unknown."""
    rows = events(tables, filters)
    rows = rows[rows["attendance_mode"] != "online"]
    terms = tables["terms"]
    country = terms["term_id"][terms["list"] == "home-country"].item().upper()
    stated = rows["country"] != ""
    return _count(
        int((stated & ((rows["country"] == country) == home)).sum()), int((~stated).sum())
    )


def _on_the_map(tables: Tables, filters: Filters, *, mapped: bool) -> Quantity:
    """Events in a city where a place of one of them has coordinates; or the others on site."""
    rows = events(tables, filters)
    rows = rows[rows["attendance_mode"] != "online"]
    located = rows["place_id"].map(_named(tables["places"], "place_id", "latitude"))
    cities = set(rows["city"][located.fillna("").str.strip() != ""])
    return _count(int((rows["city"].isin(cities) == mapped).sum()))


def _organised(tables: Tables, filters: Filters) -> Quantity:
    roles = events(tables, filters)["our_role"]
    return _count(int(roles.isin(("organised", "co-organised")).sum()), int((roles == "").sum()))


def _completed(tables: Tables, filters: Filters) -> Quantity:
    """Projects that ended in the period: their end, or else the last report, in one of its months."""
    rows = projects(tables, filters.in_year(None))
    rows = rows[rows["status"] == "completed"]
    stated = rows["end_date"].where(rows["end_date"] != "", rows["reported_date"])
    begins = [
        first_day(last[: len(as_stated)])
        for last, as_stated in zip(rows["last"], stated, strict=True)
    ]
    rows = rows[_within_days(pd.Series(begins, rows.index, dtype=object), rows["last"], filters)]
    if filters.year:
        rows = rows[rows["last"].str[:4] == str(filters.year)]
    if filters.month:
        ends = rows["end_date"].where(rows["end_date"] != "", rows["reported_date"])
        rows = rows[(ends.str.len() > 4) & rows["last"].str[:7].isin(filters.month)]
    return _count(len(rows))


def _coming(tables: Tables, filters: Filters) -> Quantity:
    """Planned and selected projects: reported in the years of the period, or to run in it."""
    whole = projects(tables, filters.in_year(None))
    within = set(projects(tables, filters)["project_id"])
    years = _years(filters)
    rows = whole[whole["status"].isin(("planned", "selected"))]
    reported = rows["reported_date"].str[:4].isin(years or ()) | (years is None)
    return _count(int((reported | rows["project_id"].isin(within)).sum()))


def _running(tables: Tables, filters: Filters) -> Quantity:
    return _count(int((projects(tables, filters)["status"] == "running").sum()))


_NUMBERS: dict[str, Callable[[Tables, Filters], Quantity]] = {
    "events_held": lambda t, f: _count(len(events(t, f))),
    "events_planned": lambda t, f: _count(len(events(t, f, "planned"))),
    "events_organised": _organised,
    "events_home": lambda t, f: _placed(t, f, home=True),
    "events_abroad": lambda t, f: _placed(t, f, home=False),
    "events_online": lambda t, f: _count(int((events(t, f)["attendance_mode"] == "online").sum())),
    "events_mapped": lambda t, f: _on_the_map(t, f, mapped=True),
    "events_unplaced": lambda t, f: _on_the_map(t, f, mapped=False),
    "contributions": lambda t, f: _count(len(contributions(t, f))),
    "keynotes": lambda t, f: _count(int((contributions(t, f)["role"] == "keynote").sum())),
    "contributions_top_two": lambda t, f: _count(
        int(contributions(t, f)["person_id"].value_counts().head(2).sum())
    ),
    "contributors_once": lambda t, f: _count(
        int((contributions(t, f)["person_id"].value_counts() == 1).sum())
    ),
    "contributors": lambda t, f: _count(contributions(t, f)["person_id"].nunique()),
    "countries": _countries,
    "event_participants": lambda t, f: _sum(events(t, f), "participants", "participants_kind"),
    "series": lambda t, f: _count(len(series(t, f))),
    "trainings_held": lambda t, f: _count(len(trainings(t, f, "held", e_learning=False))),
    "training_participants": lambda t, f: _sum(
        trainings(t, f, "held", e_learning=False), "participants", "participants_kind"
    ),
    "modules_developed": lambda t, f: _count(len(trainings(t, f, "developed", e_learning=True))),
    "modules_in_development": lambda t, f: _count(
        len(trainings(t, f, "in-development", e_learning=True))
    ),
    "projects": lambda t, f: _projects(t, f, DONE_OR_RUNNING, outputs=False),
    "projects_planned": lambda t, f: _projects(t, f, ("planned",), outputs=False),
    "projects_running": _running,
    "projects_completed": _completed,
    "projects_coming": _coming,
    "results": lambda t, f: _projects(t, f, DONE_OR_RUNNING, outputs=True),
    "partners": _partners,
    "awards": lambda t, f: _count(len(funding(t, f, ours=True))),
    "funding_received": lambda t, f: _sum(funding(t, f, ours=True), "amount_eur", "amount_kind"),
    "funding_elsewhere": lambda t, f: _sum(funding(t, f, ours=False), "amount_eur", "amount_kind"),
}


# Parts: the records behind a number, to be divided into groups
# ----------------------------------------------


def _contributions_with_events(tables: Tables, filters: Filters) -> pd.DataFrame:
    own = contributions(tables, filters)[["event_id", "person_id", "role"]]
    return own.merge(tables["events"], on="event_id", how="left", validate="many_to_one")


def _number_of(metric: str, rows: pd.DataFrame) -> Quantity:
    people = metric in ("event_participants", "training_participants")
    return _sum(rows, "participants", "participants_kind") if people else _count(len(rows))


_RECORDS: dict[str, Callable[[Tables, Filters], pd.DataFrame]] = {
    "events_held": events,
    "event_participants": events,
    "contributions": _contributions_with_events,
    "trainings_held": lambda t, f: trainings(t, f, "held", e_learning=False),
    "training_participants": lambda t, f: trainings(t, f, "held", e_learning=False),
}

assert set(_NUMBERS) == set(METRICS)
assert set(APPLIES) >= {metric.table for metric in METRICS.values()}
