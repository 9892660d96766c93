"""What a reader is told while the server cannot be reached, and when it can be again.

Streamlit says “Connecting” in the corner, which a slide hides, and opens a window about its own
command line. This says on every page since when nothing new comes, and afterwards from when to when
that was and whether the data changed meanwhile.
"""

from dashboard.ui.components import Component

_CONNECTION_NOTICE = Component(
    "connection",
    html="<p role='status' hidden></p>",
    css="""
    p { position: fixed; left: 50%; bottom: 1rem; transform: translateX(-50%); z-index: 1000100; margin: 0; max-width: min(44rem, 92vw);
        font-family: var(--st-font); font-size: 1rem; line-height: 1.4; padding: .6rem 1rem; border-radius: var(--st-base-radius);
        color: var(--st-background-color); background: var(--st-text-color); box-shadow: 0 2px 12px rgb(0 0 0 / .3); }
    @media print { p { display: none; } }
    """,
)


def draw_connection_notice(version: str) -> None:
    """Draw what says it, at the end of a page; `version` is the one that is served."""
    _CONNECTION_NOTICE.show(data={"version": version}, key="connection")
