"""What the dialog to take a page along offers."""

from tests.ui.conftest import said


def test_only_the_review_comes_as_a_word_document(site):
    offered = {
        page: [
            button.label for button in site(page, asked="take", year="2025").get("download_button")
        ]
        for page in ("review", "trainings")
    }
    assert "Word document" in offered["review"]
    assert "Word document" not in offered["trainings"]


def test_the_page_of_changes_offers_its_feed_and_says_where_it_ends(site):
    test = site("changes", asked="take", year="2025", since="2026-01-15")
    (address,) = [one.value for one in test.text_input if one.label == "Feed to follow (Atom)"]
    assert address.endswith("/changes.atom?year=2025&lang=en")
    ends = "It tells of the chosen dates only."
    assert [one for one in said(test.caption) if one.startswith(ends)]
    test = site("changes", asked="take", year="all")
    assert not [one for one in said(test.caption) if one.startswith(ends)]
    offered = [one.label for one in site("trainings", asked="take", year="2025").text_input]
    assert "Feed to follow (Atom)" not in offered
