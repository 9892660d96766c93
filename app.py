"""The application: `streamlit run app.py`.

The script is src/dashboard/ui/site.py and not this file: a folder pages/ beside the script would be run as
legacy pages, so that a deep link right after a start would show a page without filters (docs/adr/0005).
"""

import streamlit as st

from dashboard.ui.ahead import AHEAD
from dashboard.ui.failing import failed
from dashboard.web import middleware, prepare, routes

prepare()
base_path = st.get_option("server.baseUrlPath") or ""
app = st.App("src/dashboard/ui/site.py", routes=routes(base_path), middleware=middleware(base_path),
             lifespan=AHEAD.while_serving, on_script_error=failed)  # fmt: skip
