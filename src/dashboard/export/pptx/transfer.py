"""Gives a shape of an earlier deck what the same shape of a fresh deck says. The form that somebody
gave it stays, and so do words that somebody rewrote.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from dashboard.export.pptx import edit_text, transfer_chart
from dashboard.export.pptx.marked_slides import Marked, OtherForm, Then
from dashboard.export.pptx.markers import (
    Marker,
    is_as_written,
    read_alt_text,
    set_alt_text,
    text_digest,
)
from dashboard.export.pptx.transfer_drawing import swap_shape, transfer_drawing
from dashboard.export.pptx.transfer_table import transfer_table
from dashboard.export.refreshed import Changed, LeftToPeople
from dashboard.export.shown_values import ShownValue, from_cells, select_outdated, select_said
from dashboard.export.view_export import Export
from dashboard.query.metrics import is_metric

MAX_RECORDED = 60
"""Bars and rows of one shape that are recorded one by one."""
NAMES = {"lead": "Finding", "mark": "Drawing"}
"""How what was renewed is named to whoever renews slides, where not by its kind."""
NOTHING = "–"


@dataclass
class SlideRenewal:
    """The renewal of one slide: what its view shows, what was found, whether anything of ours stays
    as it was, the numbers that it stored and does not show any more, and texts of ours that somebody
    rewrote.
    """

    slide: int
    shown: Export
    changed: list[Changed] = field(default_factory=list)
    left: list[LeftToPeople] = field(default_factory=list)
    kept: bool = False
    outdated: list[ShownValue] = field(default_factory=list)
    rewritten: list[str] = field(default_factory=list)

    def record(self, what: str, old: str, new: str) -> None:
        """Record that something was renewed."""
        self.changed.append(Changed(self.slide, what, old, new))

    def record_differences(self, what: str, was: dict[str, str], now: dict[str, str]) -> None:
        """Record what differs, by its name."""
        different = [name for name in (was | now) if was.get(name) != now.get(name)]
        for name in different[:MAX_RECORDED]:
            self.record(f"{what}, {name}", was.get(name, NOTHING), now.get(name, NOTHING))
        if not different:
            self.record(what, "order", "another order")

    def leave(self, why: str) -> None:
        """Note what is left to people."""
        self.left.append(LeftToPeople(self.slide, why, ""))

    def keep(self, old: Marked, why: str) -> None:
        """Note that a shape of ours stays as it was."""
        self.kept = True
        name = self.name(old.marker) if old.is_number else read_alt_text(old.shape)
        self.leave(f"“{name or old.marker.key}” {why}: it stays as it was")

    def drop(self, marker: Marker, now: str) -> None:
        """Note the stored numbers that a shape does not say any more."""
        stored = marker.stored.values if marker.stored else ()
        self.outdated += select_outdated(stored, select_said(now, stored))

    def name(self, marker: Marker) -> str:
        """Name a shape to people."""
        if marker.kind == "number" and is_metric(marker.key):
            return self.shown.number(marker.key).metric.label
        return NAMES.get(marker.kind, marker.kind.capitalize())


def transfer(job: SlideRenewal, old: Marked, fresh: Marked, then: Then) -> None:
    """Give a shape what the fresh one says. Raises OtherForm where it stays as it is because people, or
    the page, gave it another form.
    """
    if old.is_drawn and fresh.is_drawn:
        words = transfer_drawing(old, fresh, then())
        if words:
            job.record(job.name(old.marker), *words)
            job.drop(old.marker, words[1])
        return
    for form, work in TRANSFERS.items():
        has = [getattr(shape, form, False) for shape in (old.shape, fresh.shape)]
        if all(has):
            work(job, old, fresh, then)
            return
        if any(has):
            raise OtherForm("is of another form on the page")
    _transfer_alt_text(old, fresh, then)


def _transfer_alt_text(old: Marked, fresh: Marked, then: Then) -> None:
    """Say the same to those who do not see it, unless somebody wrote that anew."""
    was, now = read_alt_text(old.shape), read_alt_text(fresh.shape)
    if was == now:
        return
    made = None if is_as_written(old.marker, was) else then()
    if is_as_written(old.marker, was) or (made and read_alt_text(made.shape) == was):
        set_alt_text(old.shape, now)
        _rename(old, fresh)


def _rename(old: Marked, fresh: Marked) -> None:
    """Store in the name of a shape what it shows now."""
    old.shape.name = fresh.shape.name


def _transfer_text(job: SlideRenewal, old: Marked, fresh: Marked, _then: Then) -> None:
    olds, news = (list(one.shape.text_frame.paragraphs) for one in (old, fresh))
    count = count_written(old)
    if not count:
        if old.marker.kind == "number":
            _put_number(job, old, fresh)
        else:
            job.rewritten.append(edit_text.read_text(old.shape.text_frame))
        return
    if count < len(olds):
        olds, news = olds[:count], news[:count]
    was, now = ("\n".join(map(edit_text.read_paragraph, some)) for some in (olds, news))
    if text_digest(was) == text_digest(now):
        return
    job.record(job.name(old.marker), was, now)
    job.drop(old.marker, now)
    if old.marker.kind == "number" and _is_known(old.marker) != _is_known(fresh.marker):
        swap_shape(old, fresh)  # what is not known looks another way
        return
    edit_text.transfer_paragraphs(olds, news)
    if len(now) > len(was) + 2 and old.marker.kind != "number":
        edit_text.shrink_letters(olds, news)
    _rename(old, fresh)


def count_written(old: Marked) -> int:
    """Count the paragraphs of a text that nobody rewrote: all, the first (beneath which stands what
    is not to be renewed), or none.
    """
    frame = old.shape.text_frame
    if is_as_written(old.marker, edit_text.read_text(frame)):
        return len(frame.paragraphs)
    return int(is_as_written(old.marker, edit_text.read_paragraph(frame.paragraphs[0])))


def _is_known(marker: Marker) -> bool:
    return not marker.stored or any(one.value is not None for one in marker.stored.values)


def _put_number(job: SlideRenewal, old: Marked, fresh: Marked) -> None:
    """Put a number in place of the old one, as it was worded, among words of somebody's own."""
    was, now = (one.marker.stored.values if one.marker.stored else () for one in (old, fresh))
    if not was or not now or was[0] == now[0]:
        return
    said, name = edit_text.read_text(fresh.shape.text_frame), job.name(old.marker)
    job.outdated += select_outdated(was, now)
    for paragraph in old.shape.text_frame.paragraphs:
        before = edit_text.read_paragraph(paragraph)
        if edit_text.put_value(paragraph, was[0], now[0], said):
            job.record(name, before, edit_text.read_paragraph(paragraph))
            _rename(old, fresh)
            return
    job.leave(f"{name}: the slide holds no number any more")
    job.rewritten.append(edit_text.read_text(old.shape.text_frame))


def _transfer_rows(job: SlideRenewal, old: Marked, fresh: Marked, then: Then) -> None:
    differences = transfer_table(old, fresh, then)
    if differences:
        job.record_differences("Table", *differences)
        job.drop(old.marker, "\n".join(differences[1].values()))
        _transfer_alt_text(old, fresh, then)
        _rename(old, fresh)


def _transfer_chart(job: SlideRenewal, old: Marked, fresh: Marked, then: Then) -> None:
    """Put in the data of today; a series that somebody took away stays away."""
    was, now = (transfer_chart.list_bars(one.shape.chart) for one in (old, fresh))
    if list(was.items()) == list(now.items()):
        return
    made = then()
    before = transfer_chart.list_bars(made.shape.chart) if made and made.shape.has_chart else was
    if list(before.items()) == list(now.items()):
        return
    away = {series for series, _ in before} - {series for series, _ in was}
    transfer_chart.put_data(old.shape.chart, fresh.shape.chart, away)
    now = transfer_chart.list_bars(old.shape.chart)
    texts = [{", ".join(bar[::-1]): _write_bar(bars[bar]) for bar in bars} for bars in (was, now)]
    job.record_differences("Chart", *texts)
    job.outdated += select_outdated(*(list(from_cells(bars.values())) for bars in (was, now)))
    _transfer_alt_text(old, fresh, then)


def _write_bar(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.12g}"


TRANSFERS: dict[str, Callable[[SlideRenewal, Marked, Marked, Then], None]] = {
    "has_chart": _transfer_chart,
    "has_table": _transfer_rows,
    "has_text_frame": _transfer_text,
}
