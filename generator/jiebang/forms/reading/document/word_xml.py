"""A part of a Word file ↔ a tree of elements, with the parser that comes with Python: also where nothing else can be installed.

Nothing of a file is expanded or fetched: a declaration of a type or an entity ends the reading, and so does what lies deeper than a
document does. How much there may be at all is the archive's to say. Source: safety rule 18.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, ParseError, TreeBuilder, XMLParser, tostring

from jiebang.forms.reading.findings import FormError

DEEPEST = 256
"""Elements in each other. A form's tables in tables are some thirty deep."""


class _UnwantedError(Exception):
    """Well-formed, but in no document that an office program writes."""


class _Builder(TreeBuilder):
    """Builds the tree as long as it is that of a document."""

    depth = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self.depth += 1
        if self.depth > DEEPEST:
            raise _UnwantedError
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self.depth -= 1
        return super().end(tag)

    def doctype(self, name: str, pubid: str | None, system: str | None, /) -> None:
        """Called for a declaration, where entities would be declared too."""
        raise _UnwantedError


def parsed(data: bytes) -> Element:
    """The tree of a part. FormError for one that cannot be read, declares anything, or is deeper than a document."""
    parser = XMLParser(target=_Builder())  # noqa: S314 - see the builder
    try:
        parser.feed(data)
        root: Element = parser.close()
    # ValueError, LookupError: an encoding that expat does not know.
    except (ParseError, ValueError, LookupError, _UnwantedError) as error:
        raise FormError("文件损坏，里面的 XML 读不通。", "用 Word 打开后另存一份再试。") from error
    return root


def written(root: Element) -> bytes:
    """The part that holds a tree."""
    data: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return data
