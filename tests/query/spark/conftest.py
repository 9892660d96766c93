"""A Spark Connect server on this machine, as a cluster would have one, and versions with their
Parquet.
"""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

from dashboard.model import settings
from dashboard.store import Version, parquet
from tests.query.test_questions import DATA, publish_folder, with_rows

LEAST_JAVA = 17
QUICK = {  # statements over little data take longer to compile and plan anew than to answer
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
}


@pytest.fixture(autouse=True)
def _every_test_is_long(request):
    assert request.node.get_closest_marker("long"), "a test of Spark has the mark long"


def java() -> None:
    """Skips, in plain words, where the right Java is missing."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which(f"{home}/bin/java" if home else "java")
    said = (
        subprocess.run([program, "-version"], capture_output=True, text=True, check=False).stderr
        if program
        else ""
    )
    version = re.search(r'version "(\d+)', said)
    if not version or int(version[1]) < LEAST_JAVA:
        pytest.skip(
            f"NOT CHECKED: Spark needs Java {LEAST_JAVA} or newer, which is not here (set JAVA_HOME)"
        )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Server:
    """A Spark Connect server of one thread; it listens on this machine only."""

    def __init__(self, folder: Path, port: int | None = None) -> None:
        self.port = port or free_port()
        spark = Path(importlib.util.find_spec("pyspark").submodule_search_locations[0])
        chosen = QUICK | {
            "spark.connect.grpc.binding.address": "127.0.0.1",
            "spark.connect.grpc.binding.port": str(self.port),
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.ui.enabled": "false",
            "spark.sql.warehouse.dir": str(folder / "warehouse"),
        }
        said = [part for name, value in chosen.items() for part in ("--conf", f"{name}={value}")]
        main = "org.apache.spark.sql.connect.service.SparkConnectServer"
        self.log = (folder / "spark.log").open("ab")
        self.process = subprocess.Popen(
            [
                spark / "bin/spark-submit",
                "--master",
                "local[1]",
                "--driver-memory",
                "1g",
                "--class",
                main,
                *said,
                "spark-internal",
            ],
            stdout=self.log,
            stderr=self.log,
            cwd=folder,
        )

    def wait(self) -> None:
        until = time.monotonic() + 120
        while self.process.poll() is None and time.monotonic() < until:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        raise AssertionError(Path(self.log.name).read_text("utf-8")[-3000:])

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(60)
        self.log.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    java()
    one = Server(tmp_path_factory.mktemp("spark"))
    one.wait()
    yield one
    one.stop()


@pytest.fixture(scope="session")
def lake(tmp_path_factory):
    """The folder with the Parquet."""
    return tmp_path_factory.mktemp("lake")


@pytest.fixture
def on_spark(server, lake, monkeypatch):
    """From here on every question of the test is asked of the Spark."""
    chosen = settings.Engine("spark", f"sc://127.0.0.1:{server.port}", str(lake))
    whole = replace(settings.load(), engine=chosen)
    monkeypatch.setattr(settings, "current", lambda: whole)
    return chosen


def with_parquet(version: Version, lake: Path) -> Version:
    parquet.write_parquet(version, lake)
    return version


@pytest.fixture(scope="session")
def tiny(tmp_path_factory, lake):
    """The records to check by hand, as tests/query/test_questions.py has them."""
    return with_parquet(publish_folder(DATA, tmp_path_factory.mktemp("tiny")), lake)


@pytest.fixture(scope="session")
def fuller(tmp_path_factory, lake):
    """The same with a case each of what they have not: deviations, pairs that are alike, letters
    beyond ASCII.
    """
    version = with_rows(
        tmp_path_factory.mktemp("fuller"),
        terms="target-direction,more,More,Meer,1,\ntarget-path,even,Even,Gelijk,1,",
        places="field,The field,,NL,53.1,6.5,city",
        events="meet-up,Meet-up,,2025-06-01,,held,,,,,field,,,,unknown,,\n"
        "meet-up-2,Meet up,,2025-06-01,2025-06-03,held,,,,,field,,,,unknown,,\n"
        "oresund,Øresund 2e straße,,2025,,planned,,,,,,,,,unknown,,",
        event_people="meet-up,carla-smit,chair,1,,",
        people="karla-smit,Karla Smit (MD),,,\nc-smit,C. Smit,,,",
        organisations="care-grp,The Care Groop,,NL,,\nlab,City Lab (Zwolle),Citylab;City Lab,NL,,",
        trainings="pilots,Pilots,,,course,,held,2024,,,,,unknown,\nodd,Odd,,,course,,held,2025,,,,20,at-least,",
        funding="large,Large gift,,,our-centre,,recipient,12000000.55,exact,2025,,",
        claims="large-1,funding,large,amount_eur,newsletter,differs,News,9,12 million\n"
        "zwolle-1,places,zwolle,latitude,newsletter,differs,News,10,52.5\n"
        "pilot-1,trainings,pilot,,report,stated,Key highlights,5,doubled compared to 2023",
        targets="events-2025,events_held,2025,more,5,4.5,even,Board,",
        deviations="d-1,events-2025,Move,Board,2025,2025-06",
    )
    return with_parquet(version, lake)


@pytest.fixture(scope="session")
def shipped(real, lake):
    return with_parquet(real, lake)
