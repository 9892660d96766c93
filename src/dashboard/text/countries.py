"""What countries are called."""

from collections.abc import Mapping

from dashboard.text.messages import LOCALE, N_, _

SHORT: Mapping[str, str] = {"HK": N_("Hong Kong"), "MO": N_("Macao")}
"""Where the official name is longer than what people say."""


CITY_STATES = frozenset({"GI", "HK", "MC", "MO", "SG", "VA"})
"""Countries and territories that are one city: beside the city they are not named."""


def name_country(code: str) -> str:
    """Name the country of an ISO 3166-1 code, as NL: Netherlands. What is no code stays as it is."""
    if code in SHORT:
        return _(SHORT[code])
    return str(LOCALE.territories.get(code.upper(), code))
