"""Who works with us, and at what: the partners that are counted, and others named in projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.marks import draw_fold, draw_line
from dashboard.charts.markup import Element, make_element
from dashboard.charts.named_rows import NamedRow, draw_named_rows, draw_quiet
from dashboard.charts.project_cards import name_project
from dashboard.language.messages import _
from dashboard.language.nouns import name_noun
from dashboard.language.numbers import format_integer
from dashboard.query.metrics import METRICS
from dashboard.text.counts import format_count
from dashboard.text.sentences import lower_first
from dashboard.text.titles import choose_name
from dashboard.views.content import Line, Section
from dashboard.views.content.tiles import say_not_filtered
from dashboard.views.view import View, link_to_record

MAX_NAMED = 4
"""Activities of a partner that are named; the others are counted, and stand in its record."""
SORTS = {"projects": "project", "series": "series", "events": "event"}
"""The noun for an activity, by its table, in the order in which they are named."""
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Partners:
    """What each partner takes part in (rows of partner_activities) and what other organisations do in
    the projects (rows of project_parties), by organisation; `titles` name the projects.
    """

    activities: Mapping[str, Sequence[Row]]
    others: Mapping[str, Sequence[Row]]
    titles: Mapping[str, str]
    note: str = ""

    @classmethod
    def read(cls, view: View, projects: Sequence[Row], parties: Sequence[Row]) -> "Partners":
        """Read the partners of a view, and tell the other organisations of its projects."""
        activities = _group(view.rows("partner_activities"))
        named = [p for p in parties if p["organisation_id"]]
        others = {i: of for i, of in _group(named).items() if i not in activities}
        titles = {project["project_id"]: name_project(project) for project in projects}
        return cls(activities, others, titles, say_not_filtered(METRICS["partners"], view.filters))


def _group(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """Group rows by organisation, the first named first."""
    found: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["name"], row["organisation_id"])):
        found.setdefault(row["organisation_id"], []).append(row)
    return found


def head_partners(partners: Partners) -> str:
    """Say how many work with us."""
    return _(
        "Who works with us: {organisations}",
        organisations=format_count(len(partners.activities), "organisation"),
    )


def build_partners(partners: Partners) -> Element | None:
    """Build a row per partner, with what it does with us; folded where a chosen filter means nothing for
    them.
    """
    rows = [
        NamedRow(of[0]["name"], f"record=organisations.{identity}", (_name_activities(of),))
        for identity, of in partners.activities.items()
    ]
    drawn = draw_named_rows(rows, columns="300px 1fr")
    if drawn and partners.note:
        label = _("{heading}, {note}", heading=head_partners(partners), note=partners.note)
        return draw_fold(label, drawn)
    heading = make_element("h2", head_partners(partners), css="block-heading")
    return make_element("section", heading, drawn, css="block") if drawn else None


def _name_activities(of: Sequence[Row]) -> Element:
    """Name the first activities of a partner, each of which opens its record."""
    pieces: list[Element | str] = []
    order = list(SORTS)
    ranked = sorted(of, key=lambda activity: order.index(activity["table_name"]))
    for activity in ranked[:MAX_NAMED]:
        pieces += [" · "] if pieces else []
        act = link_to_record(activity["table_name"], activity["record_id"])
        name, lang = choose_name(activity)
        pieces.append(make_element("a", name, act=act, lang=lang))
        pieces += [" ", draw_quiet(name_noun(SORTS[activity["table_name"]], 1))]
    if len(of) > MAX_NAMED:
        pieces += [" ", draw_quiet(f"+{format_integer(len(of) - MAX_NAMED)}")]
    return make_element("span", *pieces)


def build_others(view: View, partners: Partners) -> Element | None:
    """Fold the other organisations of the projects, each with what it is there."""
    if not partners.others:
        return None
    label = _(
        "Also named in projects: {organisations}",
        organisations=format_count(len(partners.others), "organisation"),
    )
    drawn = (draw_line(line.text, line.note, line.link) for line in _list_others(view, partners))
    return draw_fold(label, make_element("ul", *drawn, css="lines"))


def _list_others(view: View, partners: Partners) -> list[Line]:
    return [
        Line(
            of[0]["name"],
            " · ".join(
                _(
                    "{role}, {project}",
                    role=lower_first(view.name_term("party-role", party["role"])),
                    project=partners.titles.get(party["project_id"], ""),
                )
                for party in of[:MAX_NAMED]
            ),
            f"record=organisations.{identity}",
        )
        for identity, of in partners.others.items()
    ]


def list_partners(view: View, partners: Partners) -> tuple[Section, ...]:
    """List partners, and the others, for files."""
    lines = [
        Line(
            of[0]["name"],
            ", ".join(dict.fromkeys(name_project(activity) for activity in of)),
            f"record=organisations.{identity}",
        )
        for identity, of in partners.activities.items()
    ]
    others = _list_others(view, partners)
    found = (
        (head_partners(partners), lines, "partners"),
        (_("Also named in projects"), others, "others"),
    )
    return tuple(Section(heading, of, key=key) for heading, of, key in found if of)
