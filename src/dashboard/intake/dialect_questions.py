"""Which question would settle a cell that may be read in two ways."""

from dataclasses import replace

from dashboard.intake.parse_result import DateOrder, Dialect, Separators, UnclearValueError
from dashboard.intake.parse_values import PARSERS

DATE_ORDER, SEPARATORS = "date-order", "separators"


def find_question(form: str, text: str, dialect: Dialect) -> str:
    """Find the question to ask the steward: DATE_ORDER or SEPARATORS where an answer to that makes
    the text readable; empty where none does.
    """
    if form in ("date", "period") and dialect.dates is None:
        orders = [replace(dialect, dates=order) for order in DateOrder]
        return DATE_ORDER if any(read_as(form, text, one) for one in orders) else ""
    if form == "amount" and dialect.amounts is None:
        marks = [replace(dialect, amounts=which) for which in Separators]
        return SEPARATORS if any(read_as(form, text, one) for one in marks) else ""
    return ""


def read_as(form: str, text: str, dialect: Dialect) -> str | None:
    """Read what a text means by a dialect, in the form of the schema; None where it has no meaning."""
    try:
        return PARSERS[form](text, dialect).text
    except UnclearValueError:
        return None
