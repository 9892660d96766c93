"""How wide a text is, estimated: until the table of the font's advance widths takes its place."""

_NARROW = frozenset("fijlrt.,:;'|!()[]-· I1")
_WIDE = frozenset("mwMWOQGD@%&—")


def measure_text(text: str, size: float, bold: bool = False) -> float:
    """Measure a text in pixels, rather too wide than too narrow."""
    parts = (0.36 if c in _NARROW else 0.88 if c in _WIDE else 0.64 for c in text)
    return size * sum(parts) * (1.05 if bold else 1)
