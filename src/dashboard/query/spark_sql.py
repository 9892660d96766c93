"""The questions for Spark: their SQL is translated by SQLGlot, and the scope of scope.spark.sql put
in place of its calls.

SQLGlot drops silently what it cannot say in another dialect, such as the order inside `list(x order
by y)`. So only what was tried is translated (KNOWN); anything else is refused with its name, and a
test asks every question on both engines.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import sqlglot
from sqlglot import ErrorLevel, exp

from dashboard.query import duck
from dashboard.schema.contract import tables

TESTED_EXPRESSIONS = frozenset(
    """
    Add Alias And Anonymous AnyValue Array ArrayContains ArrayMax ArrayMin Between Bracket CTE Case Cast Coalesce Column Concat
    Contains Count DPipe DataType DateFromParts Distinct EQ Exists Explode Filter From GT GTE GenerateSeries Group Having
    Identifier If IgnoreNulls In Interval Is JSONExtractScalar JarowinklerSimilarity Join LT LTE LastDay Least Left Length Limit
    Literal Lower Max Min NEQ Not Null NullSafeEQ NullSafeNEQ Offset Or Order Ordered Paren Placeholder RegexpExtract
    RegexpExtractAll RegexpLike RegexpReplace RowNumber Select Split Star StartsWith Subquery Substring Sum Table TableAlias
    Union Var Where Window With Year
""".split()
)
"""What a statement may be made of: each was seen to give the same on both engines."""
SPARK_FUNCTIONS = frozenset(
    {"damerau_levenshtein", "fold", "fold_words", "jaro_similarity", "list_position", "to_json"}
)
"""Functions that SQLGlot does not know and Spark gets from here or from scope.spark.sql."""
LIST_PARAMETERS = ("events", "ids", "record_ids", "second", "statuses", "third")
"""Parameters that are lists of texts and not in any scope."""
FUNCTION_PATTERN = re.compile(
    r"create temporary function (\w+)\(([^)]*)\) returns (\w+)\s+return (.*)", re.DOTALL
)


class Untranslatable(Exception):
    """A statement holds what was never tried on Spark; the message names it."""


@dataclass(frozen=True)
class Statement:
    """A statement for Spark, and the parameters that it names."""

    text: str
    named: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """A table function of scope.spark.sql: types of its parameters by their names, in order, and
    its body.
    """

    parameters: dict[str, str]
    body: exp.Expr


def _read_definitions() -> list[tuple[str, str, str, str, str]]:
    text = re.sub(
        r"^--.*$",
        "",
        files("dashboard.query").joinpath("scope.spark.sql").read_text("utf-8"),
        flags=re.MULTILINE,
    )
    found = []
    for statement in filter(None, map(str.strip, text.split(";\n"))):
        match = FUNCTION_PATTERN.fullmatch(statement)
        assert match, statement
        found.append((match[1], match[2], match[3], match[4], statement))
    return found


@cache
def read_functions() -> dict[str, str]:
    """Read the statements that make the functions of single values in a session of Spark, by name."""
    return {
        name: statement
        for name, _, returns, _, statement in _read_definitions()
        if returns != "table"
    }


@cache
def read_scopes() -> dict[str, Scope]:
    """Read the table functions by name."""
    return {
        name: Scope(_parse_parameters(parameters), sqlglot.parse_one(body, dialect="spark"))
        for name, parameters, returns, body, _ in _read_definitions()
        if returns == "table"
    }


def _parse_parameters(parameters: str) -> dict[str, str]:
    return {words.split()[0]: words.split()[1] for words in parameters.split(",")}


@cache
def _parameter_types() -> dict[str, str]:
    """List the types of parameters of questions: null has none by itself, nor has an empty list."""
    known = {
        name: kind for scope in read_scopes().values() for name, kind in scope.parameters.items()
    }
    return (
        known
        | dict.fromkeys(LIST_PARAMETERS, "array<string>")
        | dict.fromkeys(("first", "last", "today", "until"), "date")
        | {"as_role": "string"}
    )


@lru_cache(maxsize=1000)
def translate(sql: str, without: frozenset[str] = frozenset()) -> Statement:
    """Translate a statement for Spark; a limit or offset whose parameter is in `without` is left
    out, because Spark has no null there. Raises Untranslatable.
    """
    (statement,) = sqlglot.parse(sql, dialect="duckdb")
    assert isinstance(statement, exp.Expr)
    require_translatable(statement)
    for part in list(statement.find_all(exp.Limit, exp.Offset)):
        if getattr(part.expression, "name", "") in without and isinstance(
            part.expression, exp.Placeholder
        ):
            part.pop()
    statement = _inline_scopes(_apply_rules(statement))
    named = frozenset(placeholder.name for placeholder in statement.find_all(exp.Placeholder))
    return Statement(
        statement.sql("spark", unsupported_level=ErrorLevel.RAISE, comments=False), named
    )


def require_translatable(statement: exp.Expr) -> None:
    """Check that a statement means the same on Spark. Raises Untranslatable for expressions and
    functions that were not tried there, and for what SQLGlot is known to drop.
    """
    for node in statement.walk():
        name = type(node).__name__
        if name not in TESTED_EXPRESSIONS:
            raise Untranslatable(
                f"{name} is not known to mean the same on Spark: {node.sql('duckdb')[:80]}"
            )
        if (
            isinstance(node, exp.Anonymous)
            and node.name.lower()
            not in SPARK_FUNCTIONS | read_scopes().keys() | read_functions().keys()
        ):
            raise Untranslatable(f"the function {node.name} is not known on Spark")
        if lost := _find_loss(node):
            raise Untranslatable(f"{lost} would be lost: {node.sql('duckdb')[:80]}")


def _find_loss(node: exp.Expr) -> str:
    if isinstance(node, exp.Order) and not isinstance(node.parent, exp.Query | exp.Window):
        return "the order inside an aggregate"
    if isinstance(node, exp.RegexpReplace) and node.args.get("modifiers") != exp.Literal.string(
        "g"
    ):
        # Spark replaces all of them, and knows no other flags
        return "that only the first is replaced"
    if isinstance(node, exp.Distinct) and node.args.get("on"):
        return "distinct on"
    if isinstance(node, exp.Join) and node.args.get("method"):
        return "the kind of the join"
    return ""


def _apply_rules(statement: exp.Expr) -> exp.Expr:
    """Replace what Spark calls otherwise, or means otherwise by the same name, said for Spark: the
    inner parts first.
    """
    for node in reversed(list(statement.bfs())):
        if rule := RULES.get(type(node)):
            node.replace(rule(node))
    return statement


def _cast_parameter(node: exp.Expr) -> exp.Expr:
    if isinstance(node.parent, exp.Limit | exp.Offset) or node.name not in _parameter_types():
        return node
    return exp.cast(node.copy(), _parameter_types()[node.name], dialect="spark")


def _get_element(node: exp.Expr) -> exp.Expr:
    # null beyond the end, as in DuckDB
    return exp.func("get", node.this, node.expressions[0], dialect="spark")


def _concatenate(node: exp.Expr) -> exp.Expr:
    texts = (exp.cast(part, "string", dialect="spark") for part in node.expressions)
    # concat gives null for a null in it
    return exp.func("concat_ws", exp.Literal.string(""), *texts, dialect="spark")


def _winkler_similarity(node: exp.Expr) -> exp.Expr:
    return exp.Anonymous(this="winkler_similarity", expressions=[node.this, node.expression])


def _get_member(node: exp.Expr) -> exp.Expr:
    path = exp.func("concat", exp.Literal.string("$."), node.expression, dialect="spark")
    return exp.Anonymous(this="get_json_object", expressions=[node.this, path])


def _rename_function(node: exp.Expr) -> exp.Expr:
    if node.name.lower() == "list_position":
        return exp.Anonymous(this="array_position", expressions=node.expressions)
    if node.name.lower() == "to_json":
        return _record_as_json(node.expressions[0].name)
    return node


def _record_as_json(table: str) -> exp.Expr:
    """Write a whole row of a table as JSON. Its values are texts: numbers as DuckDB writes them,
    12.5 and 50000.0.
    """
    fields = []
    for column in tables()[table].columns:
        text = f"cast({table}.`{column.name}` as string)"
        if column.sql_type.startswith("DECIMAL"):
            text = f"regexp_replace({text}, '0$', '')"
        fields.append(f"'{column.name}', {text}")
    return sqlglot.parse_one(f"to_json(named_struct({', '.join(fields)}))", dialect="spark")


def _drop_materialized(node: exp.Expr) -> exp.Expr:
    node.set("materialized", None)
    return node


def _zip_lists(node: exp.Expr) -> exp.Expr:
    """Join several lists as columns of one table: Spark allows one list a select."""
    lists = [
        column.this for column in node.expressions if isinstance(column.unalias(), exp.Explode)
    ]
    if len(lists) < 2:
        return node
    if len(lists) < len(node.expressions):
        raise Untranslatable("several lists beside other columns")
    names = ", ".join(f"`{column.alias}`" for column in node.expressions)
    zipped = ", ".join(one.this.sql("spark") for one in lists)
    return sqlglot.parse_one(
        f"select * from inline(arrays_zip({zipped})) as lists({names})", dialect="spark"
    )


RULES: dict[type[exp.Expr], Callable[[exp.Expr], exp.Expr]] = {
    exp.Placeholder: _cast_parameter,
    exp.Bracket: _get_element,
    exp.Concat: _concatenate,
    exp.JarowinklerSimilarity: _winkler_similarity,
    exp.JSONExtractScalar: _get_member,
    exp.Anonymous: _rename_function,
    exp.CTE: _drop_materialized,
    exp.Select: _zip_lists,
}


def _inline_scopes(statement: exp.Expr) -> exp.Expr:
    """Put bodies of table functions in place of their calls, as DuckDB does with its macros.
    Spark's own functions cannot be used: within a subquery they do not see their parameters.
    """
    while calls := [table for table in statement.find_all(exp.Table) if _find_scope(table)]:
        for call in calls:
            call.replace(_inline_call(call))
    return statement


def _find_scope(table: exp.Table) -> Scope | None:
    return (
        read_scopes().get(table.this.name.lower())
        if isinstance(table.this, exp.Anonymous)
        else None
    )


def _inline_call(call: exp.Table) -> exp.Expr:
    scope = _find_scope(call)
    assert scope is not None
    given = dict(zip(scope.parameters, call.this.expressions, strict=True))

    def filled(node: exp.Expr) -> exp.Expr:
        if not isinstance(node, exp.Column) or node.table or node.name not in given:
            return node
        value = given[node.name].copy()
        return (
            exp.cast(value, scope.parameters[node.name], dialect="spark")
            if isinstance(value, exp.Null)
            else value
        )

    name = call.args.get("alias") or exp.TableAlias(this=exp.to_identifier(call.this.name))
    return exp.Subquery(this=scope.body.copy().transform(filled), alias=name.copy())


# The folding of texts
# ------------------------------------------------------------------------------------------------


@cache
def build_fold_function() -> str:
    """Build the statement that makes `fold` in a session of Spark, of what DuckDB's own makes of
    every letter: those that become one or none are translated, then the others take their places.
    """
    pairs = [
        (_quote_literal(letter), _quote_literal(plain), len(plain))
        for letter, plain in duck.read_letters()
    ]
    single = [(letter, plain) for letter, plain, length in pairs if length < 2]
    body = (
        f"translate(words, '{''.join(letter for letter, _ in single)}',"
        f" '{''.join(plain for _, plain in single)}')"
    )
    for letter, plain in ((letter, plain) for letter, plain, length in pairs if length > 1):
        body = f"replace({body}, '{letter}', '{plain}')"
    return f"create temporary function fold(words string) returns string return {body}"


def _quote_literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
