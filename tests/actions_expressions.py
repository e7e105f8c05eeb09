"""GitHub's expressions, as far as ours use them: what is not known here is an error, never a guess.

Source: https://docs.github.com/actions/reference/workflows-and-actions/expressions
"""

import re
from collections.abc import Mapping
from math import nan

Value = str | bool | None
Context = Mapping[str, object]

_TEMPLATE = re.compile(r"\$\{\{(.*?)\}\}", re.DOTALL)
_TOKEN = re.compile(r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<sign>==|!=|&&|\|\|)|(?P<name>!cancelled\(\)|[a-z_][\w.-]*))")


def rendered(text: str, context: Context) -> str:
    """The text with each expression's value in its place."""
    return _TEMPLATE.sub(lambda found: as_text(evaluated(found[1], context)), text)


def holds(condition: str, context: Context) -> bool:
    """What an `if:` comes to, with or without the braces."""
    whole = _TEMPLATE.fullmatch(condition.strip())
    return _truth(evaluated(whole[1] if whole else condition, context))


def as_text(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else value


def evaluated(expression: str, context: Context) -> Value:
    """`||` binds less than `&&`, which binds less than `==`; both give one of their sides, not a truth."""
    value: Value = None
    for alternative in _split(_tokens(expression), "||"):
        for part in _split(alternative, "&&"):
            value = _comparison(part, context)
            if not _truth(value):
                break
        if _truth(value):
            break
    return value


def _tokens(expression: str) -> list[str]:
    tokens: list[str] = []
    at = 0
    expression = expression.strip()
    while at < len(expression):
        found = _TOKEN.match(expression, at)
        if found is None:
            raise NotImplementedError(f"{expression[at:]!r} in {expression!r}")
        tokens.append(found[0].strip())
        at = found.end()
    return tokens


def _split(tokens: list[str], sign: str) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token == sign:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _comparison(tokens: list[str], context: Context) -> Value:
    match tokens:
        case [name]:
            return _value(name, context)
        case [left, "==" | "!=" as sign, right]:
            same = _same(_value(left, context), _value(right, context))
            return same if sign == "==" else not same
        case _:
            raise NotImplementedError(" ".join(tokens))


def _value(token: str, context: Context) -> Value:
    if token.startswith("'"):
        return token[1:-1].replace("''", "'")
    if token == "!cancelled()":
        return True
    if token in ("true", "false", "null"):
        return {"true": True, "false": False, "null": None}[token]
    return _looked_up(token, context)


def _looked_up(name: str, context: Context) -> Value:
    """A context that is not there is a mistake; what an event does not have is null, as GitHub has it."""
    first, *rest = name.split(".")
    found: object = context[first]
    if first == "inputs" and isinstance(found, Mapping) and rest[0] not in found:
        raise KeyError(name)
    for part in rest:
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, Mapping):
        return "Object"
    if found is None or isinstance(found, str | bool):
        return found
    raise NotImplementedError(f"{name} is {found!r}")


def _same(left: Value, right: Value) -> bool:
    """Texts are compared without their case; what is of two kinds is compared as numbers, and an object is none."""
    if isinstance(left, str) and isinstance(right, str):
        return left.lower() == right.lower()
    return left == right if type(left) is type(right) else _number(left) == _number(right)


def _number(value: Value) -> float:
    if not isinstance(value, str):
        return float(value or 0)
    try:
        return float(value or 0)
    except ValueError:
        return nan


def _truth(value: Value) -> bool:
    return value not in (None, False, "")
