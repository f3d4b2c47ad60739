"""The guides: their pictures stand where the pages look for them, are light, and say in words what they show; commands are real."""

from __future__ import annotations

import re

import click
import pytest

from jiebang.cli.main import app
from jiebang.schemas import withholdings
from tests.conftest import ROOT, every_command
from tests.site.markup import Markup

_FROM_SCHEMAS = {"index", "fields", "privacy", "rules"}
GUIDES = [
    f"guide/{file.stem}" for file in sorted((ROOT / "site/pages/guide").glob("*.md")) if file.stem not in _FROM_SCHEMAS
]
WITH_PICTURES = ("guide/word", "guide/form", "guide/forge", "guide/review", "guide/journey")


def test_every_picture_is_found_and_described(rich: dict[str, bytes]) -> None:
    for guide in GUIDES:
        content = rich[f"{guide}/index.html"]
        assert b"asset:" not in content, guide
        pictures = Markup(content).all("img")
        assert bool(pictures) is (guide in WITH_PICTURES), guide
        for picture in pictures:
            assert (picture["src"] or "").removeprefix("../../") in rich
            assert len(picture["alt"] or "") >= 20
            assert picture["width"] and picture["height"]


def test_pictures_are_light() -> None:
    pictures = sorted((ROOT / "site" / "assets" / "images").glob("guide-*"))
    assert pictures
    for picture in pictures:
        assert picture.stat().st_size <= 60_000, picture.name


@pytest.mark.parametrize("guide", GUIDES)
def test_named_commands_and_options_exist(guide: str) -> None:
    text = (ROOT / "site" / "pages" / f"{guide}.md").read_text(encoding="utf-8")
    for name, rest in re.findall(r"^(?:\d+\. `)?jiebang ([a-z]+)((?: [^\n`]*)?)", text, re.MULTILINE):
        command = dict(every_command(app))[name]
        known = {option for parameter in command.params for option in parameter.opts}
        if isinstance(command, click.Group):
            continue
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, (name, rest)


def test_the_guide_says_what_follows_from_withholding(rich: dict[str, bytes]) -> None:
    page = rich["guide/privacy/index.html"].decode()
    for one in withholdings():
        assert one.title in page
        assert one.description in page
