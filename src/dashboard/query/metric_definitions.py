"""Every number on the site, declared once: what it is called, what it counts and what it leaves
out.

A metric names two questions over the same scope: `number` gives one row (value and counts by kind),
`rows` gives the records behind it, each with its own value and kind. They add up to the same
quantity.
"""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.language.messages import N_
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
    Metric(
        name="trainings_held",
        label_en=N_("Trainings"),
        noun="trainings",
        table="trainings",
        question="training_numbers",
        records_question="training_count_rows",
        counted_en=N_(
            "Cohorts that were trained: one cohort in one programme and period, whatever it "
            "followed."
        ),
        not_counted_en=N_("E-learning modules; planned and cancelled trainings."),
        formula_en=N_(
            "Number of trainings in the selection whose status is held and whose format is "
            "not e-learning."
        ),
        calendar_en=TRAINING_YEAR,
        params={"status": "held", "e_learning": False},
    ),
    Metric(
        name="training_participants",
        label_en=N_("Participants in trainings"),
        unit="participants",
        noun="trainings",
        table="trainings",
        question="training_participants",
        counted_en=N_(
            "People in the cohorts of held trainings; somebody in two cohorts is counted twice."
        ),
        not_counted_en=N_(
            "Trainings whose number is not known; people who followed an e-learning module by"
            " themselves; attendances at events."
        ),
        formula_en=N_(
            "Sum of the participants of the held trainings in the selection whose number is "
            "known, e-learning left out."
        ),
        calendar_en=TRAINING_YEAR,
    ),
    ModuleCount(
        name="modules_developed",
        label_en=N_("E-learning modules ready"),
        counted_en=N_("E-learning modules that are ready."),
        not_counted_en=N_("Modules in development; other trainings."),
        formula_en=N_(
            "Number of trainings in the selection of format e-learning whose status is developed."
        ),
        params={"status": "developed", "e_learning": True},
    ),
    ModuleCount(
        name="modules_in_development",
        label_en=N_("E-learning in development"),
        counted_en=N_("E-learning modules that are being made."),
        not_counted_en=N_("Modules that are ready; other trainings."),
        formula_en=N_(
            "Number of trainings in the selection of format e-learning whose status is in "
            "development."
        ),
        params={"status": "in-development", "e_learning": True},
    ),
    ProjectCount(
        name="projects",
        label_en=N_("Projects"),
        counted_en=N_(
            "Projects, programmes, collaborations and infrastructure that were selected, ran "
            "or were completed."
        ),
        not_counted_en=N_(
            "Planned and stopped ones; data sets, publications, products and policies, which "
            "are results."
        ),
        formula_en=N_(
            "Number of projects in the selection that are no results and whose status is "
            "selected, running or completed."
        ),
        params={"statuses": list(UNDER_WAY), "outputs": False},
    ),
    ProjectCount(
        name="projects_planned",
        label_en=N_("Planned projects"),
        counted_en=N_("Projects and programmes that are planned."),
        not_counted_en=N_("Those that run or have run."),
        formula_en=N_(
            "Number of projects in the selection that are no results and whose status is planned."
        ),
        params={"statuses": ["planned"], "outputs": False},
    ),
    ProjectStage(
        name="projects_running",
        label_en=N_("Running projects"),
        counted_en=N_("Projects and results whose status is running and that run in the period."),
        not_counted_en=N_("Those that are planned, selected, completed or stopped."),
        formula_en=N_("Number of projects and results in the selection whose status is running."),
        params={"statuses": ["running"], "stage": "running", "outputs": None},
    ),
    ProjectStage(
        name="projects_completed",
        label_en=N_("Completed projects"),
        counted_en=N_(
            "Projects and results that were completed in the period; where no end is stated, in "
            "the year in which a source last reports them."
        ),
        not_counted_en=N_(
            "Those completed before or after it; those that were stopped. With months chosen: "
            "those of which the end is known by the year only."
        ),
        formula_en=N_(
            "Number of projects and results whose status is completed and whose last possible "
            "day is in the period."
        ),
        calendar_en=N_("end; without a stated one, the year in which it is last reported"),
        params={"statuses": ["completed"], "stage": "completed", "outputs": None},
    ),
    ProjectStage(
        name="projects_coming",
        label_en=N_("Coming projects"),
        counted_en=N_(
            "Projects that are planned or selected, and are reported in the year or are to run in "
            "the period."
        ),
        not_counted_en=N_("Those that run, are completed or were stopped."),
        formula_en=N_(
            "Number of projects and results in the selection whose status is planned or selected."
        ),
        calendar_en=N_("year in which it is reported; also the period in which it is to run"),
        params={"statuses": ["planned", "selected"], "stage": "coming", "outputs": None},
    ),
    Metric(
        name="results",
        label_en=N_("Results"),
        noun="results",
        table="projects",
        question="project_count",
        counted_en=N_("Data sets, publications, products and policies that came out of the work."),
        not_counted_en=N_("The projects themselves."),
        formula_en=N_(
            "Number of data sets, publications, products and policies in the selection whose "
            "status is selected, running or completed."
        ),
        calendar_en=RUNNING,
        params={"statuses": list(UNDER_WAY), "outputs": True},
    ),
    Metric(
        name="partners",
        label_en=N_("Partner organisations"),
        noun="organisations",
        table="partners",
        question="partner_count",
        counted_en=N_(
            "Organisations that are partner or co-organiser in a project that was selected, "
            "ran or was completed, at a held event or in a series, each once."
        ),
        not_counted_en=N_(
            "The programme and its home; funders; stakeholders who were informed; "
            "organisations that hosted a talk; partners of a series, when months are chosen, "
            "because its months are not known."
        ),
        formula_en=N_(
            "Number of different organisations with the role partner or co-organiser in the "
            "projects, held events and series in the selection."
        ),
        calendar_en=N_("year or month of the activity"),
    ),
    Metric(
        name="awards",
        label_en=N_("Grants to us"),
        noun="grants",
        table="funding",
        question="award_count",
        counted_en=N_("Grants that came to the programme, with or without a known amount."),
        not_counted_en=N_("Grants that came to others."),
        formula_en=N_("Number of grants in the selection with our role recipient."),
        calendar_en=AWARD_DATE,
        params={"ours": True},
    ),
    FundingSum(
        name="funding_received",
        label_en=N_("Funding received"),
        counted_en=N_("Amounts of the grants that came to the programme."),
        not_counted_en=N_(
            "Money that somebody else received, also when the programme helped to bring it "
            "about; grants whose amount is not known."
        ),
        formula_en=N_(
            "Sum of the known amounts of the grants in the selection with our role recipient."
        ),
        params={"ours": True},
    ),
    FundingSum(
        name="funding_elsewhere",
        label_en=N_("Funding to others"),
        counted_en=N_(
            "Amounts of grants that the sources report and that came to partners or others."
        ),
        not_counted_en=N_("Money that came to the programme; grants whose amount is not known."),
        formula_en=N_(
            "Sum of the known amounts of the grants in the selection with any other role of "
            "ours than recipient."
        ),
        params={"ours": False},
    ),
)
METRICS: Mapping[str, Metric] = MappingProxyType({metric.name: metric for metric in DEFINITIONS})
