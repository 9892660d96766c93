"""A view as a workbook: what it is, its numbers with what they count, and its pictures and tables
as sheets.
"""

import io
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

import xlsxwriter

from dashboard.export.columns import split_quantities
from dashboard.export.view_export import Export, clean, list_filters, name_kind
from dashboard.export.zip_times import fix_times
from dashboard.intake.formulas import guard_text
from dashboard.language.messages import N_, _, choose_term, ngettext, pgettext, speaking
from dashboard.language.nouns import name_noun
from dashboard.text.sentences import lower_first
from dashboard.views.content import Content, Section

Row = Mapping[str, Any]
NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
MAX_NAME_LENGTH, MAX_TEXT_LENGTH = 31, 32_767
CUT_MARK = N_("… (cut here: a cell holds no more)")
NARROWEST, WIDEST = 9, 60
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": True,
    "default_date_format": "d mmm yyyy",
}
RESERVED = {"history", "geschiedenis"}
"""Names that Excel keeps for itself, in the languages in which it may be."""
NUMBER_HEADER = (
    N_("Number"),
    N_("Value"),
    N_("Known as"),
    N_("Coverage"),
    N_("Not filtered by"),
    N_("Unit"),
    N_("Counted"),
    N_("Not counted"),
    N_("Formula"),
    N_("Belongs to"),
)
NAMES = {
    "agenda": N_("Agenda"),
    "at-a-glance": N_("At a glance"),
    "by-person": N_("By person"),
    "certainty": N_("Certainty"),
    "cohorts": N_("Cohorts"),
    "compared": N_("Compared"),
    "contributions": N_("Contributions"),
    "events": N_("Events"),
    "funding": N_("Funding"),
    "highlights": N_("Highlights"),
    "map": N_("Map"),
    "map-europe": N_("Map europe"),
    "map-netherlands": N_("Map netherlands"),
    "map-world": N_("Map world"),
    "modules": N_("Modules"),
    "not-comparable": N_("Not comparable"),
    "not-held": N_("Not held"),
    "not-known": N_("Not known"),
    "other-work": N_("Other work"),
    "others": N_("Others"),
    "participation": N_("Participation"),
    "partners": N_("Partners"),
    "people": N_("People"),
    "projects": N_("Projects"),
    "results": N_("Results"),
    "series": N_("Series"),
    "stages": N_("Stages"),
    "targets": N_("Targets"),
    "timeline": N_("Timeline"),
    "trainings": N_("Trainings"),
    "undated": N_("Undated"),
    "unplaced": N_("Unplaced"),
}
"""What the sheets of pictures, tables and lists are called, by the key of these."""


def build_workbook(shown: Export) -> bytes:
    """Make an .xlsx of a view: a first sheet on what it is, then one for each picture and table.
    It speaks the language of its view. The same view gives the same bytes.
    """
    with speaking(shown.view.language):
        return _build_workbook(shown)


def _build_workbook(shown: Export) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, OPTIONS)
    book.set_properties(_properties(shown))
    writer = _Writer(book)
    writer.about(shown)
    for table in _tables(shown.content):
        writer.table(*table)
    book.close()
    return fix_times(file.getvalue(), shown.time)


def _properties(shown: Export) -> dict[str, Any]:
    return {
        "title": clean(shown.title)[:250],
        "author": clean(shown.programme)[:250],
        "subject": clean(shown.selection)[:250],
        "created": shown.time.replace(tzinfo=None),
    }


def _tables(content: Content) -> Iterable[tuple[str, str, Sequence[Row], str]]:
    """Give name, heading, rows and note of each sheet; rows that stand twice on a page once."""
    for picture in content.pictures:
        if not picture.repeats:
            chart = picture.chart
            yield _name_by_key(picture.key), chart.sentence, chart.table, picture.note
    for sheet in content.sheets:
        yield _name_by_key(sheet.key), sheet.heading, sheet.for_a_file().rows, ""
    once = [section for section in content.sections if not section.repeats]
    for heading in dict.fromkeys(section.heading for section in once):
        sections = [section for section in once if section.heading == heading]
        key = sections[0].key
        name = _name_by_key(key) if key and len(heading) > MAX_NAME_LENGTH else heading
        yield name, heading, _list_lines(sections), _count_left_out(sections)


def _name_by_key(key: str) -> str:
    """Name the sheet of something; numbered ones ("compared-2") with their number."""
    word, _dash, number = key.rpartition("-")
    if number.isdecimal() and word in NAMES:
        return f"{_(NAMES[word])} {number}"
    return _(NAMES[key]) if key in NAMES else key.replace("-", " ").capitalize()


def _count_left_out(sections: Sequence[Section]) -> str:
    """Say how many lines there are besides."""
    more = sum(section.more for section in sections)
    return (
        ngettext("and {n:,} more: see the link", "and {n:,} more: see the link", more)
        if more
        else ""
    )


def _list_lines(sections: Sequence[Section]) -> list[Row]:
    """List the lines of lists, without the columns in which none says anything."""
    rows = [
        {"list": section.group, "when": line.when, "line": line.text, "note": line.note}
        for section in sections
        for line in section.lines
    ]
    columns = {"list": _("List"), "when": _("When"), "line": _("Line"), "note": _note()}
    said = [name for name in columns if any(row[name] for row in rows)]
    return [{columns[name]: row[name] for name in said} for row in rows]


def _note() -> str:
    return pgettext("a remark", "Note")


def _list_sources(shown: Export) -> list[Row]:
    """List the documents from which the records come."""
    kinds = shown.view.terms.get("source-kind", {})
    return [
        {
            _("Source"): source["title"],
            _("Publisher"): source["publisher"],
            _("Year"): source["year"],
            _("Kind"): lower_first(kinds.get(source["kind"], source["kind"] or "")),
            _note(): choose_term(source, "note"),
        }
        for source in shown.sources()
    ]


def sheet_name(wanted: str, taken: Iterable[str]) -> str:
    """Choose a name that a sheet may have and no other has: at most 31 characters, none of
    []:*?/\\.
    """
    name = _at_most(
        " ".join(NOT_IN_NAMES.sub(" ", clean(wanted)).split()).strip("' "), MAX_NAME_LENGTH
    ).strip("' ") or _("Table")
    used = {other.lower() for other in taken} | RESERVED
    found, number = name, 2
    while found.lower() in used:
        end = f" {number}"
        found, number = _at_most(name, MAX_NAME_LENGTH - len(end)) + end, number + 1
    return found


class _Writer:
    """Writes cells as what they are: a text is never a formula or a link, a date is a date."""

    def __init__(self, book: Any) -> None:
        self.book, self.names = book, list[str]()
        wrap = {"valign": "top", "text_wrap": True}
        self.bold, self.plain = (
            book.add_format({"bold": True, "valign": "top"}),
            book.add_format({"valign": "top"}),
        )
        self.title = book.add_format({"bold": True, "font_size": 16, "valign": "top"})
        self.head = book.add_format({**wrap, "bold": True, "bottom": 2, "border_color": "#24506f"})
        self.text, self.day = (
            book.add_format(wrap),
            book.add_format({"num_format": "d mmm yyyy", "align": "left", "valign": "top"}),
        )
        self.whole, self.part = (
            book.add_format({"num_format": f, "valign": "top"}) for f in ("#,##0", "#,##0.##")
        )

    def sheet(self, wanted: str) -> Any:
        """Add a sheet, to be printed a page wide."""
        self.names.append(sheet_name(wanted, self.names))
        made = self.book.add_worksheet(self.names[-1])
        made.set_landscape()
        made.set_paper(9)
        made.fit_to_pages(1, 0)
        return made

    def cell(self, sheet: Any, row: int, column: int, value: object, *, form: Any = None) -> None:
        """Write a cell; nothing for what is not known."""
        match value:
            case None | "":
                return
            case float() if not isfinite(value):
                return
            case bool():
                sheet.write_string(row, column, _("yes") if value else _("no"), form or self.text)
            case int() | float() | Decimal():
                whole = self.whole if value == int(value) else self.part
                sheet.write_number(row, column, value, form or whole)
            case date():
                midnight = time() if not isinstance(value, datetime) else value.time()
                sheet.write_datetime(row, column, datetime.combine(value, midnight), self.day)
            case _:
                said = _fitting(guard_text(_flat(value)))
                sheet.write_string(row, column, said, form or self.text)

    def table(self, name: str, heading: str, rows: Sequence[Row], note: str = "") -> None:
        """Add a sheet with a heading, a note beneath it, a header that stays in sight, and a row for
        each.
        """
        sheet = self.sheet(name)
        self.cell(sheet, 0, 0, heading, form=self.bold)
        self.cell(sheet, 1, 0, note, form=self.plain)
        self.rows(sheet, 2, split_quantities(rows))
        if rows:
            sheet.freeze_panes(3, 0)
            sheet.autofilter(2, 0, 2 + len(rows), max(len(split_quantities(rows[:1])[0]) - 1, 0))
            sheet.repeat_rows(2)
        else:
            self.cell(sheet, 2, 0, _("No rows under these filters."))

    def rows(self, sheet: Any, top: int, rows: Sequence[Row], years: Container[str] = ()) -> int:
        """Write header and rows from a row on; widths as their texts need. The numbers of the columns
        `years` are written without marks between thousands. Returns the row after the last.
        """
        for column, name in enumerate(rows[0] if rows else ()):
            values = [row[name] for row in rows]
            self.cell(sheet, top, column, name, form=self.head)
            sheet.set_column(column, column, _width(name, values))
            for row, value in enumerate(values, start=top + 1):
                is_year = name in years and isinstance(value, int | float | Decimal)
                self.cell(sheet, row, column, value, form=self.plain if is_year else None)
        return top + 1 + len(rows)

    def about(self, shown: Export) -> None:
        """Write what the view is, its numbers and their meaning, and the sources."""
        sheet = self.sheet(pgettext("a sheet", "About"))
        self.cell(sheet, 0, 0, shown.title, form=self.title)
        top = self.facts(sheet, shown) + 1
        top = self.rows(sheet, top, _numbers(shown)) + 1
        self.rows(sheet, top, _list_sources(shown), years={_("Year")})
        for column, width in enumerate((30, 24, 16, 32, 20, 18, 50, 50, 50, 34)):
            sheet.set_column(column, column, width)

    def facts(self, sheet: Any, shown: Export) -> int:
        """Write selection, day, version and link; returns the row after the last."""
        facts = [
            *((_note(), warning, self.bold) for warning in shown.warnings),
            (_("Finding"), shown.content.finding, self.plain),
            (_("Selection"), shown.selection, self.plain),
            (_("As of"), shown.view.published_day, self.plain),
            (_("Shown"), shown.as_shown, self.plain),
            (_("Data version"), shown.version, self.plain),
            (_("Link"), shown.address, self.plain),
            (_("Short link"), shown.short, self.plain),
            (_("Programme"), shown.programme, self.plain),
        ]
        stated = [fact for fact in facts if fact[1]]
        for row, (name, value, form) in enumerate(stated, start=2):
            self.cell(sheet, row, 0, name, form=self.bold)
            self.cell(sheet, row, 1, value, form=form)
        return 2 + len(stated)


def _numbers(shown: Export) -> list[Row]:
    """List the numbers as rows: value, how well it is known, coverage, and the definition."""
    found = list[Row]()
    for n in shown.counted:
        m = n.metric
        values = (
            m.label,
            n.quantity.value,
            name_kind(n.quantity),
            n.coverage,
            list_filters(n.ignored),
            name_noun(m.unit),
            m.counted,
            m.not_counted,
            m.formula,
            m.calendar,
        )
        found.append(dict(zip(map(_, NUMBER_HEADER), values, strict=True)))
    return found


def _flat(value: object) -> str:
    return (
        "; ".join(_flat(item) for item in value)
        if isinstance(value, list | tuple)
        else clean(value)
    )


def _fitting(text: str) -> str:
    """Cut a text to what a cell holds: 32,767 characters, of which Excel counts some double."""
    whole = _at_most(text, MAX_TEXT_LENGTH)
    if whole == text:
        return text
    mark = f" {_(CUT_MARK)}"
    return _at_most(text, MAX_TEXT_LENGTH - len(mark)) + mark


def _at_most(text: str, units: int) -> str:
    """Take the first characters of a text, as Excel counts them."""
    return text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore")


def _width(name: str, values: Sequence[object]) -> float:
    """Choose the characters that most of the texts need; the longer ones are broken into lines."""
    lengths = sorted(
        12 if isinstance(value, date) else len(_flat("" if value is None else value))
        for value in values
    )
    most = lengths[int(len(lengths) * 0.9)] if lengths else 0
    return min(max(len(name) + 3, most + 2, NARROWEST), WIDEST)
