"""Gives the programs that are measured beside ours the same work: `typed` the same records, `pages` the same pages.

Run as a process of its own, so that the one that measures stays small.
"""

from __future__ import annotations

import html
import json
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import yaml

from jiebang.catalogue import load

_MAIN = re.compile(r"(<main\b[^>]*>)(.*)(</main>)", re.DOTALL)
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_UNREAD = re.compile(r"<(script|style|svg|select|button)\b.*?</\1>", re.DOTALL)
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|dt|dd|tr|div|section|article|header|footer|nav|ul|ol|dl|table|br)\b[^>]*>")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~=:])")


class _Typed(yaml.CSafeDumper):
    """Every text marked as text."""


def _text(dumper: _Typed, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else '"')


def _number(dumper: _Typed, number: Decimal) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:float", str(number))


_Typed.add_representer(str, _text)
_Typed.add_representer(Decimal, _number)


def typed(catalogue: Path, target: Path) -> None:
    """The same records for a program that guesses types as YAML does: `是` as `true`, texts of digits in quotation marks. It finds
    nothing wrong in them, as ours does not in the catalogue."""
    for record in load(catalogue)[0].records():
        file = target / record.path
        file.parent.mkdir(parents=True, exist_ok=True)
        content = yaml.dump(record.value, Dumper=_Typed, allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(content, encoding="utf-8")


def _pages(site: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, title and paragraphs of every page of a site."""
    for path in sorted(site.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        match = _MAIN.search(page)
        if match is None:
            continue
        lines = _BLOCK.sub("\n", _UNREAD.sub("", match[2]))
        texts = [" ".join(html.unescape(re.sub(r"<[^>]+>", "", line)).split()) for line in lines.split("\n")]
        # Flat, and none called `index`: that one would make hugo take the others for its attachments.
        name = (
            path.relative_to(site).as_posix().removesuffix(".html").removesuffix("index").strip("/").replace("/", "-")
        )
        name = name or "home"
        title = re.search(r"<h1\b[^>]*>(.*?)</h1>", page, re.DOTALL)
        yield name, html.unescape(re.sub(r"<[^>]+>", "", title[1])).strip() if title else name, [t for t in texts if t]


def _markdown(title: str, paragraphs: list[str]) -> str:
    body = "\n\n".join(_MARKDOWN.sub(r"\\\1", text) for text in paragraphs)
    return f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\n---\n\n{body}\n"


def _shell(site: Path) -> str:
    """A demand's page as a template of hugo's: what surrounds its text stays, byte for byte."""
    page = next(site.glob("demands/d-*/index.html")).read_text(encoding="utf-8")
    page = _TITLE.sub("<title>{}</title>", page.replace("{{", "{ {"), count=1)
    around = _MAIN.sub(r"\1<article data-pagefind-body><h1>{}</h1>{}</article>\3", page, count=1)
    first, second, third, rest = around.split("{}", 3)
    return f"{first}{{{{ .Title }}}}{second}{{{{ .Title }}}}{third}{{{{ .Content }}}}{rest}"


HUGO = """baseURL = "/"
title = "需求目录"
locale = "zh-CN"
disableKinds = ["taxonomy", "term", "RSS"]
"""

MKDOCS = """site_name: 需求目录
docs_dir: docs
theme:
  name: material
  language: zh
  font: false
plugins: [search]
nav: [index.md]
validation:
  nav:
    omitted_files: ignore
"""


def pages(site: Path, target: Path) -> None:
    """A page of hugo's for each of ours, with its text in the same shell; a page of MkDocs' for each demand, outside the menu."""
    content, layouts, docs = (target / part for part in ("hugo/content/pages", "hugo/layouts/_default", "mkdocs/docs"))
    for folder in (content, layouts, docs / "demands"):
        folder.mkdir(parents=True)
    (target / "hugo" / "hugo.toml").write_text(HUGO, encoding="utf-8")
    (target / "mkdocs" / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (docs / "index.md").write_text("# 需求目录\n", encoding="utf-8")
    shell = _shell(site)
    for kind in ("single", "list"):
        (layouts / f"{kind}.html").write_text(shell, encoding="utf-8")
    for name, title, paragraphs in _pages(site):
        page = _markdown(title, paragraphs)
        (content / f"{name}.md").write_text(page, encoding="utf-8")
        if name.startswith("demands-d-"):
            (docs / "demands" / f"{name.removeprefix('demands-')}.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["typed", catalogue, target]:
            typed(Path(catalogue), Path(target))
        case ["pages", site, target]:
            pages(Path(site), Path(target))
        case _:
            sys.exit("usage: inputs.py typed CATALOGUE TARGET | pages SITE TARGET")
