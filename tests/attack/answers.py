"""Who may what: what each door has to answer, whatever the state of the session. To be read by
people.

A door that the code has and this table has not makes `make attack` fail: decide who may come
through, and write it here.
"""

from collections.abc import Mapping
from enum import Enum

from dashboard.model.roles import Role


class Gives(Enum):
    """What a door gives, and to whom."""

    NOTHING_SECRET = "everybody gets an answer, which tells nothing of the records"
    BARE = "everybody gets a page, which says more than its name to those only who may look"
    VIEWERS = "viewers and stewards"
    CALENDAR = "viewers and stewards, and who sends the key of a calendar"
    OWNER = "the viewer or steward whose session it belongs to"
    NOBODY = "nobody gets it"


ROUTES: Mapping[str, Gives] = {
    "/health": Gives.NOTHING_SECRET,
    "/s/{code}": Gives.VIEWERS,
    "/calendar.ics": Gives.CALENDAR,
    "/api": Gives.VIEWERS,
    "/api/metrics": Gives.VIEWERS,
    "/api/metrics.csv": Gives.VIEWERS,
    "/api/ask": Gives.VIEWERS,
    "/api/rows/{name}": Gives.VIEWERS,
    "/api/{rest:path}": Gives.VIEWERS,
    "/_stcore/health": Gives.NOTHING_SECRET,
    "/_stcore/metrics": Gives.NOBODY,
    "/_stcore/host-config": Gives.NOTHING_SECRET,
    "/_stcore/stream": Gives.BARE,  # what is said on it: MESSAGES
    "/media/{file_id:path}": Gives.OWNER,
    "/_stcore/upload_file/{session_id}/{file_id}": Gives.OWNER,
    "/component/{path:path}": Gives.VIEWERS,
    "/_stcore/bidi-components/{path:path}": Gives.VIEWERS,
    "/auth/login": Gives.NOTHING_SECRET,
    "/auth/logout": Gives.NOTHING_SECRET,
    "/oauth2callback": Gives.NOTHING_SECRET,
    "/_stcore/agent/interact": Gives.NOBODY,
    "/_stcore/agent/openapi.json": Gives.NOBODY,
    "/_stcore/agent/mcp": Gives.NOBODY,
    "/app/static/{path:path}": Gives.NOTHING_SECRET,
    "/static/{path}": Gives.NOTHING_SECRET,
    "/{page}": Gives.BARE,
}
"""Paths, with every method: ours (dashboard.server.routes) and Streamlit's
(create_streamlit_routes).
"""

MESSAGES: Mapping[str, Gives] = {
    "rerun_script": Gives.BARE,
    "stop_script": Gives.NOTHING_SECRET,
    "app_heartbeat": Gives.NOTHING_SECRET,
    "file_urls_request": Gives.NOTHING_SECRET,  # where files would be taken, if they were
    "backend_operation_request.deferred_file": Gives.VIEWERS,
    "backend_operation_request.dataframe_chunk": Gives.VIEWERS,
    "backend_operation_request.install_skills": Gives.NOBODY,
    "backend_operation_request.dismiss_skills_nudge": Gives.NOBODY,
    "clear_cache": Gives.NOBODY,  # of all readers
    "set_run_on_save": Gives.NOBODY,
    "load_git_info": Gives.NOBODY,
    "debug_disconnect_websocket": Gives.NOBODY,
    "debug_shutdown_runtime": Gives.NOBODY,
}
"""What a browser may say on the WebSocket (Streamlit's BackMsg), and what the answer to it is good
for.
"""

STEWARDS = """
    steward.check_files._build_marked_workbook steward.check_files._build_template
    steward.check_files._check steward.check_files._check_again
    steward.check_files._check_new_files steward.check_files._check_one_record
    steward.check_files._discard_checked_files steward.check_files.draw_upload
    steward.given_answers.forget_answers steward.history._roll_back
    steward.new_data.draw_new_data steward.people._forget_person steward.people._preview_merge
    steward.publish._discard steward.publish._publish
""".split()
VIEWERS = """
    ask_field.follow_field asked.follow_answer bar.do_chosen bar.do_deed
    dialogs.calendar_keys._make_key dialogs.calendar_keys._withdraw_key
    dialogs.drill_down._build_records_file dialogs.drill_down._draw_panel
    dialogs.profile._draw_panel dialogs.record_panels._draw_event
    dialogs.record_panels._draw_project dialogs.record_panels._draw_record
    dialogs.refresh_deck._give_refreshed_deck dialogs.refresh_deck.draw_deck_refresh
    dialogs.save_view._save dialogs.share._build_qr_svg dialogs.share._draw_panel
    dialogs.share.request_share_dialog dialogs.take_along._build_calendar
    dialogs.take_along._build_document dialogs.take_along._build_slides dialogs.take_along._build_workbook
    dialogs.take_along._draw_panel dialogs.take_along._remember_image_format
    dialogs.take_along.request_dialog elements.follow_pressed outage.rerun_on_change
    page_frame._show_whole_page page_parts.meetings._draw_form
    page_parts.meetings._reorder page_parts.meetings._request_form pinned_banner._apply_switch
    presentation.present_meeting presentation.start_presentation state.adopt_widget_value
    state.change_view state.close_panels state.follow state.open_link
    tables._build_csv_file tables._open_selected_row
""".split()
CALLED: Mapping[str, Role] = dict.fromkeys(STEWARDS, Role.STEWARD) | dict.fromkeys(
    VIEWERS, Role.VIEWER
)
"""Functions of dashboard.ui that Streamlit calls for a reader (callbacks, fragments, dialogs,
downloads, uploads): the role without which they do nothing (dashboard.ui.permission.GUARDED).
"""

LINKS: Mapping[str, str] = {
    "period": "this-year",
    "event": "spring-school",
    "project": "ai-lab",
    "person": "anna-berg",
    "record": "events.spring-school",
    "why": "events_held",
    "by": "pillar",
    "compare": "2024",
    "tab": "tables",
    "table": "people",
    "edit": "events.spring-school",
    "candidate": "{candidate}",
    "find": "qz",
    "view": "world",
    "size": "events",
    "place": "groningen",
    "chart": "by-month",
    "v": "{former}",
    "on": "2026-01-15",
    "show": "now",
    "meeting": "{meeting}",
    "step": "1",
    "present": "true",
    "lang": "nl",
}
"""A value for everything that a link can say beside the filters (dashboard.views.view.EXTRAS); {…}
is filled in. With every one of them a link may name a candidate too, which is for stewards.
"""

FILTERS: Mapping[str, str] = {
    "year": "2025",
    "month": "2025-05",
    "speaker": "anna-berg",
    "role": "lecture",
    "line": "learning",
    "pillar": "research",
    "kind": "course",
    "country": "NL",
    "city": "groningen",
    "organisation": "hanze",
    "our_role": "organised",
    "status": "held",
    "level": "bachelor",
    "discipline": "medicine",
    "format": "course",
    "text": "qz",
    "from": "2025-03-01",
    "to": "2025-06-15",
}
"""The same for the filters (dashboard.model.filters.NAMES)."""
