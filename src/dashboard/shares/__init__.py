"""What readers share: short links, saved views and meetings, in one SQLite file of its own
(settings.shares_file). Readers are told of it as “the shelf”.

It is the only thing that a viewer's process may write. It does not depend on the versions of the
store: a view whose version is gone opens what is served, with a notice. A file that is missing is
empty; one that cannot be read or written raises ShelfError, whose message is for people.

Functions of meetings are `shares.meetings.create`, `.rename`, `.reorder` …; those of views stand
here; who was let in is `shares.admissions`.
"""

from dashboard.shares import admissions, meetings
from dashboard.shares.consistent_copy import copy
from dashboard.shares.database import Conflict, Damaged, Shelf, ShelfError
from dashboard.shares.meetings import Meeting
from dashboard.shares.people import check, forget, mentions, move, preview
from dashboard.shares.saved_views import SavedView, delete, rename, save, view, views
from dashboard.shares.short_links import expand, shorten

__all__ = [
    "Conflict",
    "Damaged",
    "Meeting",
    "SavedView",
    "Shelf",
    "ShelfError",
    "admissions",
    "check",
    "copy",
    "delete",
    "expand",
    "forget",
    "meetings",
    "mentions",
    "move",
    "preview",
    "rename",
    "save",
    "shorten",
    "view",
    "views",
]
