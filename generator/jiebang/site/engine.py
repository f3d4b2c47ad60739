"""The one place that knows MkDocs: builds `site/pages` with `site/theme` into a folder.

Kept apart so that another engine can take its place; what it hands over is a folder of HTML files and nothing more.
"""

from __future__ import annotations

import logging
from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import TemplateError

from jiebang.site.assets import Asset
from jiebang.site.config import SiteConfig
from jiebang.site.submit.forge import forge_complaint

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

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


def build_pages(home: Path, target: Path, assets: Collection[Asset]) -> SiteConfig:
    """Build every page of `home/mkdocs.yml` into `target`; any warning is an error. Templates see where each asset stands.

    Returns what the configuration says about the site as a whole.
    """
    # Frames are kept: most runs never start the engine.
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    complaints = _Complaints()
    logger = logging.getLogger("mkdocs")
    # Without this a complaint would also reach stderr through logging's last resort.
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(complaints)
    try:
        config = load_config(str(home / "mkdocs.yml"), site_dir=str(target), strict=True)
        if complaint := forge_complaint(config.extra):
            raise EngineError(complaint)
        config.extra["assets"] = {asset.name: asset.path for asset in assets}
        config.extra["imports"] = {asset.name: asset.imports for asset in assets}
        build(config)
        return _site_config(config)
    except MkDocsException as error:
        raise EngineError("；".join(complaints.lines) or error.format_message()) from error
    except TemplateError as error:
        raise EngineError(f"模板有误：{error}") from error
    finally:
        logger.removeHandler(complaints)
        logger.propagate = propagate
