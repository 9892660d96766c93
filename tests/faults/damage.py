"""Ways in which a version's files are lost on a disk."""

import json
import os

from dashboard.store import digested_json


def rot(version):
    """Bits of its database flip where they lie: neither size nor date of the file tells."""
    _overwrite(version, lambda data: bytes(byte ^ 0xFF for byte in data))


def zero_a_page(version):
    """A page is lost; what does not read it has no complaint, only the manifest tells."""
    data, page = version.database.read_bytes(), 4096
    start = next(at for at in range(len(data) // 2, len(data), page) if any(data[at : at + page]))
    version.database.write_bytes(data[:start] + bytes(page) + data[start + page :])


def cut_short(version):
    """The file ends early: most of its tables are gone, whatever lies where."""
    os.truncate(version.database, version.database.stat().st_size // 8)


def lose_the_database(version):
    """The file is gone."""
    version.database.unlink()


def lose_a_file_of_records(version):
    """One of the files with the records is gone."""
    (version.records / "people.csv").unlink()


def lose_the_manifest(version):
    """What says what the version holds is half a file."""
    path = version.folder / "manifest.json"
    path.write_bytes(path.read_bytes()[:50])


def of_release(version, **changes):
    """Not damaged: the manifest as another release of the program wrote it."""
    path = version.folder / "manifest.json"
    said = {
        name: value
        for name, value in json.loads(path.read_text("utf-8")).items()
        if name != "sha256"
    }
    path.write_text(digested_json.dump_with_digest(said | changes), "utf-8")


def unsealed(version):
    """Not damaged: the manifest as releases wrote it that gave it no digest."""
    path = version.folder / "manifest.json"
    said = {
        name: value
        for name, value in json.loads(path.read_text("utf-8")).items()
        if name not in ("sha256", "removed")
    }
    path.write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n", "utf-8")


def _overwrite(version, change, begin=12_288):
    stat = version.database.stat()
    data = version.database.read_bytes()
    with version.database.open("r+b") as file:
        file.write(data[:begin] + change(data[begin:]))
    os.utime(version.database, ns=(stat.st_atime_ns, stat.st_mtime_ns))
