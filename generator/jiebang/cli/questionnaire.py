"""Goes through the questions for a record: each with its help, each answer judged at once, and a look over all of them at the end."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from jiebang.cli.clerk import today
from jiebang.cli.output import say
from jiebang.cli.prompts import Asker
from jiebang.forms.questionnaire import Draft, Question
from jiebang.forms.questionnaire.answers import Answer, RefusedError, read
from jiebang.forms.questionnaire.questions import Shape, item_questions
from jiebang.problems import Problem, Severity
from jiebang.schemas import divisions

Steps = tuple[str | int, ...]

_HOW = {
    Shape.TEXT: "可以写多行，空一行结束",
    Shape.LINES: "一行一个，空一行结束",
    Shape.CHOICES: "可多选，用顿号隔开",
    Shape.YES_NO: "填“是”或“否”",
    Shape.INDUSTRY: "写两位数代码或名称",
}
_LONGEST = 40


def _introduce(question: Question, required: bool, default: str) -> None:
    need = "必填" if required else "可不填，直接回车跳过"
    say(f"\n{question.title}（{need}；{question.publicity}）", "bold")
    example = question.field.example
    shown = "" if question.field.type in {"列表", "一组", "是/否", "选项"} else f"例：{example}"
    say(f"  {question.field.description}{shown}")
    if question.choices:
        say("  " + "  ".join(f"{n} {title}" for n, (_, title) in enumerate(question.choices, 1)))
    if how := _HOW.get(question.shape):
        say(f"  {how}")
    if default:
        say(f"  直接回车：{default}")


def _options(question: Question) -> list[tuple[str, str]]:
    if question.shape is Shape.INDUSTRY:
        return [(f"{d.code} {d.name}", d.name) for d in divisions().values()]
    return [(title, value) for value, title in question.choices]


def _tell(problem: Problem) -> None:
    say(f"  {problem.message}", "red" if problem.severity is Severity.ERROR else "yellow")
    say(f"  → {problem.hint}", "green")


def _default(draft: Draft, question: Question, suggestions: dict[Steps, str]) -> str:
    """What Enter alone stands for, where there is an answer that nearly always fits."""
    if question.path == ("dates", "submitted"):
        return today()
    return suggestions.get(question.path, "") if draft.get(question.path) is None else ""


class Interview:
    """One record's questions. `suggestions` are answers to offer, by path."""

    def __init__(self, ask: Asker, draft: Draft, suggestions: dict[Steps, str]) -> None:
        self._ask = ask
        self._draft = draft
        self._suggestions = suggestions

    def _typed(self, question: Question, default: str) -> str:
        if question.shape in {Shape.TEXT, Shape.LINES}:
            return self._ask.text() or default
        return self._ask.line(_options(question), default)

    def _accepted(self, question: Question, text: str, again: bool) -> Answer | None:
        """The answer, or None after saying why not. What only a rule is against may be kept by answering the same again."""
        try:
            answer = read(question, text)
        except RefusedError as refused:
            say(f"  {refused.message}", "red")
            say(f"  → {refused.hint}", "green")
            return None
        if answer.correction:
            say(f"  已改为——{answer.correction}", "cyan")
        news = self._draft.news(question.path, answer.value)
        for problem in news:
            _tell(problem)
        against = [
            p for p in news if p.severity is Severity.ERROR and p.field.startswith(question.title.partition("·")[0])
        ]
        if against and not again:
            say("  请重新填写；确认无误的，再填一次同样的内容就照记。", "bold")
            return None
        return answer

    def _answer(self, question: Question, required: bool) -> Answer | None:
        """Asks until there is an answer or a skip (None)."""
        default = _default(self._draft, question, self._suggestions)
        _introduce(question, required, default)
        last = None
        while True:
            text = self._typed(question, default)
            if not text.strip():
                if not required:
                    return None
                say("  这一项必填。按 Ctrl+C 可以中止，不会写入任何文件。", "red")
                continue
            answer = self._accepted(question, text, again=text == last)
            if answer is not None:
                return answer
            last = text

    def _items(self, question: Question) -> None:
        """A list of groups: the first field of each item may be skipped, which ends the list."""
        self._draft.put(question.path, None)
        say(f"\n{question.title}（可不填；{question.publicity}）", "bold")
        say(f"  {question.field.description}")
        items: list[dict[str, Any]] = []
        for number in range(question.schema["maxItems"]):
            first, *others = item_questions(question, number)
            self._draft.put(question.path, [*items, {}])
            answer = self._answer(first, required=False)
            if answer is None:
                break
            self._keep(first, answer)
            for inner in others:
                self._keep(inner, self._answer(inner, inner.field.required))
            items = self._draft.get(question.path)
        self._draft.put(question.path, items or None)

    def _keep(self, question: Question, answer: Answer | None) -> None:
        self._draft.put(question.path, answer.value if answer else None)
        self._draft.remember()

    def put(self, question: Question) -> None:
        """Asks one question and keeps its answer."""
        if question.shape is Shape.ITEMS:
            self._items(question)
        else:
            self._keep(question, self._answer(question, self._draft.needs(question.path, question.field.required)))

    def run(self, questions: Sequence[Question], applies: Callable[[Question], bool]) -> None:
        """All questions that apply, then a look over the answers; returns when the record may be written."""
        for question in questions:
            if applies(question):
                self.put(question)
        asked = [question for question in questions if applies(question)]
        while True:
            _look_over(self._draft, asked)
            typed = self._ask.line()
            if not typed:
                return
            if typed.casefold() == "q":
                raise EOFError
            if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= len(asked):
                self.put(asked[int(typed) - 1])
            else:
                say("  直接回车写入，写序号修改那一项，写 q 放弃。", "red")


def _shown(value: Any) -> str:
    if value is None:
        return "（没有填）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return " ".join(_shown(inner) for inner in value.values())
    if isinstance(value, list):
        return "、".join(_shown(item) for item in value)
    flat = " ".join(str(value).split())
    return f"{flat[:_LONGEST]}…" if len(flat) > _LONGEST else flat


def _look_over(draft: Draft, asked: Sequence[Question]) -> None:
    say("\n请核对：", "bold")
    for number, question in enumerate(asked, 1):
        say(f"  {number:>2} {question.title}：{_shown(draft.get(question.path))}")
    say("直接回车写入；写序号修改那一项；写 q 放弃。", "bold")
