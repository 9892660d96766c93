"""Every number on the site, declared once: what it is called, what it counts and what it leaves
out.

A metric names two questions over the same scope: `number` gives one row (value and counts by kind),
`rows` gives the records behind it, each with its own value and kind. They add up to the same
quantity.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.language.messages import N_
from dashboard.query.metric_kinds import (
    CALENDAR_YEAR,
    ContributionCount,
    EventCount,
    EventPart,
    Metric,
    PlacedPart,
)
from dashboard.query.work_metrics import WORK

DEFINITIONS = (
    EventCount(
        name="events_held",
        label_en=N_("Events"),
        counted_en=N_(
            "Events at which the programme took part and that were held, in whatever role; a "
            "range of days is one event."
        ),
        not_counted_en=N_(
            "Planned and cancelled events; series whose number is not known; trainings."
        ),
        formula_en=N_("Number of events in the selection whose status is held."),
        params={"status": "held"},
    ),
    EventCount(
        name="events_planned",
        label_en=N_("Planned events"),
        counted_en=N_("Events that are planned."),
        not_counted_en=N_("Events that were held or cancelled."),
        formula_en=N_("Number of events in the selection whose status is planned."),
        params={"status": "planned"},
    ),
    EventPart(
        name="events_organised",
        label_en=N_("Organised by us"),
        counted_en=N_("Held events that the programme organised, alone or with others."),
        not_counted_en=N_("Events of others to which the programme contributed; series."),
        formula_en=N_(
            "Number of held events in the selection with our role organised or co-organised."
        ),
        params={"part": "ours"},
        lacking="event without a stated role of ours",
    ),
    PlacedPart(
        name="events_home",
        label_en=N_("Events in the home country"),
        counted_en=N_("Held events at a place in the country of the programme."),
        not_counted_en=N_("Online events; events whose place is not known."),
        formula_en=N_(
            "Number of held events in the selection, online ones left out, whose place is in the "
            "country that the list home-country of the terms names."
        ),
        params={"part": "home"},
    ),
    PlacedPart(
        name="events_abroad",
        label_en=N_("Events abroad"),
        counted_en=N_("Held events at a place in another country than that of the programme."),
        not_counted_en=N_("Online events; events whose place is not known."),
        formula_en=N_(
            "Number of held events in the selection, online ones left out, whose place is in "
            "another country than the list home-country of the terms names."
        ),
        params={"part": "abroad"},
    ),
    EventPart(
        name="events_online",
        label_en=N_("Online events"),
        counted_en=N_("Held events of which the source says that they were online only."),
        not_counted_en=N_("Events on site and online; events whose mode is not stated."),
        formula_en=N_("Number of held events in the selection whose attendance mode is online."),
        params={"part": "online"},
    ),
    EventPart(
        name="events_mapped",
        label_en=N_("Events on the map"),
        counted_en=N_("Held events in a city of which the coordinates are known."),
        not_counted_en=N_("Online events; events whose place is not known."),
        formula_en=N_(
            "Number of held events in the selection, online ones left out, in a city of which a "
            "place has coordinates."
        ),
        params={"part": "mapped"},
    ),
    EventPart(
        name="events_unplaced",
        label_en=N_("Events without a stated place"),
        counted_en=N_("Held events that are neither on the map nor online."),
        not_counted_en=N_("Online events; events in a city of which the coordinates are known."),
        formula_en=N_(
            "Number of held events in the selection, less those that are on the map and those "
            "that were online."
        ),
        params={"part": "unplaced"},
    ),
    ContributionCount(
        name="contributions",
        label_en=N_("Contributions"),
        noun="contributions",
        records_question="contribution_count_rows",
        counted_en=N_(
            "Each person in each role at each held event; two talks at one event are two."
        ),
        not_counted_en=N_("People who took part without being named in the source."),
        formula_en=N_("Number of rows person × role × talk at the held events in the selection."),
    ),
    ContributionCount(
        name="keynotes",
        label_en=N_("Keynotes"),
        noun="contributions",
        records_question="contribution_count_rows",
        counted_en=N_("Each keynote by each person at each held event."),
        not_counted_en=N_("Other lectures; keynotes at planned and cancelled events."),
        formula_en=N_("Number of contributions in the selection in the role keynote."),
        params={"as_role": "keynote"},
    ),
    ContributionCount(
        name="contributions_top_two",
        label_en=N_("Contributions of the top two"),
        noun="contributions",
        records_question="contribution_top_count_rows",
        counted_en=N_(
            "The contributions to held events of the two people who made the most of them."
        ),
        not_counted_en=N_(
            "Contributions of everybody else; of people with as many, the first two by name."
        ),
        formula_en=N_(
            "Sum of the two largest numbers of contributions by one person in the selection."
        ),
    ),
    ContributionCount(
        name="contributors",
        label_en=N_("People who contributed"),
        noun="people",
        records_question="contributor_count_rows",
        counted_en=N_("People named at held events in any role, each once whatever the spelling."),
        not_counted_en=N_("People who are named elsewhere only, such as in projects."),
        formula_en=N_("Number of different people among the contributions in the selection."),
    ),
    ContributionCount(
        name="contributors_once",
        label_en=N_("People named only once"),
        noun="people",
        records_question="contributor_once_count_rows",
        counted_en=N_(
            "People with one contribution to held events in the selection, and no second."
        ),
        not_counted_en=N_(
            "People with two contributions or more, also where those are at one event."
        ),
        formula_en=N_(
            "Number of people who make exactly one of the contributions in the selection."
        ),
    ),
    Metric(
        name="countries",
        label_en=N_("Countries"),
        noun="countries",
        table="held_events",
        question="event_numbers",
        records_question="country_count_rows",
        counted_en=N_("Countries in which held events took place."),
        not_counted_en=N_("Online events; events whose place is not known."),
        formula_en=N_(
            "Number of different countries among the places of the held events in the "
            "selection, online ones left out."
        ),
        calendar_en=CALENDAR_YEAR,
        lacking="event without a known place",
    ),
    Metric(
        name="event_participants",
        label_en=N_("Attendances at events"),
        unit="attendances",
        noun="events",
        table="held_events",
        question="event_participants",
        counted_en=N_("People who attended held events; somebody at two events is counted twice."),
        not_counted_en=N_("Participants in trainings; events whose attendance is not known."),
        formula_en=N_(
            "Sum of the attendance of the held events in the selection whose attendance is known."
        ),
        calendar_en=CALENDAR_YEAR,
    ),
    Metric(
        name="series",
        label_en=N_("Series held several times"),
        noun="series",
        table="series",
        question="series_count",
        counted_en=N_(
            "Things held several times whose number the source does not give; each series once."
        ),
        not_counted_en=N_("Events that are recorded one by one."),
        formula_en=N_("Number of series reported for the selected year."),
        calendar_en=N_("year of the report"),
    ),
    *WORK,
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in DEFINITIONS})
