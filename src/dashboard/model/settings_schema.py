"""The sections and keys of data/settings.toml, and what each has to be.

A value is taken as it is written or not at all: no text is a number, no number is true. A key that
would open something where it is left out has no default here; it has to be written. A new key is a
line here and one in `settings.Settings`.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from rapidfuzz import fuzz, process

from dashboard.model.roles import EVERYBODY

HOME_ZONE = "Europe/Amsterdam"
"""The time zone of a programme that names none."""
ORIGIN = re.compile(r"https://[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?")
"""Scheme and host: nothing in it can end the header in which it is written."""
ADDRESS = re.compile(
    r"https?://(?:[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*|\[[0-9a-fA-F:]+\])(?::\d{1,5})?(?:/(?!\.+(?:/|$))[A-Za-z0-9._~-]+)*/?"
)
"""An origin with the path below which the dashboard is, without anybody's name, a query or a
fragment.
"""
SPARK_ADDRESS = re.compile(r"sc://[^\s/]+.*|local\[([1-9][0-9]*|\*)\]")
"""A server of Spark Connect, or a Spark within this program, with so many threads."""
TABLES_FOLDER = re.compile(r"(?:[a-z][a-z0-9]*:/)?/\S+")
"""An absolute folder, or one of an object store or file system that the Spark knows
(s3a://bucket/folder).
"""
MIN_SIMILARITY = 60
"""How alike a misspelled word is to the right one, of 100."""


def did_you_mean(
    text: str, known: Iterable[str], *, scorer: Any = fuzz.ratio, mark: str = "{}"
) -> str:
    """Suggest the nearest of what is known, as the end of a sentence; nothing where none is near."""
    hit = process.extractOne(text, list(known), scorer=scorer, score_cutoff=MIN_SIMILARITY)
    return f": did you mean {mark.format(hit[0])}?" if hit else ""


@cache
def _list_zones() -> list[str]:
    return sorted(available_timezones())


def _check_line(value: str) -> str:
    if not value.isprintable() or value != value.strip():
        raise ValueError
    return value


def _check_text(value: str) -> str:
    if not _check_line(value):
        raise ValueError
    return value


def _check_pattern(pattern: re.Pattern[str], value: str) -> str:
    if not pattern.fullmatch(value) or (urlsplit(value).port or 1) > 65535:
        raise ValueError
    return value


def _check_address(value: str) -> str:
    return _check_pattern(ADDRESS, value).rstrip("/") if value else ""


def _check_time_zone(value: str) -> str:
    if value not in _list_zones():
        raise PydanticCustomError(
            "hint",
            "{hint}",
            {"hint": did_you_mean(value, _list_zones(), scorer=fuzz.WRatio, mark='"{}"')},
        )
    return value


def _resolve_template(*endings: str) -> BeforeValidator:
    """Make what finds a template of the house beside the settings, by its name."""
    return BeforeValidator(partial(_find_beside_settings, endings))


def _find_beside_settings(endings: tuple[str, ...], value: object, info: ValidationInfo) -> object:
    if not isinstance(value, str):
        return value
    if not value:
        return None
    path = Path(value)
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in value
        or path.suffix.lower() not in endings
    ):
        raise ValueError
    return Path((info.context or {})["folder"]) / _check_text(value)


def _check_stewards(value: tuple[str, ...]) -> tuple[str, ...]:
    if EVERYBODY in value:
        raise PydanticCustomError("said", "cannot be everybody: name who may publish")
    return value


YesNo = Annotated[bool, Field(description="true or false")]
Text = Annotated[str, AfterValidator(_check_text)]
Name = Annotated[Text, Field(description="a text that is not empty, in one line")]
Line = Annotated[str, AfterValidator(_check_line), Field(description="a text in one line")]
Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}\z")]
Colours = Annotated[tuple[Colour, Colour], Field(strict=False)]
Origin = Annotated[str, AfterValidator(lambda value: _check_pattern(ORIGIN, value))]


class Section(BaseModel):
    """Keys that belong together; one that is not known is a fault, and a value is never taken for
    something else.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Programme(Section):
    name: Name
    short_name: Name
    organisation: Line = ""
    time_zone: Annotated[str, AfterValidator(_check_time_zone)] = Field(
        default=HOME_ZONE, description=f'an IANA time zone, such as "{HOME_ZONE}"'
    )
    language: Literal["en", "nl"] = Field(default="en", description='"en" or "nl"')


class Sharing(Section):
    public_url: Annotated[str, AfterValidator(_check_address)] = Field(
        default="",
        description=(
            'an address without a user or a query, such as "https://dash.example.org", or ""'
        ),
    )
    embed_on: tuple[Origin, ...] = Field(
        default=(),
        strict=False,
        description='a list of addresses without a path, such as ["https://intranet.example.org"]',
    )
    template: Annotated[Path | None, _resolve_template(".pptx", ".potx")] = Field(
        default=None,
        description=(
            'the name of a .pptx or .potx file in the folder of the settings, such as "house.pptx",'
            ' or ""'
        ),
    )
    word_template: Annotated[Path | None, _resolve_template(".docx", ".dotx")] = Field(
        default=None,
        description=(
            'the name of a .docx or .dotx file in the folder of the settings, such as "house.dotx",'
            ' or ""'
        ),
    )


class Privacy(Section):
    small_groups_below: int = Field(ge=0, le=10_000, description="a whole number from 0 to 10000")
    profiles: YesNo


class Publishing(Section):
    publish_from_anywhere: YesNo = False


class Access(Section):
    """`claim` and `session_hours` have to be written where there is a sign-in: another claim could
    let others in, more hours let them in for longer. A sign-in lasts 30 days at most, as the cookie
    of Streamlit does.
    """

    sign_in: YesNo
    claim: Text | None = Field(
        default=None, validate_default=True, description='the name of a claim, such as "groups"'
    )
    viewers: tuple[Text, ...] = Field(
        default=(),
        strict=False,
        description='a list of values of the claim, such as ["dash-viewers"]',
    )
    stewards: Annotated[tuple[Text, ...], AfterValidator(_check_stewards)] = Field(
        default=(),
        strict=False,
        description='a list of values of the claim, such as ["dash-stewards"]',
    )
    session_hours: int | None = Field(
        default=None,
        validate_default=True,
        ge=1,
        le=720,
        description="a whole number from 1 to 720",
    )
    open_network: YesNo = False

    @field_validator("claim", "session_hours")
    @classmethod
    def written(cls, value: object, info: ValidationInfo) -> object:
        if value is None and info.data.get("sign_in"):
            raise PydanticCustomError(
                "said", "is missing: with sign_in = true it has to be written"
            )
        return value


class Running(Section):
    stale_after_days: int = Field(
        default=0, ge=0, le=36_500, description="a whole number from 0 to 36500"
    )


class Engine(Section):
    kind: Literal["duckdb", "spark"] = Field(default="duckdb", description='"duckdb" or "spark"')
    remote: str = Field(
        default="",
        validate_default=True,
        description=(
            'the address of a Spark Connect server, such as "sc://spark.example.org:15002", or'
            ' "local[2]" to try it within this program'
        ),
    )
    tables: str = Field(
        default="",
        validate_default=True,
        description=(
            "the folder with the Parquet of the versions as the Spark names it, such as"
            ' "s3a://bucket/dash" or "/mnt/dash"'
        ),
    )

    @field_validator("remote", "tables")
    @classmethod
    def reached(cls, value: str, info: ValidationInfo) -> str:
        pattern = SPARK_ADDRESS if info.field_name == "remote" else TABLES_FOLDER
        if info.data.get("kind") == "spark" and not pattern.fullmatch(value):
            raise ValueError
        return value.rstrip("/") if info.field_name == "tables" else value


class File(Section):
    """The whole file. A section without a default has to be there, because leaving it out would
    open something.
    """

    programme: Programme
    sharing: Sharing = Sharing()
    privacy: Privacy
    publishing: Publishing = Publishing()
    access: Access
    running: Running = Running()
    engine: Engine = Engine()
    colours: dict[Text, Colours] = Field(
        default={}, description='two colours, such as ["#1f5fa8", "#6ea8e6"]'
    )


KEYS: Mapping[str, Mapping[str, FieldInfo]] = {
    name: getattr(field.annotation, "model_fields", {}) for name, field in File.model_fields.items()
}
"""Every section with its keys. The keys of [colours] are the pillars of the records."""
