"""The folding of texts for Spark: a function made of what DuckDB's own `fold` makes of every
letter.
"""

from functools import cache

from dashboard.query import duck


@cache
def fold_function() -> str:
    """The statement that makes `fold` in a session of Spark: letters that become one or none are
    translated, then the others take their places.
    """
    pairs = [(_literal(letter), _literal(plain), len(plain)) for letter, plain in duck.letters()]
    single = [(letter, plain) for letter, plain, length in pairs if length < 2]
    body = (
        f"translate(words, '{''.join(letter for letter, _ in single)}',"
        f" '{''.join(plain for _, plain in single)}')"
    )
    for letter, plain in ((letter, plain) for letter, plain, length in pairs if length > 1):
        body = f"replace({body}, '{letter}', '{plain}')"
    return f"create temporary function fold(words string) returns string return {body}"


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
