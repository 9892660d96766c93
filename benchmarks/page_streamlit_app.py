"""The floor as an ASGI application, like ours."""

import streamlit as st

app = st.App("page_streamlit.py")
