"""Office files are zip archives that note when they were made. The same view gives the same bytes:
the time in them is that of its data.
"""

import io
import re
import zipfile
from datetime import datetime

FIXED_TIME = (1980, 1, 1, 0, 0, 0)
STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)")


def fix_times(data: bytes, time: datetime) -> bytes:
    """Rewrite an archive with fixed times in its directory and `time` (UTC) in its properties, also
    those of the workbooks within it.
    """
    stamp, made = time.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename.endswith(".xlsx"):
                content = fix_times(content, time)
            elif entry.filename == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            kept = zipfile.ZipInfo(entry.filename, FIXED_TIME)
            kept.compress_type, kept.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(kept, content)
    return made.getvalue()
