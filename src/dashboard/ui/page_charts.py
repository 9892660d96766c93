"""A chart on a page: under its finding, with its facts as a table and what can be asked about one
step away.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.enlarge import enlarge
from dashboard.charts.passthrough_figure import PassthroughFigure
from dashboard.charts.world import TOPOJSON
from dashboard.model.roles import Role
from dashboard.text.labels import distinguish_list
from dashboard.ui import state
from dashboard.ui.dialogs import share
from dashboard.ui.markdown import escape
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Picture
from dashboard.views.view import DIALOGS, View

Click = Callable[[Any], None]
"""What is done with the customdata of a mark that is clicked."""

MAX_LISTED_LINKS = 500
SLIDE_WIDTH = 1280
PLOTLY_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    # the wheel belongs to the page, over a map too; the map has buttons to zoom with
    "scrollZoom": False,
    "topojsonURL": TOPOJSON,
    "modeBarButtonsToRemove": [
        "select2d",
        "lasso2d",
        "pan2d",
        "zoom2d",
        "autoScale2d",
        "resetScale2d",
        "zoomIn2d",
        "zoomOut2d",
    ],
}


def draw_page_chart(view: View, content: Content, key: str) -> None:
    """Draw the chart of a page that has this name, with what is said beneath it; nothing where the
    page holds none.
    """
    if picture := content.picture(key):
        draw_chart(
            view,
            picture.chart,
            key,
            CLICK_BY_CHART.get(key, state.open_link),
            nested=picture.nested,
            shared=True,
        )
        if picture.note:
            st.caption(escape(picture.note))


def draw_slide_chart(picture: Picture, room: int) -> None:
    """Draw a chart for the projector, as large as there is room: its finding and the drawing,
    nothing to press.
    """
    st.header(escape(picture.chart.sentence), anchor=False)
    if picture.chart.figure["data"] and picture.chart.table:
        large = enlarge(picture.chart, room)
        st.plotly_chart(
            PassthroughFigure(large.figure),
            key=f"slide-{picture.key}",
            theme=None,
            config=PLOTLY_CONFIG,
            alt=large.sentence,
            height=large.height,
        )
    if picture.note:
        st.caption(escape(picture.note))


def draw_chart(
    view: View,
    picture: Chart,
    key: str,
    click: Click = state.open_link,
    *,
    nested: bool = False,
    shared: bool = False,
) -> None:
    """Draw a chart under its finding.

    A click calls `click` with the customdata of the mark: by default what its link names is opened,
    such as the records behind a bar. `nested` is below a heading of the page; `shared` has a link
    of its own. The table, and a list of everything that can be opened, is reached by keyboard too.
    """
    (st.subheader if nested else st.header)(escape(picture.sentence), anchor=False)
    if not picture.figure["data"] or not picture.table:
        st.caption("Nothing to draw in this selection.")
        return
    _draw_figure(picture, key, click, PLOTLY_CONFIG | _build_image_options(view, picture, key))
    with st.container(horizontal=True, gap="small"):
        _draw_data_table(picture, key)
        if shared and not st.context.is_embedded:
            share.draw_chart_share_button(key)


def _draw_figure(picture: Chart, key: str, click: Click, config: dict[str, Any]) -> None:
    versioned = f"{key}-{st.session_state.setdefault('selections', 0)}"
    st.plotly_chart(
        PassthroughFigure(picture.figure),
        key=versioned,
        theme=None,
        config=config,
        alt=picture.sentence,
        height=picture.height,
        on_select=partial(_open_selected_mark, versioned, click),
        selection_mode="points",
    )


@requires(Role.VIEWER)
def _open_selected_mark(key: str, click: Click) -> None:
    """Open what the chosen mark of the chart with this key links to (callback)."""
    points = st.session_state[key].selection.points
    if points and points[0].get("customdata") is not None:
        # a new key forgets the selection: a second click works again
        st.session_state["selections"] += 1
        click(points[0]["customdata"])


@st.fragment
@requires(Role.VIEWER, draws=True)
def _draw_data_table(picture: Chart, key: str) -> None:
    """Draw the same facts as a table. It is sent when it is opened: most readers do not."""
    box = st.expander("As a table", icon=":material/table:", key=f"table-{key}", on_change="rerun")
    if not box.open:
        return
    with box:
        if picture.links:
            _draw_link_list(picture, key)
        st.dataframe(picture.table, hide_index=True, alt=picture.sentence, placeholder="")
    state.rerun_if_link_opened()


def _draw_link_list(picture: Chart, key: str) -> None:
    """Draw everything in the chart that can be opened, to be chosen by mouse or keyboard."""
    links = list(dict.fromkeys(picture.links))[:MAX_LISTED_LINKS]
    numbers = any(link.startswith("why=") for _, link in links)
    labels = distinguish_list(
        [label for label, _ in links], [link.rpartition("=")[2] for _, link in links]
    )
    versioned = f"ask-{key}-{st.session_state.get('selections', 0)}"
    st.selectbox(
        "Why this number?" if numbers else "Open",
        range(len(links)),
        index=None,
        key=versioned,
        on_change=_open_chosen_link,
        args=(versioned, links),
        format_func=labels.__getitem__,
        placeholder="Choose a number of the chart" if numbers else "Choose from the chart",
    )


@requires(Role.VIEWER)
def _open_chosen_link(key: str, links: Sequence[tuple[str, str]]) -> None:
    """Open what is chosen in the list with this key (callback)."""
    if (nr := st.session_state[key]) is not None:
        st.session_state["selections"] += 1
        state.open_link(links[nr][1], inside=True)


def _build_image_options(view: View, picture: Chart, key: str) -> dict[str, Any]:
    """Return what the camera in the chart's corner gives: PNG or SVG as this reader chose, as wide
    as a slide, under a name that says what it shows.
    """
    name = "-".join(
        [view.settings.short_name.lower(), key, *(value for _, value in view.filters.query())]
    )
    return {
        "toImageButtonOptions": {
            "format": st.session_state.get("picture_format", "png"),
            "width": SLIDE_WIDTH,
            "height": picture.height,
            "scale": 2,
            "filename": re.sub(r"[^a-z0-9-]+", "-", name)[:100],
        }
    }


# What a click does, where it does not open what the mark names


def choose_month(month: str) -> None:
    """Choose that month, or go back to its year when it was chosen already."""
    filters = state.current_view().filters
    chosen = (
        filters.with_(month=(), year=int(month[:4]))
        if filters.month == (month,)
        else filters.with_(month=(month,), year=None)
    )
    state.change_view(chosen, period=None, **dict.fromkeys(DIALOGS))


def choose_speaker(person: str) -> None:
    """Choose that person, or everybody when the person was chosen already."""
    filters = state.current_view().filters
    state.change_view(
        filters.with_(speaker=() if filters.speaker == (person,) else (person,)),
        **dict.fromkeys(DIALOGS),
    )


def open_person(person: str) -> None:
    """Open the person's profile."""
    state.open_link(f"person={person}")


def open_place(act: str) -> None:
    """List the events of a place below the map ("place=groningen-nl"), or choose a country as filter,
    and all when it was chosen already ("country=NL").
    """
    name, _, value = act.partition("=")
    filters = state.current_view().filters
    if name == "place":
        state.change_view(place=value)
    elif name == "country":
        state.change_view(filters.with_(country=() if filters.country == (value,) else (value,)))


CLICK_BY_CHART: dict[str, Click] = {
    "by-month": choose_month,
    "by-speaker": choose_speaker,
    "by-person": open_person,
    "map": open_place,
    "map-europe": open_place,
    "map-world": open_place,
}
