"""The pages of the site: what stands in their addresses, and what they are called."""

from collections.abc import Mapping
from types import MappingProxyType

PAGES: Mapping[str, str] = MappingProxyType(
    {
        "": "Overview",
        "events": "Events",
        "map": "Map",
        "trainings": "Trainings",
        "projects": "Projects",
        "people": "People",
        "review": "Review",
        "records": "Records",
        "publish": "New data",
        "meetings": "Meetings",
        "about": "About",
    }
)
UNFILTERED = frozenset({"records", "publish", "meetings", "about"})
"""Pages that show everything, whatever filters stand in their address."""
