"""Publishers are killed with -9; the store always serves a whole version, and the next start leaves
no rubbish.
"""

import subprocess
import sys

import pytest

from tests.conftest import ROOT

SHORT, LONG = 3, 1000  # one of each sort: at a step, just after, at any moment


def kill(times: int) -> str:
    return run("killing", str(times))


def run(name: str, *arguments: str) -> str:
    """In a process of its own: forking from one with other tests' threads is asking for trouble."""
    command = [sys.executable, "-m", f"tests.faults.{name}", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_three_killed_publishers_leave_a_whole_version():
    said = kill(SHORT)
    assert f"{SHORT} kills" in said
    assert "a bad state 0 times" in said


@pytest.mark.long
def test_a_thousand_killed_publishers_leave_a_whole_version():
    said = kill(LONG)
    assert "a bad state 0 times" in said
    assert int(said.split("(")[1].split()[0]) >= 200  # around the flip


def test_forgetting_or_merging_people_that_was_killed_is_finished_by_whoever_comes_next():
    """One step for each of who comes next; every step: make test-long."""
    said = run("forgetting")
    assert "2 forgettings and 1 mergings were killed; a bad state 0 times" in said


@pytest.mark.long
def test_forgetting_or_merging_that_was_killed_at_any_step_or_moment_is_finished_and_so_are_two_at_once():
    said = run("forgetting", "all")
    assert "a bad state 0 times" in said
    assert int(said.split()[0]) > 60
