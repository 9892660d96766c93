"""Pacing of what is sent: the charts are drawn before what stands below and beside them follows.

A browser that opens a page has to start the library that draws charts, the longest piece of its
work. What is sent meanwhile is drawn first, and keeps the charts waiting: React shows what it has
waited for 300 ms after its last placeholder at the earliest, and every table and filter is one. How
long the browser needs nobody can ask it, but it has shown how fast it is: by the time that it took
from the page to its session. Measured in docs/adr/0015.
"""

import time

import streamlit as st

from dashboard.server.page_loads import PAGE_LOADS
from dashboard.views.view import DIALOGS, View

SEND_SECONDS = 0.012
"""Seconds in which the server sends what has been drawn, so that the browser draws it by itself and
first: it looks every 5 ms, and a script that computes leaves it no time. Streamlit waits as long
before it changes pages (st.switch_page).
"""
DRAWING_RATIO = 1.5
"""From the page to its session a browser takes 0.8 s where it draws the charts 1.2 s later; both
are work, not waiting.
"""
MAX_WAIT = 1.5
"""Seconds: where the network is slow, the browser is not."""


def estimate_drawing_time(view: View) -> None:
    """Find out, in the first run of a session, how long its browser needs for the charts. A link to
    something that is open, such as an event, is opened for that and not for the charts.
    """
    session = st.session_state
    session.pop("to_draw", None)  # of a run that had nothing below its charts
    if "begun" in session:
        return
    session["begun"] = True
    took = PAGE_LOADS.took(view.page, st.context.headers.get("User-Agent") or "")
    if took and view.extras.keys().isdisjoint(DIALOGS):
        session["to_draw"] = min(took * DRAWING_RATIO, MAX_WAIT)


def let_charts_draw(otherwise: float = 0.0) -> None:
    """Wait until the browser draws what has been sent: where a page is opened, the charts; else for
    `otherwise` seconds.
    """
    if seconds := st.session_state.pop("to_draw", otherwise):
        time.sleep(seconds)
