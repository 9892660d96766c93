"""Whom did we train: participation by level, discipline, format, line or pillar."""

from collections.abc import Mapping, Sequence

from dashboard.charts import Chart
from dashboard.charts.amounts import Amount, draw_amounts
from dashboard.charts.certainty import read_participants
from dashboard.charts.ranking import find_leading
from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.drill_down import format_drill_down
from dashboard.model.filters import NOT_STATED
from dashboard.text.counts import format_count
from dashboard.text.lists import join_names

DIMENSIONS = {
    "level": "Level",
    "discipline": "Discipline",
    "format": "Format",
    "line": "Strategic line",
    "pillar": "Pillar",
}


def draw_participants(
    rows: Sequence[Row], dimension: str, labels: Mapping[str, str], colours: Palette
) -> Chart:
    """Draw a bar per value of a dimension, in the order of its vocabulary, what is not stated last.

    `rows` are of the question trainings_by; `labels` the names of the dimension's values.
    """
    order = [i for i in labels if i != NOT_STATED] + [NOT_STATED]
    mine = [r for r in rows if r["dimension"] == dimension]
    mine.sort(key=lambda r: order.index(r["id"]))
    bars = [_make_bar(row, dimension, _name(row["id"], dimension, labels), colours) for row in mine]
    table = [_tabulate(row, dimension, bar.label) for row, bar in zip(mine, bars, strict=True)]
    return draw_amounts(
        bars, colours, sentence=describe_participants(mine, dimension, labels), table=table
    )


def _tabulate(row: Row, dimension: str, name: str) -> Row:
    return {
        DIMENSIONS[dimension]: name,
        "Participants": read_participants(row).words(),
        "Trainings": row["trainings"],
        "of which exact": row["exact"],
        "about": row["about"],
        "at least": row["at_least"],
        "not known": row["unknown"] + row["fewer_than"],
    }


def _name(identity: str, dimension: str, labels: Mapping[str, str]) -> str:
    if identity == NOT_STATED:
        return f"{DIMENSIONS[dimension]} not stated"
    return labels.get(identity, identity)


def _make_bar(row: Row, dimension: str, name: str, colours: Palette) -> Amount:
    words, trainings = _describe(row), format_count(row["trainings"], "training")
    return Amount(
        name,
        words,
        float(row["exact_value"] or 0),
        float(row["about_value"] or 0),
        float(row["at_least_value"] or 0),
        unknown=read_participants(row).not_known,
        hover=f"{words}. {trainings} held",
        link=f"why={format_drill_down('training_participants', (dimension, row['id']))}",
        colour=colours.pillar(row["id"]) if dimension == "pillar" else "",
    )


def _describe(row: Row) -> str:
    quantity = read_participants(row)
    if not quantity.known:
        return f"number not known, {format_count(row['trainings'], 'training')}"
    coverage = quantity.coverage("trainings")
    words = quantity.words("participants", "participant")
    return f"{words}, {coverage}" if coverage else words


def describe_participants(rows: Sequence[Row], dimension: str, labels: Mapping[str, str]) -> str:
    """Say who was trained most as far as it is known, and how much is not known."""
    if not rows:
        return "No trainings were held"
    trainings = format_count(sum(row["trainings"] for row in rows), "training")
    known = {row["id"]: row for row in rows if row["value"]}
    if not known:
        return f"How many took part is not known for any of {trainings}"
    missing = sum(read_participants(row).not_known for row in rows)
    gap = f"; the number is not known for {missing:,} of {trainings}" if missing else ""
    return f"{_name_leaders(known, dimension, labels)}{gap}"


def _name_leaders(known: Mapping[str, Row], dimension: str, labels: Mapping[str, str]) -> str:
    what = DIMENSIONS[dimension].lower()
    first = find_leading({i: int(row["value"]) for i, row in known.items()})
    if not first:
        top = max(row["value"] for row in known.values())
        return f"No {what} has more participants than every other ({top:,} at most)"
    names = [
        f"{_name(i, dimension, labels)} ({read_participants(known[i]).words()})" for i in first
    ]
    return f"Most participants by {what}: {join_names(names)}"
