"""What countries are called."""

from dashboard.text.messages import LOCALE


def name_country(code: str) -> str:
    """Name the country of an ISO 3166-1 code; the code itself where it is none: NL, Netherlands."""
    return str(LOCALE.territories.get(code.upper(), code))
