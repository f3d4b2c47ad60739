"""What a person typed → the value of a field, or what is wrong with it in the words of `jiebang check`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

from jiebang.catalogue.convert import convert
from jiebang.catalogue.formats import format_checker
from jiebang.catalogue.messages import nearest, wrong
from jiebang.catalogue.nodes import Scalar
from jiebang.fix import corrected
from jiebang.forms.questionnaire.questions import Question, Shape
from jiebang.schemas import divisions

_YES_NO = {"是": True, "否": False, "y": True, "n": False, "yes": True, "no": False, "true": True, "false": False}
_BETWEEN = re.compile(r"[、，,；;\s]+")


@dataclass(frozen=True)
class RefusedError(Exception):
    """An answer that the field does not take."""

    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.message}→ {self.hint}"


@dataclass(frozen=True)
class Answer:
    """A value that its field takes. `correction` says what was put right on the way, in Chinese."""

    value: Any
    correction: str = ""


def _choice(question: Question, text: str) -> str:
    """A choice by its value, its Chinese name, or its number in the list that was shown."""
    values = [value for value, _ in question.choices]
    by_title = {title: value for value, title in question.choices}
    if text in values or text in by_title:
        return by_title.get(text, text)
    if re.fullmatch(r"[0-9]{1,2}", text) and 1 <= int(text) <= len(values):
        return values[int(text) - 1]
    found = corrected(question.kind, (*question.path, 0) if question.shape is Shape.CHOICES else question.path, text)
    return found[0] if found else text


def _industry(text: str) -> dict[str, str]:
    code = re.match(r"[0-9]{2}(?![0-9])", text)
    known = divisions()
    if code and code.group() in known:
        return {"code": code.group(), "name": known[code.group()].name}
    meant = [d for d in known.values() if text in {d.name, d.name_2011}]
    if len(meant) == 1:
        return {"code": meant[0].code, "name": meant[0].name}
    near = nearest(text, [d.name for d in known.values()])
    listed = next((f"是不是 {d.code} {d.name}？" for d in known.values() if d.name == near), "")
    raise RefusedError("GB/T 4754-2017 中没有这个大类。", f"{listed}写两位数代码（01—97）或大类名称。")


def _value(question: Question, text: str) -> Answer:
    match question.shape:
        case Shape.INDUSTRY:
            return Answer(_industry(text.strip()))
        case Shape.CHOICE:
            return Answer(_choice(question, text.strip()))
        case Shape.CHOICES:
            chosen = [_choice(question, part) for part in _BETWEEN.split(text.strip()) if part]
            return Answer(list(dict.fromkeys(chosen)))
        case Shape.YES_NO:
            return Answer(_YES_NO.get(text.strip().casefold(), text.strip()))
        case Shape.LINES:
            return Answer(list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip())))
        case Shape.TEXT:
            return Answer("\n".join(line.rstrip() for line in text.strip("\n").split("\n")))
        case _:
            found = corrected(question.kind, question.path, text.strip())
            value = convert(Scalar(found[0] if found else text.strip(), 1, 1, plain=False), question.schema)
            return Answer(value, f"{found[1]}：{found[0]}" if found else "")


def read(question: Question, text: str) -> Answer:
    """The value of an answer. Raises RefusedError where the schema does not take it."""
    answer = _value(question, text)
    schema = question.schema
    errors = list(Draft202012Validator(schema, format_checker=format_checker()).iter_errors(answer.value))
    if errors:
        order = ("type", "enum", "minLength", "maxLength", "pattern", "format")
        first = min(errors, key=lambda e: order.index(str(e.validator)) if e.validator in order else len(order))
        _, (message, hint) = wrong(question.kind, (*question.path, *first.absolute_path), first)
        raise RefusedError(message, hint)
    return answer
