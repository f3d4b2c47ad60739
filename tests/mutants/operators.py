"""What is changed in a module, one thing at a time: conditions, comparisons, numbers, words, steps left out."""

from __future__ import annotations

import ast
import copy
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_SWAPPED: dict[type[ast.AST], type[ast.AST]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Step = tuple[str, int | None]
"""From a node to a part of it: the field, and the place in it where it is a list."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A module with one thing changed. `name` tells it from the others, and stays the same while its function does."""

    module: str
    line: int
    last_line: int
    function: str
    """Qualified name of the function or method around it; empty where it is done when the module is imported."""
    was: str
    becomes: str
    number: int
    """Among those of a function that change the same into the same, from 1."""
    path: tuple[Step, ...]
    replacement: ast.AST | None
    """None where the part is left out of its list."""

    @property
    def name(self) -> str:
        """`module function: what it was → what it becomes`."""
        again = f" ({self.number})" if self.number > 1 else ""
        return f"{self.module} {self.function or '-'}: {self.was} → {self.becomes}{again}"


def _short(node: ast.AST | None) -> str:
    text = "nothing" if node is None else " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else f"{text[:60]} … {text[-27:]}"


def _negated(test: ast.expr) -> ast.expr:
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        return test.operand
    return ast.UnaryOp(ast.Not(), test)


def _with(node: ast.AST, **changes: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in changes.items():
        setattr(changed, name, value)
    return changed


def _of_constant(node: ast.Constant) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
    elif isinstance(value, float):
        yield ast.Constant(value * 2)
    elif isinstance(value, bytes):
        yield ast.Constant(value + b"XX")
    elif isinstance(value, str) and not _HAN.search(value):
        # What people read is held by tests of its own; a test that knows every wording would only say it twice.
        yield ast.Constant(f"{value}XX" if value else "XX")


def _of_expression(node: ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        yield from _of_constant(node)
    elif isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            changed = _SWAPPED[type(operator)]()
            yield _with(node, ops=[*node.ops[:place], changed, *node.ops[place + 1 :]])
    elif isinstance(node, ast.BoolOp):
        yield _with(node, op=_SWAPPED[type(node.op)]())
        for place in range(len(node.values)):
            rest = [*node.values[:place], *node.values[place + 1 :]]
            yield _with(node, values=rest) if len(rest) > 1 else rest[0]
    elif isinstance(node, ast.BinOp) and type(node.op) in _SWAPPED:
        yield _with(node, op=_SWAPPED[type(node.op)]())
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield _with(node, test=_negated(node.test))
    elif isinstance(node, ast.Slice) and node.lower is not None and node.upper is not None:
        yield _with(node, lower=None)
        yield _with(node, upper=None)


def _of_statement(node: ast.stmt) -> Iterator[ast.AST | None]:
    if isinstance(node, ast.If | ast.While):
        yield _with(node, test=_negated(node.test))
    elif isinstance(node, ast.For):
        yield _with(node, iter=ast.Tuple([], ast.Load()))
    elif isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Raise | ast.AugAssign | ast.Expr):
        yield None


def _of(node: ast.AST) -> Iterator[ast.AST | None]:
    if isinstance(node, ast.expr):
        yield from _of_expression(node)
    elif isinstance(node, ast.stmt):
        yield from _of_statement(node)
    elif isinstance(node, ast.comprehension):
        for place, test in enumerate(node.ifs):
            yield _with(node, ifs=[*node.ifs[:place], _negated(test), *node.ifs[place + 1 :]])
    elif isinstance(node, ast.ExceptHandler) and node.type is not None:
        # A handler of nothing.
        yield _with(node, type=ast.Tuple([], ast.Load()))


def _is_left_alone(node: ast.AST, step: str) -> bool:
    """What no test can see: types, and what only people read."""
    if step in {"annotation", "returns", "type_comment", "decorator_list"}:
        return True
    if isinstance(node, ast.Import | ast.ImportFrom):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "__all__" for t in node.targets):
        return True
    return isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"


def _walk(
    node: ast.AST, path: tuple[Step, ...], names: tuple[str, ...], function: str, line: tuple[int, int]
) -> Iterator[tuple[ast.AST, tuple[Step, ...], str, tuple[int, int]]]:
    """Every node with its path, the outermost function or method around it, and the lines of its statement, or of that one's head."""
    if isinstance(node, ast.stmt | ast.ExceptHandler):
        body = getattr(node, "body", None)
        last = body[0].lineno - 1 if body else node.end_lineno or node.lineno
        line = (node.lineno, max(node.lineno, last))
    yield node, path, function, line
    for field, value in ast.iter_fields(node):
        for place, child in enumerate(value) if isinstance(value, list) else ((None, value),):
            if not isinstance(child, ast.AST) or _is_left_alone(child, field):
                continue
            if isinstance(node, ast.JoinedStr | ast.FormattedValue) and isinstance(child, ast.Constant | ast.JoinedStr):
                continue
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "cast" and child is node.args[0]:
                continue
            inner, around = names, function
            if isinstance(node, ast.ClassDef) and field == "body" and not function:
                inner = (*names, node.name)
            if isinstance(child, _FUNCTIONS) and not function:
                yield from _walk(child, (*path, (field, place)), inner, "", line)
                continue
            if isinstance(node, _FUNCTIONS) and not function and field == "body":
                around = ".".join((*names, node.name))
            yield from _walk(child, (*path, (field, place)), inner, around, line)


def mutants_of(module: str, source: str) -> list[Mutant]:
    """All mutants of a module, in the order of its text."""
    found: list[Mutant] = []
    seen: Counter[tuple[str, str, str]] = Counter()
    for node, path, function, (line, last) in _walk(ast.parse(source), (), (), "", (1, 1)):
        for replacement in _of(node):
            if replacement is not None:
                ast.fix_missing_locations(ast.copy_location(replacement, node))
            head = isinstance(node, ast.If | ast.While | ast.For) and isinstance(replacement, type(node))
            was, becomes = (_head(node), _head(replacement)) if head else (_short(node), _short(replacement))
            seen[function, was, becomes] += 1
            number = seen[function, was, becomes]
            found.append(Mutant(module, line, last, function, was, becomes, number, path, replacement))
    return found


def _head(node: ast.AST | None) -> str:
    return _short(_with(node, body=[ast.Pass()], orelse=[]) if node is not None else None).removesuffix(" pass")


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """The module, changed; lines stay where they are."""
    tree = ast.parse(source)
    node: ast.AST = tree
    *way, (field, place) = mutant.path
    for name, number in way:
        value = getattr(node, name)
        node = value if number is None else value[number]
    if place is None:
        setattr(node, field, mutant.replacement)
    elif mutant.replacement is None:
        gone = getattr(node, field)[place]
        getattr(node, field)[place] = ast.copy_location(ast.Pass(), gone)
    else:
        getattr(node, field)[place] = mutant.replacement
    return ast.fix_missing_locations(tree)
