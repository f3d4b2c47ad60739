"""A small RDF graph, written as Turtle and as JSON-LD: enough for a description of the data, without a library for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Iri:
    """A full or relative address, or a prefixed name such as `dcat:Dataset` where `short`."""

    value: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """`kind`: a prefixed datatype; else `language`, or neither."""

    value: str
    language: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """`name` None: a node without a name of its own."""

    kind: str
    said: tuple[tuple[str, Value], ...]
    name: str | None = None


Value = Iri | Text | Node

_TURTLE_TEXT = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_TURTLE_IRI = str.maketrans({mark: f"\\u{ord(mark):04X}" for mark in '<>"{}|^`\\ '})


def _iri(value: str) -> str:
    return f"<{value.translate(_TURTLE_IRI)}>"


def _turtle_value(value: Value, indent: str) -> str:
    if isinstance(value, Iri):
        return value.value if value.short else _iri(value.value)
    if isinstance(value, Text):
        text = f'"{value.value.translate(_TURTLE_TEXT)}"'
        return f"{text}@{value.language}" if value.language else f"{text}^^{value.kind}" if value.kind else text
    if value.name is not None:
        return _iri(value.name)
    return f"[\n{_turtle_said(value, f'{indent}  ')}\n{indent}]"


def _turtle_said(node: Node, indent: str) -> str:
    lines = [f"{indent}a {node.kind}"]
    lines += [f"{indent}{name} {_turtle_value(value, indent)}" for name, value in node.said]
    return " ;\n".join(lines)


def turtle(nodes: tuple[Node, ...], prefixes: Mapping[str, str]) -> bytes:
    """The named nodes, one after another."""
    head = [f"@prefix {prefix}: <{address}> ." for prefix, address in prefixes.items()]
    body = [f"{_iri(node.name or '')}\n{_turtle_said(node, '  ')} ." for node in nodes]
    return ("\n".join([*head, "", "\n\n".join(body)]) + "\n").encode()


def _json_value(value: Value) -> dict[str, Any]:
    if isinstance(value, Iri):
        return {"@id": value.value}
    if isinstance(value, Text):
        extra = {"@language": value.language} if value.language else {"@type": value.kind} if value.kind else {}
        return {"@value": value.value, **extra}
    return {"@id": value.name} if value.name is not None else _json_node(value)


def _json_node(node: Node) -> dict[str, Any]:
    made: dict[str, Any] = {} if node.name is None else {"@id": node.name}
    made["@type"] = node.kind
    for name, value in node.said:
        made.setdefault(name, []).append(_json_value(value))
    return made


def json_ld(nodes: tuple[Node, ...], prefixes: Mapping[str, str]) -> dict[str, Any]:
    """The same as JSON-LD."""
    return {"@context": dict(prefixes), "@graph": [_json_node(node) for node in nodes]}
