"""What is running, with whom, and who funds it?"""

import streamlit as st

from dashboard.ui import head, parts, pictures, state
from dashboard.ui import projects as page

view, content = state.shown()

head.head(view, content)
parts.cards(view, content.numbers)
if content.picture("projects"):
    pictures.drawn(view, content, "projects")
    page.results(content.sections)
    pictures.drawn(view, content, "who-with-whom")
else:
    parts.empty(view, "projects")

st.header("Funding", anchor=False)
pictures.drawn(view, content, "funding-ours")
pictures.drawn(view, content, "funding-others")
