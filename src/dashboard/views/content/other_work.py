"""In other work: people who are not at events, with what they do in projects and which grants they
receive.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dashboard.charts.marks import draw_fold
from dashboard.charts.markup import Element, make_element
from dashboard.language.messages import N_, _, choose_term, emphasize, ngettext
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.selection import name_filter
from dashboard.text.sentences import lower_first
from dashboard.views.content import Line, Section
from dashboard.views.content.common import distinguish_people
from dashboard.views.view import View

Row = Mapping[str, Any]
MAX_SHOWN = 8
WORK: Mapping[str, str] = MappingProxyType(
    {
        "lead": N_("leads {title}"),
        "coordinator": N_("coordinates {title}"),
        "recipient": N_("receives {title}"),
    }
)
"""What somebody does, by the id of the role; another role stands behind the title."""


@dataclass(frozen=True)
class Worker:
    """A person, and what they do: in words, with what that opens."""

    person: str
    name: str
    work: Sequence[tuple[str, str]]


def find_other_work(view: View) -> list[Worker]:
    """Find who works elsewhere than at the events of the period; of chosen people all that they do
    beside events.
    """
    rows = distinguish_people(view, view.rows("other_work"))
    found: dict[str, list[Row]] = {}
    for row in rows:
        if view.filters.speaker or not row["at_events"]:
            found.setdefault(row["person_id"], []).append(row)
    return [
        Worker(person, theirs[0]["name"], [_describe(view, row) for row in theirs])
        for person, theirs in found.items()
    ]


def _describe(view: View, row: Row) -> tuple[str, str]:
    if row["title"] is None:
        return row["job_title"] or _("named in a source"), ""
    act = (
        f"project={row['record_id']}"
        if row["table_name"] == "projects"
        else f"record={row['table_name']}.{row['record_id']}"
    )
    title = choose_term(row, "title")
    if row["role"] in WORK:
        return _(WORK[row["role"]], title=title), act
    role = lower_first(view.name_term("party-role", row["role"]))
    return _("{title}, {role}", title=title, role=role), act


def build_other_work(view: View, workers: Sequence[Worker]) -> Element | None:
    """Build a row per person, those after MAX_SHOWN folded; None where nobody is found."""
    if not workers:
        return None
    rows = [_build_row(view, worker) for worker in workers]
    rest = rows[MAX_SHOWN:]
    more = ngettext("{n:,} more", "{n:,} more", len(rest))
    ignored = [name_filter(name) for name in view.filters.ignored_by("projects")]
    note = _("not filtered by {filters}", filters=join_names(ignored)) if ignored else ""
    return make_element(
        "div",
        make_element("ul", *rows[:MAX_SHOWN], css="work-list"),
        draw_fold(more, make_element("ul", *rest, css="work-list")) if rest else None,
        make_element("p", note, css="note") if note else None,
        css="work",
    )


def _build_row(view: View, worker: Worker) -> Element:
    opens = view.settings.profiles
    name = make_element(
        "a" if opens else "span",
        worker.name,
        css="work-name",
        act=f"person={worker.person}" if opens else "",
    )
    notes = [
        make_element("small", make_element("a" if act else "span", words, act=act))
        for words, act in worker.work
    ]
    return make_element("li", name, *notes, css="work-row")


def list_other_work(workers: Sequence[Worker]) -> tuple[Section, ...]:
    """List the same for files."""
    lines = [
        Line(worker.name, "; ".join(words for words, _act in worker.work), worker.work[0][1])
        for worker in workers
    ]
    people = format_count(len(lines), "person")
    sentence = emphasize(N_("**{people}** in other work than at events"), people=people)
    heading = _("In other work")
    return (Section(heading, lines, key="other-work", sentence=sentence),) if lines else ()
