"""The bar above a page: what is asked for, the filters by which meetings filter, and what can be
done with the page.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from dashboard.language.messages import LANGUAGES, N_, _
from dashboard.model.roles import Role
from dashboard.ui import ask_field, caches, elements, languages, presentation, state
from dashboard.ui.bar_filters import build_filters
from dashboard.ui.dialogs import share, take_along
from dashboard.ui.permission import requires
from dashboard.views.content import Content
from dashboard.views.view import View

DEEDS: Mapping[str, tuple[str, Callable[[], None]]] = {
    "share": (N_("Share"), partial(share.request_share_dialog, "")),
    "take": (N_("Take along"), take_along.request_dialog),
    "present": (N_("Present"), presentation.start_presentation),
}
"""What can be done with a page: what it is called, and its callback."""
LANGUAGE = "language"
"""In the menu of a phone: the other language."""
ICONS = {
    "share": ":material/share:",
    "take": ":material/download:",
    "present": ":material/slideshow:",
}


def draw_bar(view: View, content: Content | None) -> None:
    """Draw the bar of a page; of one that shows everything, without filters. A phone shows what can
    be done in one menu (ui/static/site.css).
    """
    deeds = list_deeds(view, content)
    with st.container(horizontal=True, key="bar", gap="small", vertical_alignment="center"):
        ask_field.draw_field(view)
        elements.draw_part("bar", build_filter_part(view, elements.current_reader()))
        for name in deeds:
            st.button(_(DEEDS[name][0]), key=name, icon=ICONS[name], on_click=do_deed, args=(name,))
        called = {name: _(DEEDS[name][0]) for name in deeds}
        called[LANGUAGE] = LANGUAGES[languages.find_other(view)]
        st.menu_button(
            "⋯",
            list(called),
            key="deeds",
            format_func=called.__getitem__,
            on_click=do_chosen,
            help=_("Share, take along, present, language"),
        )


@caches.keep(200, key=elements.identify_part)
def build_filter_part(view: View, reader: elements.Reader) -> dict[str, Any]:
    """Build the filters of the bar, and the choice of the language."""
    return elements.build_part(view, reader, [build_filters(view), languages.build_choice(view)])


def list_deeds(view: View, content: Content | None) -> list[str]:
    """List what can be done with a page: one of the Data section is shared, Records taken along."""
    takes = content is not None or view.page == "records"
    return ["share", *(["take"] if takes else []), *(["present"] if content else [])]


@requires(Role.VIEWER)
def do_deed(name: str) -> None:
    """Do what can be done with a page, by its name (callback)."""
    if name in DEEDS:
        DEEDS[name][1]()


@requires(Role.VIEWER)
def do_chosen() -> None:
    """Do what was chosen in the menu of a phone (callback)."""
    if st.session_state["deeds"] == LANGUAGE:
        state.change_view(lang=languages.find_other(state.current_view()))
    else:
        do_deed(st.session_state["deeds"])
