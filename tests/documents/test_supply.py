"""What the program is made of, and texts that a page shows."""

import json
import re
import sys

from dashboard.ui.page_parts.about import DOCS, fit_to_page
from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from write_supply import LICENCES, PARTS, bill, licences, parts


def pinned():
    return set(
        re.findall(
            r"^([a-zA-Z0-9._-]+)==([^\s;\\]+)",
            (ROOT / "requirements.txt").read_text("utf-8"),
            re.MULTILINE,
        )
    )


def test_the_lists_of_parts_name_every_package_that_is_pinned_and_are_as_make_sbom_writes_them():
    found = parts()
    assert {(part.name, part.version) for part in found} == pinned()
    assert LICENCES.read_text("utf-8") == licences(found)
    assert PARTS.read_text("utf-8") == bill(found)


def test_every_part_has_its_hashes_and_a_licence_that_allows_passing_it_on():
    components = json.loads(PARTS.read_text("utf-8"))["components"]
    assert len({part["bom-ref"] for part in components}) == len(components) == len(pinned())
    for part in components:
        assert part["externalReferences"][0]["hashes"], part["name"]
    words = {
        word for part in parts() for word in re.split(r" AND | OR |[()]", part.licence) if word
    }
    assert words <= {
        "MIT",
        "MIT-0",
        "MIT-CMU",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "0BSD",
        "Apache-2.0",
        "MPL-2.0",
        "PSF-2.0",
        "Zlib",
        "CC0-1.0",
    }


def test_every_text_of_a_page_has_no_link_that_leads_nowhere_and_starts_below_the_pages_heading():
    for file in ("what-it-sends.md", "accessibility.md", "licences.md"):
        shown = fit_to_page((DOCS / file).read_text("utf-8"))
        assert not re.search(r"^##? ", shown.replace("### ", ""), re.MULTILINE), file
        assert re.findall(r"\]\((?!https?://|mailto:)", shown) == []
