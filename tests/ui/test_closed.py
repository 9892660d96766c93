"""What somebody sees while settings let nobody in, or leave everybody a viewer."""

import pytest

from dashboard.model import settings
from dashboard.server import access
from tests.support.page_parts import numbers, read_parts
from tests.ui.conftest import said


@pytest.mark.parametrize("sign_in", ["false", "true"])
def test_a_dashboard_that_is_closed_says_so_and_shows_nothing_else(
    site, programme, monkeypatch, sign_in
):
    programme(("sign_in = false", f"sign_in = {sign_in}"))
    monkeypatch.setattr(access, "LOCKDOWN", access.Lockdown(lambda _: ["not for readers"]))
    test = site()
    assert said(test.error) == [access.UNSAFE]
    assert not test.button
    assert not read_parts(test)


def test_while_settings_are_wrong_a_page_is_shown_and_nothing_is_published(
    site, programme, monkeypatch
):
    programme()
    monkeypatch.setattr(settings, "SETTLE_PAUSE_SECONDS", 0)
    assert settings.current().profiles
    path = settings.data_folder() / "settings.toml"
    path.write_text(path.read_text("utf-8").replace("[privacy]", "[privcay]"), "utf-8")
    test = site("publish")
    assert said(test.info) == [access.NOT_UNDERSTOOD]
    assert not [button for button in test.button if button.label in ("Check", "Publish")]
    assert numbers(site())
