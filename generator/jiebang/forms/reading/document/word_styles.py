"""What the styles of a Word file say of a run: struck out, hidden or raised by a style is struck out, hidden or raised."""

from __future__ import annotations

from dataclasses import dataclass, field

from jiebang.forms.reading.document import scripts
from jiebang.forms.reading.document.elements import Element, attribute, children, is_on, name

_DEEPEST = 20
_VALUES = {"color", "sz"}


@dataclass(slots=True)
class _Style:
    named: str
    based: str
    on: dict[str, bool]
    values: dict[str, str]
    """Colour and size of its letters, where the style says them."""
    script: str | None = None
    """Raised or lowered, empty for neither; None where the style does not say."""


@dataclass(slots=True)
class Styles:
    """The styles by their identifier; `default` is that of paragraphs that name none."""

    known: dict[str, _Style] = field(default_factory=dict)
    default: str = ""
    shaded: set[str] = field(default_factory=set)
    """Those of tables that give cells a ground."""

    def value(self, run: Element, paragraphs: str, wanted: str) -> str:
        """What a run, else its style or its paragraph's, `paragraphs`, says of its letters; empty where none does."""
        own = [attribute(found, "val") for found in children(run, "rPr", wanted)]
        if own:
            return own[-1]
        by_run = next((attribute(e, "val") for e in children(run, "rPr", "rStyle")), "")
        return self._value_of(by_run, wanted) or self._value_of(paragraphs, wanted)

    def _value_of(self, style: str, wanted: str) -> str:
        for _ in range(_DEEPEST):
            found = self.known.get(style)
            if found is None:
                return ""
            if wanted in found.values:
                return found.values[wanted]
            style = found.based
        return ""

    def says(self, style: str, wanted: str) -> bool:
        """Whether a style, or one that it follows, has a property on."""
        for _ in range(_DEEPEST):
            found = self.known.get(style)
            if found is None:
                return False
            if wanted in found.on:
                return found.on[wanted]
            style = found.based
        return False

    def _script_of(self, style: str) -> str | None:
        for _ in range(_DEEPEST):
            found = self.known.get(style)
            if found is None or found.script is not None:
                return found.script if found else None
            style = found.based
        return None

    def script(self, run: Element, paragraphs: str) -> str:
        """Whether a run is raised or lowered: by itself, else by its style or its paragraph's, `paragraphs`; empty for neither."""
        own = _script(run)
        if own is None:
            own = self._script_of(next((attribute(e, "val") for e in children(run, "rPr", "rStyle")), ""))
        return (self._script_of(paragraphs) if own is None else own) or ""

    def name_of(self, style: str) -> str:
        """The name of a style as people see it; its identifier where the file does not tell."""
        return self.known[style].named if style in self.known else style

    def has(self, run: Element, paragraphs: str, wanted: str) -> bool:
        """Whether a run has a property: by itself, else by its style or its paragraph's, `paragraphs`."""
        own = list(children(run, "rPr", wanted))
        if own:
            return is_on(own[-1])
        by_run = next((attribute(e, "val") for e in children(run, "rPr", "rStyle")), "")
        return self.says(by_run, wanted) or self.says(paragraphs, wanted)

    def of(self, paragraph: Element | None) -> str:
        """A paragraph's style."""
        named = (
            "" if paragraph is None else next((attribute(e, "val") for e in children(paragraph, "pPr", "pStyle")), "")
        )
        return named or self.default


def _script(element: Element) -> str | None:
    told = [attribute(e, "val") for e in children(element, "rPr", "vertAlign")]
    return scripts.OFFICE.get(told[-1], "") if told else None


def styles_of(root: Element) -> Styles:
    """The styles of word/styles.xml."""
    styles = Styles()
    for style in root:
        if name(style) != "style":
            continue
        identifier = attribute(style, "styleId")
        on = {name(found): is_on(found) for group in children(style, "rPr") for found in group}
        styles.known[identifier] = _Style(
            next((attribute(e, "val") for e in children(style, "name")), identifier),
            next((attribute(e, "val") for e in children(style, "basedOn")), ""),
            {key: value for key, value in on.items() if key in {"strike", "dstrike", "vanish", "caps", "smallCaps"}},
            {name(e): attribute(e, "val") for group in children(style, "rPr") for e in group if name(e) in _VALUES},
            _script(style),
        )
        if attribute(style, "type") == "table" and any(
            name(e) == "shd" and attribute(e, "fill") not in {"", "auto"} for e in style.iter()
        ):
            styles.shaded.add(identifier)
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}:
            styles.default = identifier
    return styles
