"""QR codes, read by another program than the one that drew them."""

import io
from urllib.parse import urlencode
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image

from dashboard.export import qr

BASE = "https://dash.example.org"
ENCODED = f"{BASE}/events?" + urlencode({"text": "Zoë Müller – café"})
LONG = f"{BASE}/events?" + "&".join(f"speaker=person-number-{nr:04}" for nr in range(80))


def picture(link, **options):
    return Image.open(io.BytesIO(qr.draw_png(link, **options)))


def read(image):
    """What stands in the one code of a picture."""
    (found,) = zxingcpp.read_barcodes(image)
    return found.text


@pytest.mark.parametrize(
    "link",
    [
        f"{BASE}/s/abc23456",
        f"{BASE}/trainings?year=2025&level=phd&v=0123456789abcdef&on=2026-02-03",
        ENCODED,
        f"{BASE}/events?text=Zoë Müller – café 東京",
        LONG[:2000],
    ],
)
def test_a_code_says_its_link(link):
    assert read(picture(link)) == link
    assert read(picture(link, scale=2)) == link


def test_the_long_link_is_as_long_as_it_says():
    assert len(LONG[:2000]) == 2000


def test_a_code_has_a_quiet_zone_of_four_modules_and_is_dark_on_white():
    image = picture(f"{BASE}/s/abc23456", scale=5).convert("L")
    width, height = image.size
    edge = 4 * 5
    around = [
        (0, 0, width, edge),
        (0, height - edge, width, height),
        (0, 0, edge, height),
        (width - edge, 0, width, height),
    ]
    assert width == height
    assert all(image.crop(box).getextrema() == (255, 255) for box in around)
    assert image.getpixel((edge, edge)) == 0


def test_the_drawing_for_print_is_an_svg_of_the_same_size_in_modules():
    root = ET.fromstring(qr.draw_svg(f"{BASE}/s/abc23456"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert int(root.get("width")) / 8 == picture(f"{BASE}/s/abc23456", scale=1).width


def test_a_link_that_a_phone_can_open_stays_short_enough_to_be_read_from_a_screen():
    assert picture(f"{BASE}/s/abc23456", scale=1).width <= 33 + 2 * 4
