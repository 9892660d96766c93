"""The numbers beside the options of the filters: which scopes are asked for, and how they are put
together.
"""

from dashboard.model.filters import Filters
from dashboard.query.facets import count_facets


def row(name, value, found):
    return {"filter": name, "id": value, "found": found}


def asking(answers):
    """Gives prepared rows, and keeps what was asked."""
    asked = []

    def ask(question, filters):
        if question == "facets":
            asked.append(filters)
        return answers.get(filters, [])

    return ask, asked


def test_nothing_chosen_is_one_question():
    ask, asked = asking({Filters(): [row("kind", "course", 2), row("month", "2025-05", 1)]})
    assert count_facets(ask, "events", Filters()) == {
        "kind": {"course": 2},
        "month": {"2025-05": 1},
    }
    assert asked == [Filters()]


def test_a_chosen_filter_is_counted_in_the_scope_without_it_and_the_others_in_what_is_in_scope():
    chosen = Filters(kind=("course",), country=("BE",))
    ask, asked = asking(
        {
            chosen: [
                row("kind", "course", 1),
                row("country", "BE", 1),
                row("pillar", "research", 1),
            ],
            Filters(country=("BE",)): [
                row("kind", "course", 1),
                row("kind", "meeting", 3),
                row("pillar", "education", 9),
            ],
            Filters(kind=("course",)): [row("country", "BE", 1), row("country", "NL", 2)],
        }
    )
    assert count_facets(ask, "events", chosen) == {
        "kind": {"course": 1, "meeting": 3},
        "country": {"BE": 1, "NL": 2},
        "pillar": {"research": 1},
    }
    assert len(asked) == 3


def test_months_stand_beside_the_other_months_of_their_years_and_years_beside_all():
    chosen = Filters(month=("2024-12", "2025-05"))
    everything = [
        row("year", "2023", 4),
        row("year", "2025", 2),
        *(row("month", month, 1) for month in ("2023-01", "2024-11", "2025-05")),
    ]
    ask, _ = asking(
        {chosen: [row("year", "2025", 1), row("month", "2025-05", 1)], Filters(): everything}
    )
    assert count_facets(ask, "events", chosen) == {
        "year": {"2023": 4, "2025": 2},
        "month": {"2024-11": 1, "2025-05": 1},
    }


def test_a_text_has_no_options():
    ask, asked = asking({})
    assert count_facets(ask, "events", Filters(text="trees")) == {}
    assert asked == [Filters(text="trees")]


def test_what_nobody_sees_counted_costs_no_question():
    chosen = Filters(year=2025, kind=("course",))
    ask, asked = asking({chosen: [row("kind", "course", 1)]})
    count_facets(ask, "events", chosen, ["kind", "country"])
    assert asked == [Filters(year=2025), chosen]


def test_the_people_of_the_bar_cost_one_question_and_what_is_behind_more_none():
    asked = []

    def ask(question, filters):
        asked.append((question, filters))
        return [row("speaker", "anna", 2), row("role", "keynote", 1)]

    chosen = Filters(year=2025, speaker=("anna",))
    assert count_facets(ask, "events", chosen, ["speaker"]) == {"speaker": {"anna": 2}}
    assert asked == [("facets_people", Filters(year=2025))]
