"""`make attack`: every reader, in every state of their session, at every door that the code has
(docs/threat-model.md).
"""

import shutil

import pytest

from tests.attack import answers, doors
from tests.attack.attack import Attack, table
from tests.attack.readers import SIGNING_IN, THROUGH_NGINX, WITHOUT
from tests.attack.world import dashboard

WAYS = {
    "one signs in": (SIGNING_IN, {"sign_in": True}),
    "nobody signs in": (WITHOUT, {"sign_in": False}),
    "behind nginx": (THROUGH_NGINX, {"sign_in": True, "behind_nginx": True}),
}


def test_every_door_that_the_code_has_has_an_answer():
    assert doors.undecided() == []


@pytest.mark.parametrize("name", ["ROUTES", "MESSAGES", "CALLED", "LINKS", "FILTERS"])
def test_a_new_door_without_an_answer_is_named_with_the_place_where_to_decide(name, monkeypatch):
    kept = dict(getattr(answers, name))
    door, answer = kept.popitem()
    monkeypatch.setattr(doors, name, kept | {"an old one": answer})
    assert doors.undecided() == [
        f"{door} is new: say in tests/attack/answers.py, {name}, who may come through",
        f"an old one is gone: take it out of tests/attack/answers.py, {name}",
    ]


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_nobody_comes_through_a_door_that_is_not_theirs(way, tmp_path):
    readers, how = WAYS[way]
    if "behind_nginx" in how and not (shutil.which("nginx") or shutil.which("/usr/sbin/nginx")):
        pytest.skip("no nginx: apt-get install nginx-light")
    with dashboard(tmp_path, **how) as world:
        attack = Attack(world)
        for reader in readers:
            attack.by(reader)
        print(f"\n{way}\n\n{table(attack.cells)}")
        assert [cell for cell in attack.cells if cell.wrong] == []
        assert world.asked_outside() == []
        assert "Traceback" not in world.logged()
