"""An earlier deck or document, dropped here and taken along with the present numbers."""

from collections.abc import Sequence

import streamlit as st

from dashboard.export import DOCX, PPTX
from dashboard.export.deck import DeckError
from dashboard.export.refresh_deck import Changed, LeftToPeople, Refreshed
from dashboard.export.refresh_isolated import RefreshRequest, refresh_in_isolation
from dashboard.language.messages import _
from dashboard.model.roles import Role
from dashboard.text.counts import format_count
from dashboard.ui import permission, state
from dashboard.ui.dialogs import share
from dashboard.ui.markdown import escape
from dashboard.ui.permission import defer, requires
from dashboard.views.view import View

MAX_LISTED_CHANGES = 40


@requires(Role.VIEWER, draws=True)
def draw_deck_refresh(view: View) -> None:
    """Draw where an earlier deck or document is dropped and taken along with the present numbers."""
    with st.expander(_("Refresh an earlier deck or document"), icon=":material/sync:"):
        permission.allow_upload()
        given = st.file_uploader(
            _("A deck or Word document that was taken along here"),
            type=["pptx", "docx"],
            key="earlier-deck",
        )
        if given is None:
            return
        asker = RefreshRequest(
            state.current_person().role, share.find_base_address(view), view.today
        )
        try:
            result = refresh_in_isolation(given.getvalue(), asker)
        except DeckError as error:
            st.warning(escape(error), icon=":material/warning:")
            return
        _draw_refreshed_download(result.deck, given.name)
        _draw_refresh_result(result)


def _draw_refreshed_download(deck: bytes, name: str) -> None:
    is_deck = not name.lower().endswith(".docx")
    st.download_button(
        _("Download the refreshed deck") if is_deck else _("Download the refreshed document"),
        defer(_give_refreshed_deck, deck),
        name,
        PPTX if is_deck else DOCX,
        on_click="ignore",
        icon=":material/download:",
        key="take-refreshed",
    )


@requires(Role.VIEWER)
def _give_refreshed_deck(made: bytes) -> bytes:
    return made


def _draw_refresh_result(result: Refreshed) -> None:
    for notice in result.notices:
        st.warning(escape(notice), icon=":material/link_off:")
    if not result.changed:
        st.markdown(_("Nothing has changed: the numbers are the same."))
    else:
        st.markdown("\n".join(_list_changes(result.changed)))
    _draw_warning_list(
        _("Your own sentences that still contain an old number"),
        [_say_of(left, _say_old_number(left)) for left in result.left if left.number],
    )
    untouched = [left for left in result.left if not left.number]
    _draw_warning_list(
        _("Left as it was"),
        [_say_of(left, escape(left.sentence)) for left in untouched],
    )


def _list_changes(changed: Sequence[Changed]) -> list[str]:
    """List what says something else now, and count what was only drawn anew, such as a mark for which
    another made room.
    """
    said = [one for one in changed if one.old != one.new]
    lines = [
        _say_of(one, f"{escape(one.what)}: {escape(one.old)} → {escape(one.new)}")
        for one in said[:MAX_LISTED_CHANGES]
    ]
    if (more := len(said) - MAX_LISTED_CHANGES) > 0:
        lines.append(_("and {things}", things=format_count(more, "more change")))
    if drawn := len(changed) - len(said):
        drawings = format_count(drawn, "drawing")
        lines.append(_("{drawings} moved, with the same words", drawings=drawings))
    heading = format_count(len(said), "change")
    return [f"**{heading}**", "", *(f"- {line}" for line in lines)]


def _say_old_number(left: LeftToPeople) -> str:
    return _(
        "“{sentence}” says {number}", sentence=escape(left.sentence), number=escape(left.number)
    )


def _say_of(one: Changed | LeftToPeople, what: str) -> str:
    """Say on which slide something is; nothing before it in a document."""
    return _("slide {slide}: {what}", slide=one.slide, what=what) if one.slide else what


def _draw_warning_list(heading: str, lines: Sequence[str]) -> None:
    if lines:
        listed = [f"- {line}" for line in lines[:MAX_LISTED_CHANGES]]
        st.warning("\n".join([f"**{heading}**", "", *listed]))
