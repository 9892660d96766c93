"""Who attacks, and in which state their session is: the columns of the matrix.

Each begins where Sam, a steward, has opened the page on which a candidate is published, and has
gone. What Sam's page knew is known to the attacker: the id of the session, the ids of every widget,
fragment and file.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from dashboard.model.roles import Role, Rules, identify_person
from dashboard.shares import admissions
from tests.attack.wire import request
from tests.attack.world import World
from tests.support.signing_in import claims, cookies

Claims = Mapping[str, object]
Headers = Mapping[str, str]
EVIL = "evil.example"
TWO_HOURS = 7200


@dataclass(frozen=True)
class Reader:
    """A column: `role` is what they may by now; `sends` makes the claims of their cookie from Sam's
    (None: no cookie); `resumes`: they come with the id of Sam's session; `is_sam`: they are who
    began it, and it is still theirs.
    """

    name: str
    role: Role
    sends: Callable[[Claims], Claims | None]
    resumes: bool = True
    is_sam: bool = False
    happens: Callable[[World, Claims], None] = lambda _world, _sam: None
    headers: Headers = field(default_factory=dict)

    def sent(self, world: World, sam: Claims) -> dict[str, str]:
        """The headers of what they send, when Sam's claims are these."""
        said = self.sends(sam)
        more = {} if said is None else {"Cookie": cookie(world, said)}
        host = world.address.partition("://")[2]
        return more | {
            name: value.replace("{port}", host.rpartition(":")[2])
            for name, value in self.headers.items()
        }


def steward(world: World, nr: int) -> Claims:
    """Sam, who signed in two hours ago; another account each time, so that nothing of before holds."""
    return {
        "sub": f"sam-{nr}",
        "name": "Sam",
        "groups": ["dash-stewards"],
        "iat": int(time.time()) - TWO_HOURS,
        "origin": world.address,
    }


def cookie(world: World, said: Claims) -> str:
    return "; ".join(
        f"{name}={value}"
        for name, value in cookies(**{"origin": world.address} | dict(said)).items()
    )


def same(sam: Claims) -> Claims:
    return sam


def nobody(_sam: Claims) -> None:
    return None


def somebody(name: str, *groups: str, **more: object) -> Callable[[Claims], Claims]:
    return lambda _sam: {"sub": name, "name": name.title(), "groups": list(groups)} | more


def rewritten(old: str, new: str) -> Callable[[World, Claims], None]:
    """The settings say something else from now on."""

    def happens(world: World, _sam: Claims) -> None:
        text = world.rules.read_text("utf-8")
        assert old in text, f"{old} does not stand in the settings"
        world.set_rules(text.replace(old, new))

    return happens


def signs_out(world: World, sam: Claims) -> None:
    answer = request(
        world.address, "GET", "/auth/logout", {"Cookie": cookie(world, sam)}, context=world.tls
    )
    assert answer.status in (302, 303, 307), answer.status


def is_signed_out(world: World, sam: Claims) -> None:
    """By an administrator."""
    rules, now = Rules(stewards=("dash-stewards",)), datetime.now(UTC)
    admissions.sign_out(
        world.shares_db, identify_person(claims(**sam), rules, now).id, now + timedelta(seconds=1)
    )


S, V, N = Role.STEWARD, Role.VIEWER, Role.NOBODY
DEMOTED = (
    'viewers = ["dash-viewers"]\nstewards = ["dash-stewards"]',
    'viewers = ["dash-stewards"]\nstewards = ["others"]',
)
ELSEWHERE = {"Origin": f"http://{EVIL}", "Sec-Fetch-Mode": "cors", "Sec-Fetch-Site": "cross-site"}
REBOUND = {"Host": f"{EVIL}:{{port}}", "Origin": f"http://{EVIL}:{{port}}"}
OTHER_PORT = {
    "Origin": "http://localhost:3000",
    "Sec-Fetch-Mode": "cors",
    "Sec-Fetch-Site": "same-site",
}

SIGNING_IN = (
    Reader("steward", S, same, resumes=False, is_sam=True),
    Reader("steward, resumed", S, same, is_sam=True),
    Reader("other steward", S, somebody("eva", "dash-stewards")),
    Reader("viewer", V, somebody("anna", "dash-viewers"), resumes=False),
    Reader("viewer, hers", V, somebody("anna", "dash-viewers")),
    Reader("demoted", V, same, happens=rewritten(*DEMOTED)),
    Reader("not understood", V, same, happens=rewritten("[access]", "[acaess]")),
    Reader(
        "put out",
        N,
        same,
        happens=rewritten('stewards = ["dash-stewards"]', 'stewards = ["others"]'),
    ),
    Reader("expired", N, same, happens=rewritten("session_hours = 10", "session_hours = 1")),
    Reader("signed out", N, same, happens=signs_out),
    Reader("was signed out", N, same, happens=is_signed_out),
    Reader("no role", N, somebody("otto", "others")),
    Reader("old cookie", N, somebody("eva", "dash-stewards", iat=1_700_000_000)),
    Reader("forged", N, somebody("eva", "dash-stewards", secret="x" * 40)),
    Reader("other site's", N, somebody("eva", "dash-stewards", origin=f"https://{EVIL}")),
    Reader("nobody", N, nobody, resumes=False),
    Reader("nobody, hers", N, nobody),
    Reader("other page", N, same, headers=ELSEWHERE),
    Reader("other host", N, same, headers=REBOUND),
)
"""Where one signs in."""

THROUGH_NGINX = tuple(
    reader
    for reader in SIGNING_IN
    if reader.name
    in (
        "steward, resumed",
        "viewer, hers",
        "demoted",
        "signed out",
        "nobody, hers",
        "other page",
        "other host",
    )
)
"""The same through a proxy: one of each kind."""

PROXY = {"X-Forwarded-For": "192.0.2.9"}
WITHOUT = (
    Reader("machine", S, nobody, resumes=False, is_sam=True),
    Reader("machine, resumed", S, nobody, is_sam=True),
    Reader("network", V, nobody, resumes=False, headers=PROXY),
    Reader("network, hers", V, nobody, headers=PROXY),
    Reader("not understood", V, nobody, happens=rewritten("[access]", "[acaess]")),
    Reader("other page", N, nobody, headers=ELSEWHERE),
    Reader("other port", N, nobody, headers=OTHER_PORT),
    Reader("other host", N, nobody, headers=REBOUND),
)
"""Where nobody does: a steward is who sits at the machine."""
