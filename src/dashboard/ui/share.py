"""The link to the present view: shown, and copied with one click, with or without HTTPS."""

from urllib.parse import urlsplit

import streamlit as st

from dashboard.ui.state import View

LOOPBACK = ("localhost", "127.0.0.1", "::1", "0.0.0.0", "")  # noqa: S104 - compared with, not bound to

# The clipboard of the browser needs HTTPS; the older way (select and copy) does not.
_COPY = st.components.v2.component(
    "copy_link",
    html="<button type='button'></button><span role='status'></span>",
    css="""
    :host, div { font: inherit; }
    button { font: inherit; color: var(--st-text-color); background: transparent; cursor: pointer; padding: .35rem .75rem;
        border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
    button:hover, button:focus-visible { border-color: var(--st-primary-color); color: var(--st-primary-color); }
    span { margin-left: .6rem; font-size: .9em; color: var(--st-text-color); }
    """,
    js="""
    export default function ({ parentElement, data }) {
      const button = parentElement.querySelector('button'), said = parentElement.querySelector('span');
      button.textContent = 'Copy link';
      said.textContent = '';
      button.onclick = async () => {
        let done = false;
        try { await navigator.clipboard.writeText(data.link); done = true; } catch (error) { /* no HTTPS */ }
        if (!done) {
          const area = document.createElement('textarea');
          area.value = data.link; area.style.position = 'fixed'; area.style.opacity = '0';
          document.body.append(area); area.select();
          done = document.execCommand('copy');
          area.remove(); button.focus();
        }
        said.textContent = done ? 'Copied' : 'Select the link above and copy it';
      };
    }
    """,
)


def address(view: View) -> str:
    """The full link to the present view."""
    return base(view) + view.link()


def base(view: View) -> str:
    """Where others reach the dashboard: the setting, or where this reader has reached it."""
    here = urlsplit(st.context.url or "")
    return view.settings.public_url or (f"{here.scheme}://{here.netloc}" if here.netloc else "")


def button(view: View) -> None:
    """Share: the link, and a way to copy it."""
    with st.popover("Share", icon=":material/link:"):
        link = address(view)
        st.text_input("Link to this view", link, key=f"share-{link}", help="It holds the page and all filters.")
        _COPY(data={"link": link}, key="copy-link")
        if (urlsplit(link).hostname or "") in LOOPBACK:
            st.caption(
                "This link opens on this computer only. Set public\\_url in data/settings.toml, or start with HOST=0.0.0.0."
            )
