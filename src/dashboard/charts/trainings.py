"""Whom did we train: participation by level, discipline, format, line or pillar."""

from collections.abc import Mapping, Sequence

from dashboard.charts import Chart
from dashboard.charts.amounts import Amount, amounts
from dashboard.charts.ranking import leading
from dashboard.charts.theme import Palette
from dashboard.model import Row
from dashboard.model.drill_down import ask
from dashboard.model.filters import NOT_STATED
from dashboard.model.quantity import Quantity
from dashboard.text.counts import count
from dashboard.text.lists import listed

DIMENSIONS = {
    "level": "Level",
    "discipline": "Discipline",
    "format": "Format",
    "line": "Strategic line",
    "pillar": "Pillar",
}


def participation(
    rows: Sequence[Row], dimension: str, labels: Mapping[str, str], colours: Palette
) -> Chart:
    """A bar per value of a dimension, in the order of its vocabulary, what is not stated last.

    `rows` are of the question trainings_by; `labels` the names of the dimension's values.
    """
    order = [i for i in labels if i != NOT_STATED] + [NOT_STATED]
    mine = sorted(
        (r for r in rows if r["dimension"] == dimension), key=lambda r: order.index(r["id"])
    )
    bars = [_bar(row, dimension, _name(row["id"], dimension, labels), colours) for row in mine]
    table = [
        {
            DIMENSIONS[dimension]: bar.label,
            "Participants": quantity_of(row).words(),
            "Trainings": row["trainings"],
            "of which exact": row["exact"],
            "about": row["about"],
            "at least": row["at_least"],
            "not known": row["unknown"] + row["fewer_than"],
        }
        for row, bar in zip(mine, bars, strict=True)
    ]
    return amounts(bars, colours, sentence=finding(mine, dimension, labels), table=table)


def quantity_of(row: Row) -> Quantity:
    """The participants of a row of trainings_by."""
    counts = {
        name: row[name]
        for name in ("exact", "about", "at_least", "fewer_than", "unknown", "disputed")
    }
    return Quantity(int(row["value"]) if row["value"] is not None else None, **counts)


def _name(identity: str, dimension: str, labels: Mapping[str, str]) -> str:
    return (
        f"{DIMENSIONS[dimension]} not stated"
        if identity == NOT_STATED
        else labels.get(identity, identity)
    )


def _bar(row: Row, dimension: str, name: str, colours: Palette) -> Amount:
    quantity = quantity_of(row)
    coverage = quantity.coverage("trainings")
    words = f"{quantity.words('participants', 'participant')}{f', {coverage}' if coverage and quantity.known else ''}"
    if not quantity.known:
        words = f"number not known, {count(row['trainings'], 'training')}"
    return Amount(
        name,
        words,
        float(row["exact_value"] or 0),
        float(row["about_value"] or 0),
        float(row["at_least_value"] or 0),
        unknown=quantity.not_known,
        hover=f"{words}. {count(row['trainings'], 'training')} held",
        link=f"why={ask('training_participants', (dimension, row['id']))}",
        colour=colours.pillar(row["id"]) if dimension == "pillar" else "",
    )


def finding(rows: Sequence[Row], dimension: str, labels: Mapping[str, str]) -> str:
    """Who was trained most as far as it is known, and how much is not known."""
    if not rows:
        return "No trainings were held"
    known = sorted((r for r in rows if r["value"]), key=lambda r: -r["value"])
    missing = sum(quantity_of(row).not_known for row in rows)
    gap = (
        f"; the number is not known for {missing:,} of"
        f" {count(sum(r['trainings'] for r in rows), 'training')}"
    )
    if not known:
        return (
            "How many took part is not known for any of"
            f" {count(sum(r['trainings'] for r in rows), 'training')}"
        )
    by_id = {r["id"]: r for r in known}
    names = leading({i: int(r["value"]) for i, r in by_id.items()})
    first = [f"{_name(i, dimension, labels)} ({quantity_of(by_id[i]).words()})" for i in names]
    most = f"Most participants by {DIMENSIONS[dimension].lower()}: {listed(first)}"
    equal = (
        f"No {DIMENSIONS[dimension].lower()} has more participants than every other"
        f" ({known[0]['value']:,} at most)"
    )
    return f"{most if first else equal}{gap if missing else ''}"
