"""What is said beneath an answer: what was left out, what was read otherwise than it was typed, and
which year is shown.
"""

from collections.abc import Iterator

from dashboard.asking.answer_scope import names_period
from dashboard.asking.reading import Reading
from dashboard.language.messages import _, ngettext
from dashboard.model.sitemap import UNFILTERED
from dashboard.text.lists import join_names
from dashboard.views.view import View


def list_notes(scope: View, reading: Reading) -> tuple[str, ...]:
    """List the notes on a reading that is answered in a view."""
    return (*_say_year(scope, reading), *list_left_out(reading))


def list_left_out(reading: Reading) -> tuple[str, ...]:
    """List what was read otherwise than it was typed, and what was left out."""
    return (*_name_corrections(reading), *_name_rest(reading))


def _name_corrections(reading: Reading) -> Iterator[str]:
    for one in reading.understood:
        if one.corrected:
            yield _("“{words}” was read as {label}.", words=one.words, label=one.label)


def _say_year(scope: View, reading: Reading) -> Iterator[str]:
    if names_period(reading) or not scope.filters.year or scope.page in UNFILTERED:
        return
    yield _("The year {year} is shown, since the question names none.", year=scope.filters.year)


def _name_rest(reading: Reading) -> Iterator[str]:
    words = [_("“{words}”", words=one) for one in reading.rest]
    if words:
        yield ngettext(
            "{words} is no field of the records, so it was left out. Nothing was guessed.",
            "{words} are no fields of the records, so they were left out. Nothing was guessed.",
            len(words),
            words=join_names(words),
        )
