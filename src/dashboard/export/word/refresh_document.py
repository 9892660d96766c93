"""Renews a document that was taken along: what nobody rewrote says what its link shows today, and a
number round which somebody wrote is put in the place of the old one. The form that somebody gave a
text stays, and so do all other words; sentences in which an old number stands are listed.
"""

from collections.abc import Callable, Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from docx.oxml.ns import qn

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.markers import text_digest
from dashboard.export.refreshed import Changed, LeftToPeople, Refreshed, list_stale
from dashboard.export.shown_values import ShownValue, select_outdated
from dashboard.export.view_export import Export
from dashboard.export.word import runs
from dashboard.export.word.controls import (
    ROW,
    Control,
    find_controls,
    find_runs,
    make_control,
)
from dashboard.export.word.document import Writer, save
from dashboard.export.word.footnotes import find_footnotes, remove_footnotes
from dashboard.export.word.opening import open_document
from dashboard.export.word.passages import NOTES, NUMBER, SOURCE, Passage, make_figure
from dashboard.export.word.report import LINK, has_document, list_passages, make_foot, make_report
from dashboard.export.word.stored import StoredDocument, StoredPassage, read_stored, write_stored
from dashboard.export.word.styles import FIGURE_NOTE
from dashboard.query.metrics import is_metric
from dashboard.text.messages import LOCALE, Words, _

NO_SLIDE = 0


def refresh_document(data: bytes, again: Callable[[str], Export]) -> Refreshed:
    """Renew a .docx. `again` gives what a link shows today, such as "/review?year=2025". Raises
    DeckError for a file that cannot be read or holds no passage of this dashboard.
    """
    document = open_document(data)
    stored = read_stored(document.part)
    if stored is None or not stored.passages:
        raise DeckError(
            "the file holds nothing of this dashboard: what is ours is known by a part of the file"
            " that some programs drop when they save it"
        )
    shown = again(stored.link)
    if not has_document(shown.view):
        raise DeckError(f"{stored.link[:80]} is no review")
    renewal = _Renewal(document, stored, shown)
    renewal.run()
    if not renewal.known:
        raise DeckError(
            "the marks of what is ours are gone from the file: LibreOffice before 7.5 and some other"
            " programs drop them when they save it"
        )
    if not renewal.changed:
        return Refreshed(data, [], renewal.left, shown.view.notices)
    origin = stored.link, shown.version, LOCALE.language
    write_stored(document.part, StoredDocument(*origin, renewal.known))
    return Refreshed(save(document, shown), renewal.changed, renewal.left, shown.view.notices)


class _Renewal:
    """The renewal of one document: what it stored, what the link shows now, and what was found."""

    def __init__(self, document: Any, stored: StoredDocument, shown: Export) -> None:
        self.document, self.stored, self.shown = document, stored.passages, shown
        passages = [*list_passages(make_report(shown)), make_foot(shown)]
        self.passages = {one.key: one for one in passages}
        self.passages |= {one.key: one for one in list(self._add_numbers())}
        self.writer = Writer(document, shown)
        self.known = dict[str, StoredPassage]()
        self.found = dict[str, Control]()
        self.ours = set[Any]()
        self.changed, self.left = list[Changed](), list[LeftToPeople]()
        self.outdated = list[ShownValue]()

    def run(self) -> None:
        """Renew every passage, add those that are new to lists and tables, and list what is left."""
        rows = {tag for tag, one in self.stored.items() if one.key.startswith("row:")}
        for control in find_controls(self.document, rows):
            before = self.stored.get(control.tag)
            if before and before.key == LINK:
                self._keep(control, before)
            elif before:
                self._renew(control, before)
        for passage, neighbour, is_before in self._list_new():
            self._insert(passage, neighbour, is_before=is_before)
        self.left += [*self._list_missing(), *self._list_stale()]

    def _add_numbers(self) -> Iterator[Passage]:
        """Make the numbers that the document shows and the page does not show any more."""
        for one in self.stored.values():
            kind, _colon, word = one.key.partition(":")
            if kind == NUMBER and one.key not in self.passages and is_metric(word):
                number = self.shown.number(word)
                figure = make_figure(self.shown, number, number.metric.label, number.metric.label)
                yield from filter(None, (*figure, figure[1].footnote))

    def _renew(self, control: Control, before: StoredPassage) -> None:
        now, texts = self.passages.get(before.key), control.texts
        as_written = before.digest == text_digest("\n".join(texts))
        self.outdated += select_outdated(before.values, now.values if now else self.shown.values)
        if now is None:
            self._leave_or_remove(control, before, as_written=as_written)
        elif as_written and len(texts) == len(now.cells):
            self._rewrite(control, now, texts)
        else:
            self._renew_around(control, before, now)

    def _rewrite(self, control: Control, now: Passage, texts: list[str]) -> None:
        """Set new words for a passage that nobody rewrote."""
        if texts != now.texts:
            for holder, words in zip(control.holders, now.cells, strict=True):
                if inside := find_runs(holder):
                    runs.rewrite(inside, words)
            self._record(now.name, texts, now.texts)
        self._keep(control, now.stored)
        self.ours.update(run for holder in control.holders for run in find_runs(holder))
        if now.footnote and now.footnote.tag not in self.stored:
            control.element.addnext(self.writer.make_footnote(now.footnote))
            self.known[now.footnote.tag] = now.footnote.stored
            self._record(now.footnote.name, [], now.footnote.texts)

    def _renew_around(self, control: Control, before: StoredPassage, now: Passage) -> None:
        """Put a number into a text that somebody wrote round it, where the text says only this one."""
        was, kept = control.texts, before
        if len(before.values) == len(now.values) == 1:
            old, new = before.values[0], now.values[0]
            holders = control.holders if old.metric and old.metric == new.metric else []
            put = any(runs.put_value(find_runs(holder), old, new) for holder in holders)
            kept = replace(before, values=now.values) if put else before
            if control.texts != was:
                self._record(now.name, was, control.texts)
        self._keep(control, kept)

    def _keep(self, control: Control, stored: StoredPassage) -> None:
        self.known[control.tag] = stored
        self.found.setdefault(control.tag, control)

    def _record(self, name: str, old: list[str], new: list[str]) -> None:
        was, now = (" · ".join(" ".join(text.split()) for text in some) for some in (old, new))
        self.changed.append(Changed(NO_SLIDE, name, was, now))

    def _leave_or_remove(
        self, control: Control, before: StoredPassage, *, as_written: bool
    ) -> None:
        """Remove a line or row of ours that is not told any more; leave everything else as it is."""
        text = " · ".join(control.texts)
        whole = control.paragraph if control.row is None else control.row
        alone = control.row is not None or _is_alone(control)
        if as_written and before.within and alone:
            remove_footnotes(self.document, whole)
            whole.getparent().remove(whole)
            self._record(_("No longer told"), control.texts, [])
            return
        if as_written:
            said = _("“{text}” is not told any more: it stays as it was", text=text)
            self.left.append(LeftToPeople(NO_SLIDE, said, ""))
        self._keep(control, before)

    def _list_new(self) -> Iterator[tuple[Passage, Control, bool]]:
        """List what is new in a list or table, with what it stands behind, or else before."""
        behind = dict[str, Control]()
        for one in self.passages.values():
            if not one.within:
                continue
            if one.tag in self.found:
                behind[one.within] = self.found[one.tag]
            elif one.tag not in self.stored:
                first = next((c for c in self.found.values() if self._stands_in(c, one)), None)
                neighbour = behind.get(one.within, first)
                if neighbour is not None:
                    yield one, neighbour, one.within not in behind
                    behind[one.within] = self.found[one.tag]

    def _stands_in(self, control: Control, passage: Passage) -> bool:
        return self.known[control.tag].within == passage.within

    def _insert(self, passage: Passage, neighbour: Control, *, is_before: bool) -> None:
        """Insert a line or row that looks like its neighbour."""
        whole = neighbour.paragraph if neighbour.row is None else neighbour.row
        made = _copy_row(whole) if whole.tag == ROW else _copy_line(neighbour)
        control = make_control(passage.tag, passage.name, next(self.writer.numbers))
        if passage.key.startswith(f"{NOTES}:"):
            made.style = self.writer.find_style_id(FIGURE_NOTE)
        _fill(made, control, passage.cells)
        if passage.footnote:
            control.addnext(self.writer.make_footnote(passage.footnote))
            self.known[passage.footnote.tag] = passage.footnote.stored
        (whole.addprevious if is_before else whole.addnext)(made)
        row = made if made.tag == ROW else None
        self._keep(Control(control, passage.tag, row), passage.stored)
        self.ours.update(find_runs(made))
        self._record(passage.name, [], passage.texts)

    def _list_missing(self) -> Iterator[LeftToPeople]:
        """List what the page says and the document never said: where it goes, people know."""
        for one in self.passages.values():
            apart = not one.within and not one.key.startswith((SOURCE, NUMBER))
            if apart and one.tag not in self.stored:
                said = _("New on the page, and not in this document: {what}", what=one.texts[0])
                yield LeftToPeople(NO_SLIDE, said, "")

    def _list_stale(self) -> Iterator[LeftToPeople]:
        """List the sentences of somebody's own that hold a number which is not right any more."""
        notes = find_footnotes(self.document)
        roots = filter(lambda one: one is not None, (self.document.element.body, notes))
        own = (
            [run for run in find_runs(paragraph) if run not in self.ours]
            for root in roots
            for paragraph in root.iter(qn("w:p"))
        )
        yield from list_stale(((NO_SLIDE, runs.read_runs(one)) for one in own), self.outdated)


def _is_alone(control: Control) -> bool:
    """Return whether a paragraph holds nothing but a control, and a cell not this paragraph only."""
    paragraph, mine = control.paragraph, set(find_runs(control.element))
    others = [run for run in find_runs(paragraph) if run not in mine]
    beside = paragraph.getparent().findall(qn("w:p"))
    return not runs.read_runs(others).strip() and len(beside) > 1


def _copy_line(neighbour: Control) -> Any:
    """Copy the form of a paragraph, and of the runs that its control holds."""
    made = deepcopy(neighbour.paragraph)
    for child in list(made)[1 if made.pPr is not None else 0 :]:
        made.remove(child)
    for run in find_runs(neighbour.element):
        made.append(deepcopy(run))
    return made


def _copy_row(row: Any) -> Any:
    """Copy a row of a table without what may stand in a text only once."""
    made = deepcopy(row)
    for paragraph in made.iter(qn("w:p")):
        inside = [deepcopy(run) for run in find_runs(paragraph)]
        for child in list(paragraph)[1 if paragraph.pPr is not None else 0 :]:
            paragraph.remove(child)
        paragraph.extend(inside)
    return made


def _fill(made: Any, control: Any, cells: Sequence[Words]) -> None:
    """Fill a new line or row with words, and put the control round the text that stands for it."""
    holders = list(made.iter(qn("w:tc"))) or [made]
    for nr, (holder, words) in enumerate(zip(holders, cells, strict=False)):
        inside = find_runs(holder)
        first = inside[0].getparent()
        runs.replace_all(inside, words)
        if nr == min(1, len(cells) - 1):
            first.append(control)
            for run in find_runs(first):
                control[-1].append(run)
