"""How wide a text is, without a browser."""

import pytest

from dashboard.charts.letters import fit_text, measure_text, read_letter_widths


def test_letters_have_the_widths_of_the_font_that_the_page_uses():
    # of Inter's file: i is 0.242 em wide at weight 400, and a bold text is wider than a plain one
    assert measure_text("iiii", 10) == pytest.approx(4 * 2.42)
    assert measure_text("Data", 13, bold=True) > measure_text("Data", 13)
    assert measure_text("Data", 26) == pytest.approx(2 * measure_text("Data", 13))


def test_both_weights_know_the_same_letters_also_those_of_other_european_languages():
    plain, bold = read_letter_widths("400"), read_letter_widths("700")
    assert plain.keys() == bold.keys()
    assert set("éüßøŁžİ€–…·×") <= plain.keys()


@pytest.mark.parametrize("letter", ["医", "م", "🚀"])
def test_a_letter_that_the_font_lacks_gets_room_to_spare(letter):
    assert measure_text(letter, 10) >= 10


def test_what_joins_or_stands_on_a_letter_takes_no_room():
    assert measure_text("e\u0301\u200d", 10) == measure_text("e", 10)


@pytest.mark.parametrize("text", ["W" * 200, "short", "医" * 40, "", "🚀" * 40])
def test_a_text_is_cut_to_its_room_and_says_so(text):
    fitted = fit_text(text, 13, 100, bold=True)
    assert measure_text(fitted, 13, bold=True) <= 100
    assert fitted == text or fitted.endswith("…")
