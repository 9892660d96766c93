"""How many or how much, in a sentence: the number of a metric with how well it is known, of whom, and
under which filters.
"""

from collections.abc import Mapping

from dashboard.asking.answer_words import (
    NAMED_BY_FILTERS,
    describe_circumstances,
    find_counted_role,
    name_people,
    name_places,
    say_number,
    say_selection,
)
from dashboard.asking.finding import Measured
from dashboard.language.messages import N_, Words, emphasize
from dashboard.language.numbers import format_integer
from dashboard.model.filters import Filters
from dashboard.model.quantity import Quantity
from dashboard.query.metrics import METRICS, Metric
from dashboard.text.roles import count_role
from dashboard.views.content.headline import join_sentences
from dashboard.views.content.tiles import say_not_filtered
from dashboard.views.view import View

COUNTS: Mapping[str, str] = {
    "events_held": N_("We took part in **{number}** {when}."),
    "events_planned": N_("We have **{number}** planned {when}."),
    "events_organised": N_("We organised **{number}** {when}."),
    "events_home": N_("We took part in **{number}** in our own country {when}."),
    "events_abroad": N_("We took part in **{number}** abroad {when}."),
    "events_online": N_("We took part in **{number}** online {when}."),
    "events_mapped": N_("The map shows **{number}** {when}."),
    "events_unplaced": N_("We took part in **{number}** without a stated place {when}."),
    "contributions": N_("Our people made **{number}** {when}."),
    "keynotes": N_("Our people gave **{number}** {when}."),
    "contributions_top_two": N_("The two who contributed most made **{number}** {when}."),
    "contributors": N_("We count **{number}** who contributed {when}."),
    "contributors_once": N_("We count **{number}** who contributed only once {when}."),
    "countries": N_("We took part in events in **{number}** {when}."),
    "event_participants": N_("Our events had **{number}** {when}."),
    "series": N_("We held **{number}** {when}, each of them several times."),
    "trainings_held": N_("We gave **{number}** {when}."),
    "training_participants": N_("We trained **{number}** {when}."),
    "modules_developed": N_("We have **{number}** ready {when}."),
    "modules_in_development": N_("We have **{number}** in development {when}."),
    "projects": N_("We worked on **{number}** {when}."),
    "projects_planned": N_("We have **{number}** planned {when}."),
    "projects_running": N_("We have **{number}** running {when}."),
    "projects_completed": N_("We completed **{number}** {when}."),
    "projects_coming": N_("We have **{number}** coming {when}."),
    "results": N_("Our work led to **{number}** {when}."),
    "partners": N_("We worked with **{number}** as partners {when}."),
    "awards": N_("We received **{number}** {when}."),
    "funding_received": N_("We received **{number}** {when}."),
    "funding_elsewhere": N_("Others received **{number}** {when}."),
}
"""What is said of each metric. `number` is counted with its noun, so that the sentence suits one and
several; `when` are the other filters and the period.
"""
OF_PEOPLE: Mapping[str, str] = {
    "events_held": N_("**{name}** was at **{number}** {when}."),
    "events_planned": N_("**{name}** has **{number}** planned {when}."),
    "events_organised": N_("**{name}** took part in **{number}** that we organised {when}."),
    "events_home": N_("**{name}** took part in **{number}** in our own country {when}."),
    "events_abroad": N_("**{name}** took part in **{number}** abroad {when}."),
    "events_online": N_("**{name}** took part in **{number}** online {when}."),
    "contributions": N_("**{name}** made **{number}** {when}."),
    "keynotes": N_("**{name}** gave **{number}** {when}."),
    "countries": N_("**{name}** took part in events in **{number}** {when}."),
    "projects": N_("**{name}** took part in **{number}** {when}."),
    "projects_planned": N_("**{name}** takes part in **{number}** that we plan {when}."),
    "projects_running": N_("**{name}** takes part in **{number}** under way {when}."),
    "projects_completed": N_("**{name}** took part in **{number}** that we completed {when}."),
    "projects_coming": N_("**{name}** takes part in **{number}** to come {when}."),
}
"""The same where people are chosen, of the metrics that are about what people do."""
GIVEN = ("keynote", "lecture", "presentation", "workshop", "introduction", "contribution")
"""Roles of which it is said that people gave so many."""
OWN = frozenset({"organised", "co-organised"})
"""Our roles in the events that we organised, alone or with others."""
CONTRIBUTIONS = ("contributions", "keynotes")
STATUS_OF_METRIC: Mapping[str, tuple[str, ...]] = {
    "events_held": ("held",),
    "events_planned": ("planned",),
}
"""The status that a metric says by itself, so that a filter by it needs no words."""


def say_count(view: View, number: Measured) -> Words:
    """Say the number, from how many records it comes, and which filters mean nothing for it."""
    if not number.name:
        return say_statuses(view, number.quantity.total)
    metric, quantity = number.metric, number.quantity
    filters, words = view.filters.applying_to(metric.table), say_number(metric, quantity)
    return join_sentences(
        _say_role(view, metric, quantity, filters) or _say_metric(view, metric, words, filters),
        say_coverage(metric, quantity),
        say_ignored(number, view.filters),
    )


def _say_metric(view: View, metric: Metric, number: str, filters: Filters) -> Words:
    labels = name_places(view)
    if filters.role and metric.name in NAMED_BY_FILTERS:
        return emphasize(
            N_("{selection}: **{number}**."),
            selection=say_selection(view, metric.name),
            number=number,
        )
    said = metric.name
    if said == "events_held" and set(filters.our_role) == OWN:
        said, filters = "events_organised", filters.with_(our_role=())
    if metric.noun == "modules":
        filters = filters.with_(format=())  # their noun says it
    if filters.speaker and said in OF_PEOPLE:
        when = describe_circumstances(filters, labels, without=("speaker",))
        name = name_people(filters, view.labels)
        return emphasize(OF_PEOPLE[said], name=name, number=number, when=when)
    when = describe_circumstances(filters, labels, ahead=said == "events_planned")
    return emphasize(COUNTS[said], number=number, when=when)


def _say_role(view: View, metric: Metric, quantity: Quantity, filters: Filters) -> Words | None:
    """Say of contributions in one role how many there were, by its own noun."""
    role = find_counted_role(filters)
    if metric.name not in CONTRIBUTIONS or not role:
        return None
    times = count_role(role, int(quantity.value or 0), view.labels.get("role", {}))
    name = name_people(filters, view.labels)
    said = {"name": name, "number": times}
    said["when"] = describe_circumstances(filters, name_places(view), without=("speaker", "role"))
    if role in GIVEN:
        return emphasize(OF_PEOPLE["keynotes"] if name else COUNTS["keynotes"], **said)
    if name:
        return emphasize(N_("**{name}**: **{number}** {when}."), **said)
    return emphasize(N_("Our people: **{number}** {when}."), **said)


def say_coverage(metric: Metric, quantity: Quantity) -> Words | None:
    """Say from how many records the number comes; None where from all."""
    coverage = metric.coverage(quantity)
    if not coverage:
        return None
    if metric.gap:
        return emphasize(N_("Not counted: {events}."), events=coverage)
    return emphasize(N_("This number comes {coverage}."), coverage=coverage)


def say_ignored(number: Measured, filters: Filters) -> Words | None:
    """Say which of the chosen filters mean nothing for the number; None where all apply. Planned events
    are a number of their own, which a filter by status chooses.
    """
    if STATUS_OF_METRIC.get(number.name, filters.status) == filters.status:
        filters = filters.with_(status=())
    ignored = say_not_filtered(number.metric, filters)
    return emphasize(N_("This number is {ignored}."), ignored=ignored) if ignored else None


def say_statuses(view: View, total: int) -> Words:
    """Say how many events have the chosen statuses, where no metric counts those."""
    return emphasize(
        N_("{selection}: **{total}**."),
        selection=say_selection(view, ""),
        total=format_integer(total),
    )


assert set(COUNTS) == set(METRICS)
