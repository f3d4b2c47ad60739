"""`jiebang verify`: whether what stands in a folder, or what a web server serves, is the site that was built."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from jiebang.build.delivery import Difference, differences_at, differences_in, fetch, site_address
from jiebang.cli.output import console, progress_bar, results, say, tell
from jiebang.errors import UserError, reason_of
from jiebang.publication.manifest import read_manifest
from jiebang.view import MANIFEST

_BUILT = Path("public")


def _manifest_in(place: Path) -> bytes:
    file = place / MANIFEST if place.is_dir() else place
    try:
        return file.read_bytes()
    except OSError as error:
        raise UserError(
            f"读不到清单 {file}（{reason_of(error)}）。",
            f"清单由 jiebang build 写在网站文件夹里；用 --against 写出网站文件夹或一份 {MANIFEST}。",
        ) from error


def _served_manifest(base: str) -> bytes:
    content = fetch(base, MANIFEST)
    if not isinstance(content, bytes):
        raise UserError(
            f"网站上没有清单 {MANIFEST}，这里也没有生成好的网站可以对照。",
            "先运行 jiebang build，或用 --against 写出网站文件夹。",
        )
    return content


def _is_address(target: str) -> bool:
    return "://" in target


def _report_text(target: str, files: int, differences: Sequence[Difference], own: bool) -> None:
    for difference in differences:
        # A name in a folder may hold anything, a line of its own among it.
        path = difference.path if difference.path.isprintable() else ascii(difference.path)[1:-1]
        results().print(f"{path}\n    {difference.what}", soft_wrap=True, markup=False)
    if not differences:
        tell(f"核对了 {files} 个文件：与生成时完全相同。")
        if own:
            say("对照的是它自己带的清单；要确认它就是本局生成的那一份，请加 --against，写出生成好的网站文件夹。")
        return
    tell(f"核对了 {files} 个文件：{len(differences)} 处不同。")
    where = (
        "把生成好的文件夹重新放到网站服务器；仍不同的，请服务器的管理员看缓存、压缩和自动改写网页的设置"
        if _is_address(target)
        else "重新生成，不要在这个文件夹里改动"
    )
    say(f"→ {where}。", "bold red")


@click.command("verify", options_metavar="[选项]")
@click.option(
    "--against",
    type=click.Path(exists=True, path_type=Path),
    metavar="PATH",
    help=f"对照哪一份：生成好的网站文件夹，或一份 {MANIFEST}。不写时，文件夹对照自己的清单；网址对照 public/ 的，没有时对照网站自己的。",
)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
@click.argument("target", metavar="DIR|URL")
def verify_command(target: str, against: Path | None, form: str) -> None:
    """核对网站文件夹或线上的网站，是不是 jiebang build 生成的那一份。

    逐个文件比较 SHA-256：少了的、内容不同的、多出来的（只有文件夹看得出）都列出来；线上的网站还看有没有把仓库也放了出来。

    完全相同时退出码为 0，有不同时为 1，用法不对时为 2。
    """
    if _is_address(target):
        base = site_address(target)
        local = against or (_BUILT if (_BUILT / MANIFEST).is_file() else None)
        listed = _manifest_in(local) if local is not None else _served_manifest(base)
        digests = read_manifest(listed)
        with progress_bar() as bar:
            differences = differences_at(
                base, digests, bar.step("核对网页", len(digests)), listed if local is not None else None
            )
    else:
        folder = Path(target)
        if not folder.is_dir():
            raise UserError(f"没有文件夹 {target}。", "写网站所在的文件夹，或完整的网址（以 https:// 开头）。")
        local = against
        listed = _manifest_in(against or folder)
        digests = read_manifest(listed)
        differences = differences_in(folder, digests, listed if against else None)
    if form == "json":
        told = [asdict(difference) for difference in differences]
        click.echo(json.dumps({"differences": told, "files": len(digests)}, ensure_ascii=False, indent=2))
    else:
        _report_text(target, len(digests), differences, local is None)
    console().file.flush()
    sys.exit(1 if differences else 0)
