"""Share: the link to what is shown, live or pinned, long, short and as a QR code; kept under a
name; to embed.
"""

import html
from collections.abc import Mapping
from urllib.parse import urlsplit

import streamlit as st

from dashboard import shares
from dashboard.export import qr
from dashboard.export.share_links import LIVE, PINNED, make_link
from dashboard.export.view_export import link_to
from dashboard.language.messages import N_, _, pgettext
from dashboard.model.periods import PERIODS
from dashboard.model.roles import Role
from dashboard.model.sitemap import PAGES
from dashboard.server.responses import normalize_base
from dashboard.shares import SharesError
from dashboard.text.dates import format_day
from dashboard.text.sentences import lower_first
from dashboard.ui import clipboard
from dashboard.ui.dialogs import save_view
from dashboard.ui.markdown import escape
from dashboard.ui.permission import defer, requires
from dashboard.views.content import Content
from dashboard.views.view import View

LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "")  # noqa: S104 - compared, never bound
KIND_LABELS: Mapping[str, str] = {
    LIVE: N_("Live: follows the data"),
    PINNED: N_("Pinned: stays as shown"),
}
KIND_MEANINGS: Mapping[str, str] = {
    LIVE: N_("Whoever opens it sees the numbers of that day."),
    PINNED: N_("Whoever opens it sees these numbers, and which of them have changed since."),
}


def find_base_address(view: View) -> str:
    """Return where others reach the dashboard: the setting, or the origin, which was checked, from
    which this reader opened it.
    """
    here = st.context.headers.get("Origin")
    path = normalize_base(st.get_option("server.baseUrlPath") or "")
    return view.settings.public_url or (f"{here}{path}" if here else "")


def build_address(view: View) -> str:
    """Return the full link to the present view."""
    return find_base_address(view) + link_to(view)


def is_public(view: View) -> bool:
    """Return whether a link can be opened on another computer."""
    return (urlsplit(find_base_address(view)).hostname or "") not in LOOPBACK


@requires(Role.VIEWER)
def request_share_dialog(chart: str) -> None:
    """Callback: open the dialog for the page ("") or for a chart."""
    st.session_state["asked_for"] = ("share", chart)


def open_share_dialog(view: View, content: Content | None, chart: str) -> None:
    """Draw the dialog of the page ("") or of a chart."""
    title = _("Share this chart") if chart else _("Share this view")
    st.dialog(title, width="medium", icon=":material/share:")(_draw_panel)(view, content, chart)


@requires(Role.VIEWER, draws=True)
def _draw_panel(view: View, content: Content | None, chart: str) -> None:
    kinds = [LIVE, PINNED] if not view.candidate else [LIVE]
    called = {one: _(KIND_LABELS[one]) for one in kinds}
    kind = st.segmented_control(
        _("When the data changes"),
        kinds,
        key=f"share-kind-{len(kinds)}",
        format_func=called.__getitem__,
        default=PINNED if view.pinned and len(kinds) > 1 else LIVE,
        required=True,
    )
    _draw_links(view, kind or LIVE, chart)
    if not view.candidate:  # everybody reads what is kept
        save_view.draw_save_form(
            make_link(view, kind or LIVE, chart), _describe_shared(view, content, chart)
        )
    _draw_embed_code(view, make_link(view, kind or LIVE, chart))


def _describe_shared(view: View, content: Content | None, chart: str) -> str:
    """Return what is shared, in words: the title of the page, and the finding of the chart."""
    if content is None:
        return pgettext("page", PAGES[view.page]) if view.page in PAGES else view.page
    picture = content.picture(chart)
    return f"{content.title}: {picture.chart.sentence}" if picture else content.title


def _draw_links(view: View, kind: str, chart: str) -> None:
    path = make_link(view, kind, chart)
    said = [_(KIND_MEANINGS[kind]), _explain_period(view, kind)]
    st.caption(escape(" ".join(filter(None, said))))
    long = find_base_address(view) + path
    clipboard.draw_copy_field(_("Link"), long, "share-long")
    try:
        short = f"{find_base_address(view)}/s/{shares.shorten(save_view.open_shelf(), path)}"
    except SharesError as error:
        why = escape(save_view.explain_error(error))
        st.caption(_("No short link: {reason}", reason=why))
        short = ""
    if short:
        clipboard.draw_copy_field(_("Short link"), short, "share-short", _("Copy short link"))
    if not is_public(view):
        st.caption(
            _(
                "These links open on this computer only, and there is no QR code. Set public\\_url in"
                " data/settings.toml."
            )
        )
    elif view.settings.public_url:
        _draw_qr_code(short or long)


def _explain_period(view: View, kind: str) -> str:
    """Explain that a live link keeps a period in words as the word, and a pinned one its dates."""
    if not (word := view.extras.get("period")):
        return ""
    period = lower_first(_(PERIODS[word]))
    if kind == LIVE:
        return _("“{period}” is kept as the words: next year it means another one.", period=period)
    today = format_day(view.today)
    return _("“{period}” stays what it means on {day}.", period=period, day=today)


def _draw_qr_code(link_to_code: str) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        st.image(
            qr.draw_png(link_to_code, scale=5),
            width=150,
            alt=_("QR code of {link}", link=link_to_code),
        )
        st.download_button(
            _("QR code as SVG"),
            defer(_build_qr_svg, link_to_code),
            "qr-code.svg",
            "image/svg+xml",
            on_click="ignore",
            icon=":material/qr_code:",
        )


@requires(Role.VIEWER)
def _build_qr_svg(link_to_code: str) -> bytes:
    return qr.draw_svg(link_to_code)


def _draw_embed_code(view: View, path: str) -> None:
    """Draw the piece of HTML for another site, where the settings name that site."""
    if not view.settings.embed_on:
        return
    with st.expander(_("Embed it in another site"), icon=":material/code:"):
        source = f"{find_base_address(view)}{path}{'&' if '?' in path else '?'}embed=true"
        st.code(
            f'<iframe src="{html.escape(source)}" width="100%" height="700"'
            f' title="{html.escape(view.settings.short_name)}"></iframe>',
            language="html",
            wrap_lines=True,
        )
        st.caption(
            _(
                "Allowed on {sites} (embed\\_on in data/settings.toml).",
                sites=escape(", ".join(view.settings.embed_on)),
            )
        )
