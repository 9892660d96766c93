"""Whom did we train: people by level, discipline, format, line or pillar, as bars that add up to all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dashboard.charts import Chart
from dashboard.charts.bar_rows import BarRow, draw_bar_rows, list_quantity_bars
from dashboard.charts.certainty import read_participants
from dashboard.charts.marks import draw_empty, make_chart, say_value
from dashboard.charts.ranking import find_leading
from dashboard.charts.theme import Palette
from dashboard.language.messages import N_, _, pgettext
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import NOT_STATED
from dashboard.model.quantity import Kind, Quantity
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names
from dashboard.text.selection import name_filter

DIMENSIONS = {
    "level": N_("Level"),
    "discipline": N_("Discipline"),
    "format": N_("Format"),
    "line": N_("Strategic line"),
    "pillar": N_("Pillar"),
}
"""By what people are told apart: the ids of `by` in links, with their names."""
UNSTATED = {
    "level": N_("Level not stated"),
    "discipline": N_("Discipline not stated"),
    "format": N_("Format not stated"),
    "line": N_("Strategic line not stated"),
    "pillar": N_("Pillar not stated"),
}
MAX_GROUPS = 24


def draw_participation(
    rows: Sequence[Row], dimension: str, labels: Mapping[str, str], colours: Palette
) -> Chart:
    """Draw a bar per value of a dimension, in the order of its vocabulary, what is not stated last.

    `rows` are of the question trainings_by; `labels` the names of the dimension's values.
    """
    order = [i for i in labels if i != NOT_STATED] + [NOT_STATED]
    mine = [r for r in rows if r["dimension"] == dimension]
    mine.sort(key=lambda r: order.index(r["id"]))
    sentence = describe_participation(mine, dimension, labels)
    if not mine:
        return make_chart(draw_empty(sentence), sentence, [])
    bars = [_make_bar(row, dimension, labels) for row in mine]
    table = [_tabulate(row, dimension, bar.label) for row, bar in zip(mine, bars, strict=True)]
    links = [(bar.told, bar.act) for bar in bars]
    markup = draw_bar_rows(bars, MAX_GROUPS)
    return make_chart(markup, sentence, table, links, list_quantity_bars(bars, colours))


def describe_participation(rows: Sequence[Row], dimension: str, labels: Mapping[str, str]) -> str:
    """Say who was trained most as far as it is known, and how much is not known."""
    if not rows:
        return _("No trainings were held")
    known = {row["id"]: row for row in rows if row["value"]}
    missing = sum(read_participants(row).not_known for row in rows)
    places = {
        "trainings": format_count(sum(row["trainings"] for row in rows), "training"),
        "what": name_filter(dimension),
        "missing": missing,
    }
    if not known:
        return _("How many took part is not known for any of {trainings}", **places)
    first = find_leading({i: int(row["value"]) for i, row in known.items()})
    if not first:
        top = max(row["value"] for row in known.values())
        return _(
            "No {what} has more participants than every other ({top:,} at most)", top=top, **places
        )
    names = join_names(
        [
            _(
                "{name} ({number})",
                name=_name_group(i, dimension, labels),
                number=read_participants(known[i]).words(),
            )
            for i in first
        ]
    )
    if not missing:
        return _("Most participants by {what}: {names}", names=names, **places)
    return _(
        "Most participants by {what}: {names}; the number is not known for {missing:,} of {trainings}",
        names=names,
        **places,
    )


def _name_group(identity: str, dimension: str, labels: Mapping[str, str]) -> str:
    if identity == NOT_STATED:
        return _(UNSTATED[dimension])
    return labels.get(identity, identity)


def _make_bar(row: Row, dimension: str, labels: Mapping[str, str]) -> BarRow:
    label, quantity = _name_group(row["id"], dimension, labels), read_participants(row)
    stated = row["id"] if row["id"] != NOT_STATED else ""
    return BarRow(
        label,
        quantity,
        f"why={format_drill_down('training_participants', (dimension, row['id']))}",
        say_value(label, _tell(quantity)),
        _note_coverage(quantity),
        stated if dimension == "pillar" else None,
        _read_parts(row),
    )


def _note_coverage(quantity: Quantity) -> str:
    """Say from how many trainings a number comes; that sources differ is said beside it already."""
    if not quantity.known:
        return format_count(quantity.total, "training")
    return replace(quantity, disputed=0).coverage("trainings")


def _tell(quantity: Quantity) -> str:
    """Say the number of a group with its coverage."""
    if not quantity.known:
        trainings = format_count(quantity.total, "training")
        return _("number not known, {trainings}", trainings=trainings)
    words, coverage = quantity.words("participants"), quantity.coverage("trainings")
    return _("{number}, {coverage}", number=words, coverage=coverage) if coverage else words


def _read_parts(row: Row) -> dict[Kind, float]:
    columns = {
        Kind.EXACT: "exact_value",
        Kind.ABOUT: "about_value",
        Kind.AT_LEAST: "at_least_value",
    }
    return {kind: float(row[column] or 0) for kind, column in columns.items()}


def _tabulate(row: Row, dimension: str, name: str) -> Row:
    return {
        _(DIMENSIONS[dimension]): name,
        _("Participants"): read_participants(row),
        pgettext("how many", "Trainings"): row["trainings"],
        _("of which exact"): row["exact"],
        _("about"): row["about"],
        _("at least"): row["at_least"],
        _("not known"): row["unknown"] + row["fewer_than"],
    }
