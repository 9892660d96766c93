"""What the kept meetings saw: for the comparison with what has changed since."""

from collections.abc import Sequence
from datetime import date, datetime
from urllib.parse import parse_qsl, urlsplit

from dashboard.model import settings
from dashboard.model.settings import Settings, local_day
from dashboard.shares.database import SharesDb, SharesError
from dashboard.shares.meetings import Meeting, find_meeting, list_meetings
from dashboard.shares.saved_views import SavedView, list_views
from dashboard.store import Store
from dashboard.views.resolve_since import KeptMeeting, Meetings
from dashboard.views.view import EXTRAS


class KeptMeetings(Meetings):
    """The meetings on the shelf of a store. One that is damaged is none, and where the shelf cannot be
    read there are none: what it says then is said where meetings are kept.
    """

    def __init__(self, store: Store, chosen: Settings) -> None:
        self._shares, self._settings = SharesDb(settings.shares_file(store.root)), chosen

    def find(self, identity: str) -> KeptMeeting | None:
        """Find a meeting with what its views pin."""
        try:
            meeting = find_meeting(self._shares, identity)
            return self._describe(meeting, list_views(self._shares)) if meeting else None
        except SharesError:
            return None

    def list_newest(self, most: int) -> Sequence[KeptMeeting]:
        """List the newest meetings that show anything, the newest first."""
        try:
            views, kept = list_views(self._shares), list_meetings(self._shares)
        except SharesError:
            return ()
        shown = [one for one in kept if one.steps and not one.damaged]
        return [self._describe(meeting, views) for meeting in shown[:most]]

    def _describe(self, meeting: Meeting, views: Sequence[SavedView]) -> KeptMeeting:
        kept = {view.id: view for view in views if view.pinned}
        pins = [_read_pin(kept[step]) for step in meeting.steps if step in kept]
        changed = local_day(datetime.fromisoformat(meeting.changed), self._settings)
        last_first = sorted(pins, key=lambda pin: pin[1] or date.min, reverse=True)
        return KeptMeeting(meeting.id, meeting.title, changed, tuple(last_first))


def _read_pin(view: SavedView) -> tuple[str, date | None]:
    """Read which version a view pins, and the day on which it was shown."""
    on = dict(parse_qsl(urlsplit(view.link).query)).get("on", "")
    return view.pinned, date.fromisoformat(on) if EXTRAS["on"](on) else None
