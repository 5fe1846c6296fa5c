"""The OpenAPI document as values for a page: operations, parameters, and what answers hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Schema = Mapping[str, Any]

_NOUNS = {
    "number": "number",
    "integer": "whole number",
    "string": "text",
    "boolean": "true or false",
    "object": "object",
    "null": "null",
}
_FORMATS = {"date": "day", "uri": "address"}
_COMPONENTS = "#/components/schemas/"
WORTH_NAMING = 4
"""Fields from which on one component is said to hold all of another."""


@dataclass(frozen=True)
class Type:
    """What a value is: words, and the component that describes it further, if one does."""

    words: str
    component: str = ""
    is_list: bool = False
    is_nullable: bool = False


@dataclass(frozen=True)
class Value:
    """One of a closed vocabulary; words that only repeat the code are left out."""

    code: str
    words: str


class Run(NamedTuple):
    """A piece of a text; a name from the answers stands out."""

    text: str
    is_code: bool


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Parameter:
    """A key of the query, or a part of the path."""

    name: str
    text: Runs
    type: str
    repeats: bool
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Field:
    """One field of an answer."""

    name: str
    text: Runs
    type: Type
    values: tuple[Value, ...]

    @property
    def syllables(self) -> list[str]:
        """Its name in pieces, between which a narrow column may break it."""
        return re.findall(r"[^_]+_*|_+", self.name)


@dataclass(frozen=True)
class Component:
    """A kind of object that answers hold: all fields of `extends`, if that is one, and its own."""

    name: str
    extends: str
    text: Runs
    fields: tuple[Field, ...]
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Operation:
    """One address that can be read."""

    key: str
    path: str
    text: Runs
    in_path: tuple[Parameter, ...]
    in_query: tuple[Parameter, ...]
    requests: tuple[Mapping[str, str], ...]
    answer: str
    may_be_missing: bool


@dataclass(frozen=True)
class Group:
    """Components that an operation answers with, and none before it."""

    operation: Operation
    components: tuple[Component, ...]


@dataclass(frozen=True)
class Reference:
    """The whole document. Every component is in one group."""

    operations: tuple[Operation, ...]
    groups: tuple[Group, ...]


def read(document: Schema) -> Reference:
    """Everything that a reader of the document needs, in its order."""
    operations = tuple(_operations(document))
    return Reference(operations, tuple(_groups(operations, document)))


def _operations(document: Schema) -> Iterator[Operation]:
    for path, methods in document["paths"].items():
        found = methods["get"]
        parameters = found.get("parameters", [])
        yield Operation(
            key=found["operationId"],
            path=path,
            text=_runs(found["description"]),
            in_path=tuple(_parameter(one) for one in parameters if one["in"] == "path"),
            in_query=tuple(_parameter(one) for one in parameters if one["in"] == "query"),
            requests=tuple(found.get("x-requests", ())),
            answer=_name(found["responses"]["200"]["content"]["application/json"]["schema"]),
            may_be_missing="404" in found["responses"],
        )


def _parameter(found: Schema) -> Parameter:
    schema = found["schema"]
    # Beside the values that mean something stands anything else, which is noted and ignored.
    meant = [one for one in schema.get("anyOf", [schema]) if "type" in one]
    repeats = any(one["type"] == "array" for one in meant)
    meant = [one.get("items", one) for one in meant]
    return Parameter(
        name=found["name"],
        text=_runs(found["description"]),
        type=" or ".join(_bounded(one) for one in meant),
        repeats=repeats,
        values=tuple(value for one in meant for value in _values(one)),
    )


def _bounded(schema: Schema) -> str:
    if "enum" in schema:
        return "one of"
    noun = _NOUNS[schema["type"]]
    if "maximum" in schema:
        return f"{noun}, {schema['minimum']} to {schema['maximum']}"
    return f"{noun} from {schema['minimum']}" if "minimum" in schema else noun


def _values(schema: Schema) -> tuple[Value, ...]:
    return tuple(
        Value(code, "" if words.casefold() == code.replace("_", " ") else words)
        for code, words in schema.get("x-words", {}).items()
    )


def _groups(operations: Sequence[Operation], document: Schema) -> Iterator[Group]:
    schemas = document["components"]["schemas"]
    told: set[str] = set()
    for operation in operations:
        responses = document["paths"][operation.path]["get"]["responses"]
        names = [name for name in _reached(responses, schemas) if name not in told]
        told.update(names)
        if names:
            yield Group(operation, tuple(_component(name, schemas) for name in names))


def _reached(value: Any, schemas: Schema) -> list[str]:
    """Components that a value refers to, and those that they refer to, nearest first."""
    found = dict.fromkeys(_names(value))
    waiting = list(found)
    while waiting:
        new = [name for name in _names(schemas[waiting.pop(0)]) if name not in found]
        found |= dict.fromkeys(new)
        waiting += dict.fromkeys(new)
    return list(found)


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if name := _name(value):
            yield name
        for held in value.values():
            yield from _names(held)
    elif isinstance(value, list):
        for held in value:
            yield from _names(held)


def _component(name: str, schemas: Schema) -> Component:
    schema = schemas[name]
    extends = _extended(name, schemas)
    known = _properties(schemas[extends]) if extends else {}
    return Component(
        name=name,
        extends=extends,
        text=_runs(schema.get("description", "")),
        fields=tuple(
            _field(key, found) for key, found in _properties(schema).items() if key not in known
        ),
        one_of=tuple(_name(one) for one in schema.get("oneOf", ())),
    )


def _extended(name: str, schemas: Schema) -> str:
    """The largest other component all of whose fields this one has too."""
    own = _properties(schemas[name])
    within = {
        other: len(_properties(schema))
        for other, schema in schemas.items()
        if WORTH_NAMING <= len(_properties(schema)) < len(own)
        and all(own.get(key) == found for key, found in _properties(schema).items())
    }
    return max(within, key=lambda other: within[other], default="")


def _properties(schema: Schema) -> Schema:
    found: Schema = schema.get("properties", {})
    return found


def _field(name: str, schema: Schema) -> Field:
    inner = _innermost(schema)
    return Field(name, _runs(schema.get("description", "")), _type(schema), _values(inner))


def _runs(text: str) -> Runs:
    """A text cut at its backticks."""
    return tuple(Run(run, bool(place % 2)) for place, run in enumerate(text.split("`")) if run)


def _innermost(schema: Schema) -> Schema:
    """What a list or map holds; else the schema itself."""
    if schema.get("type") == "array":
        return _innermost(schema["items"])
    inner = schema.get("additionalProperties")
    return inner if isinstance(inner, Mapping) and inner else schema


def _type(schema: Schema) -> Type:
    if schema.get("type") == "array":
        held = _type(schema["items"])
        return Type(held.words, held.component, is_list=True)
    if inner := schema.get("additionalProperties"):
        held = _type(inner)
        return Type("map of names to " + held.words, held.component)
    choices = [one for key in ("allOf", "oneOf", "anyOf") for one in schema.get(key, ())]
    if choices:
        return _type_of_choices(choices)
    if "$ref" in schema:
        return Type("", _name(schema))
    kinds = schema.get("type", "object")
    kinds = [kinds] if isinstance(kinds, str) else list(kinds)
    word = _FORMATS.get(schema.get("format", "")) or " or ".join(
        _NOUNS[kind] for kind in kinds if kind != "null"
    )
    return Type("code" if "enum" in schema else word, is_nullable="null" in kinds)


def _type_of_choices(choices: list[Schema]) -> Type:
    held = [_type(one) for one in choices if one.get("type") != "null"]
    component = next((one.component for one in held if one.component), "")
    words = " or ".join(dict.fromkeys(one.words for one in held if one.words))
    return Type(words, component, is_nullable=len(held) < len(choices))


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).removeprefix(_COMPONENTS)
