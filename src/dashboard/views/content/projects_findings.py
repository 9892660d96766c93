"""What the projects of a view come to: the headline and the numbers of the Projects page."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dashboard.charts.board import COMING, COMPLETED, RUNNING
from dashboard.charts.grants import format_amount
from dashboard.charts.ranking import find_most
from dashboard.language.messages import N_, Words, _, emphasize, ngettext
from dashboard.language.nouns import name_noun
from dashboard.language.numbers import format_integer
from dashboard.query.metrics import METRICS
from dashboard.text.lists import join_names
from dashboard.text.selection import describe_period
from dashboard.text.sentences import lower_first
from dashboard.views.content import Tile
from dashboard.views.content.common import describe_selection
from dashboard.views.content.headline import choose_sentence, join_sentences
from dashboard.views.content.tiles import make_tile
from dashboard.views.view import View

Row = Mapping[str, Any]


def make_lead(view: View) -> Words:
    """Make the headline: how many run, were completed and come, and what is known of our money."""
    return join_sentences(choose_sentence(_say_how_many(view)), _say_money(view))


def _say_how_many(view: View) -> Iterator[Words | None]:
    running, completed, coming = (
        int(view.number(f"projects_{stage}").value or 0)
        for stage in ("running", "completed", "coming")
    )
    said = {
        "selection": describe_selection(view, _("Projects")),
        "running": ngettext("{n:,} project is running", "{n:,} projects are running", running),
        "completed": _count_completed(view, completed),
        "finished": ngettext(
            "{n:,} project was completed", "{n:,} projects were completed", completed
        ),
        "period": describe_period(view.filters),
        "coming": ngettext("{n:,} comes next", "{n:,} come next", coming),
        "next": ngettext("{n:,} project comes next", "{n:,} projects come next", coming),
    }
    yield (
        emphasize(N_("{selection}: **none**."), **said)
        if not (running or completed or coming)
        else None
    )
    if set(view.filters.applying_to("projects").chosen) - {"year"}:
        stages = list_stages(running, completed, coming)
        yield emphasize(N_("{selection}: **{stages}**."), stages=join_names(stages), **said)
    in_period = bool(said["period"])
    yield emphasize(_choose_message(running, completed, coming, in_period=in_period), **said)


def _count_completed(view: View, number: int) -> str:
    """Say behind those that run how many were completed, in the period where there is one."""
    if period := describe_period(view.filters):
        return ngettext(
            "{n:,} was completed {period}", "{n:,} were completed {period}", number, period=period
        )
    return ngettext("{n:,} was completed", "{n:,} were completed", number)


def list_stages(running: int, completed: int, coming: int) -> list[str]:
    """Count the projects of each stage at which there are any."""
    counted = (
        (running, ngettext("{n:,} running", "{n:,} running", running)),
        (completed, ngettext("{n:,} completed", "{n:,} completed", completed)),
        (coming, ngettext("{n:,} to come", "{n:,} to come", coming)),
    )
    return [words for number, words in counted if number]


def _choose_message(running: int, completed: int, coming: int, *, in_period: bool) -> str:
    """Choose the message that names the stages at which there are projects."""
    messages = {
        (True, True, True): N_("**{running}**, {completed} and {coming}."),
        (True, True, False): N_("**{running}**, and {completed}."),
        (True, False, True): N_("**{running}**, and {coming}."),
        (True, False, False): N_("**{running}**."),
        (False, True, True): N_("**{finished}** {period}, and {coming}.")
        if in_period
        else N_("**{finished}**, and {coming}."),
        (False, True, False): N_("**{finished}** {period}.")
        if in_period
        else N_("**{finished}**."),
        (False, False, True): N_("**{next}**."),
        (False, False, False): "",
    }
    return messages[bool(running), bool(completed), bool(coming)]


def _say_money(view: View) -> Words | None:
    """Say what is known of the money that came to us; nothing where no grant did."""
    amount = view.number("funding_received")
    if not amount.total:
        return None
    if not amount.known:
        if amount.total == 1:
            return emphasize(N_("The amount of our **one grant is not stated**."))
        return emphasize(
            N_("Of none of our **{n} grants** the amount is stated."),
            n=format_integer(amount.total),
        )
    places = {"amount": format_amount(amount), "known": format_integer(amount.known)}
    if amount.not_known:
        return emphasize(
            N_("We received **{amount}**, known for {known} of {total} grants."),
            total=format_integer(amount.total),
            **places,
        )
    return emphasize(N_("We received **{amount}**."), **places)


def make_project_tiles(view: View, projects: Sequence[Row]) -> tuple[Tile, ...]:
    """Make the numbers of the page."""
    period = describe_period(view.filters)
    completed = _("Completed {period}", period=period) if period else _("Completed")
    grants = METRICS["awards"].words(view.number("awards"))
    return (
        make_tile(view, "projects_running", _("Running"), _name_pillar(view, projects, RUNNING)),
        make_tile(view, "projects_completed", completed, _name_pillar(view, projects, COMPLETED)),
        make_tile(view, "projects_coming", _("Coming"), _count_coming(projects)),
        make_tile(view, "partners", _("Partners"), name_noun("organisation")),
        make_tile(view, "funding_received", _("Own funding"), grants),
    )


def _name_pillar(view: View, projects: Sequence[Row], statuses: Sequence[str]) -> str:
    """Say for which pillar most of the projects at a stage are, where one stands out."""
    mine = [project for project in projects if project["status"] in statuses]
    if any(project["found"] > len(mine) for project in mine):
        return ""  # not all were read
    counts = Counter(project["pillar"] for project in mine if project["pillar"])
    names, top = find_most(counts.items(), limit=1)
    if not names:
        return ""
    return _("{n:,} for {pillar}", n=top, pillar=lower_first(view.labels["pillar"][names[0]]))


def _count_coming(projects: Sequence[Row]) -> str:
    """Say how many of those that come are planned and how many selected."""
    mine = [project for project in projects if project["status"] in COMING]
    if any(project["found"] > len(mine) for project in mine):
        return ""
    counts = Counter(project["status"] for project in mine)
    planned, selected = counts["planned"], counts["selected"]
    if planned and selected:
        return _("{planned:,} planned, {selected:,} selected", planned=planned, selected=selected)
    if not mine:
        return ""
    return _("planned") if planned else _("selected")
