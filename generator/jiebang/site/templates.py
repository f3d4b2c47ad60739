"""Fragments of pages: Jinja2 with escaping on and unknown names refused, so that a record's text stays text.

Templates are compiled once and kept where Python keeps what it compiled of this module, for all workspaces and with the same trust; where
that cannot be written, beside the frames. What Jinja2 makes of them follows from their texts, its own version, Python's, and this
program's. White space that no reader sees is gone before they are compiled.
"""

from __future__ import annotations

import contextlib
import marshal
import sys
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from hashlib import sha256
from importlib.metadata import version
from importlib.util import MAGIC_NUMBER, cache_from_source
from pathlib import Path
from types import CodeType
from typing import Any

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from jiebang.site import cards, charts, figures, labels, paths, text, whitespace
from jiebang.site.escaping import escaped
from jiebang.whole_files import PRIVATE, READABLE, replace_file

Codes = Mapping[str, CodeType]


class _Collapsed(Extension):
    """Takes the white space out of what a template says between its expressions."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        collapser = whitespace.Collapser()
        for token in stream:
            yield Token(token.lineno, token.type, collapser.piece(token.value)) if token.type == "data" else token


class _Generator(CodeGenerator):
    """Lets what is shown be escaped by `escaping.escaped`."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(Environment):
    code_generator_class = _Generator
    escaped = staticmethod(escaped)


class _Compiled(BaseLoader):
    """Templates that are compiled already."""

    def __init__(self, codes: Codes) -> None:
        self._codes = codes

    def load(self, environment: Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> Template:  # noqa: A002 - the name is the base class's
        if name not in self._codes:
            raise TemplateNotFound(name)
        return environment.template_class.from_code(environment, self._codes[name], globals or {})


def _environment(loader: BaseLoader) -> Environment:
    environment = _Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_Collapsed],
        # The digest of the frames names one state of the templates; they must not change under it.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        paragraphs=text.paragraphs,
        parameter_blocks=text.parameter_blocks,
        tel=text.tel,
        state_name=labels.state_name,
        percent=figures.percent,
        share=figures.share,
        by_state=charts.by_state,
        by_measure=charts.by_measure,
        states_key=paths.states_key,
    )
    environment.globals.update(list_address=paths.list_address, cards=cards.markup_of)
    return environment


def _compiled(folder: Path) -> dict[str, CodeType]:
    environment = _environment(FileSystemLoader(folder))
    codes = {}
    for name in environment.list_templates():
        source, filename, _ = environment.loader.get_source(environment, name)  # type: ignore[union-attr]
        codes[name] = environment.compile(source, name, filename)
    return codes


def _digest(folder: Path) -> str:
    """Names what compiling a folder's templates gives: their texts, and all that decides beside them."""
    state = sha256(MAGIC_NUMBER + version("jinja2").encode())
    for source in (Path(__file__), Path(whitespace.__file__), *sorted(folder.rglob("*.html"))):
        content = source.read_bytes()
        state.update(f"{source.name}\0{len(content)}\0".encode())
        state.update(content)
    return state.hexdigest()


def _places(cache: Path, digest: str) -> list[Path]:
    """Where compiled templates may be kept: Python's own place, if it has one, and that of a workspace."""
    try:
        own = [Path(cache_from_source(__file__)).with_suffix(".fragments")]
    except NotImplementedError:
        own = []
    return [*own, cache / "templates" / digest]


def _sum(digest: str, code: bytes) -> bytes:
    return sha256(digest.encode() + code).digest()


def _kept(file: Path, digest: str) -> dict[str, CodeType] | None:
    """What was kept there; None for a file that is not there, not whole, or of another state."""
    try:
        content = file.read_bytes()
        checked, code = content[:32], content[32:]
        return marshal.loads(code) if _sum(digest, code) == checked else None  # noqa: S302 - our own, checked
    except OSError:
        return None


def _keep(places: Sequence[Path], digest: str, codes: Codes) -> None:
    """Keeps them in the first place that can be written. Raises OSError where none can."""
    code = marshal.dumps(dict(codes))
    content = _sum(digest, code) + code
    *own, last = places
    if own and not sys.dont_write_bytecode:
        # Not where the program is somebody else's, as in a container.
        with contextlib.suppress(OSError):
            replace_file(own[0], content, READABLE)
            return
    replace_file(last, content, PRIVATE)


def _codes(folder: Path, cache: Path, digest: str) -> Codes:
    """The compiled templates of a folder."""
    places = _places(cache, digest)
    for file in places:
        if (known := _kept(file, digest)) is not None:
            return known
    codes = _compiled(folder)
    _keep(places, digest, codes)
    return codes


class Templates:
    """The fragments of one `site/templates` folder. `digest` names their state; `cache` keeps compiled ones where the program's own folder
    does not."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._made_of = (folder, cache)
        self.digest = _digest(folder)
        self._environment = _environment(_Compiled(_codes(folder, cache, self.digest)))

    def __reduce__(self) -> tuple[type[Templates], tuple[Path, Path]]:
        return Templates, self._made_of

    def render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)
