"""Every number on the site, declared once: what it is called, what it counts and what it leaves
out.

A metric names two questions over the same scope: `number` gives one row (value and counts by kind),
`rows` gives the records behind it, each with its own value and kind. They add up to the same
quantity.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.model.statuses import UNDER_WAY
from dashboard.query.metric_kinds import (
    AWARD_DATE,
    CALENDAR_YEAR,
    RUNNING,
    TRAINING_YEAR,
    ContributionCount,
    EventCount,
    EventPart,
    FundingSum,
    Metric,
    ModuleCount,
    PlacedPart,
    ProjectCount,
    ProjectStage,
)

DEFINITIONS = (
    EventCount(
        name="events_held",
        label="Events",
        counted=(
            "Events at which the programme took part and that were held, in whatever role; a "
            "range of days is one event."
        ),
        not_counted="Planned and cancelled events; series whose number is not known; trainings.",
        formula="Number of events in the selection whose status is held.",
        params={"status": "held"},
    ),
    EventCount(
        name="events_planned",
        label="Planned events",
        counted="Events that are planned.",
        not_counted="Events that were held or cancelled.",
        formula="Number of events in the selection whose status is planned.",
        params={"status": "planned"},
    ),
    EventPart(
        name="events_organised",
        label="Organised by us",
        counted="Held events that the programme organised, alone or with others.",
        not_counted="Events of others to which the programme contributed; series.",
        formula=("Number of held events in the selection with our role organised or co-organised."),
        params={"part": "ours"},
        gap="events without a stated role of ours",
        gap_of_one="event without a stated role of ours",
    ),
    PlacedPart(
        name="events_home",
        label="Events in the home country",
        counted="Held events at a place in the country of the programme.",
        not_counted="Online events; events whose place is not known.",
        formula=(
            "Number of held events in the selection, online ones left out, whose place is in the "
            "country that the list home-country of the terms names."
        ),
        params={"part": "home"},
    ),
    PlacedPart(
        name="events_abroad",
        label="Events abroad",
        counted="Held events at a place in another country than that of the programme.",
        not_counted="Online events; events whose place is not known.",
        formula=(
            "Number of held events in the selection, online ones left out, whose place is in "
            "another country than the list home-country of the terms names."
        ),
        params={"part": "abroad"},
    ),
    EventPart(
        name="events_online",
        label="Online events",
        counted="Held events of which the source says that they were online only.",
        not_counted="Events on site and online; events whose mode is not stated.",
        formula="Number of held events in the selection whose attendance mode is online.",
        params={"part": "online"},
    ),
    EventPart(
        name="events_mapped",
        label="Events on the map",
        counted="Held events in a city of which the coordinates are known.",
        not_counted="Online events; events whose place is not known.",
        formula=(
            "Number of held events in the selection, online ones left out, in a city of which a "
            "place has coordinates."
        ),
        params={"part": "mapped"},
    ),
    EventPart(
        name="events_unplaced",
        label="Events without a stated place",
        counted="Held events that are neither on the map nor online.",
        not_counted="Online events; events in a city of which the coordinates are known.",
        formula=(
            "Number of held events in the selection, less those that are on the map and those "
            "that were online."
        ),
        params={"part": "unplaced"},
    ),
    ContributionCount(
        name="contributions",
        label="Contributions",
        noun="contributions",
        records_question="contribution_count_rows",
        counted="Each person in each role at each held event; two talks at one event are two.",
        not_counted="People who took part without being named in the source.",
        formula="Number of rows person × role × talk at the held events in the selection.",
    ),
    ContributionCount(
        name="keynotes",
        label="Keynotes",
        noun="contributions",
        records_question="contribution_count_rows",
        counted="Each keynote by each person at each held event.",
        not_counted="Other lectures; keynotes at planned and cancelled events.",
        formula="Number of contributions in the selection in the role keynote.",
        params={"as_role": "keynote"},
    ),
    ContributionCount(
        name="contributions_top_two",
        label="Contributions of the top two",
        noun="contributions",
        records_question="contribution_top_count_rows",
        counted="The contributions to held events of the two people who made the most of them.",
        not_counted="Contributions of everybody else; of people with as many, the first two by name.",
        formula="Sum of the two largest numbers of contributions by one person in the selection.",
    ),
    ContributionCount(
        name="contributors",
        label="People who contributed",
        noun="people",
        records_question="contributor_count_rows",
        counted="People named at held events in any role, each once whatever the spelling.",
        not_counted="People who are named elsewhere only, such as in projects.",
        formula="Number of different people among the contributions in the selection.",
    ),
    ContributionCount(
        name="contributors_once",
        label="People named only once",
        noun="people",
        records_question="contributor_once_count_rows",
        counted="People with one contribution to held events in the selection, and no second.",
        not_counted="People with two contributions or more, also where those are at one event.",
        formula="Number of people who make exactly one of the contributions in the selection.",
    ),
    Metric(
        name="countries",
        label="Countries",
        noun="countries",
        table="held_events",
        question="event_numbers",
        records_question="country_count_rows",
        counted="Countries in which held events took place.",
        not_counted="Online events; events whose place is not known.",
        formula=(
            "Number of different countries among the places of the held events in the "
            "selection, online ones left out."
        ),
        calendar=CALENDAR_YEAR,
        gap="events without a known place",
        gap_of_one="event without a known place",
    ),
    Metric(
        name="event_participants",
        label="Attendances at events",
        unit="attendances",
        noun="events",
        table="held_events",
        question="event_participants",
        counted="People who attended held events; somebody at two events is counted twice.",
        not_counted="Participants in trainings; events whose attendance is not known.",
        formula="Sum of the attendance of the held events in the selection whose attendance is known.",
        calendar=CALENDAR_YEAR,
    ),
    Metric(
        name="series",
        label="Series held several times",
        noun="series",
        table="series",
        question="series_count",
        counted="Things held several times whose number the source does not give; each series once.",
        not_counted="Events that are recorded one by one.",
        formula="Number of series reported for the selected year.",
        calendar="year of the report",
    ),
    Metric(
        name="trainings_held",
        label="Trainings",
        noun="trainings",
        table="trainings",
        question="training_numbers",
        records_question="training_count_rows",
        counted=(
            "Cohorts that were trained: one cohort in one programme and period, whatever it "
            "followed."
        ),
        not_counted="E-learning modules; planned and cancelled trainings.",
        formula=(
            "Number of trainings in the selection whose status is held and whose format is "
            "not e-learning."
        ),
        calendar=TRAINING_YEAR,
        params={"status": "held", "e_learning": False},
    ),
    Metric(
        name="training_participants",
        label="Participants in trainings",
        unit="participants",
        noun="trainings",
        table="trainings",
        question="training_participants",
        counted="People in the cohorts of held trainings; somebody in two cohorts is counted twice.",
        not_counted=(
            "Trainings whose number is not known; people who followed an e-learning module by"
            " themselves; attendances at events."
        ),
        formula=(
            "Sum of the participants of the held trainings in the selection whose number is "
            "known, e-learning left out."
        ),
        calendar=TRAINING_YEAR,
    ),
    ModuleCount(
        name="modules_developed",
        label="E-learning modules ready",
        counted="E-learning modules that are ready.",
        not_counted="Modules in development; other trainings.",
        formula="Number of trainings in the selection of format e-learning whose status is developed.",
        params={"status": "developed", "e_learning": True},
    ),
    ModuleCount(
        name="modules_in_development",
        label="E-learning in development",
        counted="E-learning modules that are being made.",
        not_counted="Modules that are ready; other trainings.",
        formula=(
            "Number of trainings in the selection of format e-learning whose status is in "
            "development."
        ),
        params={"status": "in-development", "e_learning": True},
    ),
    ProjectCount(
        name="projects",
        label="Projects",
        counted=(
            "Projects, programmes, collaborations and infrastructure that were selected, ran "
            "or were completed."
        ),
        not_counted=(
            "Planned and stopped ones; data sets, publications, products and policies, which "
            "are results."
        ),
        formula=(
            "Number of projects in the selection that are no results and whose status is "
            "selected, running or completed."
        ),
        params={"statuses": list(UNDER_WAY), "outputs": False},
    ),
    ProjectCount(
        name="projects_planned",
        label="Planned projects",
        counted="Projects and programmes that are planned.",
        not_counted="Those that run or have run.",
        formula="Number of projects in the selection that are no results and whose status is planned.",
        params={"statuses": ["planned"], "outputs": False},
    ),
    ProjectStage(
        name="projects_running",
        label="Running projects",
        counted="Projects and results whose status is running and that run in the period.",
        not_counted="Those that are planned, selected, completed or stopped.",
        formula="Number of projects and results in the selection whose status is running.",
        params={"statuses": ["running"], "stage": "running", "outputs": None},
    ),
    ProjectStage(
        name="projects_completed",
        label="Completed projects",
        counted=(
            "Projects and results that were completed in the period; where no end is stated, in "
            "the year in which a source last reports them."
        ),
        not_counted=(
            "Those completed before or after it; those that were stopped. With months chosen: "
            "those of which the end is known by the year only."
        ),
        formula=(
            "Number of projects and results whose status is completed and whose last possible "
            "day is in the period."
        ),
        calendar="end; without a stated one, the year in which it is last reported",
        params={"statuses": ["completed"], "stage": "completed", "outputs": None},
    ),
    ProjectStage(
        name="projects_coming",
        label="Coming projects",
        counted=(
            "Projects that are planned or selected, and are reported in the year or are to run in "
            "the period."
        ),
        not_counted="Those that run, are completed or were stopped.",
        formula="Number of projects and results in the selection whose status is planned or selected.",
        calendar="year in which it is reported; also the period in which it is to run",
        params={"statuses": ["planned", "selected"], "stage": "coming", "outputs": None},
    ),
    Metric(
        name="results",
        label="Results",
        noun="results",
        table="projects",
        question="project_count",
        counted="Data sets, publications, products and policies that came out of the work.",
        not_counted="The projects themselves.",
        formula=(
            "Number of data sets, publications, products and policies in the selection whose "
            "status is selected, running or completed."
        ),
        calendar=RUNNING,
        params={"statuses": list(UNDER_WAY), "outputs": True},
    ),
    Metric(
        name="partners",
        label="Partner organisations",
        noun="organisations",
        table="partners",
        question="partner_count",
        counted=(
            "Organisations that are partner or co-organiser in a project that was selected, "
            "ran or was completed, at a held event or in a series, each once."
        ),
        not_counted=(
            "The programme and its home; funders; stakeholders who were informed; "
            "organisations that hosted a talk; partners of a series, when months are chosen, "
            "because its months are not known."
        ),
        formula=(
            "Number of different organisations with the role partner or co-organiser in the "
            "projects, held events and series in the selection."
        ),
        calendar="year or month of the activity",
    ),
    Metric(
        name="awards",
        label="Grants to us",
        noun="grants",
        table="funding",
        question="award_count",
        counted="Grants that came to the programme, with or without a known amount.",
        not_counted="Grants that came to others.",
        formula="Number of grants in the selection with our role recipient.",
        calendar=AWARD_DATE,
        params={"ours": True},
    ),
    FundingSum(
        name="funding_received",
        label="Funding received",
        counted="Amounts of the grants that came to the programme.",
        not_counted=(
            "Money that somebody else received, also when the programme helped to bring it "
            "about; grants whose amount is not known."
        ),
        formula="Sum of the known amounts of the grants in the selection with our role recipient.",
        params={"ours": True},
    ),
    FundingSum(
        name="funding_elsewhere",
        label="Funding to others",
        counted="Amounts of grants that the sources report and that came to partners or others.",
        not_counted="Money that came to the programme; grants whose amount is not known.",
        formula=(
            "Sum of the known amounts of the grants in the selection with any other role of "
            "ours than recipient."
        ),
        params={"ours": False},
    ),
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in DEFINITIONS})
