"""Share: the link to what is shown, live or pinned, long, short and as a QR code; kept under a
name; to embed.
"""

from html import escape
from urllib.parse import urlsplit

import streamlit as st

from dashboard import shares
from dashboard.export import qr
from dashboard.export.share_links import LIVE, PINNED, link
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES
from dashboard.server.responses import base_of
from dashboard.shares import ShelfError
from dashboard.text.words import day
from dashboard.ui import clipboard
from dashboard.ui.dialogs import saving
from dashboard.ui.markdown import plain
from dashboard.ui.permission import later, requires
from dashboard.views.content import Content
from dashboard.views.view import View

LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "")  # noqa: S104 - compared, never bound
WORDS = {LIVE: "Live: follows the data", PINNED: "Pinned: stays as shown"}
MEANING = {
    LIVE: "Whoever opens it sees the numbers of that day.",
    PINNED: "Whoever opens it sees these numbers, and which of them have changed since.",
}


def base(view: View) -> str:
    """Where others reach the dashboard: the setting, or the origin, which was checked, from which
    this reader opened it.
    """
    here = st.context.headers.get("Origin")
    path = base_of(st.get_option("server.baseUrlPath") or "")
    return view.settings.public_url or (f"{here}{path}" if here else "")


def address(view: View) -> str:
    """The full link to the present view."""
    return base(view) + view.link()


def is_public(view: View) -> bool:
    """Whether a link can be opened on another computer."""
    return (urlsplit(base(view)).hostname or "") not in LOOPBACK


def buttons() -> None:
    """Open the dialog of the page."""
    st.button(
        "Share",
        key="share",
        icon=":material/share:",
        on_click=ask,
        args=("",),
        help="A link to this view: live, pinned, short, to keep or to embed",
    )


@requires(Role.VIEWER)
def ask(chart: str) -> None:
    """Callback: open the dialog for the page ("") or for a chart."""
    st.session_state["asked_for"] = ("share", chart)


def show(view: View, content: Content | None, chart: str) -> None:
    """Draw the dialog of the page ("") or of a chart."""
    title = "Share this chart" if chart else "Share this view"
    st.dialog(title, width="medium", icon=":material/share:")(_panel)(view, content, chart)


@requires(Role.VIEWER, draws=True)
def _panel(view: View, content: Content | None, chart: str) -> None:
    kinds = [LIVE, PINNED] if not view.candidate else [LIVE]
    kind = st.segmented_control(
        "When the data changes",
        kinds,
        key=f"share-kind-{len(kinds)}",
        format_func=WORDS.__getitem__,
        default=PINNED if view.pinned and len(kinds) > 1 else LIVE,
        required=True,
    )
    _links(view, kind or LIVE, chart)
    if not view.candidate:  # everybody reads what is kept
        saving.form(link(view, kind or LIVE, chart), _words(view, content, chart))
    _embedding(view, link(view, kind or LIVE, chart))


def _words(view: View, content: Content | None, chart: str) -> str:
    """What is shared, in words: the title of the page, and the finding of the chart."""
    if content is None:
        return PAGES.get(view.page, view.page)
    picture = content.picture(chart)
    return f"{content.title}: {picture.chart.sentence}" if picture else content.title


def _links(view: View, kind: str, chart: str) -> None:
    path = link(view, kind, chart)
    st.caption(plain(MEANING[kind] + _dates(view, kind)))
    long = base(view) + path
    clipboard.field("Link", long, "share-long")
    try:
        short = f"{base(view)}/s/{shares.shorten(saving.the_shelf(), path)}"
    except ShelfError as error:
        st.caption(f"No short link: {plain(saving.reason(error))}")
        short = ""
    if short:
        clipboard.field("Short link", short, "share-short", "Copy short link")
    if not is_public(view):
        st.caption(
            "These links open on this computer only, and there is no QR code. Set public\\_url in"
            " data/settings.toml."
        )
    elif view.settings.public_url:
        _code(short or long)


def _dates(view: View, kind: str) -> str:
    """A period in words is kept as the word by a live link, as its dates by a pinned one."""
    if not (word := view.extras.get("period")):
        return ""
    said = word.replace("-", " ")
    if kind == LIVE:
        return f" “{said}” is kept as the words: next year it means another one."
    return f" “{said}” stays what it means on {day(view.today)}."


def _code(link_to_code: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.image(qr.png(link_to_code, scale=5), width=150, alt=f"QR code of {link_to_code}")
        st.download_button(
            "QR code as SVG",
            later(_svg, link_to_code),
            "qr-code.svg",
            "image/svg+xml",
            on_click="ignore",
            icon=":material/qr_code:",
        )


@requires(Role.VIEWER)
def _svg(link_to_code: str) -> bytes:
    return qr.svg(link_to_code)


def _embedding(view: View, path: str) -> None:
    """The piece of HTML for another site, where the settings name that site."""
    if not view.settings.embed_on:
        return
    with st.expander("Embed it in another site", icon=":material/code:"):
        source = f"{base(view)}{path}{'&' if '?' in path else '?'}embed=true"
        st.code(
            f'<iframe src="{escape(source)}" width="100%" height="700"'
            f' title="{escape(view.settings.short_name)}"></iframe>',
            language="html",
            wrap_lines=True,
        )
        st.caption(
            f"Allowed on {plain(', '.join(view.settings.embed_on))} (embed\\_on in"
            " data/settings.toml)."
        )


def chart_button(key: str) -> None:
    """Share one chart of the page."""
    st.button(
        "Share",
        key=f"share-{key}",
        icon=":material/share:",
        on_click=ask,
        args=(key,),
        help="A link to this chart alone",
    )
