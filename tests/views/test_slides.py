"""A page in slides: what stands on each, how long lists are split, and what makes none."""

from dataclasses import replace

from dashboard.charts import Chart
from dashboard.charts.rows import AgendaRow, Named
from dashboard.model.quantity import Quantity
from dashboard.views.content import Content, Line, Picture, Section, Spread, Tile
from dashboard.views.content.agenda_slides import list_agenda
from dashboard.views.content.slides import make_closing, make_opening, make_slides, split_evenly

LEAD = (("29 events", True), (" in 2025.", False))
TILES = (Tile("events_held", "Events", Quantity(29, exact=29)),)


def picture(key, sentence="A finding", rows=1, height=300, **more):
    return Picture(key, Chart({"data": []}, [{"Event": "a"}] * rows, sentence, height), **more)


def section(heading, lines, key="list", **more):
    return Section(
        heading, [Line(f"{heading} {nr}") for nr in range(1, lines + 1)], key=key, **more
    )


def texts(slide):
    return [line.text for line in slide.lines]


def test_the_first_slide_has_the_finding_the_numbers_and_a_chart_and_each_other_chart_its_finding():
    pictures = (picture("timeline"), picture("months", "Most in May", besides="and 5 more"))
    page = Content("Events", LEAD, TILES, pictures, slides=("timeline", "months"))
    first, second = make_slides(page)
    assert (first.lead, first.tiles, first.picture.key) == (LEAD, TILES, "timeline")
    assert (second.sentence, second.tiles, second.foot) == ("Most in May", (), "and 5 more")


def test_the_slides_stand_in_the_order_that_the_page_gives_and_what_it_does_not_name_is_on_none():
    page = Content(
        "Overview",
        LEAD,
        TILES,
        (picture("targets"), picture("fold")),
        sections=(section("Next", 2, "next"), section("Remainder", 2, "rest")),
        slides=("next", "targets", "no-longer-there"),
    )
    assert [slide.key for slide in make_slides(page)] == ["next", "targets"]


def test_a_high_chart_many_marks_and_a_long_list_leave_the_numbers_a_slide_of_their_own():
    high, many = picture("body", height=401), picture("body", rows=13)
    elements = replace(many, chart=replace(many.chart, figure={}))
    pages = (
        Content("Events", LEAD, TILES, (high,), slides=("body",)),
        Content("Events", LEAD, TILES, (elements,), slides=("body",)),
        Content("Events", LEAD, TILES, sections=(section("List", 8, "body"),), slides=("body",)),
    )
    for page in pages:
        numbers, body = make_slides(page)
        assert (numbers.key, numbers.tiles, numbers.picture, numbers.lines) == (
            "numbers",
            TILES,
            None,
            (),
        )
        assert (body.key, body.tiles) == ("body", ())


def test_one_chart_is_a_slide_of_its_own_where_the_link_asks_for_it():
    page = Content("Events", LEAD, TILES, (picture("months", "Most in May"),), slides=("months",))
    (alone,) = make_slides(page, "months")
    assert (alone.sentence, alone.tiles, alone.picture.key) == ("Most in May", (), "months")
    assert make_slides(page, "no-such-chart") == make_slides(page)


def test_a_list_is_as_many_slides_of_nine_rows_as_it_needs_evenly_filled_and_numbered():
    page = Content("Review", LEAD, TILES, sections=(section("Highlights", 20),), slides=("list",))
    _numbers, *slides = make_slides(page)
    assert [(slide.sentence, len(slide.lines)) for slide in slides] == [
        ("Highlights (1 of 3)", 6),
        ("Highlights (2 of 3)", 7),
        ("Highlights (3 of 3)", 7),
    ]
    assert texts(slides[2])[-1] == "Highlights 20"
    assert slides[0].headline == (("Highlights", False), (" (1 of 3)", False))


def test_what_a_list_names_on_no_slide_is_counted_at_the_foot_of_its_last():
    page = Content(
        "Events", LEAD, TILES, sections=(section("Undated", 40, more=1_200),), slides=("list",)
    )
    *_rest, third, fourth = make_slides(page)
    assert (len(fourth.lines), third.foot, fourth.foot) == (9, "", "36 of 1,240 are named")


def test_lists_under_one_sentence_share_slides_and_say_to_which_a_line_belongs():
    lists = (section("Modules", 3, group="Ready"), section("Modules", 1, group="In the making"))
    page = Content("Trainings", LEAD, TILES, sections=lists, slides=("list",))
    (slide,) = make_slides(page)
    assert [line.note for line in slide.lines] == ["Ready"] * 3 + ["In the making"]
    apart = [section("One", 8, sentence=(("First", True),)), section("Two", 8)]
    _numbers, *slides = make_slides(replace(page, sections=apart))
    assert [slide.sentence for slide in slides] == ["First", "Two"]


def test_a_part_of_a_report_is_a_slide_with_its_numbers_its_text_and_what_it_names():
    spread = Spread(
        "review-research", "Research", TILES, "To practice", "It turned.", lines=[Line("Data set")]
    )
    page = Content("Review", LEAD, TILES, spreads=(spread,), slides=("review-research",))
    _numbers, slide = make_slides(page)
    assert (slide.sentence, slide.text, texts(slide)) == (
        "Research: To practice",
        "It turned.",
        ["Data set"],
    )
    assert slide.tiles == TILES


def test_what_has_nothing_to_show_makes_no_slide_and_there_is_always_one():
    nothing = Content(
        "Trainings",
        (),
        TILES,
        (picture("bars", rows=0),),
        sections=[section("E", 0)],
        slides=("bars", "list"),
    )
    (only,) = make_slides(nothing)
    assert (only.picture, only.lines, only.sentence) == (None, (), "Trainings")


def test_a_meeting_opens_with_its_title_day_and_contents_and_ends_with_what_it_decides():
    opening = make_opening("Board", "29 November 2026", ["DASH in 2025", "Events"])
    assert (opening.sentence, opening.text) == ("Board", "29 November 2026")
    assert [(line.when, line.text) for line in opening.lines] == [
        ("1", "DASH in 2025"),
        ("2", "Events"),
    ]
    assert texts(make_closing("Board", "Hire two people\n\n Go on ")) == [
        "Hire two people",
        "Go on",
    ]
    assert make_closing("Board", " \n") is None


def event(day, month="", year="2025", who=()):
    return AgendaRow(day, f"Event of {day}", who=who, place="Leiden", month=month, year=year)


def test_an_agenda_keeps_months_whole_and_what_has_no_day_apart():
    rows = [event(f"{nr} Jan", "2025-01") for nr in range(1, 7)]
    rows += [event(f"{nr} Mar", "2025-03") for nr in range(1, 4)]
    rows += [event("4 Apr", "2025-04", who=[Named("A", "chair"), Named("B")]), event("2025")]
    lists = list_agenda(rows)
    assert ["".join(text for text, _ in one.sentence) for one in lists] == [
        "9 events from January to March 2025",
        "1 event in April 2025",
        "1 event in 2025 without a known day",
    ]
    (line,) = lists[1].lines
    assert (line.when, line.note, line.place) == ("4 Apr", "A (chair) and B", "Leiden")
    assert list_agenda(rows * 4) == ()


def test_things_are_split_into_parts_of_about_the_same_length():
    assert split_evenly("abcdefghij", 9) == ["abcde", "fghij"]
    assert (split_evenly("", 9), split_evenly("abc", 9)) == ([], ["abc"])
