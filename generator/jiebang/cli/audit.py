"""`jiebang audit`: looks for everything private of a catalogue in a finished site, wherever the site came from."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from jiebang.build.making import frames
from jiebang.catalogue import load
from jiebang.cli.options import catalogue_option
from jiebang.cli.output import console, progress_bar, results, say, tell
from jiebang.errors import UserError
from jiebang.problems import has_errors
from jiebang.publication import secrets_of
from jiebang.publication.audit import Audit, audit
from jiebang.publication.extraction import REMEDY
from jiebang.publication.gate import UNREADABLE
from jiebang.workspace import workspace_of


def _report_text(audited: Audit) -> None:
    for leak in audited.leaks:
        results().print(f"{leak.file}\n    {leak.record} 的“{leak.field}”", soft_wrap=True, markup=False)
    tell(f"查看了 {audited.files} 个文件：{len(audited.leaks)} 处不应公开的内容。")
    if audited.leaks:
        if any(leak.record == UNREADABLE for leak in audited.leaks):
            say(REMEDY)
        say("不要发布这个文件夹；改正记录或页面后重新生成，再运行 jiebang audit。", "bold red")


def _report_json(audited: Audit) -> None:
    summary = {"files": audited.files, "bytes": audited.size, "leaks": len(audited.leaks)}
    click.echo(
        json.dumps(
            {"leaks": [asdict(leak) for leak in audited.leaks], "summary": summary}, ensure_ascii=False, indent=2
        )
    )


@click.command("audit", options_metavar="[选项]")
@catalogue_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="输出格式。"
)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR")
def audit_command(catalogue: Path, form: str, folder: Path) -> None:
    """逐个查看 DIR 里的文件，寻找目录中不应公开的内容。

    不公开企业的名称（连同各种变形）、信用代码、人名、电话、邮箱、地址和申请文字，都在查找之列；压缩包、表格和 PDF 会拆开来看。只报出文件、记录和项目，不显示内容。

    没有发现时退出码为 0，有发现时为 1，用法不对时为 2。
    """
    with progress_bar() as bar:
        tick = bar.step("读取记录", 0)
        loaded, problems = load(catalogue, progress=lambda done, _: tick(done))
        if has_errors(problems) or not any(True for _ in loaded.records()):
            # What cannot be read cannot be looked for: to find nothing then would be no clean bill.
            raise UserError("目录里有读不出或不合格的记录，查找不会完整。", "先用 jiebang check 检查并改正。")
        tick = bar.step("查看文件", 0)
        framed = frames(workspace_of(catalogue))
        assets = {asset.path: asset.content for asset in framed.assets if not asset.own}
        audited = audit(folder, secrets_of(loaded), lambda done, _: tick(done), assets)
    if form == "json":
        _report_json(audited)
    else:
        _report_text(audited)
    console().file.flush()
    sys.exit(1 if audited.leaks else 0)
