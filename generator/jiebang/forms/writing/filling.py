"""A Word template filled by docxtpl with values that are text: nothing in them can become markup or template."""

from __future__ import annotations

import io
from collections.abc import Mapping
from html import escape
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment
from markupsafe import Markup

from jiebang.forms.writing.parts import pack, unpack

# docxtpl turns `{_{` of a finished text into `{{`: as character references the signs pass it by. What XML has no place for, and what
# docxtpl takes for the end of a paragraph or a page, goes.
_SIGNS: dict[int, str | None] = {ord("{"): "&#123;", ord("}"): "&#125;", ord("%"): "&#37;"}
_SIGNS |= {code: None for code in (*range(0x20), 0xFFFE, 0xFFFF) if chr(code) not in "\t\n"}


def as_text(value: object) -> Markup:
    """A value as XML text. For an environment's `finalize`, with `autoescape` off."""
    if isinstance(value, Markup):
        return value
    return Markup(escape(str(value)).translate(_SIGNS))  # noqa: S704 - escaped on the spot


def filled(template: bytes, blanks: Mapping[str, Any], environment: Environment) -> bytes:
    """The filled document as .docx; the same bytes for the same values. Raises jinja2's TemplateError for a faulty template."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(dict(blanks), environment)
    stream = io.BytesIO()
    document.save(stream)
    return pack(unpack(stream.getvalue()))
