"""Names of countries in the reader's language."""

from dashboard.text.messages import LOCALE


def name_country(code: str) -> str:
    """Name a country by its ISO 3166-1 alpha-2 code: "Austria"; a code that is none stays."""
    return str(LOCALE.territories.get(code, code))
