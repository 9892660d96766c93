"""What is wrong with slides as they are drawn: the letters of each shape are found on the page by its
text and compared with its box, with other shapes and with the least size that can be read.
"""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, islice, pairwise, starmap

import pptx

from tests.support.drawn_pages import SAME_WIDTHS, Letter, Page, Rect, surround
from tests.support.slide_shapes import Drawn, Piece, fold_text, read_shapes

TOLERANCE = 1.5
"""Points by which ink may stand out of its box or meet other ink."""
SMALLEST = {"text": 12.0, "label": 10.0, "table": 12.0, "chart": 10.0, "foot": 9.0}
"""Points of the smallest letters by kind of shape."""
BACKGROUND = 0.6
"""Part of a slide: a picture that takes more lies behind everything."""
IN_A_ROW = "dash|mark|"
"""What stands in a row of a chart that has no bar: that its number is not known."""
LONGEST_WORD = 30
"""Letters: a longer word, such as an address, may stand on two lines."""
MOST_PLACES = 1000
"""Places on a page at which a text is looked for: one of a single letter may stand everywhere."""


def inspect_slides(
    data: bytes, pages: Sequence[Page], smallest: Mapping[str, float] = SMALLEST
) -> list[str]:
    """Say what is wrong with each slide of a deck as these pages draw it."""
    slides = pptx.Presentation(io.BytesIO(data)).slides
    if len(slides) != len(pages):
        return [f"{len(pages)} pages for {len(slides)} slides"]
    found = []
    for slide, page in zip(slides, pages, strict=True):
        shapes = read_shapes(slide, page)
        strays = assign_letters(shapes, page)
        faults = [
            *find_misplaced(shapes, page),
            *find_strays(shapes, strays),
            *find_broken(shapes),
            *find_overlaps(shapes, page),
            *find_small(shapes, smallest),
        ]
        found += [f"slide {page.number}: {fault}" for fault in faults]
    return found


def find_other_fonts(data: bytes, pages: Iterable[Page]) -> list[str]:
    """Find fonts of the theme in whose place LibreOffice took one with other widths."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    drawn = set().union(*(page.fonts for page in pages))
    asked = re.findall(r'<a:latin typeface="([^"+]+)"', theme)[:2]
    return [
        name
        for name in dict.fromkeys(asked)
        if not drawn & {name.replace(" ", ""), SAME_WIDTHS.get(name, "")}
    ]


def assign_letters(shapes: Sequence[Drawn], page: Page) -> list[Letter]:
    """Give each shape the letters that draw its texts, the longest text first; where a text stands
    on a page more than once, the place that fits best. Gives the letters that are of no shape.
    """
    drawn = [
        (one, index) for index, letter in enumerate(page.letters) for one in fold_text(letter.text)
    ]
    free = {index for _, index in drawn}
    pieces = [piece for shape in shapes for piece in shape.pieces]
    for piece in sorted(pieces, key=lambda one: -len(fold_text(one.text))):
        place = _find_place(piece, page, drawn, free)
        piece.letters = [page.letters[index] for index in place]
        free.difference_update(place)
    strays = []
    for letter in (page.letters[index] for index in sorted(free)):
        charts = [one for one in shapes if one.kind == "chart" and letter.box.overlap(one.box)]
        (charts[-1].loose if charts else strays).append(letter)
    return strays


def _find_place(
    piece: Piece, page: Page, drawn: Sequence[tuple[str, int]], free: set[int]
) -> list[int]:
    """Find the letters that draw a text: those that stand least out of its box, the first of these
    where several do; none where it is not drawn.
    """
    best: tuple[float, list[int]] = (math.inf, [])
    for place in islice(_find_places(fold_text(piece.text), drawn, free), MOST_PLACES):
        far = surround([page.letters[index].box for index in place]).beyond(piece.box)
        best = min(best, (far, place), key=lambda one: one[0])
        if not far:
            break
    return best[1]


def _find_places(
    text: str, drawn: Sequence[tuple[str, int]], free: set[int]
) -> Iterator[list[int]]:
    """Find where a text is drawn; one that runs from right to left may be drawn from its end."""
    page = "".join(one for one, _ in drawn)
    for sought in dict.fromkeys((text, text[::-1])):
        at = page.find(sought)
        while at >= 0:
            place = [index for _, index in drawn[at : at + len(sought)]]
            if free.issuperset(place):
                yield [*dict.fromkeys(place)]
            at = page.find(sought, at + 1)


def join_words(letters: Sequence[Letter]) -> list[tuple[str, Rect]]:
    """The words of letters, each with its box."""
    words: dict[int, list[Letter]] = {}
    for letter in letters:
        words.setdefault(letter.word, []).append(letter)
    return [
        ("".join(one.text for one in word), surround([one.box for one in word]))
        for word in words.values()
    ]


def join_lines(letters: Sequence[Letter]) -> list[Rect]:
    """The lines of letters: words that follow each other at one height are of one."""
    lines: list[Rect] = []
    for _, box in join_words(letters):
        last = lines[-1] if lines else Rect(0, 0, 0, 0)
        level = min(box.bottom, last.bottom) > max(box.top, last.top)
        if level and box.left - last.right < 2 * (box.bottom - box.top):
            lines[-1] = surround([last, box])
        else:
            lines.append(box)
    return lines


def find_misplaced(shapes: Sequence[Drawn], page: Page) -> Iterator[str]:
    """Find texts that are not drawn, words outside their boxes, and words outside the slide."""
    for shape in shapes:
        if shape.kind == "placeholder":
            yield f"{_name(shape)} is an empty placeholder"
        for piece in shape.pieces:
            if not piece.letters:
                yield f"“{piece.text[:60]}” of {_name(shape)} is not drawn"
        places = [(piece.letters, piece.box) for piece in shape.pieces] + [(shape.loose, shape.box)]
        places = [] if shape.turned else places
        yield from _tell_worst(places, TOLERANCE, _name(shape))
    yield from _tell_worst([(page.letters, page.box)], 0, "the slide")


def _tell_worst(
    places: Iterable[tuple[Sequence[Letter], Rect]], tolerance: float, name: str
) -> Iterator[str]:
    """Say which word stands farthest out of its box, and how many do."""
    words = [
        (box.beyond(inside), word)
        for letters, inside in places
        for word, box in join_words(letters)
    ]
    if out := [one for one in words if one[0] > tolerance]:
        far, word = max(out)
        yield f"“{word}” stands {far:.1f} pt out of {name} ({len(out)} of {len(words)} words do)"


def _name(shape: Drawn) -> str:
    return "|".join(shape.name.split("|")[:4])


def find_strays(shapes: Sequence[Drawn], strays: Sequence[Letter]) -> Iterator[str]:
    """Find words that are of no shape; bullets stand in the box of a text."""
    texts = [shape.box for shape in shapes if shape.pieces]
    for word, box in join_words(strays):
        if all(box.beyond(text) > TOLERANCE for text in texts):
            yield f"“{word}” is of no shape"


def find_broken(shapes: Sequence[Drawn]) -> Iterator[str]:
    """Find words that stand on two lines, a part on each."""
    for shape in [shape for shape in shapes if not shape.turned]:
        for piece in shape.pieces:
            letters = [one for one in piece.letters for _ in fold_text(one.text)]
            for word in piece.text.split():
                now, letters = letters[: len(fold_text(word))], letters[len(fold_text(word)) :]
                if len(word) <= LONGEST_WORD and any(starmap(_is_break, pairwise(now))):
                    yield f"“{word}” of {_name(shape)} stands on two lines"


def _is_break(one: Letter, following: Letter) -> bool:
    return f"{one.text}{following.text}".isalnum() and following.box.top > one.box.bottom


def find_overlaps(shapes: Sequence[Drawn], page: Page) -> Iterator[str]:
    """Find texts over other texts, tables, charts, pictures and marks; these over each other; and
    words of a chart over each other.
    """
    largest = BACKGROUND * page.box.area
    solid = [one for one in shapes if one.kind in ("table", "chart", "picture")]
    solid = [one for one in solid if one.kind != "picture" or one.box.area < largest]
    marks = [one for one in shapes if one.kind == "mark"]
    written = [(one, join_lines(one.letters)) for one in shapes if one.pieces and one not in solid]
    pairs = [
        (one, other, one.covered.overlap(other.covered)) for one, other in combinations(solid, 2)
    ]
    for text, lines in written:
        pairs += [(text, other, _meet(lines, [other.covered])) for other in solid + marks]
    pairs += [(a, b, _meet(of_a, of_b)) for (a, of_a), (b, of_b) in combinations(written, 2)]
    for one, other, far in pairs:
        beside_bars = one.name.startswith(IN_A_ROW) and other.kind == "chart"
        if far > TOLERANCE and not beside_bars:
            yield f"{_name(one)} and {_name(other)} lie {far:.1f} pt over each other"
    for chart in (one for one in shapes if one.kind == "chart"):
        words = join_words([letter for letter in chart.letters if letter.level])
        for (word, box), (other, beside) in combinations(words, 2):
            if (far := box.overlap(beside)) > TOLERANCE:
                yield f"“{word}” and “{other}” of {_name(chart)} lie {far:.1f} pt over each other"


def _meet(boxes: Iterable[Rect], others: Sequence[Rect]) -> float:
    return max((one.overlap(other) for one in boxes for other in others), default=0)


def find_small(shapes: Sequence[Drawn], smallest: Mapping[str, float]) -> Iterator[str]:
    """Find shapes whose smallest letters are too small to be read."""
    for shape in shapes:
        least = smallest.get(shape.kind, 0)
        size = min((letter.size for letter in shape.letters), default=least)
        if size < least - 0.2:
            yield f"letters of {size:.1f} pt in {_name(shape)} ({shape.kind}: {least:g} at least)"
