"""The pages of the site: what stands in their addresses, and what they are called."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.language.messages import N_

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "": N_("Overview"),
        "events": N_("Events"),
        "map": N_("Map"),
        "trainings": N_("Trainings"),
        "projects": N_("Projects"),
        "people": N_("People"),
        "review": N_("Review"),
        "records": N_("Records"),
        "publish": N_("New data"),
        "meetings": N_("Meetings"),
        "about": N_("About"),
    }
)
UNFILTERED = frozenset({"records", "publish", "meetings", "about"})
"""Pages that show everything, whatever filters stand in their address."""
