"""Names that no record has, in a delivery: whose spelling each is, or which place, as the steward says."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from dashboard import delivery
from dashboard.delivery import Answers, Checked
from dashboard.intake.gazetteer import Spot
from dashboard.intake.namings import NEW
from dashboard.ui.parts import plain
from dashboard.view import View

MOST = 30
"""So many names are asked for at once."""


def people(view: View, checked: Checked, unknown: list[str]) -> None:
    """Nothing is chosen by being drawn: who is meant has to be said, of the names in these files only."""
    names, answers = view.labels["speaker"], _said(checked)["people"]
    st.markdown(
        "**Names that are nobody's.** Say whose spelling each is (the nearest stands first), or that it is a new"
        " person, and check again."
    )
    for name in unknown[:MOST]:
        nearest = delivery.nearest_person(names, name)
        options = [*([nearest] if nearest else []), NEW, *(i for i in names if i != nearest)]
        answers[name] = st.selectbox(
            plain(name),
            options,
            index=None,
            key=f"name-{checked.delivery}-{name}",
            format_func=lambda i: "A new person" if i == NEW else f"Another spelling of {names[i]}",
            placeholder="Choose",
        )


def places(checked: Checked, cities: dict[str, list[Spot]]) -> None:
    """For each place that no record has: which city it is, with its coordinates."""
    chosen = _said(checked)["places"]
    st.markdown("**Places that no record has.** Say which city each is; its coordinates come from GeoNames.")
    for name, spots in cities.items():
        chosen[name] = st.selectbox(
            plain(name),
            spots,
            index=None,
            key=f"place-{checked.delivery}-{name}",
            format_func=str,
            placeholder="Choose",
        )


def _said(checked: Checked) -> dict[str, dict[str, Any]]:
    """What was answered about the names of these files; answers about other files are dropped."""
    session = st.session_state
    if session.get("answers", {}).get("delivery") != checked.delivery:
        session["answers"] = {"delivery": checked.delivery, "people": {}, "places": {}}
    kept: dict[str, dict[str, Any]] = session["answers"]
    return kept


def answers(offered: Mapping[str, bytes]) -> Answers:
    """What was answered about the names in these files, and in no others."""
    said = _said(Checked(files=offered))
    places = {name: spot.place for name, spot in said["places"].items() if spot}
    return Answers({name: answer for name, answer in said["people"].items() if answer}, places)
