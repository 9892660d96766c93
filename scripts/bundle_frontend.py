"""Put the modules of Streamlit's frontend that every page loads into one file.

Streamlit's frontend comes as some three hundred modules, of which a page asks for a hundred, one
request each; and with a font of four thousand icons. This script reads the frontend of the
Streamlit that is installed, lets esbuild join what every page needs, cuts the font, and writes
`src/dashboard/server/streamlit_frontend`, or the folder that it is given. `make` runs it where the
dashboard is installed; the folder is never committed. It needs the npm client, pip and their
package registries. Where they are not to be had it says so and leaves no folder: pages then load
Streamlit's own files. A second run changes nothing.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import streamlit
from streamlit.material_icon_names import ALL_MATERIAL_ICONS
from subset_fonts import run_subset

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "src" / "dashboard" / "server" / "streamlit_frontend"
STREAMLIT = Path(streamlit.__file__).parent
STATIC = STREAMLIT / "static"
MODULES = STATIC / "static" / "js"
NPM = ROOT / "scripts" / "npm"
"""What npm installs, with digests."""
SCRIPTS = [Path(__file__).with_name(name) for name in ("bundle_frontend.py", "subset_fonts.py")]
ENTRY = "index.html"
WIDGETS = ("BidiComponent", "Button", "DownloadButton", "MenuButton", "Selectbox", "TextInput")
"""What is on most pages; every other element is fetched when a page has it, as ever."""
BUNDLE, HERE, MADE_FROM = "frontend.js", "here.js", "made_from.json"
EXPORT = re.compile(r"export\{([^{}]*)\};?\s*(?://.*)?$")
PRELOADED = re.compile(r"m\.f=\[([^\]]*)\]")
"""Of the entry: the files that are named to the browser before an element is fetched."""
FETCHED = re.compile(r"import\([`\"']\./([^`\"']+)[`\"']\)")
"""A module that is fetched when it is needed."""
ICON = re.compile(r"material/([a-z0-9_]+)")
WORD = re.compile(r'"([a-z0-9_]+)"')
"""How icons are named in code; in ours, a text in quotation marks may be the name of one, too."""


def read_manifest() -> Mapping[str, Mapping[str, Any]]:
    """Read which modules there are, and which imports which."""
    manifest: Mapping[str, Mapping[str, Any]] = json.loads(
        (STATIC / "manifest.json").read_text("utf-8")
    )
    return manifest


def find_inner(manifest: Mapping[str, Mapping[str, Any]]) -> set[str]:
    """Find the modules to be joined: those of the entry and of the widgets, and what they import."""
    inner: set[str] = set()

    def add(key: str) -> None:
        if key not in inner:
            inner.add(key)
            for other in manifest[key].get("imports", ()):
                add(other)

    add(ENTRY)
    for key, module in manifest.items():
        if module.get("isDynamicEntry") and module["name"] in WIDGETS:
            add(key)
    return inner


def read_exports(text: str) -> list[str]:
    """Read the names that a module of the build exports: its last statement lists them."""
    found = EXPORT.search(text)
    return [one.split(" as ")[-1].strip() for one in found[1].split(",")] if found else []


def name_of(module: Mapping[str, Any]) -> str:
    return Path(module["file"]).name


def write_entry(names: Mapping[str, list[str]], entry: str, fetched: Collection[str]) -> str:
    """Write the module that is made into the bundle: Streamlit's entry, then what modules fetch when
    they need it, and everything that a module outside imports from one inside, under a name of its
    own.
    """
    lines = [f'import "./{entry}";', f'import {{ here }} from "./{HERE}";']
    for number, name in enumerate(sorted(fetched)):
        lines.append(f'import * as fetched{number} from "./{name}";')
        lines.append(f'here["{name}"] = fetched{number};')
    for number, (name, exports) in enumerate(names.items()):
        renamed = ", ".join(f"{one} as m{number}_{one}" for one in exports)
        lines.append(f'export {{ {renamed} }} from "./{name}";')
    return "\n".join(lines)


def write_stubs(names: Mapping[str, list[str]]) -> dict[str, str]:
    """Write what stands for each module inside to those outside: two copies of React on a page would
    know nothing of each other.
    """
    return {
        name: "export{"
        + ",".join(f"m{number}_{one} as {one}" for one in exports)
        + f'}}from"./{BUNDLE}";'
        for number, (name, exports) in enumerate(names.items())
    }


def name_bundle(entry: str, inside: Collection[str]) -> str:
    """Name the bundle where Streamlit's entry names ahead what is in it: it is here already."""

    def replaced(found: re.Match[str]) -> str:
        files = json.loads(f"[{found[1]}]")
        named = [f"./{BUNDLE}" if Path(file).name in inside else file for file in files]
        return f"m.f={json.dumps(named, separators=(',', ':'))}"

    text, times = PRELOADED.subn(replaced, entry, count=1)
    assert times == 1, "Streamlit's entry does not say what is named ahead"
    return text


def take_here(text: str, inside: Collection[str]) -> tuple[str, set[str]]:
    """Let a module take from the bundle what it would fetch; return which modules those are. Where a
    module in a bundle is fetched, esbuild puts all that it needs into functions, and a browser reads
    them twice.
    """
    fetched = {name for name in FETCHED.findall(text) if name in inside}
    for name in fetched:
        text = re.sub(
            rf"import\([`\"']\./{re.escape(name)}[`\"']\)",
            f'Promise.resolve().then(()=>here["{name}"])',
            text,
        )
    return (f'import{{here}}from"./{HERE}";{text}' if fetched else text), fetched


def find_imported(manifest: Mapping[str, Mapping[str, Any]], inner: set[str]) -> list[str]:
    """Find the modules inside that one outside imports."""
    imported = {
        other
        for key, module in manifest.items()
        if key not in inner
        for other in (*module.get("imports", ()), *module.get("dynamicImports", ()))
        if other in inner
    }
    return sorted(name_of(manifest[key]) for key in imported)


def bundle(manifest: Mapping[str, Mapping[str, Any]], folder: Path) -> tuple[str, dict[str, str]]:
    """Join the modules; return the bundle, and what stands for each module that is in it."""
    inner = find_inner(manifest)
    inside = {name_of(manifest[key]) for key in inner}
    entry = name_of(manifest[ENTRY])
    fetched: set[str] = set()
    for name in inside:
        text, taken = take_here((MODULES / name).read_text("utf-8"), inside)
        fetched |= taken
        (folder / name).write_text(name_bundle(text, inside) if name == entry else text, "utf-8")
    names = {
        name: read_exports((MODULES / name).read_text("utf-8"))
        for name in find_imported(manifest, inner)
    }
    (folder / "entry.js").write_text(write_entry(names, entry, fetched), "utf-8")
    (folder / HERE).write_text("export const here = {};", "utf-8")
    outside = {file.name for file in MODULES.iterdir()} - inside
    run_esbuild(folder, sorted(outside))
    return (folder / BUNDLE).read_text("utf-8"), write_stubs(names)


def run_esbuild(folder: Path, outside: list[str]) -> None:
    """Let esbuild make the bundle of the entry in a folder; what is outside stays an import."""
    command = [
        install_esbuild(folder),
        "entry.js",
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--minify",
        "--legal-comments=eof",
        "--log-level=error",
        f"--outfile={BUNDLE}",
        *(f"--external:./{name}" for name in outside),
    ]
    run(command, folder)


def install_esbuild(folder: Path) -> str:
    """Let npm install esbuild into a folder; return the program."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError("npm is not there")
    for file in NPM.iterdir():
        shutil.copy(file, folder)
    quiet = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    # a network that lets nothing out is noticed soon
    run([npm, "ci", *quiet, "--fetch-retries=1", "--fetch-retry-mintimeout=1000"], folder)
    return str(folder / "node_modules" / ".bin" / "esbuild")


def run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=120)


def find_icons() -> list[str]:
    """Find the icons that our code or Streamlit's names."""
    named: set[str] = set()
    for file in (*STREAMLIT.rglob("*.py"), *MODULES.glob("*.js")):
        named.update(ICON.findall(file.read_text("utf-8")))
    ours = ROOT / "src" / "dashboard" / "ui"
    for file in (*ours.rglob("*.py"), *(ROOT / "pages").glob("*.py")):
        text = file.read_text("utf-8")
        named.update(ICON.findall(text), WORD.findall(text))
    return sorted(named & ALL_MATERIAL_ICONS)


def read_sources() -> dict[str, Any]:
    """Read of what the folder is made: where this is what it was made of, it is as it would be."""
    return {
        "streamlit": streamlit.__version__,
        "manifest": hashlib.sha256((STATIC / "manifest.json").read_bytes()).hexdigest(),
        "scripts": hashlib.sha256(b"".join(file.read_bytes() for file in SCRIPTS)).hexdigest(),
        "icons": find_icons(),
    }


def is_made(folder: Path, sources: dict[str, Any]) -> bool:
    made_from = folder / MADE_FROM
    return made_from.is_file() and json.loads(made_from.read_text("utf-8")) == sources


def make(folder: Path, sources: dict[str, Any]) -> None:
    """Make the files, paths in the folder as below the address at which they are served."""
    font = next((STATIC / "static" / "media").glob("MaterialSymbols-Rounded.*.woff2"))
    with tempfile.TemporaryDirectory() as temporary:
        script, stubs = bundle(read_manifest(), Path(temporary))
    letters = run_subset(font.read_bytes(), {"icons": sources["icons"]})
    (folder / "js").mkdir(parents=True)
    for name, text in {BUNDLE: script, **stubs}.items():
        (folder / "js" / name).write_text(text, "utf-8")
    (folder / "media").mkdir()
    (folder / "media" / font.name).write_bytes(letters)
    (folder / MADE_FROM).write_text(json.dumps(sources, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{len(script):,} bytes of script, {len(letters):,} of icons\n")


def explain(error: Exception) -> str:
    """Say in one line why something failed: of what a program wrote, the line with its error."""
    wrote = (getattr(error, "stderr", None) or "").strip().splitlines()
    faults = [line for line in wrote if "error" in line.lower()] or wrote[-1:]
    return (faults or [f"{error or type(error).__name__}"])[0].strip()


def main(folder: Path = OUT) -> int:
    sources = read_sources()
    if is_made(folder, sources):
        return 0
    # what is outdated would lack an icon, or modules of another Streamlit
    shutil.rmtree(folder, ignore_errors=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder.parent) as beside:
            make(Path(beside) / folder.name, sources)
            (Path(beside) / folder.name).rename(folder)  # whole, or not there
    except Exception as error:  # noqa: BLE001 - whatever it is, the dashboard goes without
        sys.stderr.write(
            "Pages load Streamlit's own files one by one, which only makes a first visit slower: "
            f"{explain(error)}. To try again: {sys.executable} {' '.join(sys.argv)}\n"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(Path, sys.argv[1:])))
