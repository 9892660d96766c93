"""What countries are called."""

from collections.abc import Mapping

from dashboard.language.messages import N_, _, current_locale

SHORT: Mapping[str, str] = {"HK": N_("Hong Kong"), "MO": N_("Macao")}
"""Where the official name is longer than what people say."""

CITIES: Mapping[str, str] = {
    "HK": "Hong Kong",
    "LU": "Luxembourg",
    "MC": "Monaco",
    "MO": "Macao",
    "SG": "Singapore",
    "VA": "Vatican City",
}
"""What records call the city by whose name its country is called."""


def name_country(code: str) -> str:
    """Name the country of an ISO 3166-1 code, as NL: Netherlands. What is no code stays as it is."""
    if code in SHORT:
        return _(SHORT[code])
    return str(current_locale().territories.get(code.upper(), code))


def is_named_after(code: str, city: str) -> bool:
    """Tell whether a country is called by the name of the city, so that it is not said beside it: in
    every language, in which the two may be written otherwise.
    """
    return CITIES.get(code.upper()) == city
