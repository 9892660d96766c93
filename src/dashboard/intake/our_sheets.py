"""The sheets that we add to workbooks, by the names that they have in every language: they hold no
records, whoever reads them back.
"""

from functools import cache

from dashboard.intake.parse_values import normalize_name
from dashboard.language.messages import LANGUAGES, N_, _, speaking

INSTRUCTIONS, LISTS, PROBLEMS = N_("Instructions"), N_("Lists"), N_("Problems")


@cache
def list_titles(sheet: str) -> tuple[str, ...]:
    """List what one of our sheets is called in each language."""
    titles = []
    for language in LANGUAGES:
        with speaking(language):
            titles.append(_(sheet))
    return tuple(dict.fromkeys(titles))


def is_ours(name: str) -> bool:
    """Return whether a sheet of this name is one of ours."""
    ours = (title for sheet in (INSTRUCTIONS, LISTS, PROBLEMS) for title in list_titles(sheet))
    return normalize_name(name) in map(normalize_name, ours)


def is_list_of_problems(name: str) -> bool:
    """Return whether a sheet of this name is the list of problems of a marked workbook."""
    return name.strip().casefold() in (title.casefold() for title in list_titles(PROBLEMS))
