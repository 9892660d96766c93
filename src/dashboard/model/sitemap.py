"""The pages of the site: what stands in their addresses, and what they are called."""

from collections.abc import Mapping
from types import MappingProxyType

from dashboard.language.messages import NP_

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "": NP_("page", "Overview"),
        "events": NP_("page", "Events"),
        "map": NP_("page", "Map"),
        "trainings": NP_("page", "Trainings"),
        "projects": NP_("page", "Projects"),
        "people": NP_("page", "People"),
        "review": NP_("page", "Review"),
        "changes": NP_("page", "Changes"),
        "records": NP_("page", "Records"),
        "publish": NP_("page", "New data"),
        "meetings": NP_("page", "Meetings"),
        "about": NP_("page", "About"),
    }
)
UNFILTERED = frozenset({"records", "publish", "meetings", "about"})
"""Pages that show everything, whatever filters stand in their address."""
