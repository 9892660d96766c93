"""What a project's card says: its name, our role, who leads, with whom, and when."""

from collections.abc import Sequence

from dashboard.language.messages import N_, _
from dashboard.model import Row
from dashboard.text.dates import format_partial_date
from dashboard.text.titles import choose_name

MAX_PARTIES = 2
"""Parties that a card names."""
LEAD, PARTNERS = "lead", ("partner", "co-organiser")
ROLES = {
    "led": N_("we lead"),
    "organised": N_("we organise"),
    "co-organised": N_("we organise it with others"),
    "partner": N_("partner"),
    "contributed": N_("we contribute"),
    "supported": N_("we support"),
    "recipient": N_("we receive"),
}
"""What our role in a project is called on its card, by its id."""


def name_project(project: Row) -> str:
    """Name a project as briefly as the records allow, where its language cannot be marked."""
    return choose_name(project).text


def describe_role(project: Row, parties: Sequence[Row], status: str = "") -> str:
    """Say on a card who does what, and when as far as it is known: "we lead · Joost Groen · with CBCH,
    Datapoort +3 · until 2025".
    """
    role = ROLES.get(project["our_role"] or "")
    people = [p["name"] for p in parties if p["role"] == LEAD and p["person_id"]]
    others = _list_others(project, parties)
    names, more = ", ".join(dict.fromkeys(others[:MAX_PARTIES])), len(others) - MAX_PARTIES
    company = ""
    if more > 0:
        company = _("with {names} +{more:,}", names=names, more=more)
    elif others:
        company = _("with {names}", names=names)
    said = _(role) if role else _("our role not stated")
    words = (status, said, ", ".join(people), company, describe_time(project))
    return " · ".join(part for part in words if part)


def _list_others(project: Row, parties: Sequence[Row]) -> list[str]:
    """List who takes part besides the leader, partners first. An organisation that is the project
    itself, such as a network, has its id and is left out.
    """
    mine = [p for p in parties if not (p["role"] == LEAD and p["person_id"])]
    mine.sort(key=lambda party: party["role"] not in PARTNERS)
    return [party["name"] for party in mine if party["organisation_id"] != project["project_id"]]


def describe_time(project: Row) -> str:
    """Say on a card from when to when a project runs: 2022–2025; since March 2024; until 2025; empty
    where neither is known.
    """
    start, end = project["start_date"], project["end_date"]
    if start and end and len(start) == len(end) == len("2025") and start != end:
        return f"{start}–{end}"
    if start and end:
        first, last = format_partial_date(start), format_partial_date(end)
        return first if first == last else _("{first} – {last}", first=first, last=last)
    if start:
        return _("since {day}", day=format_partial_date(start))
    is_over = project["status"] == "completed"  # its column says when
    return _("until {day}", day=format_partial_date(end)) if end and not is_over else ""
