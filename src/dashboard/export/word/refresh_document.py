"""Renews a document that was taken along: what nobody rewrote says what its link shows today, and a
number round which somebody wrote is put in the place of the old one. The form that somebody gave a
text stays, and so do all other words; sentences in which an old number stands are listed.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from docx.text.paragraph import Paragraph

from dashboard.export.pptx import DeckError
from dashboard.export.pptx.markers import text_digest
from dashboard.export.refreshed import Changed, LeftToPeople, Refreshed, list_stale
from dashboard.export.shown_values import ShownValue, select_outdated
from dashboard.export.view_export import Export
from dashboard.export.word import marks, runs
from dashboard.export.word.document import Writer, save
from dashboard.export.word.marks import CELL, CONTROL, PARAGRAPH, Control, Stored, find_runs
from dashboard.export.word.opening import complete, open_document
from dashboard.export.word.passages import NUMBER, SOURCE, Passage, make_figure
from dashboard.export.word.report import LINK, has_document, list_passages, make_foot, make_report
from dashboard.language.messages import N_, _, current_language, speaking
from dashboard.query.metrics import is_metric

NO_SLIDE = 0


def refresh_document(data: bytes, again: Callable[[str], Export]) -> Refreshed:
    """Renew a .docx in the language in which it was made, whoever renews it; what there is to say of it
    is said to them. `again` gives what a link shows today, such as "/review?year=2025", in the
    language that is spoken. Raises DeckError for a file that cannot be read or holds no passage of
    this dashboard.
    """
    document = open_document(data)
    origin, stored = marks.read_stored(document)
    if not stored:
        raise DeckError(
            _(
                "the file holds nothing of this dashboard: what is ours is known by a part of the file"
                " that some programs drop when they save it"
            )
        )
    reader = current_language()
    with speaking(origin.language):
        shown = again(origin.link)
    if not has_document(shown.view):
        raise DeckError(_("{link} is no review", link=origin.link[:80]))
    complete(document)
    with speaking(origin.language):
        renewal = _Renewal(document, stored, shown, reader)
        renewal.run()
    if not renewal.known:
        raise DeckError(
            _(
                "the marks of what is ours are gone from the file: LibreOffice before 7.5 and some"
                " other programs drop them when they save it"
            )
        )
    if renewal.changed:
        data = save(document, shown, renewal.known)
    return Refreshed(data, renewal.changed, renewal.left, shown.view.notices)


class _Renewal:
    """The renewal of one document: what it stored, what the link shows now, and what was found, which
    is said in the language of the `reader` who renews it.
    """

    def __init__(
        self, document: Any, stored: Mapping[str, Stored], shown: Export, reader: str
    ) -> None:
        self.document, self.stored, self.shown, self.reader = document, stored, shown, reader
        passages = [*list_passages(make_report(shown)), make_foot(shown)]
        self.passages = {one.key: one for one in passages}
        self.passages |= {one.key: one for one in list(self._make_other_numbers())}
        self.writer = Writer(document)
        self.known, self.found = dict[str, Stored](), dict[str, Control]()
        self.ours, self.outdated = set[Any](), list[ShownValue]()
        self.changed, self.left = list[Changed](), list[LeftToPeople]()

    def run(self) -> None:
        """Renew every passage, add those that are new to lists and tables, and list what is left."""
        for control in marks.find_controls(self.document, self.stored):
            self._renew(control, self.stored[control.tag])
        self._insert_new()
        for one in self.passages.values():
            apart = not one.within and not one.key.startswith((SOURCE, NUMBER))
            if apart and one.tag not in self.stored:  # where it goes, people know
                self._leave(
                    N_("New on the page, and not in this document: {what}"), what=one.texts[0]
                )
        self.left += list_stale(((NO_SLIDE, text) for text in self._own_texts()), self.outdated)

    def _make_other_numbers(self) -> Iterator[Passage]:
        """Make the numbers that the document shows and the page does not show any more."""
        for one in self.stored.values():
            kind, _colon, word = one.key.partition(":")
            if kind == NUMBER and one.key not in self.passages and is_metric(word):
                number = self.shown.number(word)
                figure = make_figure(self.shown, number, *[number.metric.label] * 2)
                yield from list_passages([[figure]])

    def _renew(self, control: Control, before: Stored) -> None:
        now, texts = self.passages.get(before.key), control.texts
        if before.key == LINK:
            self._keep(control, before)
            return
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
                runs.rewrite(find_runs(holder), words)
            self._record(now.name, texts, now.texts)
        self._keep(control, now.stored)
        self.ours.update(run for holder in control.holders for run in find_runs(holder))
        if now.footnote and now.footnote.tag not in self.stored:
            control.element.addnext(self.writer.make_footnote(now.footnote))
            self.known[now.footnote.tag] = now.footnote.stored
            self._record(now.footnote.name, [], now.footnote.texts)

    def _renew_around(self, control: Control, before: Stored, now: Passage) -> None:
        """Put a number into a text that somebody wrote round it, where the text says only this one."""
        was, kept = control.texts, before
        if len(before.values) == len(now.values) == 1:
            old, new = before.values[0], now.values[0]
            holders = control.holders if old.metric and old.metric == new.metric else []
            if any(runs.put_value(find_runs(holder), old, new) for holder in holders):
                kept = replace(before, values=now.values)
            if control.texts != was:
                self._record(now.name, was, control.texts)
        self._keep(control, kept)

    def _keep(self, control: Control, stored: Stored) -> None:
        self.known[control.tag] = stored
        self.found.setdefault(control.tag, control)

    def _record(self, name: str, old: list[str], new: list[str]) -> None:
        was, now = (" · ".join(" ".join(text.split()) for text in some) for some in (old, new))
        self.changed.append(Changed(NO_SLIDE, name, was, now))

    def _leave_or_remove(self, control: Control, before: Stored, *, as_written: bool) -> None:
        """Remove a line or row of ours that is not told any more; leave everything else as it is."""
        texts, whole = control.texts, control.whole
        if as_written and before.within and (control.row is not None or _is_alone(control)):
            marks.remove_footnotes(self.document, whole)
            whole.getparent().remove(whole)
            self._record(self._say(N_("No longer told")), texts, [])
            return
        if as_written and not before.key.startswith(SOURCE):
            text = " · ".join(texts)
            self._leave(N_("“{text}” is not told any more: it stays as it was"), text=text)
        self._keep(control, before)

    def _say(self, message: str, **places: object) -> str:
        """Say a message to who renews the document, in their language."""
        with speaking(self.reader):
            return _(message, **places)

    def _leave(self, message: str, **places: object) -> None:
        """Note what is left to people, as a message."""
        self.left.append(LeftToPeople(NO_SLIDE, self._say(message, **places), ""))

    def _insert_new(self) -> None:
        """Insert what is new in a list or table behind what stands before it there, else before the
        first.
        """
        behind = dict[str, Control]()
        for one in (passage for passage in self.passages.values() if passage.within):
            if one.tag not in self.found and one.tag not in self.stored:
                stand = (c for tag, c in self.found.items() if self.known[tag].within == one.within)
                if neighbour := behind.get(one.within) or next(stand, None):
                    self._insert(one, neighbour, is_before=one.within not in behind)
            if one.tag in self.found:
                behind[one.within] = self.found[one.tag]

    def _insert(self, passage: Passage, neighbour: Control, *, is_before: bool) -> None:
        """Insert a line or row that looks like its neighbour."""
        made = deepcopy(neighbour.whole)
        for paragraph in list(made.iter(PARAGRAPH)):
            for child in [one for one in paragraph if one is not paragraph.pPr]:
                paragraph.remove(child)
        (neighbour.whole.addprevious if is_before else neighbour.whole.addnext)(made)
        firsts = [next(cell.iter(PARAGRAPH)) for cell in made.iter(CELL)] or [made]
        self.writer.fill([Paragraph(one, self.document._body) for one in firsts], passage)
        row = made if neighbour.row is not None else None
        self._keep(Control(next(made.iter(CONTROL)), passage.tag, row), passage.stored)
        if passage.footnote:
            self.known[passage.footnote.tag] = passage.footnote.stored
        self.ours.update(find_runs(made))
        self._record(passage.name, [], passage.texts)

    def _own_texts(self) -> Iterator[str]:
        """Give every text of somebody's own, but for heads and feet."""
        for root in marks.list_roots(self.document):
            for paragraph in root.iter(PARAGRAPH):
                yield runs.join(run for run in find_runs(paragraph) if run not in self.ours)


def _is_alone(control: Control) -> bool:
    """Return whether a paragraph holds nothing but a control, and a cell not this paragraph only."""
    paragraph = control.whole
    beside = paragraph.getparent().findall(PARAGRAPH)
    return marks.read_text(paragraph) == control.texts[0] and len(beside) > 1
