"""The application: `streamlit run app.py`.

The script is src/dashboard/ui/site.py and not this file: a folder pages/ beside the script would be
run as legacy pages, so that a deep link right after a start would show a page without filters
(docs/adr/0005).
"""

import streamlit as st

from dashboard.server import middleware, prepare, routes
from dashboard.ui import parts, suggest
from dashboard.ui.caches import CACHED_ANSWERS
from dashboard.ui.outage import report_failure
from dashboard.ui.prefetch import PREFETCHER

prepare()
base_path = st.get_option("server.baseUrlPath") or ""
app = st.App(
    "src/dashboard/ui/site.py",
    routes=[
        *routes(base_path, CACHED_ANSWERS),
        *parts.routes(base_path),
        *suggest.routes(base_path),
    ],
    middleware=middleware(base_path),
    lifespan=PREFETCHER.while_serving,
    on_script_error=report_failure,
)
