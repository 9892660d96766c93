"""What is wrong with a CSV file as a file: quotes, encodings, headers, cells too many."""

from collections.abc import Iterable, Iterator

from tests.intake.corpus.bases import right
from tests.intake.corpus.defects import Defect
from tests.intake.corpus.forms import CSV, DUTCH_CSV, csv_text, written

CAFE = "Café met Zoë over één dag"


def defect(
    name: str,
    kind: str,
    content: bytes | str,
    rows: Iterable[int] = (),
    columns: Iterable[str] = (),
    *,
    file: str = "events.csv",
    note: bool = False,
    hint: str = "",
) -> Defect:
    given = content.encode() if isinstance(content, str) else content
    return Defect(
        name, kind, lambda: {file: given}, frozenset(rows), frozenset(columns), not note, hint
    )


def lines_of(table: str = "events", form: str = CSV, size: int = 12) -> list[list[str]]:
    """Header and right rows."""
    return written(table, right(table, size), form, {})


def text_of(table: str = "events", form: str = CSV, size: int = 12) -> str:
    return csv_text(lines_of(table, form, size), ";" if form == DUTCH_CSV else ",")


def _put(at: int, column: str, cell: str, table: str = "events", size: int = 12) -> str:
    """The file with this cell as it stands in row `at`, without quotes added."""
    lines = lines_of(table, size=size)
    lines[at - 1][lines[0].index(column)] = "PUT-HERE"
    return csv_text(lines).replace("PUT-HERE", cell)


def _quotes() -> Iterator[Defect]:
    def case(
        name: str, content: str, row: int, file: str = "events.csv", *, note: bool = False
    ) -> Defect:
        return defect(f"quote-{name}", "quotation mark", content, {row}, file=file, note=note)

    yield case("last-cell-of-a-row", _put(4, "note", '"Open dag'), 4)
    yield case("title", _put(6, "title", '"Open dag'), 6)
    yield case("last-row", _put(13, "note", '"Open dag'), 13)
    yield case("among-500", _put(203, "note", '"Volle zaal', size=500), 203)
    yield case("header", text_of().replace("title", '"title', 1), 1)
    yield case("first-cell", _put(5, "event_id", '"verzonnen-dag-4'), 5)
    yield case("text-behind", _put(7, "title", '"AI" in de zorg'), 7)
    yield case("doubled-at-the-end", _put(8, "title", '"Dag van de ""zorg""'), 8)
    yield case("people", _put(3, "note", '"Open', "people"), 3, "people.csv")
    later = _put(4, "note", '"Open dag').replace("Een verzonnen opmerking 8", 'Zaal "De Linde"')
    yield case("opened-and-quoted-later", later, 4)
    closed = _put(4, "note", '"Open dag').replace("Een verzonnen opmerking 9\r\n", 'vol"\r\n')
    yield case("rows-inside-a-cell-that-closes", closed, 4, note=True)
    lines = lines_of(form=DUTCH_CSV)
    dutch = csv_text(lines, ";").replace("Een verzonnen opmerking 5", '"Met eigen lunch')
    yield case("semicolon", dutch, 6, "evenementen.csv")


def _encodings() -> Iterator[Defect]:
    def case(
        name: str, content: bytes, rows: Iterable[int] = (), *, hint: str = "", note: bool = True
    ) -> Defect:
        return defect(f"encoding-{name}", "encoding", content, rows, note=note, hint=hint)

    cafe = _put(5, "title", CAFE)
    yield case("mac-roman", cafe.encode("mac-roman"), hint="Café met Zoë")
    yield case("dos-850", cafe.encode("cp850"), hint="Café met Zoë")
    yield case("dos-437", cafe.encode("cp437"), hint="Café met Zoë")
    one_line = _put(5, "title", CAFE).replace("Verzonnen dag 8 over", "Geïnteresseerden dag 8")
    mixed = one_line.encode().replace("Geïnt".encode(), "Geïnt".encode("cp1252"))
    yield case("one-windows-line", mixed, hint="nteresseerden")
    yield case("all-mojibake", cafe.encode().decode("cp1252").encode(), {5}, note=False)
    yield case(
        "twice-mojibake",
        cafe.encode().decode("cp1252").encode().decode("cp1252").encode(),
        {5},
        note=False,
    )
    yield case("cut-in-a-letter", _put(13, "note", "café").rstrip().encode()[:-1], hint="caf")
    yield case(
        "latin-9-euro", _put(6, "title", "Beurs van 500 €").encode("iso-8859-15"), hint="500"
    )


def _headers() -> Iterator[Defect]:
    def case(
        name: str, content: str, *columns: str, rows: Iterable[int] = (), file: str = "events.csv"
    ) -> Defect:
        return defect(f"header-{name}", "header", content, rows, columns, file=file)

    text = text_of()
    yield case("doubled", text.replace("audience", "note", 1), "note", rows={1})
    yield case(
        "unknown",
        text.replace("audience", "Datum Evenement Oud", 1),
        "Datum Evenement Oud",
        rows={1},
    )
    yield case("empty-above-cells", text.replace("audience", "", 1), "L")
    yield case("required-missing", text.replace("status,", "", 1).replace(",held", ""), "status")
    yield case("key-missing", _columns(1, 15), "event_id")
    yield case(
        "same-column-in-two-languages",
        text.replace("audience", "titel", 1),
        "titel",
        "title",
        rows={1},
    )
    yield case("none", "".join(text.splitlines(keepends=True)[1:]), rows={1})
    yield case("of-another-table", text_of("people"), rows={1})
    trainings = text_of("trainings", DUTCH_CSV).replace("periode", "studiejaar", 1)
    yield case("unknown-dutch", trainings, "studiejaar", rows={1}, file="trainingen.csv")
    yield case("title-only", "Evenementen van 2025\r\n" + text.split("\r\n", 1)[1])
    yield case("nothing-at-all", "")
    yield case("only-blank-lines", "\r\n\r\n\r\n")
    yield case("spaces-for-tabs", text.replace(",", "    "))


def _columns(first: int, last: int) -> str:
    return csv_text(line[first:last] for line in lines_of())


def _cells() -> Iterator[Defect]:
    def case(name: str, content: str, row: int, file: str = "events.csv") -> Defect:
        return defect(f"cells-{name}", "number of cells", content, {row}, file=file)

    yield case("one-too-many", _put(6, "title", "Zorgdata, gezondheid"), 6)
    yield case("one-too-few", _put(9, "pillar", "").replace("lecture,,", "lecture,"), 9)
    yield case("many-more", _put(4, "note", "a,b,c,d"), 4)
    yield case("among-500", _put(303, "title", "Dag 1, 2 en 3", size=500), 303)
    money = _put(7, "amount_eur", "1.250,50", "funding")
    yield case("decimal-comma-in-a-comma-file", money, 7, "funding.csv")
    dutch = text_of("trainings", DUTCH_CSV).replace("Verzonnen training 4;", "Training 4; deel 2;")
    yield case("semicolon-in-a-title", dutch, 5, "trainingen.csv")
    mixed = text_of("people").splitlines(keepends=True)
    mixed[4] = mixed[4].replace(",", ";")
    yield case("other-delimiter-in-a-row", "".join(mixed), 5, "people.csv")
    yield case("cut-in-a-row", text_of()[: text_of().index("exact,Een verzonnen opmerking 12")], 13)
    yield case("cut-in-the-first-cell", text_of() + "verzonnen-d", 14)
    again = text_of("people").splitlines(keepends=True)
    yield case(
        "header-again-in-the-middle", "".join([*again[:6], again[0], *again[6:]]), 7, "people.csv"
    )
    broken = text_of("people").replace("Testpersoon Nummer3", "Testpersoon\r\nNummer3")
    yield case("line-break-without-quotes", broken, 4, "people.csv")


def _shifted() -> Iterator[Defect]:
    """One impossible day, below something that takes lines but no row, or rows that are empty."""

    def case(name: str, content: str, rows: set[int]) -> Defect:
        return defect(f"row-{name}", "which row", content, rows, {"start_date"})

    wrong = lines_of()
    wrong[9][2] = "2025-02-30"
    wrong[3][-1] = "Eerste regel\nTweede regel\nDerde regel"
    yield case("below-a-cell-of-three-lines", csv_text(wrong), {10})
    blank = csv_text(wrong[:3]) + "\r\n\r\n" + csv_text(wrong[4:])
    yield case("below-blank-rows", blank, {11})
    commas = csv_text([*wrong[:3], [""] * 15, [""] * 15, *wrong[4:]])
    yield case("below-rows-of-commas", commas, {11})
    yield case("below-sep", "sep=,\r\n" + csv_text([*wrong[:3], *wrong[4:]]), {9, 10})
    title = "Evenementen 2025,,,\r\n,,,\r\n" + csv_text([*wrong[:3], *wrong[4:]])
    yield case("below-a-title", title, {11})


def defects() -> Iterator[Defect]:
    """All of them."""
    for part in (_quotes, _encodings, _headers, _cells, _shifted):
        yield from part()
