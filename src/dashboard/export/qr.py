"""QR codes of links."""

import io

import segno


def draw_png(link: str, scale: int = 5) -> bytes:
    """Draw a picture of `scale` pixels a module, dark on white with the quiet zone that readers
    need.
    """
    buffer = io.BytesIO()
    segno.make_qr(link, error="m").save(buffer, kind="png", scale=scale, border=4)
    return buffer.getvalue()


def draw_svg(link: str) -> bytes:
    """Draw the QR code of a link as SVG, for print, with the quiet zone that readers need."""
    buffer = io.BytesIO()
    segno.make_qr(link, error="m").save(
        buffer, kind="svg", scale=8, border=4, xmldecl=True, svgns=True
    )
    return buffer.getvalue()
