"""The floor as an ASGI application whose files are packed, like ours."""

import streamlit as st
from starlette.middleware import Middleware

from dashboard.server.compression import CompressionMiddleware

app = st.App("page_streamlit.py", middleware=[Middleware(CompressionMiddleware)])
