"""The platform's floor: an otherwise empty Streamlit page with the same figures."""

import streamlit as st

from benchmarks.figures import asked, figures
from dashboard.model import settings
from dashboard.store import Store

version = Store(settings.store_folder()).open()
st.session_state.setdefault("month", st.query_params.get("month"))
heading, charts = figures(version, asked(st.session_state["month"]))
st.title(heading)
for index, figure in enumerate(charts):
    st.plotly_chart(figure, key=f"f{index}", theme=None)
st.pills("Month", [f"2025-{month:02}" for month in range(1, 13)], key="month")
st.caption("· version")
