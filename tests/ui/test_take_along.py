"""What the dialog to take a page along offers."""


def test_only_the_review_comes_as_a_word_document(site):
    offered = {
        page: [
            button.label for button in site(page, asked="take", year="2025").get("download_button")
        ]
        for page in ("review", "trainings")
    }
    assert "Word document" in offered["review"]
    assert "Word document" not in offered["trainings"]
