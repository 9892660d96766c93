"""The year of a programme, played through (tests/support/programme_year.py): what each publication
changed, in every sentence; each number as the one before and its reasons; a message after each meeting.
"""

import csv
import sqlite3
from datetime import date

import pytest

from dashboard.export.change_feed import build_feed
from dashboard.export.digest import build_message, read_digest
from dashboard.language.messages import speaking
from dashboard.model import settings
from dashboard.model.filters import Filters
from dashboard.model.roles import Role
from dashboard.publishing.since import Sort, find_since, split_number, write_text
from dashboard.publishing.since.differing import find_differing
from dashboard.query.metrics import METRICS, evaluate
from dashboard.shares.kept_meetings import KeptMeetings
from dashboard.views.view import open_view
from tests.conftest import ROOT
from tests.support.programme_year import MEETINGS, MONTHS, moment, play

CHOSEN = settings.load(ROOT / "data")
ALL = Filters()
DIGESTS = {4: (3, "en"), 8: (6, "en"), 12: (10, "nl")}
"""In which month a message is written on the 16th, since the meeting of which, and in which language."""
NUMBERS = {
    "events_held": (5, 6, 6, 6, 7, 8, 8, 8, 8, 9, 9, 9),
    "events_planned": (3, 2, 2, 1, 0, 0, 0, 0, 1, 0, 0, 0),
    "events_organised": (3, 3, 3, 3, 4, 5, 5, 5, 5, 6, 6, 6),
    "events_abroad": (1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2),
    "event_participants": (200, 200, 220, 220, 240, 240, 240, 390, 390, 390, 390, 390),
    "contributors": (3, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4),
    "contributions": (7, 8, 8, 8, 9, 10, 10, 10, 10, 10, 10, 10),
    "keynotes": (1, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3),
    "trainings_held": (3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 4),
    "training_participants": (430, 430, 430, 458, 458, 458, 458, 458, 478, 478, 478, 503),
    "projects_running": (1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1),
    "projects_completed": (2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3),
    "projects_coming": (2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1),
    "awards": (3, 3, 3, 4, 4, 4, 4, 4, 4, 4, 4, 4),
    "funding_received": (70, 70, 70, 140, 140, 140, 140, 140, 140, 140, 140, 140),
}
"""What each number is from January to December, worked out by hand; money in thousands of euros."""
TOLD = {}
"""What each publication changed; of January there is nothing before."""
SINCE_MEETINGS = {}
