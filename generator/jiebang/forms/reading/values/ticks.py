"""Which option of a form is ticked, in whatever way people tick: `☑公开 □不公开`, `国有□ 民营☑`, `□√民营`, `(√)`, `[x]`, the bare answer.

Every mark is given to the option it belongs to by what it touches and by how the whole line is built. Where two readings are possible, or
marks contradict each other, there is no answer but a reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from jiebang.forms.reading.text import narrow

_BLANK = "□☐◻▢◯○〇⬜🞎🞏🞈❏❑❒▫⬚"
_BOXED_TICK = "☑■●◉🗹✅⬛◼▣◾▪"
_BOXED_CROSS = "☒🗷⊠☓"
_TICK = "√✓✔🗸"
_CROSS = "×✗✘✕╳"
_SEPARATORS = r"[\s、，,；;/|。:：_＿\-—]"
_TOKEN = re.compile(
    rf"(?P<blank>[{_BLANK}]|[\[(【]\s*[\])】])"
    rf"|(?P<ticked>[{_BOXED_TICK}]|[\[(【]\s*[{_TICK}Vv{_BOXED_TICK}]\s*[\])】]|[\[【]\s*[xX]\s*[\]】])"
    rf"|(?P<crossed>[{_BOXED_CROSS}])"
    rf"|(?P<tick>[{_TICK}]|(?<![A-Za-z])[Vv](?![A-Za-z]))"
    rf"|(?P<cross>[{_CROSS}]|[(]\s*[xX{_CROSS}]\s*[)])"
)
_QUOTES = "“”\"'「」『』‘’"

NONE, TWO, UNCLEAR = "没有勾选", "勾选了不止一项", "看不出勾选的是哪一项"


@dataclass(slots=True)
class _Mark:
    """Marks that touch each other, taken as one. `boxed`: there is a box among them, ticked or not."""

    start: int
    end: int
    kinds: list[str]

    @property
    def ticked(self) -> bool:
        return bool({"ticked", "tick", "crossed"} & set(self.kinds))

    @property
    def boxed(self) -> bool:
        return bool({"blank", "ticked", "crossed"} & set(self.kinds))


@dataclass(slots=True)
class _Option:
    name: str
    start: int
    end: int
    marks: list[_Mark] = field(default_factory=list)
    after: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen. `reason` says why nothing could be, and is empty otherwise. `after` is what stands behind each option."""

    values: tuple[str, ...] = ()
    reason: str = ""
    after: dict[str, str] = field(default_factory=dict)


def has_marks(text: str) -> bool:
    """Whether a text has boxes or ticks at all."""
    return _TOKEN.search(text) is not None


def is_tick(text: str) -> bool:
    """Whether a text is a tick without a box and nothing else."""
    return re.fullmatch(rf"\s*[{_TICK}Vv]\s*", narrow(text)) is not None


def _option_pattern(options: Sequence[str]) -> re.Pattern[str]:
    """The longest option first, as 公开 is part of 不公开; spaces, line breaks and other quotes inside one are no difference."""
    alternatives = []
    for number, option in sorted(enumerate(options), key=lambda pair: -len(pair[1])):
        letters = [f"[{_QUOTES}]?" if c in _QUOTES else re.escape(c) for c in option]
        spelt = r"\s*".join(letters)
        alternatives.append(f"(?P<o{number}>{spelt})")
    return re.compile("|".join(alternatives))


def _options_in(text: str, options: Sequence[str]) -> list[_Option]:
    return [
        _Option(options[int((match.lastgroup or "o0")[1:])], match.start(), match.end())
        for match in _option_pattern(options).finditer(text)
    ]


def _marks_in(text: str, options: Sequence[_Option]) -> list[_Mark]:
    inside = {position for option in options for position in range(option.start, option.end)}
    marks: list[_Mark] = []
    for match in _TOKEN.finditer(text):
        if match.start() in inside:
            continue
        if marks and marks[-1].end == match.start():
            marks[-1].end = match.end()
            marks[-1].kinds.append(match.lastgroup or "")
        else:
            marks.append(_Mark(match.start(), match.end(), [match.lastgroup or ""]))
    return marks


def _give(marks: Sequence[_Mark], options: Sequence[_Option]) -> str:
    """Gives every mark to an option; the reason where one cannot be given for certain."""
    leading = bool(marks) and marks[0].end <= options[0].start
    trailing = bool(marks) and marks[-1].start >= options[-1].end
    sides: set[str] = set()
    for mark in marks:
        before = [option for option in options if option.end <= mark.start]
        behind = [option for option in options if option.start >= mark.end]
        touches_before = bool(before) and before[-1].end == mark.start
        touches_behind = bool(behind) and behind[0].start == mark.end
        if not before or (behind and touches_behind and not touches_before):
            side = "before"
        elif not behind or (touches_before and not touches_behind):
            side = "after"
        elif leading != trailing and mark.boxed:
            side = "before" if leading else "after"
        else:
            return UNCLEAR
        far = mark.kinds[0] if side == "before" else mark.kinds[-1]
        if len(mark.kinds) > 1 and far in {"tick", "cross"} and touches_before and touches_behind:
            # `国有□√民营□`: the tick may belong to the box or to the next option.
            return UNCLEAR
        (behind[0] if side == "before" else before[-1]).marks.append(mark)
        if mark.boxed:
            sides.add(side)
    if len(sides) > 1 or any(sum(mark.boxed for mark in option.marks) > 1 for option in options):
        return UNCLEAR
    return ""


def _leftovers(text: str, options: Sequence[_Option], marks: Sequence[_Mark]) -> Iterator[tuple[_Option | None, str]]:
    """What is neither option nor mark, with the option that it stands behind."""
    taken = sorted([(o.start, o.end) for o in options] + [(m.start, m.end) for m in marks])
    position = 0
    for start, end in [*taken, (len(text), len(text))]:
        rest = re.sub(rf"\A{_SEPARATORS}+|{_SEPARATORS}+\Z", "", text[position:start])
        if rest:
            yield next((o for o in reversed(options) if o.end <= position or o.start < position), None), rest
        position = end


def _glyphs_contradict(options: Sequence[_Option]) -> bool:
    """A crossed box beside a ticked one: one of them may mean no."""
    kinds = {kind for option in options for mark in option.marks for kind in mark.kinds}
    return "crossed" in kinds and bool({"ticked", "tick"} & kinds)


def choose(text: str, options: Sequence[str], several: bool = False, free: Sequence[str] = ()) -> Choice:
    """The option or options that a text has ticked. Text of its own may stand only behind the options named in `free`."""
    plain = narrow(text)
    found = _options_in(plain, options)
    if not found:
        return Choice(reason=NONE if not re.sub(rf"{_SEPARATORS}+", "", plain) else UNCLEAR)
    if len({option.name for option in found}) < len(found):
        return Choice(reason=UNCLEAR)
    marks = _marks_in(plain, found)
    for option, rest in _leftovers(text, found, marks):
        if option is None or option.name not in free:
            return Choice(reason=UNCLEAR)
        option.after = f"{option.after} {rest}".strip()
    after = {option.name: option.after for option in found if option.after}
    if reason := _give(marks, found):
        return Choice(reason=reason, after=after)
    gaps = [plain[one.end : other.start] for one, other in pairwise(found)]
    return _decide(found, marks, gaps, len(options), several, after)


def _decide(
    found: list[_Option], marks: list[_Mark], gaps: list[str], of: int, several: bool, after: dict[str, str]
) -> Choice:
    ticked = tuple(option.name for option in found if any(mark.ticked for mark in option.marks))
    if not marks:
        bare = tuple(option.name for option in found)
        # Parted by spaces alone, as they are printed: then something else tells which of them were chosen, a line under them or bold letters.
        typed = all(re.search(r"[^\s]", gap) for gap in gaps)
        if len(bare) == 1 or (several and len(bare) < of and typed):
            return Choice(bare, after=after)
        return Choice(reason=NONE, after=after)
    if _glyphs_contradict(found):
        return Choice(reason=UNCLEAR, after=after)
    if not ticked:
        crosses = any("cross" in mark.kinds for mark in marks)
        return Choice(reason=UNCLEAR if crosses else NONE, after=after)
    if len(ticked) > 1 and not several:
        return Choice(reason=TWO, after=after)
    return Choice(ticked, after=after)
