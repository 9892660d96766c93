"""What readers share: short links, saved views and meetings, in one SQLite file of its own
(settings.shares_file). Readers are told of it as “the shelf”.

It is the only thing that a viewer's process may write. It does not depend on the versions of the
store: a view whose version is gone opens what is served, with a notice. A file that is missing is
empty; one that cannot be read or written raises SharesError, whose message is for people.

Functions of meetings are `shares.meetings.create`, `.rename`, `.reorder` …; those of views stand
here; who was let in is `shares.admissions`.
"""

from dashboard.shares import admissions, meetings
from dashboard.shares.database import Conflict, Damaged, SharesDb, SharesError, copy_database
from dashboard.shares.meetings import Meeting
from dashboard.shares.people import (
    check_writable,
    find_mentions,
    forget_person,
    preview_forgetting,
    replace_people,
)
from dashboard.shares.saved_views import SavedView, delete, find_view, list_views, rename, save
from dashboard.shares.short_links import expand, shorten

__all__ = [
    "Conflict",
    "Damaged",
    "Meeting",
    "SavedView",
    "SharesDb",
    "SharesError",
    "admissions",
    "check_writable",
    "copy_database",
    "delete",
    "expand",
    "find_mentions",
    "find_view",
    "forget_person",
    "list_views",
    "meetings",
    "preview_forgetting",
    "rename",
    "replace_people",
    "save",
    "shorten",
]
