"""Publishers are killed with -9; the store always serves a whole version, and the next start leaves no rubbish."""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

SHORT, LONG = 4, 1000


def kill(times: int) -> str:
    """In a process of its own: forking from one with other tests' threads is asking for trouble."""
    command = [sys.executable, "-m", "tests.faults.killing", str(times)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_four_killed_publishers_leave_a_whole_version():
    said = kill(SHORT)
    assert f"{SHORT} kills" in said
    assert "a bad state 0 times" in said


@pytest.mark.long
def test_a_thousand_killed_publishers_leave_a_whole_version():
    said = kill(LONG)
    assert "a bad state 0 times" in said
    assert int(said.split("(")[1].split()[0]) >= 200  # around the flip
