"""The numbers of trainings, modules, projects, partners and money: see metric_definitions."""

from dashboard.language.messages import N_
from dashboard.model.statuses import UNDER_WAY
from dashboard.query.metric_kinds import (
    AWARD_DATE,
    RUNNING,
    TRAINING_YEAR,
    FundingSum,
    Metric,
    ModuleCount,
    ProjectCount,
    ProjectStage,
)

WORK = (
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
"""In the order in which pages list them, after those of events."""
