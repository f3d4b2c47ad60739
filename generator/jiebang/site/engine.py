"""The one place that knows MkDocs: builds `site/pages` with `site/theme` into a folder.

Kept apart so that another engine can take its place; what it hands over is a folder of HTML files and nothing more.
"""

from __future__ import annotations

import logging
import re
import shutil
from collections.abc import Callable, Collection
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from jinja2 import ChoiceLoader, Environment, TemplateError

from jiebang.site.assets import Asset
from jiebang.site.config import SiteConfig
from jiebang.site.own import MARKUP, NOTHING, Own, merged
from jiebang.workspace import PAGES

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.theme import Theme

VERSIONS = tuple(f"{name} {version(name)}" for name in ("mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions"))
"""A frame is made anew when one of these changes."""


class EngineError(Exception):
    """The engine refused our pages; the text names what it complained of."""


class _Complaints(logging.Handler):
    """Collects what MkDocs logs as a warning: in strict mode it only reports how many there were."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


class _Unlisted(ChoiceLoader):
    """Gives templates and lists none: MkDocs copies what a theme holds beside them, and our pages use none of Material's 13,000 files."""

    def list_templates(self) -> list[str]:
        return []


def _without_files(theme: Theme) -> Callable[[], Environment]:
    """What gives a theme's templates alone."""
    made = theme.get_env

    def get_env() -> Environment:
        environment = made()
        if environment.loader is not None:
            environment.loader = _Unlisted([environment.loader])
        return environment

    return get_env


def _site_config(config: MkDocsConfig) -> SiteConfig:
    licence = config.extra.get("licence") or {}
    url = config.site_url or ""
    return SiteConfig(
        name=config.site_name,
        description=config.site_description or "",
        url=f"{url.rstrip('/')}/" if url else "",
        licence_title=licence.get("title") or "",
        licence_url=licence.get("url") or "",
    )


_NEW_PAGE = {"section": "guide", "column": "指南", "kind": "guide"}
"""What a page of the bureau is where it does not say: one of the guides."""


def _lay_over(ours: Path, own: Own, target: Path) -> None:
    """Copies our pages with the bureau's over them.

    A page that takes the place of ours is what ours was (its section, its kind), unless it says otherwise.
    """
    from mkdocs.utils.meta import get_data

    shutil.copytree(ours, target)
    for path, file in own.pictures.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target / path)
    for path, file in own.pages.items():
        place = target / path
        replaced = place.is_file()
        standard = get_data(place.read_text(encoding="utf-8"))[1] if replaced else _NEW_PAGE
        text = file.read_text(encoding="utf-8-sig")
        body, said = get_data(text)
        if text.startswith("---") and not said:
            raise EngineError(f"{PAGES}/{path} 开头两行 --- 之间应是“title: 标题”这样的设置，现在读不出来")
        for name in ("title", "description"):
            if MARKUP.search(str(said.get(name, ""))):
                raise EngineError(f"{PAGES}/{path} 开头的 {name} 不能有 <、> 或英文双引号")
        meta = yaml.safe_dump({**standard, **said}, allow_unicode=True, sort_keys=False)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"---\n{meta}---\n\n{body}", encoding="utf-8", newline="\n")


_DEAD_LINK = re.compile(r"Doc file '([^']+)' contains (?:a|an \w+) (?:\w+ )?link '([^']+)'")


def _told(line: str, own: Own) -> str:
    """A complaint of the engine; in Chinese, with the line, where it is about a link in a page of the bureau."""
    found = _DEAD_LINK.search(line)
    if not found or found[1] not in own.pages:
        return line
    rows = own.pages[found[1]].read_text(encoding="utf-8-sig").splitlines()
    place = next((f" 第 {number} 行" for number, row in enumerate(rows, 1) if found[2] in row), "")
    return f"{PAGES}/{found[1]}{place}的链接 {found[2]} 没有指向任何页面或图片"


def build_pages(home: Path, target: Path, assets: Collection[Asset], own: Own = NOTHING) -> SiteConfig:
    """Build every page of `home/mkdocs.yml` into `target`; any warning is an error. Templates see where each asset stands; `own` is
    what goes over the program's settings and pages, which are laid out beside `target` then.

    Returns what the configuration says about the site as a whole.
    """
    # Frames are kept: most runs never start the engine.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    from jiebang.site.submit.forge import forge_complaint

    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    # Without this a complaint would also reach stderr through logging's last resort.
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(complaints)
    try:
        options: dict[str, str] = dict(own.options)
        if own.pages or own.pictures:
            docs = target.with_name("docs")
            _lay_over(home / "site" / "pages", own, docs)
            options["docs_dir"] = str(docs.resolve())
        config = load_config(str(home / "mkdocs.yml"), site_dir=str(target.resolve()), strict=True, **options)
        config.extra.update(merged(config.extra, own.extra))
        if complaint := forge_complaint(config.extra):
            raise EngineError(complaint.replace(" 中", f"{own.line_of('extra.forge') or ' '}中", 1))
        config.extra["assets"] = {asset.name: asset.path for asset in assets}
        config.extra["imports"] = {asset.name: asset.imports for asset in assets}
        config.theme.get_env = _without_files(config.theme)  # type: ignore[method-assign]  # a theme has no setting for it
        build(config)
        return _site_config(config)
    except MkDocsException as error:
        raise EngineError("；".join(_told(line, own) for line in complaints.lines) or error.format_message()) from error
    except TemplateError as error:
        raise EngineError(f"模板有误：{error}") from error
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagate
