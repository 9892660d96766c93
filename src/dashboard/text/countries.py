"""What countries are called."""

from collections.abc import Mapping
from functools import cache

from babel import Locale

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

SPOKEN: Mapping[str, tuple[str, ...]] = {
    "AE": ("UAE", "VAE"),
    "BA": ("Bosnia", "Bosnië"),
    "CI": ("Ivory Coast",),
    "CZ": ("Czech Republic", "Tsjechische Republiek"),
    "GB": ("UK", "VK", "Great Britain", "Groot-Brittannië", "Britain"),
    "HK": ("Hong Kong", "Hongkong"),
    "MM": ("Burma", "Birma"),
    "MO": ("Macao", "Macau"),
    "NL": ("Holland", "NL"),
    "PS": ("Palestine", "Palestina"),
    "TR": ("Turkey",),
    "US": ("USA", "US", "VS", "United States of America", "America", "Amerika"),
    "VA": ("Vatican", "Vaticaan"),
}
"""What people say and write beside the names that Unicode's CLDR gives."""
CAPITALS = frozenset({"US", "VS"})
"""Of these the small letters are other words: us, and vs for versus."""
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of two letters that CLDR has for other things."""


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


@cache
def list_spellings() -> Mapping[str, tuple[str, ...]]:
    """List what every country is called in English and Dutch, by its ISO 3166-1 code."""
    english, dutch = (Locale(language).territories for language in ("en", "nl"))
    return {
        code: tuple(dict.fromkeys((name, dutch[code], *SPOKEN.get(code, ()))))
        for code, name in english.items()
        if len(code) == 2 and code not in NO_COUNTRIES
    }
