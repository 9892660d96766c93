"""What colours mean, and the frame that all charts share."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from dashboard.language.messages import localize

NO_PILLAR = "none"


@dataclass(frozen=True)
class Palette:
    """Colours on a light or dark page. `pillars` mean the same on every page; `tints` stand for
    kinds, which have no colour of their own; `context` is for what is not the point.
    """

    dark: bool = False
    pillars: Mapping[str, str] = field(default_factory=dict)

    @property
    def context(self) -> str:
        """Second text, and marks of no stated pillar."""
        return "#aaa396" if self.dark else "#645f56"

    @property
    def faint(self) -> str:
        """Hairlines."""
        return "#3b3832" if self.dark else "#dfdad0"

    @property
    def surface(self) -> str:
        """The page."""
        return "#171614" if self.dark else "#fdfcfa"

    @property
    def land(self) -> str:
        """The tint: land, empty cells, what a bar lies on."""
        return "#211f1c" if self.dark else "#f5f2ec"

    @property
    def band(self) -> str:
        """Every other month."""
        return "#1d1b19" if self.dark else "#f7f4ee"

    @property
    def ink(self) -> str:
        return "#ece8e0" if self.dark else "#1b1a17"

    @property
    def accent(self) -> str:
        """Amounts for which no pillar is meant."""
        return "#7fb0d6" if self.dark else "#24506f"

    @property
    def contributed(self) -> str:
        """The fill of what we contributed to, where no pillar is stated."""
        return "#59544b" if self.dark else "#d8d3c9"

    @property
    def contributed_edge(self) -> str:
        return "#a39b8d" if self.dark else "#7d766a"

    @property
    def no_pillar(self) -> str:
        """Where no pillar is stated: apart from the pillars for the colour-blind too."""
        return "#8b8478" if self.dark else "#928b7f"

    @property
    def tints(self) -> tuple[str, ...]:
        """From strong to weak: for the largest kinds and the rest."""
        if self.dark:
            return ("#7fb0d6", "#648bab", "#4f6d85", "#405563", "#59544b")
        return ("#24506f", "#4a7fa5", "#7fabca", "#b3cfe2", "#d8d3c9")

    def pillar(self, pillar: str | None) -> str:
        """Return the colour of a pillar; grey where none is stated."""
        return self.pillars.get(pillar or NO_PILLAR, self.no_pillar)


def make_palette(colours: Mapping[str, tuple[str, str]], *, dark: bool) -> Palette:
    """Make the palette of a programme's settings for a light or dark page."""
    return Palette(
        dark=dark, pillars={name: pair[1 if dark else 0] for name, pair in colours.items()}
    )


def make_layout(height: int, colours: Palette, **more: Any) -> dict[str, Any]:
    """Lay out a chart: quiet, without a title of its own (the page prints the sentence above it)."""
    frame: dict[str, Any] = {
        "height": height,
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "font": {"family": "Inter, sans-serif", "size": 13, "color": colours.ink},
        # a picture that is taken along keeps its ground: light letters need a dark one
        "paper_bgcolor": colours.surface,
        "plot_bgcolor": "rgba(0,0,0,0)",
        "hoverlabel": _hover_label(colours),
        "dragmode": "pan",  # which Streamlit sets otherwise, and draws again; axes are fixed
        "clickmode": "event+select",
        "separators": localize(".,"),
    }
    return frame | more


def _hover_label(colours: Palette) -> dict[str, Any]:
    return {
        "align": "left",
        "bgcolor": colours.surface,
        "bordercolor": colours.context,
        "font": {"color": colours.ink, "size": 14},
    }


def draw_texts(**more: Any) -> dict[str, Any]:
    """Write texts into a chart: a trace of their own, because plotly.js 4.2 fails when a bar that
    carries text is clicked ("reading 'textfont'").
    """
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "showlegend": False,
        "cliponaxis": False,
    } | more


def escape_text(text: object) -> str:
    """Escape a text for a figure: plotly reads a little HTML in labels, data must not."""
    return escape("" if text is None else str(text), quote=False)
