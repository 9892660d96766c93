"""The platform's floor: an otherwise empty Streamlit page with the same figures."""

import streamlit as st

from benchmarks.figures import figures
from dashboard import settings
from dashboard.filters import parse
from dashboard.store import Store

version = Store(settings.store_folder()).open()
pairs = [(name, value) for name in st.query_params for value in st.query_params.get_all(name)]
if "month" in st.session_state:
    pairs = [("month", st.session_state["month"])]
filters, _ = parse(pairs)
heading, charts = figures(version, filters)
st.title(heading)
for index, figure in enumerate(charts):
    st.plotly_chart(figure, key=f"f{index}", theme=None)
st.pills("Month", [f"2025-{month:02}" for month in range(1, 13)], key="month")
st.caption("· version")
