"""Content controls: the marks by which programs keep what is ours in a text. The tag names the
passage; what it stood for is stored beside the text (stored).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from dashboard.export.view_export import clean_line
from dashboard.export.word.footnotes import find_footnotes
from dashboard.export.word.runs import read_runs

MAX_NAME = 64
"""Characters of the name and the tag of a control, as Word counts them."""
CONTROL, CONTENT, RUN, ROW, CELL = (
    qn("w:sdt"),
    qn("w:sdtContent"),
    qn("w:r"),
    qn("w:tr"),
    qn("w:tc"),
)
FIRST_NUMBER = 1_000
MARKS = ".//w:footnoteReference | .//w:footnoteRef"


def make_control(tag: str, name: str, number: int) -> Any:
    """Make an empty control. Its number is one that no other control of the document has."""
    control, about = OxmlElement("w:sdt"), OxmlElement("w:sdtPr")
    shown = clean_line(name).encode("utf-16-le")[: 2 * MAX_NAME].decode("utf-16-le", "ignore")
    for part, value in (("alias", shown), ("tag", tag), ("id", str(number))):
        said = OxmlElement(f"w:{part}")
        said.set(qn("w:val"), value)
        about.append(said)
    control.append(about)
    control.append(OxmlElement("w:sdtContent"))
    return control


@dataclass(frozen=True)
class Control:
    """A control of ours in a document, with the row of the table that it stands for, if it does."""

    element: Any
    tag: str
    row: Any = None

    @property
    def holders(self) -> list[Any]:
        """What holds its texts: the cells of its row, else itself."""
        return [self.element] if self.row is None else list(self.row.iter(CELL))

    @property
    def texts(self) -> list[str]:
        """The texts that it holds, one for each cell."""
        return [read_runs(find_runs(holder)) for holder in self.holders]

    @property
    def paragraph(self) -> Any:
        """The paragraph in which it stands."""
        return next(self.element.iterancestors(qn("w:p")))


def find_runs(holder: Any) -> list[Any]:
    """Find the runs of text in an element, without marks of footnotes."""
    return [run for run in holder.iter(RUN) if not run.xpath(MARKS)]


def find_controls(document: Any, rows: set[str]) -> Iterator[Control]:
    """Find our controls in a text, its feet and footnotes, in order; `rows` are the tags of those that
    stand for a row.
    """
    for root in list_roots(document):
        for element in list(root.iter(CONTROL)):
            tag = _read_property(element, "tag")
            if tag.startswith("dash:"):
                row = next(element.iterancestors(ROW), None) if tag in rows else None
                yield Control(element, tag, row)


def _read_property(control: Any, name: str) -> str:
    found = control.find(f"{qn('w:sdtPr')}/{qn(f'w:{name}')}")
    return "" if found is None else str(found.get(qn("w:val"), ""))


def list_roots(document: Any) -> Iterator[Any]:
    """List what holds text: the body, the heads and feet, the footnotes."""
    yield document.element.body
    for relation in document.part.rels.values():
        if relation.reltype in (RT.HEADER, RT.FOOTER) and not relation.is_external:
            yield relation.target_part.element
    notes = find_footnotes(document)
    if notes is not None:
        yield notes


def find_number(document: Any) -> int:
    """Find a number that no control has."""
    controls = (one for root in list_roots(document) for one in root.iter(CONTROL))
    known = (_read_property(control, "id") for control in controls)
    return max([FIRST_NUMBER, *(int(one) for one in known if one.isdigit())]) + 1
