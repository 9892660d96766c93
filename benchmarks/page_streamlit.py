"""The platform's floor: an otherwise empty Streamlit page with the same figure and filters."""

import streamlit as st

from benchmarks.figures import make_query, options, read_query, show

linked = read_query(st.query_params.items())
for name in options():
    st.session_state.setdefault(name, linked[name])
shown = show(
    make_query({name: st.session_state[name] for name in options()}),
    narrow="narrow" in st.query_params,
)
st.title(shown.heading)
st.plotly_chart(shown.figure, key="figure", theme=None)
for name, values in options().items():
    st.radio(name, [v for v, _ in values], key=name, horizontal=True, format_func=dict(values).get)
