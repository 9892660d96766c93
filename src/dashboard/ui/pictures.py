"""A chart on a page: under its finding, with its facts as a table and what can be asked about one
step away.
"""

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

import streamlit as st

from dashboard.charts import Chart
from dashboard.charts.enlarge import enlarged
from dashboard.charts.passthrough_figure import Ready
from dashboard.charts.world import TOPOJSON
from dashboard.model.roles import Role
from dashboard.text.wording import unmixed
from dashboard.ui import state
from dashboard.ui.clicks import OF_CHART, Click
from dashboard.ui.dialogs import share
from dashboard.ui.markdown import plain
from dashboard.ui.permission import requires
from dashboard.views.content import Content, Picture
from dashboard.views.view import View

MOST_LINKS = 500
SLIDE_WIDTH = 1280
CONFIG: dict[str, Any] = {
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


def drawn(view: View, content: Content, key: str) -> None:
    """The chart of a page that has this name, with what is said beneath it; nothing where the page
    holds none.
    """
    if picture := content.picture(key):
        chart(
            view,
            picture.chart,
            key,
            OF_CHART.get(key, state.follow),
            nested=picture.nested,
            shared=True,
        )
        if picture.note:
            st.caption(plain(picture.note))


def alone(picture: Picture, room: int) -> None:
    """A chart for the projector, as large as there is room: its finding and the drawing, nothing to
    press.
    """
    st.header(plain(picture.chart.sentence), anchor=False)
    if picture.chart.figure["data"] and picture.chart.table:
        large = enlarged(picture.chart, room)
        st.plotly_chart(
            Ready(large.figure),
            key=f"slide-{picture.key}",
            theme=None,
            config=CONFIG,
            alt=large.sentence,
            height=large.height,
        )
    if picture.note:
        st.caption(plain(picture.note))


def chart(
    view: View,
    picture: Chart,
    key: str,
    click: Click = state.follow,
    *,
    nested: bool = False,
    shared: bool = False,
) -> None:
    """A chart under its finding.

    A click calls `click` with the customdata of the mark: by default what its link names is opened,
    such as the records behind a bar. `nested` is below a heading of the page; `shared` has a link
    of its own. The table, and a list of everything that can be opened, is reached by keyboard too.
    """
    (st.subheader if nested else st.header)(plain(picture.sentence), anchor=False)
    if not picture.figure["data"] or not picture.table:
        st.caption("Nothing to draw in this selection.")
        return
    versioned = f"{key}-{st.session_state.setdefault('selections', 0)}"
    st.plotly_chart(
        Ready(picture.figure),
        key=versioned,
        theme=None,
        config=CONFIG | _camera(view, picture, key),
        alt=picture.sentence,
        height=picture.height,
        on_select=partial(_selected, versioned, click),
        selection_mode="points",
    )
    with st.container(horizontal=True, gap="small"):
        _beneath(picture, key)
        if shared and not st.context.is_embedded:
            share.chart_button(key)


@requires(Role.VIEWER)
def _selected(key: str, click: Click) -> None:
    """Callback: a mark of the chart with this key was chosen."""
    points = st.session_state[key].selection.points
    if points and points[0].get("customdata") is not None:
        # a new key forgets the selection: a second click works again
        st.session_state["selections"] += 1
        click(points[0]["customdata"])


@st.fragment
@requires(Role.VIEWER, draws=True)
def _beneath(picture: Chart, key: str) -> None:
    """The same facts as a table. It is sent when it is opened: most readers do not."""
    box = st.expander("As a table", icon=":material/table:", key=f"table-{key}", on_change="rerun")
    if not box.open:
        return
    with box:
        if picture.links:
            _asking(picture, key)
        st.dataframe(picture.table, hide_index=True, alt=picture.sentence, placeholder="")
    state.rerun_if_followed()


def _asking(picture: Chart, key: str) -> None:
    """Everything in the chart that can be opened, to be chosen by mouse or keyboard."""
    links = list(dict.fromkeys(picture.links))[:MOST_LINKS]
    numbers = any(link.startswith("why=") for _, link in links)
    labels = unmixed([label for label, _ in links], [link.rpartition("=")[2] for _, link in links])
    versioned = f"ask-{key}-{st.session_state.get('selections', 0)}"
    st.selectbox(
        "Why this number?" if numbers else "Open",
        range(len(links)),
        index=None,
        key=versioned,
        on_change=_chosen,
        args=(versioned, links),
        format_func=labels.__getitem__,
        placeholder="Choose a number of the chart" if numbers else "Choose from the chart",
    )


@requires(Role.VIEWER)
def _chosen(key: str, links: Sequence[tuple[str, str]]) -> None:
    """Callback: what is chosen in the list with this key is opened."""
    if (nr := st.session_state[key]) is not None:
        st.session_state["selections"] += 1
        state.follow(links[nr][1], inside=True)


def _camera(view: View, picture: Chart, key: str) -> dict[str, Any]:
    """What the camera in the chart's corner gives: PNG or SVG as this reader chose, as wide as a
    slide, under a name that says what it shows.
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
