"""Elements of a page as plain data: what is refused where it is made, and what is read from them."""

import pytest

from dashboard.charts.markup import Element, make_element


@pytest.mark.parametrize(
    "tag", ["script", "iframe", "img", "style", "svg", "button", "A", "", "h6"]
)
def test_a_tag_that_no_page_needs_is_refused(tag):
    with pytest.raises(ValueError, match="no element of ours"):
        make_element(tag, "text")


@pytest.mark.parametrize(
    "name", ["src", "style", "onclick", "srcdoc", "data-act", "target", "action", "xlink:href"]
)
def test_an_attribute_that_could_lead_somewhere_or_run_something_is_refused(name):
    with pytest.raises(ValueError, match=r"no attribute of ours|no part of this page"):
        Element("a", ("text",), attributes={name: "javascript:alert(1)"})


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "https://evil.example", "//evil.example", "/events", "", "#", "#a\nb"],
)
def test_an_address_that_is_not_a_part_of_the_page_is_refused(address):
    with pytest.raises(ValueError, match="no part of this page"):
        Element("a", ("text",), attributes={"href": address})


@pytest.mark.parametrize("name", ["data-address", "data-without"])
@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert({})",
        "https://evil.example/?x={}",
        "//evil.example",
        "/events?year=2025",
        "./../publish",
        "./events#part",
        "./events?text=a b",
        "./events?text=<b>",
        "",
    ],
)
def test_a_choice_leads_to_a_page_of_ours_or_is_refused(name, address):
    assert Element("select", attributes={name: "./events?year=2025&speaker={}"})
    assert Element("select", attributes={name: "./"})
    with pytest.raises(ValueError, match="no page of ours"):
        Element("select", attributes={name: address})


@pytest.mark.parametrize("name", ["color", "background-image", "-x", ""])
def test_the_style_of_an_element_sets_custom_properties_only(name):
    with pytest.raises(ValueError, match="no custom property"):
        make_element("span", "text", style={name: "red"})


@pytest.mark.parametrize("tag", ["li", "td", "span", "summary", "div"])
def test_what_is_pressed_is_a_link_so_that_a_keyboard_reaches_it(tag):
    with pytest.raises(ValueError, match="only a link can be pressed"):
        make_element(tag, "text", act="event=open-day")


def test_children_and_attributes_without_anything_are_left_out():
    made = make_element("p", None, "", "a", make_element("b"), title="", aria_label="x")
    assert made.children == ("a", Element("b"))
    assert made.attributes == {"aria-label": "x"}


def test_zero_as_a_text_is_a_child():
    assert make_element("p", "0").text == "0"


def test_an_element_is_read_and_found_and_lists_what_can_be_pressed_in_order():
    made = make_element(
        "ul",
        make_element("li", make_element("a", "Open  day", act="event=open-day"), css="row own"),
        make_element("li", "or", make_element("a", "Anna", act="person=anna-berg"), css="row"),
        css="rows",
    )
    assert made.text == "Open day or Anna"
    assert [one.text for one in made.find("row")] == ["Open day", "or Anna"]
    assert [one.text for one in made.find("own")] == ["Open day"]
    assert made.find("rows") == [made]
    assert made.find("ro") == []
    assert made.acts() == ["event=open-day", "person=anna-berg"]
