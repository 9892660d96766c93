"""Charts drawn as elements: bullet bars, dumbbells, certainty, cohorts, shares, roles, the board,
funding, rows. Answers are worked out by hand from five rows; invariants hold for all records.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from dashboard.charts.board import draw_board
from dashboard.charts.bullets import draw_bullets
from dashboard.charts.certainty import draw_certainty
from dashboard.charts.cohorts import draw_cohorts
from dashboard.charts.contrast import MINIMUM, choose_tint, compute_contrast, mix_colours
from dashboard.charts.dumbbells import Compared, draw_dumbbells
from dashboard.charts.grants import draw_funding
from dashboard.charts.markup import Element
from dashboard.charts.outcomes import Outcome, Upcoming, draw_next_list, draw_result_list
from dashboard.charts.role_matrix import draw_role_matrix
from dashboard.charts.rows import AgendaRow, Named, draw_rows
from dashboard.charts.shares import draw_shares
from dashboard.charts.theme import Palette
from dashboard.export.pptx.bar_chart import can_be_drawn
from dashboard.model.filters import NO_FILTERS, Filters
from dashboard.model.quantity import Quantity
from dashboard.query import questions
from dashboard.query.target_paths import Due, Target
from dashboard.query.targets import assess

COLOURS = Palette()
YEAR = Filters(year=2025)
PILLARS = {"research": "Research", "education": "Education", "impact": "Impact"}
STATUSES = {"planned": "Planned", "selected": "Selected", "running": "Running"}


def texts(elements):
    return [element.text for element in elements]


def style(element, name):
    return element.style[name]


# ---- On course?


def progress(metric, target, quantity, *, today=date(2026, 1, 15), share=1, direction="more"):
    of = Target("t", metric, 2025, direction, target, None, "", "", None)
    return assess(of, quantity, Due(Fraction(share)), today, None)


FIVE = [
    progress("countries", 5, Quantity(7, exact=7)),
    progress("funding_received", 1_000_000, Quantity(None, unknown=1)),
    progress("events_held", 6, Quantity(4, exact=4)),
    progress("training_participants", 500, Quantity(589, exact=3, about=2)),
    progress("results", 4, Quantity(4, exact=4)),
]


def test_the_worst_target_stands_first_and_what_is_not_known_last():
    chart = draw_bullets(FIVE, COLOURS)
    assert texts(chart.markup.find("bullet-value")) == [
        "4 of 6 ▾ behind",
        "4 of 4 ✓ met",
        "≈\N{NO-BREAK SPACE}589 of 500 ✓ met".replace("\N{NO-BREAK SPACE}", " "),
        "7 of 5 ✓ met",
        "not known no verdict",
    ]
    assert chart.sentence == "5 targets: 1 behind, 3 met and 1 without a verdict"


def test_a_bullet_bar_is_to_scale_up_to_1_4_targets():
    bars = draw_bullets(FIVE, COLOURS).markup.find("bullet")
    first = bars[0]
    assert style(first.find("bullet-fill")[0], "--part") == "47.62%"  # 4 of 8.4
    assert style(first.find("bullet-target")[0], "--at") == "71.43%"  # 6 of 8.4


def test_a_value_beyond_the_scale_makes_the_bar_longer_and_is_not_cut():
    (bar,) = draw_bullets(
        [progress("events_held", 6, Quantity(60, exact=60))], COLOURS
    ).markup.find("bullet")
    assert style(bar.find("bullet-fill")[0], "--part") == "100.00%"
    assert style(bar.find("bullet-target")[0], "--at") == "10.00%"


def test_an_unknown_number_is_hatched_over_the_whole_width_and_has_no_length():
    unknown = draw_bullets(FIVE, COLOURS).markup.find("bullet")[-1]
    assert unknown.find("mark-hatched")
    assert not unknown.find("bullet-fill")
    assert not unknown.find("bullet-target")


def test_about_fades_and_at_least_is_open():
    both = [
        progress("events_held", 6, Quantity(4, about=1)),
        progress("results", 6, Quantity(4, exact=1, at_least=1)),
    ]
    markup = draw_bullets(both, COLOURS).markup
    assert len(markup.find("mark-about")) == len(markup.find("mark-at-least")) == 1


def test_a_lower_bound_below_its_target_gets_no_verdict():
    (value,) = draw_bullets(
        [progress("events_held", 6, Quantity(4, at_least=1))], COLOURS
    ).markup.find("bullet-value")
    assert value.text == "≥ 4 of 6 no verdict"


def test_where_it_should_be_today_is_a_second_tick_while_the_year_runs():
    half = progress(
        "events_held", 6, Quantity(4, exact=4), today=date(2025, 7, 2), share=Fraction(1, 2)
    )
    running, over = draw_bullets([half], COLOURS).markup, draw_bullets(FIVE, COLOURS).markup
    assert style(running.find("bullet-due")[0], "--at") == "35.71%"  # 3 of 8.4
    assert "where it should be today" in running.text
    assert not over.find("bullet-due")
    assert "where it should be today" not in over.text


def test_the_sixth_target_is_folded_with_its_number():
    chart = draw_bullets([*FIVE, FIVE[2]], COLOURS)
    (fold,) = chart.markup.find("fold")
    assert fold.find("fold-label")[0].text == "1 more target"
    assert len(fold.find("bullet")) == 1


def test_of_a_target_that_limits_the_most_is_said():
    one = progress("events_held", 6, Quantity(4, exact=4), direction="less")
    assert "4 of at most 6" in draw_bullets([one], COLOURS).markup.text


def test_a_target_opens_the_records_of_its_number():
    assert draw_bullets(FIVE, COLOURS).markup.acts()[0] == "why=events_held"


def test_the_slide_gets_parts_of_the_target_by_how_well_they_are_known():
    bars = draw_bullets(FIVE, COLOURS).bars
    assert [values for _name, values, _colour in bars.series] == [
        [67, 100, None, 140, None],
        [None, None, 118, None, None],
    ]
    assert (bars.categories[-1], bars.is_target) == ("Funding received", True)
    assert bars.amounts[0][-1] == "not known  no verdict"
    assert can_be_drawn(bars)


# ---- Two years


def exact(number):
    return Quantity(number, exact=number)


COMPARED = [
    Compared("events_held", "Events", exact(33), exact(29)),
    Compared("countries", "Countries", exact(6), exact(7)),
    Compared("results", "Results", exact(4), exact(4)),
    Compared("funding_received", "Funding", Quantity(900, about=1), exact(400), money=True),
    Compared("training_participants", "People", exact(742), Quantity(5, exact=1, unknown=1)),
]


def draw_compared(compared):
    return draw_dumbbells(compared, COLOURS, now="2026", before="2025")


def test_a_line_goes_from_zero_to_1_2_times_its_larger_number():
    line = draw_compared(COMPARED).markup.find("dumbbell")[0]
    assert style(line.find("now")[0], "--at") == "83.33%"  # 33 of 39.6
    assert style(line.find("before")[0], "--at") == "73.23%"  # 29 of 39.6


def test_the_lower_number_stands_left_and_the_higher_right_so_that_they_never_meet():
    for line in draw_compared(COMPARED).markup.find("dumbbell"):
        marks = line.find("dumbbell-mark")
        at = {
            side: float(style(mark, "--at").rstrip("%"))
            for mark in marks
            for side in ("left", "right")
            if mark.find(side)
        }
        assert at["left"] <= at["right"]


def test_differences_carry_their_sign_and_how_well_they_are_known():
    found = texts(draw_compared(COMPARED).markup.find("dumbbell-difference"))
    assert found == ["+4", "−1", "0", "≈ +€500"]


def test_what_is_not_known_well_enough_is_not_compared_and_says_why():
    chart = draw_compared(COMPARED)
    (other,) = chart.markup.find("dumbbell-other")
    assert other.text.startswith("People not comparable 5 → 742")
    assert "from 1 of 2 records" in other.text
    assert chart.sentence == (
        "2026 against 2025: 2 higher, 1 lower, 1 the same; 1 cannot be compared"
    )


def test_a_reason_that_is_given_keeps_two_known_numbers_apart():
    refused = Compared("events_held", "Events", exact(2), exact(1), reason="2025 not recorded")
    chart = draw_compared([refused])
    assert not chart.markup.find("dumbbell")
    assert chart.table[0]["Reason"] == "2025 not recorded"
    assert chart.bars is None


def test_the_slide_gets_each_pair_with_the_larger_as_100():
    bars = draw_compared(COMPARED[:2]).bars
    assert list(bars.categories) == ["Events", "Countries"]
    assert [values for _name, values, _colour in bars.series] == [[88, 100], [100, 86]]
    assert bars.amounts == [["29", "7"], ["33", "6"]]


# ---- How sure is it?


def level(identity, trainings, *, exact=0, about=0, at_least=0, unknown=0):
    """A row of trainings_by in which every known number is of one training."""
    known = [number for number in (exact, about, at_least) if number]
    return {
        "dimension": "level",
        "id": identity,
        "trainings": trainings,
        "value": sum(known) if known else None,
        "exact_value": exact or None,
        "about_value": about or None,
        "at_least_value": at_least or None,
        "exact": int(bool(exact)),
        "about": int(bool(about)),
        "at_least": int(bool(at_least)),
        "fewer_than": 0,
        "unknown": unknown,
        "disputed": 0,
    }


def parts_of(*rows):
    return [
        (part.find("sure-words")[0].text, style(part, "--part"))
        for part in draw_certainty(rows, COLOURS).markup.find("sure-part")
    ]


def test_the_first_two_thirds_are_to_scale_and_the_hatched_rest_says_how_many():
    found = parts_of(
        level("bachelor", 2, exact=44, about=400), level("phd", 3, about=100, unknown=2)
    )
    assert found == [
        ("44 exact", "5.34%"),  # 44 of 544, of 66 %
        ("≈ 500 about", "60.66%"),
        ("2 trainings: number not known", "34.00%"),
    ]


def test_the_table_tells_people_and_trainings_as_numbers_and_no_zero_for_what_is_not_known():
    rows = [level("bachelor", 2, exact=44, about=400), level("phd", 3, about=100, unknown=2)]
    assert draw_certainty(rows, COLOURS).table == [
        {"How well known": "exact", "Participants": 44, "Trainings": 1},
        {"How well known": "about", "Participants": 500, "Trainings": 2},
        {"How well known": "not known", "Participants": None, "Trainings": 2},
    ]


def test_where_all_is_known_the_bar_is_to_scale_and_nothing_is_hatched():
    assert parts_of(level("a", 1, exact=30), level("b", 1, at_least=10)) == [
        ("30 exact", "75.00%"),
        ("≥ 10 at least", "25.00%"),
    ]


def test_where_nothing_is_known_all_is_hatched():
    chart = draw_certainty([level("a", 1, unknown=1)], COLOURS)
    assert [p.style["--part"] for p in chart.markup.find("sure-part")] == ["100.00%"]
    assert chart.sentence == "How many took part is not known for the one training"
    assert "589" not in chart.markup.text


def test_words_without_room_stand_below_the_bar():
    chart = draw_certainty([level("a", 2, exact=1, about=500)], COLOURS)
    assert chart.markup.find("sure-below")[0].text == "1 exact"


def test_the_sentence_keeps_qualifier_and_coverage():
    chart = draw_certainty([level("a", 3, about=500, unknown=2)], COLOURS)
    assert chart.sentence == "About 500 people were trained, from 1 of 3 trainings"


def test_each_dimension_is_counted_once():
    rows = [level("a", 1, exact=30), level("b", 1, exact=30) | {"dimension": "pillar"}]
    assert draw_certainty(rows, COLOURS).sentence.startswith("30 people")


# ---- Cohorts


def training(identity, participants, kind="exact", **more):
    return {
        "training_id": identity,
        "title": identity.title(),
        "audience": None,
        "participants": participants,
        "participants_kind": kind,
        "pillar": "education",
        "period": "2024-2025",
        "is_disputed": False,
    } | more


COHORTS = [
    training("game", None, "unknown"),
    training("dentistry", 44),
    training("medicine", 400, "about", audience="First-year students", is_disputed=True),
    training("master", 30, "at-least"),
    training("small", None, "fewer-than"),
]


def test_cohorts_stand_to_scale_from_zero_the_largest_first_and_unknown_last():
    chart = draw_cohorts(COHORTS, {}, COLOURS)
    assert texts(chart.markup.find("cohort-name")) == [
        "First-year students",
        "Dentistry",
        "Master",
        "Game",
        "Small",
    ]
    assert [f.style["--part"] for f in chart.markup.find("cohort-fill")] == [
        "100.00%",
        "11.00%",
        "7.50%",
    ]
    assert texts(chart.markup.find("cohort-number")) == [
        "≈ 400 sources differ",
        "44",
        "≥ 30",
        "not known",
        "withheld",
    ]


def test_an_unknown_cohort_is_hatched_and_has_no_length():
    chart = draw_cohorts(COHORTS, {}, COLOURS)
    assert len(chart.markup.find("cohort-unknown")) == 2
    assert chart.bars.series[0][1] == [None, 44.0, None, None, None]


def test_what_a_cohort_consisted_of_stands_behind_it_once():
    chart = draw_cohorts(COHORTS, {"dentistry": ["eHealth", "AI", "eHealth"]}, COLOURS)
    assert texts(chart.markup.find("cohort-parts")) == ["eHealth, AI"]


def test_two_cohorts_of_one_audience_are_told_apart():
    two = [training("spring", 10, audience="PhD"), training("autumn", 20, audience="PhD")]
    assert texts(draw_cohorts(two, {}, COLOURS).markup.find("cohort-name")) == [
        "PhD (Autumn)",
        "PhD (Spring)",
    ]


def test_the_thirteenth_cohort_is_folded():
    chart = draw_cohorts([training(f"t{n}", n) for n in range(1, 16)], {}, COLOURS)
    (fold,) = chart.markup.find("fold")
    assert fold.find("fold-label")[0].text == "3 more"
    assert len(chart.markup.find("cohort")) == 15


# ---- Who carries it


def person(identity, contributions):
    return {
        "person_id": identity.lower(),
        "name": f"Jan {identity}",
        "events": contributions,
        "contributions": contributions,
    }


PEOPLE = [person("Smit", 1), person("Bos", 6), person("Kok", 2), person("Vos", 2), person("Pot", 1)]


def test_those_who_make_half_stand_out():
    chart = draw_shares(PEOPLE, COLOURS)
    assert [f.act for f in chart.markup.find("share-in-half")] == ["person=bos"]  # 6 of 12
    assert chart.sentence == "1 of 5 people made 6 of 12 contributions"
    assert "half, 6 of 12" in chart.markup.text


def test_an_odd_total_has_no_half_of_its_own():
    assert "half of 3" in draw_shares([person("Bos", 2), person("Kok", 1)], COLOURS).markup.text


def test_the_fields_add_up_to_all():
    shares = [
        float(f.style["--part"].rstrip("%"))
        for f in draw_shares(PEOPLE, COLOURS).markup.find("share-field")
    ]
    assert sum(shares) == pytest.approx(100, abs=0.1)


def test_who_has_no_room_for_a_name_is_named_below_in_words():
    many = [person("Bos", 30), person("Vliegenthart", 1), person("Schoonbeek", 1)]
    assert draw_shares(many, COLOURS).markup.find("share-names")[0].text == (
        "one each: Schoonbeek , Vliegenthart"
    )


def test_of_very_many_the_last_are_one_field():
    crowd = [person(f"P{n}", 1) for n in range(72)]
    fields = draw_shares(crowd, COLOURS).markup.find("share-field")
    assert len(fields) == 41
    assert fields[-1].text == "32 others 32"
    assert not fields[-1].act


def test_bars_are_of_the_first_24_and_say_what_the_others_made():
    crowd = [person("Bos", 9), *(person(f"P{n}", 2) for n in range(23)), person("Kok", 1)]
    bars = draw_shares(crowd, COLOURS).bars
    assert (len(bars.categories), bars.categories[0]) == (24, "Jan Bos")
    assert bars.series[0][1] == [9, *[2] * 23]
    assert bars.note == "1 other person made 1 contribution"
    two = draw_shares([*crowd, person("Smit", 1)], COLOURS).bars
    assert two.note == "2 others made 2 contributions"
    assert draw_shares(PEOPLE, COLOURS).bars.note == ""


def test_who_was_chosen_has_a_bar_however_little_they_made():
    crowd = [*(person(f"P{n}", 2) for n in range(30)), person("Kok", 1)]
    bars = draw_shares(crowd, COLOURS, chosen=[crowd[-1]["person_id"]]).bars
    assert (bars.categories[-1], bars.series[0][1][-1]) == ("Jan Kok", 1)
    assert bars.note == "6 others made 12 contributions"


def test_without_profiles_a_field_opens_the_contributions():
    field = draw_shares(PEOPLE, COLOURS, profiles=False).markup.find("share-field")[0]
    assert field.act == "why=contributions~speaker.bos"


def test_people_with_one_surname_keep_their_first_names():
    two = [
        {"person_id": "a", "name": "An Smit", "events": 1, "contributions": 9},
        {"person_id": "b", "name": "Bo Smit", "events": 1, "contributions": 8},
    ]
    assert texts(draw_shares(two, COLOURS).markup.find("share-name")) == ["An Smit", "Bo Smit"]


# ---- In which role

ROLES = {"keynote": "Keynote", "lecture": "Lecture", "chair": "Chair", "host": "Host"}


def made(identity, role, number):
    return {
        "person_id": identity,
        "name": identity.title(),
        "dimension": "role",
        "id": role,
        "contributions": number,
    }


MADE = [
    made("bos", "keynote", 4),
    made("bos", "lecture", 1),
    made("kok", "lecture", 2),
    made("pot", "host", 1),
    made("bos", None, 9) | {"dimension": "country"},
]


def read_table(markup):
    """The rows of a table as they are read."""
    if markup.tag == "tr":
        return [[cell.text for cell in markup.children]]
    inner = [child for child in markup.children if isinstance(child, Element)]
    return [row for child in inner for row in read_table(child)]


def test_people_stand_against_the_roles_that_somebody_had_with_their_sums():
    assert read_table(draw_role_matrix(MADE, ROLES, COLOURS).markup) == [
        ["", "keynote", "lecture", "host", "all"],
        ["Bos", "keynote 4", "lecture 1", "", "5"],
        ["Kok", "", "lecture 2", "", "2"],
        ["Pot", "", "", "host 1", "1"],
        ["all", "keynote 4", "lecture 3", "host 1", "8"],
    ]


def test_the_tint_goes_from_18_to_80_per_cent():
    cells = draw_role_matrix(MADE, ROLES, COLOURS).markup.find("matrix-cell")
    assert [cell.style["--tint-share"] for cell in cells] == [
        "80.00%",
        "18.00%",
        "38.67%",
        "18.00%",
    ]
    assert ["on-strong" in cell.css for cell in cells] == [True, False, False, False]


@pytest.mark.parametrize("dark", [False, True])
def test_every_number_can_be_read_on_its_tint(dark):
    colours = Palette(dark=dark)
    for step in range(18, 81):
        tint, ink = choose_tint(colours.accent, colours.surface, colours.ink, step / 100)
        text = colours.ink if ink else colours.surface
        ground = mix_colours(colours.accent, colours.surface, tint)
        assert compute_contrast(text, ground) >= MINIMUM
        assert abs(tint - step / 100) < 0.1


def test_contrast_is_that_of_the_guidelines():
    assert compute_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert compute_contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_a_cell_opens_the_contributions_of_a_person_in_a_role():
    cell = draw_role_matrix(MADE, ROLES, COLOURS).markup.find("matrix-cell")[0]
    assert cell.act == "why=contributions~speaker.bos~role.keynote"


def made_by(dimension, *rows):
    return [made(person, value, n) | {"dimension": dimension} for person, value, n in rows]


def test_by_month_they_stand_in_order_of_time_and_an_unknown_month_last():
    rows = made_by("month", ("bos", "2025-05", 2), ("bos", None, 1), ("kok", "2025-01", 1))
    chart = draw_role_matrix(rows, {}, COLOURS, dimension="month")
    assert read_table(chart.markup) == [
        ["", "Jan", "May", "not known", "all"],
        ["Bos", "", "May 2", "not known 1", "3"],
        ["Kok", "Jan 1", "", "", "1"],
        ["all", "Jan 1", "May 2", "not known 1", "4"],
    ]
    assert chart.sentence == "2 people by month, most in May (2) and Jan (1)"
    # what has no known month cannot be asked for by its month
    assert [act for act in chart.markup.acts() if act.startswith("why")] == [
        "why=contributions~speaker.bos~month.2025-05",
        "why=contributions~speaker.kok~month.2025-01",
    ]


def test_months_of_two_years_say_theirs_and_more_than_twelve_become_years():
    two = made_by("month", ("bos", "2024-12", 1), ("bos", "2025-01", 1))
    heads = read_table(draw_role_matrix(two, {}, COLOURS, dimension="month").markup)[0]
    assert heads == ["", "Dec 2024", "Jan 2025", "all"]
    many = made_by("month", *(("bos", f"{y}-{m:02}", 1) for y in (2024, 2025) for m in range(1, 8)))
    years = made_by("year", ("bos", "2024", 7), ("bos", "2025", 7))
    chart = draw_role_matrix([*many, *years], {}, COLOURS, dimension="month")
    assert read_table(chart.markup)[0] == ["", "2024", "2025", "all"]


def test_of_many_countries_the_last_are_one_column_and_nothing_is_lost():
    rows = made_by("country", *(("bos", f"C{n:02}", 20 - n) for n in range(15)))
    chart = draw_role_matrix(rows, {"C00": "Chile"}, COLOURS, dimension="country")
    head, bos = read_table(chart.markup)  # one person needs no sums
    assert (head[1], head[-2], len(head)) == ("Chile", "8 others", 10)
    assert (bos[-2], bos[-1]) == ("8 others 76", "195")  # 13, 12, … 6


def test_without_profiles_a_name_opens_nothing():
    names = draw_role_matrix(MADE, ROLES, COLOURS, profiles=False).markup.find("matrix-name")
    assert [name.act for name in names] == ["", "", ""]


def test_more_than_24_people_are_folded():
    crowd = [made(f"p{n:02}", "keynote", 1) for n in range(80)]
    chart = draw_role_matrix(crowd, ROLES, COLOURS)
    assert chart.markup.find("fold-label")[0].text == "The other 56 of 80 people"
    assert len(chart.table) == 80
    assert len(chart.bars.categories) == 24
    assert chart.bars.note == "56 others made 56 contributions"


# ---- Projects


def project(identity, status, pillar=None, role="led"):
    return {
        "project_id": identity,
        "title": identity.title(),
        "kind": "project",
        "status": status,
        "pillar": pillar,
        "our_role": role,
        "start_date": None,
        "end_date": None,
    }


def party(identity, name, role="partner", *, is_person=False):
    return {
        "project_id": identity,
        "name": name,
        "role": role,
        "person_id": name if is_person else None,
        "organisation_id": None if is_person else name,
    }


PROJECTS = [
    project("veni", "running", "impact", None),
    project("cloud", "running", "research"),
    project("vision", "completed", "education"),
    project("next", "planned"),
    project("metabolomics", "selected", "research"),
]


def draw_projects(projects=PROJECTS, parties=()):
    return draw_board(projects, parties, PILLARS, STATUSES, period="2025")


def test_projects_stand_in_three_columns_by_pillar_and_title():
    columns = draw_projects().markup.find("board-column")
    assert texts(column.find("board-head")[0] for column in columns) == [
        "Coming 2",
        "Running 2",
        "Completed in 2025 1",
    ]
    assert [texts(column.find("board-title")) for column in columns] == [
        ["Metabolomics", "Next"],
        ["Cloud", "Veni"],
        ["Vision"],
    ]


def test_a_card_says_our_role_who_leads_and_with_whom():
    parties = [
        party("cloud", "Joost Groen", "lead", is_person=True),
        *(party("cloud", name) for name in ("CBCH", "Datapoort", "UMCG", "Hanze", "Noord")),
    ]
    cards = {
        c.find("board-title")[0].text: c
        for c in draw_projects(parties=parties).markup.find("board-card")
    }
    said = {title: card.find("board-role")[0].text for title, card in cards.items()}
    assert said == {
        "Cloud": "we lead · Joost Groen · with CBCH, Datapoort +3",
        "Veni": "our role not stated",
        "Vision": "we lead",
        "Next": "planned · we lead",
        "Metabolomics": "selected · we lead",
    }
    assert "pillar-impact" in cards["Veni"].css
    assert "pillar-none" in cards["Next"].css


def test_the_key_names_the_pillars_that_occur():
    assert draw_projects(PROJECTS[:2]).markup.find("board-key")[0].text == "Research Impact"
    assert "No pillar stated" in draw_projects().markup.find("board-key")[0].text


def test_more_than_24_that_run_are_a_list_per_pillar_with_the_rest_folded():
    many = [project(f"p{n:02}", "running", "research") for n in range(25)]
    markup = draw_projects(many).markup
    assert markup.find("board-pillar")[0].text == "Research: 25"
    assert markup.find("fold-label")[0].text == "17 more"
    assert len(markup.find("board-card")) == 25


def test_what_was_stopped_is_folded_and_not_lost():
    markup = draw_projects([*PROJECTS, project("old", "stopped")]).markup
    assert markup.find("fold-label")[0].text == "1 stopped project"


# ---- Funding


def grant(identity, amount=None, role="recipient", **more):
    return {
        "funding_id": identity,
        "title": identity,
        "funder": "ERDF",
        "scheme": "SNN",
        "recipient": "Hub",
        "our_role": role,
        "amount_eur": amount,
        "amount_kind": "unknown" if amount is None else "exact",
        "date": None,
        "project_id": None,
        "recipient_organisation_id": None,
        "project": None,
        "is_disputed": False,
    } | more


GRANTS = [
    grant("plan"),
    grant("veni", role="none", funder=None, scheme="Veni"),
    grant("erdf", Decimal(3_000_000), "none", date="2025"),
    grant("factory", role="supported", funder=None, scheme=None),
]


def test_the_table_tells_amounts_as_numbers():
    assert [(row["Grant"], row["Amount in euro"]) for row in draw_funding(GRANTS, {}).table] == [
        (GRANTS[2]["title"], Quantity(Decimal(3_000_000), exact=1)),
        (GRANTS[0]["title"], Quantity(None, unknown=1)),
        (GRANTS[3]["title"], Quantity(None, unknown=1)),
        (GRANTS[1]["title"], Quantity(None, unknown=1)),
    ]


def test_known_amounts_stand_first_then_ours():
    rows = draw_funding(GRANTS, {}).markup.find("grant")
    assert [row.acts() for row in rows] == [
        ["record=funding.erdf"],
        ["record=funding.plan"],
        ["record=funding.factory"],
        ["record=funding.veni"],
    ]
    assert rows[0].text == "ERDF SNN · 2025 → Hub €3 million none never counted as ours"
    assert rows[1].text == "ERDF SNN → Hub not known recipient"
    assert rows[2].text == "not stated → Hub not known helped to bring it about"
    assert rows[3].text == "Veni funder not stated → Hub not known none"


@pytest.mark.parametrize(
    ("grants", "finding"),
    [
        ([], "No funding is recorded"),
        (GRANTS[:1], "Funding: the amount of the one grant is not known"),
        (GRANTS[:2], "Funding: of none of 2 grants the amount is known"),
        (GRANTS, "Funding: €3 million is known, for 1 of 4 grants, and it went to a partner"),
        ([grant("a", 500)], "Funding: €500 came to us"),
        (
            [grant("a", 500), grant("b", 700, "none"), grant("c")],
            "Funding: €500 came to us, €700 went to others; known for 2 of 3 grants",
        ),
    ],
)
def test_the_finding_never_counts_money_of_others_as_ours(grants, finding):
    assert draw_funding(grants, {}).sentence == finding


# ---- Rows

ROWS = [
    AgendaRow(
        "23 Jan",
        "Much Ado",
        "Van Data",
        (Named("Peter van Ooijen", "keynote"), Named("Peter van Ooijen", "chair")),
        "ISALA, Zwolle",
        "event=ado",
        month="2025-01",
        year="2025",
    ),
    AgendaRow("30 Jan", "Imaging", act="event=imaging", month="2025-01", year="2025"),
    AgendaRow("8 May", "Regional", act="event=r", status="planned", month="2025-05", year="2025"),
    AgendaRow("9 May", "Off", act="event=off", status="cancelled", month="2025-05", year="2025"),
    AgendaRow("2025", "Connect", act="event=connect", year="2025"),
]


def test_a_row_says_when_what_who_and_where_and_what_is_not_stated():
    rows = draw_rows(ROWS).markup.find("agenda-row")
    assert rows[0].text == (
        "23 Jan Much Ado Van Data Peter van Ooijen , keynote, chair ISALA, Zwolle"
    )
    assert rows[1].text == "30 Jan Imaging speaker not stated place not stated"


def test_a_row_opens_its_event_by_its_title():
    rows = draw_rows(ROWS).markup.find("agenda-row")
    assert rows[0].acts() == ["event=ado"]


def test_months_are_filters_and_what_has_no_month_stands_last():
    chart = draw_rows(ROWS, by_month=True)
    heads = chart.markup.find("agenda-head")
    assert texts(heads) == ["January 2 events", "May 2 events", "In 2025 1 without a day"]
    assert [head.acts() for head in heads] == [["month=2025-01"], ["month=2025-05"], []]


def test_twelve_rows_need_no_months_and_thirteen_do():
    assert not draw_rows([ROWS[0]] * 12).markup.find("agenda-head")
    assert draw_rows([ROWS[0]] * 13).markup.find("agenda-head")


def test_months_of_several_years_say_theirs():
    later = AgendaRow("1 Jan", "Next", month="2026-01", year="2026")
    heads = draw_rows([ROWS[0], later], by_month=True).markup.find("agenda-head")
    assert texts(heads) == ["January 2025 1 event", "January 2026 1 event"]


def test_planned_and_cancelled_are_said_and_marked():
    rows = draw_rows(ROWS).markup.find("agenda-row")
    assert ["is-planned" in row.css for row in rows] == [False, False, True, False, False]
    assert "Off cancelled" in rows[3].text
    assert [len(row.find("agenda-mark")) for row in rows] == [0, 0, 1, 1, 0]


def test_of_one_person_the_role_stands_in_the_place_of_who():
    row = AgendaRow(
        "2 Apr", "Visit", who=(Named("An Bos"), Named("Bo Kok")), role="keynote", is_strong=True
    )
    (found,) = draw_rows([row], one_person=True).markup.find("agenda-row")
    assert found.text == "2 Apr keynote Visit with An Bos and Bo Kok place not stated"


def test_of_many_speakers_the_first_five_are_named():
    row = AgendaRow("2 Apr", "Visit", who=[Named(f"P{n}") for n in range(9)])
    assert draw_rows([row]).markup.find("agenda-who")[0].text == "P0 , P1 , P2 , P3 , P4 +4"


def test_no_rows_are_one_line():
    assert draw_rows([], empty="No events in July 2025.").markup.text == "No events in July 2025."


def test_results_and_what_is_next_are_rows_of_which_five_are_in_sight():
    results = [Outcome(f"R{n}", "note", "impact", f"project=r{n}") for n in range(7)]
    chart = draw_result_list(results)
    assert chart.markup.find("fold-label")[0].text == "2 more"
    assert chart.sentence == "R0, R1, R2, and 4 more"
    assert chart.markup.acts()[:2] == ["project=r0", "project=r1"]
    coming = draw_next_list([Upcoming("to start", "AI", "selected")])
    assert coming.markup.find("next")[0].text == "to start AI selected"
    assert coming.markup.acts() == []


# ---- What holds for all records


def draw_all(version, filters):
    labels = questions.read_labels(version)

    def ask(question, of=filters):
        return questions.rows(version, question, of)

    parts = {row["training_id"]: [row["title"]] for row in ask("training_parts", NO_FILTERS)}
    trainings = [row for row in ask("trainings") if row["format"] != "e-learning"]
    yield draw_certainty(ask("trainings_by"), COLOURS)
    yield draw_cohorts(trainings, parts, COLOURS)
    yield draw_shares(ask("contributors"), COLOURS)
    yield draw_role_matrix(ask("contributions_by"), labels["role"], COLOURS)
    yield draw_board(
        ask("projects_by_stage"), ask("project_parties"), labels["pillar"], {}, period="2025"
    )
    yield draw_funding(ask("funding"), {})


@pytest.mark.parametrize("filters", [YEAR, NO_FILTERS, Filters(text="nothing like it")])
def test_every_chart_has_a_finding_elements_and_the_same_facts_as_a_table(real, filters):
    for chart in draw_all(real, filters):
        assert chart.sentence
        assert chart.sentence[0].isupper() or chart.sentence[0].isdigit()
        assert chart.markup.text
        assert chart.figure == {}
        assert bool(chart.table) == bool(chart.links)


def test_the_matrix_and_the_strip_count_the_same_contributions(real):
    _sure, _cohorts, shares, matrix, _board, _funding = draw_all(real, YEAR)
    total = sum(row["contributions"] for row in questions.rows(real, "contributors", YEAR))
    assert sum(row["Contributions"] for row in shares.table) == total == 34
    assert sum(row["All"] for row in matrix.table) == total
    assert shares.sentence == "2 of 11 people made 17 of 34 contributions"
