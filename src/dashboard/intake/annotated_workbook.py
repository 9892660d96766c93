"""Gives whoever uploaded a workbook it back with the faults marked."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

import orjson

from dashboard.intake import header_names, limits, our_sheets, workbook_writer
from dashboard.intake.limits import UnreadableFile
from dashboard.intake.parse_values import normalize_name
from dashboard.intake.problems import Problem
from dashboard.intake.reading_options import Heading
from dashboard.intake.sheets import read_csv_sheet, strip_file_name
from dashboard.language.messages import _, pgettext

MAX_LISTED = 5000


def annotate_workbook(
    name: str,
    data: bytes,
    problems: Iterable[Problem],
    notes: Iterable[Problem] = (),
    headings: Iterable[Heading] = (),
    *,
    encoding: str | None = None,
) -> bytes:
    """Return the uploaded file `name` as .xlsx in the reader's language: a sheet “Problems” first,
    then its sheets with the faulty cells coloured and commented. What cannot be read or would take too long has that first sheet
    only. `headings` say what else its columns are called; `encoding` is the one that was chosen for
    it.
    """
    argument: dict[str, Any] = {
        "title": _(our_sheets.PROBLEMS),
        "titles": our_sheets.list_titles(our_sheets.PROBLEMS),
        "columns": _name_columns(),
        "problems": _list_entries(name, problems, notes),
        "rows": None,
        "spellings": _spellings(name, headings),
    }
    try:
        if PurePath(name).suffix.lower() == ".xlsx":
            limits.check_archive(data)
        else:
            sheet = read_csv_sheet(name, data, {}, encoding)
            argument["rows"] = _title(name)
            data = orjson.dumps(sheet.rows)
        return limits.run_isolated("mark", data, argument)
    except UnreadableFile:
        return workbook_writer.mark_problems(b"[]", {**argument, "rows": _("Records")})


def _name_columns() -> dict[str, str]:
    """Name the columns of the list of problems, by the fields of an entry."""
    return {
        "what": pgettext("list of problems", "what"),
        "sheet": pgettext("list of problems", "sheet"),
        "row": pgettext("list of problems", "row"),
        "column": pgettext("list of problems", "column"),
        "value": pgettext("list of problems", "value"),
        "rule": pgettext("list of problems", "rule"),
        "mend": pgettext("list of problems", "mend"),
    }


def _list_entries(
    name: str, problems: Iterable[Problem], notes: Iterable[Problem]
) -> list[dict[str, Any]]:
    """List the problems and notes of a file, as workbook_writer wants them."""
    problem, note = pgettext("list of problems", "problem"), pgettext("list of problems", "note")
    found = [_entry(one, problem, bad=True) for one in problems if one.file == name]
    found += [_entry(one, note, bad=False) for one in notes if one.file == name]
    return found[:MAX_LISTED]


def _spellings(name: str, headings: Iterable[Heading]) -> dict[str, list[str]]:
    """Names of columns with all normal names in the headers of a file that mean them."""
    found = {column: list(names) for column, names in header_names.list_column_spellings().items()}
    for heading in headings:
        if heading.file == name:
            for position, column in heading.columns.items():
                found.setdefault(column, []).append(normalize_name(heading.names[position]))
    return found


def _title(name: str) -> str:
    """Choose a name that a sheet may have, and by which the workbook can be uploaded again."""
    plain = "".join(
        "_" if c in "[]:*?/\\'" or not c.isprintable() else c for c in strip_file_name(name)
    )[:31]
    usable = plain.strip() and not our_sheets.is_list_of_problems(plain)
    return plain if usable else _("Records")


def _entry(problem: Problem, what: str, *, bad: bool) -> dict[str, Any]:
    return {
        "what": what,
        "bad": bad,
        "sheet": problem.sheet,
        "row": problem.row,
        "column": problem.column_words or None,
        "header": problem.header or problem.column,
        "letter": problem.letter,
        "value": problem.value,
        "rule": problem.message,
        "mend": problem.hint,
    }
