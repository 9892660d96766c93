"""The table of widths says what a browser does with the font of the page."""

import base64

import pytest

from dashboard.charts.letters import measure_text
from tests.conftest import ROOT

FONT = ROOT / "src/dashboard/ui/static/fonts/inter-latin.woff2"
TEXTS = [
    "AI in Medical Imaging",
    "30 Jan · Vliegenthart, keynote · Groningen",
    "WAVE To 1,234",
    "illi",
]
MEASURE = """async texts => {
  await Promise.all([document.fonts.load('13px Inter'), document.fonts.load('700 13px Inter')]);
  const canvas = document.createElement('canvas').getContext('2d');
  return ['400', '700'].map(weight => {
    canvas.font = `${weight} 13px Inter`;
    return texts.map(text => canvas.measureText(text).width);
  });
}"""


@pytest.mark.browser
def test_a_browser_sets_texts_as_wide_as_planned(browser):
    page = browser.new_page()
    data = base64.b64encode(FONT.read_bytes()).decode()
    page.set_content(
        "<style>@font-face{font-family:Inter;font-weight:400 700;"
        f"src:url(data:font/woff2;base64,{data})}}</style>"
    )
    plain, bold = page.evaluate(MEASURE, TEXTS)
    page.close()
    for text, width, width_bold in zip(TEXTS, plain, bold, strict=True):
        # kerning moves a few letters; labels keep 14 px from each other
        assert width == pytest.approx(measure_text(text, 13), abs=3)
        assert width_bold == pytest.approx(measure_text(text, 13, bold=True), abs=3)
