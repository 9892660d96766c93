"""What is asked about a delivery as a whole: in which encoding its files are, and names of people
and places that no record has.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from dashboard.intake.encodings import CHOICES, Decoding
from dashboard.intake.gazetteer import Spot, suggest_cities
from dashboard.intake.groups import group_problems
from dashboard.intake.name_answers import NEW_PERSON
from dashboard.intake.problems import shorten
from dashboard.language.messages import N_, _
from dashboard.publishing import delivery
from dashboard.publishing.delivery import CheckedDelivery
from dashboard.schema.contract import tables
from dashboard.text.counts import format_count
from dashboard.ui.markdown import escape
from dashboard.ui.steward import given_answers
from dashboard.views.view import View

MAX_NAMES, MAX_PLACES = 30, 2000
VENUE, NOWHERE = "venue", "nowhere"
UNKNOWN_CITY = N_("No city of that name is known here: add the place to places.csv.")


def draw_open_questions(view: View, checked: CheckedDelivery) -> bool:
    """Draw the boxes for encodings that were assumed, names that are nobody's and places that no
    record has, in files and calendars; return whether there are any.
    """
    problems = [*checked.problems, *checked.notes]
    people, places = (
        delivery.list_unknown_names(problems, table) for table in ("people", "places")
    )
    if people:
        _draw_people_boxes(view, checked, people)
    if places:
        _draw_place_boxes(view, checked, places)
    return bool(_draw_encoding_boxes(checked) or people or places)


def collect_choices(checked: CheckedDelivery) -> None:
    """Take over what stands in the boxes now: what was chosen the moment before a button was
    pressed has not been drawn yet.
    """
    session, answers = st.session_state, given_answers.read_answers(checked)
    for name in answers["people"]:
        answers["people"][name] = session.get(
            _widget_key(checked, "name", name), answers["people"][name]
        )
    for name in answers["places"]:
        key = _widget_key(checked, "place", name)
        if key in session:
            answers["places"][name] = _build_place(name, session[key], _chosen_spot(checked, name))


def _widget_key(checked: CheckedDelivery, what: str, name: str) -> str:
    return f"{what}-{checked.delivery}-{name}"


def _chosen_spot(checked: CheckedDelivery, name: str) -> Spot | None:
    """Return the city in which a new venue is said to be."""
    typed = st.session_state.get(_widget_key(checked, "place-city", name), "")
    spot: Spot | None = st.session_state.get(_widget_key(checked, "place-spot", f"{name}-{typed}"))
    return spot


def _draw_encoding_boxes(checked: CheckedDelivery) -> bool:
    """Draw for each file whose letters were read by what its words show the encodings that can read
    them, each with the words as it would have them; return whether there are any.
    """
    answered = checked.answers.encodings
    doubtful = {
        file: one
        for file, one in checked.decodings.items()
        if one.words and (not one.sure or file in answered)
    }
    for file, one in doubtful.items():
        _draw_encoding_box(checked, file, one, answered.get(file))
    return bool(doubtful)


def _draw_encoding_box(
    checked: CheckedDelivery, file: str, one: Decoding, chosen: str | None
) -> None:
    named = {
        name: f"{CHOICES[name].label}: “{shorten(words)}”" for name, words in one.words.items()
    }
    assumed = CHOICES[one.encoding].label if one.encoding else _("not known")
    st.selectbox(
        _(
            "How the letters of {file} are written: {encoding}, as far as its words show",
            file=escape(shorten(file)),
            encoding=escape(assumed),
        ),
        list(named),
        index=list(one.words).index(chosen) if chosen and chosen in one.words else None,
        key=given_answers.register_box(checked, ((file, None), "encoding", "", "")),
        format_func=named.__getitem__,
        placeholder=_("Choose, if that is not right"),
    )


def _draw_people_boxes(view: View, checked: CheckedDelivery, unknown: list[str]) -> None:
    """Draw for each name in these files that is nobody's who is meant. Nothing is chosen by being
    drawn: it has to be said.
    """
    names, answers = view.labels["speaker"], given_answers.read_answers(checked)["people"]
    st.markdown(
        _(
            "**Names that are nobody's.** Say whose spelling each is, or that it is a new person,"
            " and check again."
        )
    )
    meant = {person: _("Another spelling of {name}", name=known) for person, known in names.items()}
    meant[NEW_PERSON] = _("A new person")
    for name in unknown[:MAX_NAMES]:
        nearest = delivery.find_nearest_person(names, name)
        answers[name] = st.selectbox(
            escape(name),
            [*([nearest] if nearest else []), NEW_PERSON, *(i for i in names if i != nearest)],
            index=None,
            key=_widget_key(checked, "name", name),
            placeholder=_("Choose"),
            format_func=meant.__getitem__,
        )
    _draw_remaining_count(len(unknown))


@dataclass(frozen=True)
class _Option:
    """One thing that a name of a place may mean; `spot` is a city that no record has."""

    what: str
    label: str = field(compare=False)
    place_id: str = ""
    spot: Spot | None = None


def _draw_place_boxes(view: View, checked: CheckedDelivery, unknown: list[str]) -> None:
    """Draw for each place that no record has: one of the records, a city of the gazetteer, a new
    venue, or none.
    """
    chosen = given_answers.read_answers(checked)["places"]
    st.markdown(
        _(
            "**Places that no record has.** Say which place each is, and check again; the"
            " coordinates of new ones are those of their city in GeoNames."
        )
    )
    optional, known = _find_optional_names(checked), delivery.list_places(view.version)
    for name in unknown[:MAX_NAMES]:
        option = st.selectbox(
            escape(shorten(name)),
            _list_options(known, name, optional=name in optional),
            index=None,
            key=_widget_key(checked, "place", name),
            format_func=lambda one: one.label,
            placeholder=_("Choose"),
        )
        spot = _draw_venue_boxes(checked, name) if option and option.what == VENUE else None
        chosen[name] = _build_place(name, option, spot)
    _draw_remaining_count(len(unknown))


def _list_options(places: Mapping[str, str], name: str, *, optional: bool) -> list[_Option]:
    """Return cities that the name may mean, then the places of the records, the nearest first; no
    two are called the same.
    """
    cities = [
        _Option("city", _("New: the city {city}", city=str(spot)), spot=spot)
        for spot in suggest_cities(name)
    ]
    known = delivery.rank_places(places, name)
    labels = Counter(known.values())
    listed = [
        _Option(
            "place", label if labels[label] == 1 else f"{label} ({place_id})", place_id=place_id
        )
        for place_id, label in list(known.items())[:MAX_PLACES]
    ]
    venue = _Option(VENUE, _("New: “{name}” is a venue in a city", name=shorten(name)))
    nowhere = [_Option(NOWHERE, _("No place: leave it out"))] if optional else []
    return [*listed[:3], *cities, venue, *nowhere, *listed[3:]]


def _build_place(name: str, option: _Option | None, spot: Spot | None) -> dict[str, str] | None:
    """Return the row of the table places that an option means, with its id alone for one of the
    records; `spot` is the city of a new venue.
    """
    if option is None:
        return None
    if option.what == VENUE:
        return spot.venue(name) if spot else None
    if option.spot:
        return option.spot.place
    return {"place_id": option.place_id} if option.place_id else {}


def _draw_venue_boxes(checked: CheckedDelivery, name: str) -> Spot | None:
    """Draw in which city a new venue is, found by its name, and return the one that is chosen."""
    left, right = st.columns(2)
    guess = suggest_cities(name)
    typed = left.text_input(
        _("City of “{name}”", name=escape(shorten(name))),
        value=guess[0].city if guess else "",
        key=_widget_key(checked, "place-city", name),
        max_chars=100,
    )
    spots = suggest_cities(typed) if typed else []
    if typed and not spots:
        right.warning(_(UNKNOWN_CITY), icon=":material/search_off:")
    spot: Spot | None = right.selectbox(
        _("Which city of “{name}”", name=escape(shorten(name))),
        spots,
        index=None,
        key=_widget_key(checked, "place-spot", f"{name}-{typed}"),
        placeholder=_("Choose") if spots else _("First write the name of the city"),
        disabled=not spots,
    )
    return spot


def _find_optional_names(checked: CheckedDelivery) -> set[str]:
    """Return the names in columns that may be empty, wherever they stand."""
    tables_of = {heading.where: heading.table for heading in checked.headings}
    found: set[str] = set()
    for group in group_problems([*checked.problems, *checked.notes]):
        if group.code == "no-such-place" and group.column:
            table = tables()[tables_of.get(group.where) or "events"]
            if group.column in {c.name for c in table.file_columns if not c.required}:
                found.update(group.values)
    return found


def _draw_remaining_count(names: int) -> None:
    if names > MAX_NAMES:
        more = format_count(names - MAX_NAMES, "more name")
        st.caption(_("and {names}, when these are answered", names=more))
