"""What the programme has written of its year, and what the sources name among the highlights."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.language.messages import choose_text
from dashboard.views.content.outlook import fill_text
from dashboard.views.view import View

Row = Mapping[str, Any]
WITH_PILLAR = frozenset({"year", "pillar"})
"""Filters under which a text still tells of what is shown."""


@dataclass(frozen=True)
class Text:
    """A text as it is shown: its numbers are filled in. `record` is what it is about, table and id;
    `title_lang` and `body_lang` say in which languages it is, where these are not the page's.
    """

    title: str
    body: str
    pillar: str | None = None
    record: tuple[str, str] | None = None
    title_lang: str = ""
    body_lang: str = ""


@dataclass(frozen=True)
class Texts:
    """The texts of a year by kind: the lead of the whole year, one per pillar, highlights, quotations."""

    lead: Text | None = None
    pillars: Mapping[str, Text] = field(default_factory=dict)
    highlights: Sequence[Text] = ()
    quotations: Sequence[Text] = ()

    @property
    def records(self) -> list[tuple[str, str]]:
        """The records of which the highlights tell, in their order."""
        return [text.record for text in self.highlights if text.record]


def read_texts(view: View) -> Texts:
    """Read the texts of the year that is shown; none where a part of it is, for they tell of all."""
    if view.filters.whole_year is None or set(view.filters.chosen) - WITH_PILLAR:
        return Texts()
    rows = view.rows("texts")
    whole = not view.filters.pillar
    leads = [_make_text(view, row) for row in _select(rows, "lead")] if whole else []
    return Texts(
        leads[0] if leads else None,
        {row["pillar"]: _make_text(view, row) for row in _select(rows, "pillar") if row["pillar"]},
        [_make_text(view, row) for row in _select(rows, "highlight")],
        [_make_text(view, row) for row in _select(rows, "quotation")],
    )


def _select(rows: Iterable[Row], kind: str) -> list[Row]:
    return [row for row in rows if row["kind"] == kind]


def _make_text(view: View, row: Row) -> Text:
    record = (row["table_name"], row["record_id"]) if row["record_id"] else None
    title, body = choose_text(row, "title"), choose_text(row, "body")
    return Text(
        fill_text(view, title.text),
        fill_text(view, body.text),
        row["pillar"],
        record,
        title.lang,
        body.lang,
    )
