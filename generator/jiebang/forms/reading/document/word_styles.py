"""What the styles of a Word file say of a run: struck out or hidden by a style is struck out or hidden."""

from __future__ import annotations

from dataclasses import dataclass, field

from jiebang.forms.reading.document.elements import Element, attribute, children, is_on, name

_DEEPEST = 20


@dataclass(slots=True)
class _Style:
    named: str
    based: str
    on: dict[str, bool]


@dataclass(slots=True)
class Styles:
    """The styles by their identifier; `default` is that of paragraphs that name none."""

    known: dict[str, _Style] = field(default_factory=dict)
    default: str = ""

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
            {key: value for key, value in on.items() if key in {"strike", "dstrike", "vanish"}},
        )
        if attribute(style, "type") == "paragraph" and attribute(style, "default") in {"1", "true"}:
            styles.default = identifier
    return styles
