"""Reads the sources of the pages: what is given to Streamlit, and what changes something, and
whether it asks for the role by itself. What cannot be read, such as **options, is wrong, too.
"""

import ast
import inspect
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path

import streamlit as st

OPEN = ("st.login", "st.logout")
"""Callbacks that need no role: the way in and out."""
SAID = ("ignore", "rerun", None)
"""What Streamlit takes in place of a callback."""
NOT_OF_A_READER = ("on_script_error",)
"""It answers no reader: it words an error."""
RUN_BY_THEMSELVES = ("fragment", "dialog")
UPLOADS = ("file_uploader", "camera_input", "audio_input", "chat_input")
CHANGES = {
    "STEWARD": "publish_candidate discard merge_people rollback save_mappings check_delivery people_everywhere.forget people_everywhere.follow",
    "VIEWER": "shares.save shares.rename shares.delete meetings.create meetings.rename meetings.reorder meetings.delete"
    " admissions.make_key admissions.drop_key",
}
"""Functions of the store and the shelf that change what others see, and the role that they need."""
READS = (
    "Store read_log derive_mappings compare_versions compare_records KeptMeetings list_unknown_names find_nearest_person rank_places"
    " list_places build_record_file describe_person SharesDb list_views"
    " find_view meetings.list_meetings meetings.find_meeting admissions.list_keys StewardAnswers CheckedDelivery StoreError SharesError UnreadableFile"
    " people_everywhere.preview_mentions"  # for who may forget
    # of a link there is one code, whoever asks; it is kept when a dialog or a file is made, which
    # are guarded
    " shorten"
)
OF_RECORDS = (
    "dashboard.store",
    "dashboard.publishing.delivery",
    "dashboard.shares.people_everywhere",
    "dashboard.shares",
)


class Module:
    """One source: its functions, their guards, and what its names mean."""

    def __init__(self, path: str, text: str) -> None:
        self.path, self.tree = path, ast.parse(text)
        self.is_page = Path(path).parent.name == "pages"
        self.functions = {
            node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)
        }

    @cached_property
    def guards(self) -> dict[str, str]:
        """The guarded functions with the role that each needs."""
        return {
            name: role
            for name, node in self.functions.items()
            for role in map(_guard, node.decorator_list)
            if role
        }

    @cached_property
    def imported(self) -> dict[str, str]:
        """What is imported, by its name here, as dashboard.ui.state or dashboard.ui.state.open_link."""
        froms = [node for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom)]
        return {
            alias.asname or alias.name: f"{node.module}.{alias.name}"
            for node in froms
            for alias in node.names
        }

    def meaning(self, node: ast.expr) -> str:
        """The full name of what an expression names; "" for what is no name, and for names of
        unknown things.
        """
        head, *rest = (
            ast.unparse(node).split(".") if isinstance(node, ast.Name | ast.Attribute) else [""]
        )
        if head in self.functions and not rest:
            return f"{self.name}.{head}"
        return ".".join([self.imported[head], *rest]) if head in self.imported else ""

    @property
    def name(self) -> str:
        if self.is_page:
            return f"pages.{Path(self.path).stem}"
        parts = Path(self.path).with_suffix("").parts
        return ".".join(parts[parts.index("dashboard") :])


class Site:
    """All sources together."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.modules = [Module(path, text) for path, text in sources.items()]
        self.guards = {
            f"{m.name}.{name}": role for m in self.modules for name, role in m.guards.items()
        }

    def unguarded(self) -> list[str]:
        """A line for every place where something is given to Streamlit that does not ask for the
        role by itself.
        """
        return [
            f"{m.path}:{line} {what}"
            for m in self.modules
            for line, what in sorted({*self._calls(m), *self._parts(m)})
        ]

    def _guarded(self, module: Module, node: ast.expr | None) -> bool:
        if isinstance(node, ast.Call) and _last(node.func) == "partial" and node.args:
            return self._guarded(module, node.args[0])
        return node is not None and module.meaning(node) in self.guards

    def _calls(self, module: Module) -> Iterator[tuple[int, str]]:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ImportFrom) and node.module == "streamlit":
                yield (
                    node.lineno,
                    "what is imported from Streamlit by its own name is not seen: write st.…",
                )
            if isinstance(node, ast.Call):
                yield from ((node.lineno, what) for what in self._call(module, node))

    def _call(self, module: Module, node: ast.Call) -> Iterator[str]:
        name, given = _last(node.func), _arguments(node)
        for parameter, value in given.items():
            calls_back = (
                parameter.startswith("on_")
                and parameter not in NOT_OF_A_READER
                and not _harmless(value)
            )
            if calls_back and not self._guarded(module, value):
                yield f"{parameter}={ast.unparse(value)}"
        if name == "download_button":
            data = given.get("data")
            if not (
                isinstance(data, ast.Call)
                and _last(data.func) == "defer"
                and self._guarded(module, data.args[0])
            ):
                yield f"a download of {ast.unparse(data) if data else 'nothing'}: give it defer(what makes it, …)"
        hides = any(k.arg is None for k in node.keywords) or any(
            isinstance(a, ast.Starred) for a in node.args
        )
        if hides and any(parameter.startswith("on_") for parameter in _parameters(name)):
            yield f"{name} hides what it is given"
        for run in (node.func, node):  # st.dialog("A title")(function), st.fragment(function)
            if isinstance(run, ast.Call) and _last(run.func) in RUN_BY_THEMSELVES:
                handed = (
                    node.args
                    if run is node.func
                    else node.args[:1]
                    if _last(run.func) == "fragment"
                    else []
                )
                yield from (
                    f"{_last(run.func)} of {ast.unparse(one)}"
                    for one in handed
                    if not self._guarded(module, one)
                )

    def _parts(self, module: Module) -> Iterator[tuple[int, str]]:
        """Fragments, dialogs and functions that take an upload: the guard is inside of what runs
        them.
        """
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                kinds = [
                    _last(one.func if isinstance(one, ast.Call) else one)
                    for one in node.decorator_list
                ]
                runs = [kind for kind in kinds if kind in RUN_BY_THEMSELVES]
                if runs and (kinds[-1] != "requires" or node.name not in module.guards):
                    yield node.lineno, f"{runs[-1]} {node.name}"
        takes = [
            node
            for node in ast.walk(module.tree)
            if isinstance(node, ast.Call) and _last(node.func) in UPLOADS
        ]
        inside = {id(inner) for name in module.guards for inner in ast.walk(module.functions[name])}
        yield from (
            (node.lineno, f"{_last(node.func)} outside of what is guarded")
            for node in takes
            if id(node) not in inside
        )

    def changing(self) -> list[str]:
        """A line for every change of the store or the shelf that somebody reaches who was not asked
        for the role there.
        """
        found = []
        for module in self.modules:
            for name, node in module.functions.items():
                for call in (one for one in ast.walk(node) if isinstance(one, ast.Call)):
                    role = self._needed(module, call.func)
                    if role and not self._behind(module, name, role, ()):
                        found.append(
                            f"{module.path}:{call.lineno} {ast.unparse(call.func)} needs {role}"
                        )
        return found

    def _needed(self, module: Module, called: ast.expr) -> str:
        """The role that a call needs, "?" for one that nobody has decided on, "" for none."""
        meaning = module.meaning(called)
        known = (
            not isinstance(called, ast.Name | ast.Attribute)
            or bool(meaning)
            or isinstance(called, ast.Name)
        )
        if known and not meaning.startswith(OF_RECORDS):
            return ""
        for role, names in CHANGES.items():
            # of a name that is not known, such as a variable, the last word is enough
            if any(
                meaning.endswith(f".{one}") if known else _last(called) == _word(one)
                for one in names.split()
            ):
                return role
        return (
            "?" if known and not any(meaning.endswith(f".{one}") for one in READS.split()) else ""
        )

    def _behind(self, module: Module, name: str, role: str, seen: tuple[str, ...]) -> bool:
        """Whether a function asks for the role, or is used by such functions only."""
        if has := module.guards.get(name):
            return role == "VIEWER" or has == role
        used = [
            (other, user)
            for other in self.modules
            for user, node in other.functions.items()
            if (other, user) != (module, name)
            for inner in ast.walk(node)
            if isinstance(inner, ast.Name | ast.Attribute)
            and other.meaning(inner) == f"{module.name}.{name}"
        ]
        return (
            name not in seen
            and bool(used)
            and all(self._behind(*one, role, (*seen, name)) for one in used)
        )


def read(*places: Path) -> dict[str, str]:
    """The sources in these folders and files, by their paths."""
    files = [
        file
        for place in places
        for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])
    ]
    return {str(file): file.read_text("utf-8") for file in files}


def _guard(node: ast.expr) -> str:
    """The role of a decorator; "" where it is another one."""
    return (
        _last(node.args[0]) if isinstance(node, ast.Call) and _last(node.func) == "requires" else ""
    )


def _harmless(value: ast.expr) -> bool:
    return ast.unparse(value) in OPEN or (isinstance(value, ast.Constant) and value.value in SAID)


def _last(node: ast.expr) -> str:
    return (
        node.attr
        if isinstance(node, ast.Attribute)
        else node.id
        if isinstance(node, ast.Name)
        else ""
    )


def _word(name: str) -> str:
    return name.rpartition(".")[2]


def _arguments(node: ast.Call) -> dict[str, ast.expr]:
    """The arguments of a call by their names, also those that are given by place."""
    places = _parameters(_last(node.func)) if isinstance(node.func, ast.Attribute) else ()
    return dict(zip(places, node.args, strict=False)) | {
        k.arg: k.value for k in node.keywords if k.arg
    }


@lru_cache
def _parameters(name: str) -> tuple[str, ...]:
    called = getattr(st, name, None)
    return tuple(inspect.signature(called).parameters) if inspect.isroutine(called) else ()
