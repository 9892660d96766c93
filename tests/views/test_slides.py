"""A page in slides: what stands on each, how long lists are split, and what makes none."""

from dataclasses import replace

from dashboard.charts import Chart
from dashboard.charts.rows import AgendaRow, draw_rows
from dashboard.model.quantity import Quantity
from dashboard.views.content import Content, Line, Picture, Section, Tile
from dashboard.views.content.slides import make_slides

LEAD = (("29 events", True), (" in 2025.", False))
TILES = (Tile("events_held", "Events", Quantity(29, exact=29)),)


def picture(key, sentence="A finding", rows=1):
    return Picture(key, Chart({"data": []}, [{"Event": "a"}] * rows, sentence, 300))


def section(heading, lines, **more):
    return Section(heading, [Line(f"{heading} {nr}") for nr in range(1, lines + 1)], **more)


def said(slide):
    """The large words of a slide."""
    return "".join(text for text, _strong in slide.lead)


def lines(slide):
    return [line.text for one in slide.sections for line in one.lines]


def test_the_first_slide_has_the_finding_the_numbers_and_a_chart_and_each_other_chart_its_finding():
    page = Content("Events", LEAD, TILES, (picture("timeline"), picture("months", "Most in May")))
    first, second = make_slides(page)
    assert (first.lead, first.tiles, first.picture.key) == (LEAD, TILES, "timeline")
    assert (said(second), second.tiles, second.picture.key) == ("Most in May", (), "months")


def test_one_chart_is_a_slide_of_its_own_where_the_link_asks_for_it():
    page = Content("Events", LEAD, TILES, (picture("timeline"), picture("months", "Most in May")))
    (alone,) = make_slides(page, "months")
    assert (said(alone), alone.tiles, alone.picture.key) == ("Most in May", (), "months")
    assert make_slides(page, "no-such-chart") == make_slides(page)


def test_a_list_is_as_many_slides_of_nine_rows_as_it_needs_and_none_is_left_out():
    page = Content("Review", LEAD, TILES, (picture("year"),), sections=(section("Highlights", 20),))
    _first, *slides = make_slides(page)
    assert [(said(slide), len(lines(slide))) for slide in slides] == [
        ("Highlights", 9),
        ("Highlights", 9),
        ("Highlights", 2),
    ]
    assert lines(slides[2]) == ["Highlights 19", "Highlights 20"]
    assert {one.heading for slide in slides for one in slide.sections} == {""}


def test_what_a_list_does_not_hold_is_counted_on_its_last_slide():
    page = Content(
        "Events", LEAD, TILES, (picture("a"),), sections=(section("Undated", 9, more=1_234),)
    )
    _first, whole, rest = make_slides(page)
    assert (len(lines(whole)), lines(rest)) == (9, ["and 1,234 more"])
    assert sum(one.more for slide in (whole, rest) for one in slide.sections) == 0


def shown_under_a_chart(sections):
    return make_slides(Content("T", LEAD, TILES, (picture("a"),), sections=sections))


def test_without_a_chart_the_first_list_stands_under_the_numbers_with_its_heading():
    page = Content("Review", LEAD, TILES, sections=(section("Highlights", 3), section("Next", 2)))
    first, second = make_slides(page)
    assert [(one.heading, len(one.lines)) for one in first.sections] == [("Highlights", 3)]
    assert (first.lead, first.tiles) == (LEAD, TILES)
    assert (said(second), [one.heading for one in second.sections]) == ("Next", [""])


def test_lists_under_one_heading_share_a_slide_as_far_as_they_fit():
    few = [section("E-learning", 3, group="Ready", key="m"), section("E-learning", 1, key="m")]
    assert [len(s.sections) for s in shown_under_a_chart(few)] == [0, 2]
    many = [section("E-learning", 6, group="Ready", key="m"), section("E-learning", 5, key="m")]
    assert [len(s.sections) for s in shown_under_a_chart(many)] == [0, 1, 1]
    apart = [section("One", 2), section("Two", 2)]
    assert [said(s) for s in shown_under_a_chart(apart)][1:] == ["One", "Two"]


def test_what_has_nothing_to_show_makes_no_slide_and_there_is_always_one():
    nothing = Content(
        "Trainings", (), TILES, (picture("bars", rows=0),), sections=[section("E", 0)]
    )
    (only,) = make_slides(nothing)
    assert (only.picture, list(only.sections), only.title) == (None, [], "Trainings")


def test_without_a_chart_the_agenda_stands_on_the_slides_and_its_undated_rows_not_once_more():
    rows = [
        AgendaRow(str(nr), f"Event {nr}", act=f"event=e{nr}", month="2025-05")
        for nr in range(1, 21)
    ]
    page = Content(
        "Events",
        LEAD,
        TILES,
        sections=(section("Undated", 2),),
        blocks={"agenda": draw_rows(rows).markup, "undated": None},
    )
    slides = make_slides(page)
    shown = [[row.text for row in slide.rows.find("agenda-row")] for slide in slides]
    assert [len(one) for one in shown] == [9, 9, 2]
    assert shown[2][1].startswith("20 Event 20")
    assert (said(slides[0]), slides[0].tiles, slides[1].tiles) == ("29 events in 2025.", TILES, ())
    with_chart = replace(page, pictures=(picture("timeline"),))
    assert [slide.rows for slide in make_slides(with_chart)] == [None, None]
