"""Puts the data of a fresh chart into one of an earlier deck: each series keeps the form that it has
under its name, and the form that somebody gave one bar goes with that bar.
"""

from collections.abc import Collection
from copy import deepcopy
from typing import Any

from pptx.oxml.ns import qn

from dashboard.export.pptx.marked_slides import OtherForm

SERIES, NUMBER, LABELS = qn("c:ser"), qn("c:idx"), qn("c:dLbls")
NAMES, VALUES = ("c:cat", "c:xVal"), ("c:val", "c:yVal")
DATA = tuple(map(qn, (*NAMES, *VALUES, "c:bubbleSize")))
Points = list[str | float | None]


def list_bars(chart: Any) -> dict[tuple[str, str], float | None]:
    """List what a chart says: value by series and name of the bar, or place on the axis."""
    found: dict[tuple[str, str], float | None] = {}
    for series in chart._chartSpace.iter(SERIES):
        names = _read_points(series, NAMES)
        for number, value in enumerate(_read_points(series, VALUES)):
            name = names[number] if number < len(names) else number
            found[_name(series), str(name)] = value if isinstance(value, float) else None
    return found


def _name(series: Any) -> str:
    return "".join(series.xpath("c:tx//c:v/text()"))


def _read_points(series: Any, tags: tuple[str, str]) -> Points:
    """Read the points of the data that a series has under one of two names: texts or numbers."""
    data = next((one for tag in tags if (one := series.find(qn(tag))) is not None), None)
    if data is None:
        return []
    points = {int(p.get("idx")): p.findtext(qn("c:v")) or "" for p in data.iter(qn("c:pt"))}
    counts = [int(count) for count in data.xpath(".//c:ptCount/@val")]
    size = max([*counts, *(number + 1 for number in points)], default=0)
    as_number = not data.xpath(".//c:strCache | .//c:strLit")
    return [_read_point(points.get(number, ""), as_number=as_number) for number in range(size)]


def _read_point(text: str, *, as_number: bool) -> str | float | None:
    try:
        return float(text) if as_number and text else text
    except ValueError:
        return None


def put_data(old: Any, fresh: Any, away: Collection[str]) -> None:
    """Put the data of a fresh chart into an old one, without series that are to stay away. Raises
    OtherForm where the old one is built another way.
    """
    plots = [chart._chartSpace.xpath(".//c:plotArea/*[c:ser]") for chart in (old, fresh)]
    if not plots[0] or list(map(_sort, plots[0])) != list(map(_sort, plots[1])):
        raise OtherForm("is of another form on the page")
    for mine, new in zip(*plots, strict=True):
        _put_series(mine, [one for one in new.findall(SERIES) if _name(one) not in away])
    workbook = fresh.part.chart_workbook.xlsx_part
    if workbook is not None:
        old.part.chart_workbook.update_from_xlsx_blob(workbook.blob)


def _sort(plot: Any) -> set[str]:
    """Say which sorts of data the series of a plot have."""
    return {child.tag for series in plot.findall(SERIES) for child in series} & {*DATA}


def _put_series(plot: Any, wanted: list[Any]) -> None:
    olds = plot.findall(SERIES)
    forms, place = {_name(series): series for series in olds}, plot.index(olds[0])
    for series in olds:
        plot.remove(series)
    for number, new in enumerate(wanted):
        form = forms.pop(_name(new), None)
        if form is None and new.getparent().tag != plot.tag:
            form = deepcopy(olds[-1])  # somebody made lines of bars
        plot.insert(place + number, deepcopy(new) if form is None else _fill(form, new))


def _fill(series: Any, new: Any) -> Any:
    """Fill a series with the name and the data of another, and the words that this has at its bars."""
    names = [_read_points(one, NAMES) for one in (series, new)]
    words = [LABELS] if new.find(f"{LABELS}/{qn('c:dLbl')}") is not None else []
    for tag in (NUMBER, qn("c:order"), qn("c:tx"), *DATA, *words):
        old, fresh = series.find(tag), new.find(tag)
        if old is not None and fresh is not None:
            series.replace(old, deepcopy(fresh))
    for point in series.xpath("c:dPt" if words else "c:dPt | c:dLbls/c:dLbl"):
        _move_point(point, *names)
    return series


def _move_point(point: Any, was: Points, now: Points) -> None:
    """Let the form of one bar go with its name."""
    number = int(point.find(NUMBER).get("val"))
    if number < len(was) and was[number] in now:
        point.find(NUMBER).set("val", str(now.index(was[number])))
    else:
        point.getparent().remove(point)
