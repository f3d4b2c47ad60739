"""`jiebang preview`: the site as it would be after merging a pull request, with a page of what changes, for its reviewers."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from jiebang.cli.output import progress_bar, results, say
from jiebang.cli.proposal_options import asked_options
from jiebang.problems import has_errors
from jiebang.problems.text import show
from jiebang.proposal import Asked
from jiebang.proposal.preview import build_preview
from jiebang.proposal.report import sentence


@click.command("preview", options_metavar="[选项]")
@asked_options
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("preview"),
    show_default=True,
    metavar="DIR",
    help="预览写到哪个文件夹；整个文件夹会被替换。",
)
def preview_command(asked: Asked, out: Path) -> None:
    """用现在的程序和合并请求的记录生成网站，供审核人查看；打开其中的 changes.html。

    预览与正式网站过同样的检查，每一页都标明是预览，并要求搜索引擎不收录。预览不是公开网站，不要放到人人可看的地方。

    网页都没有变化的（例如只报来申请），不生成预览。合并请求有错误时也不生成，退出码为 1；主分支原有的错误不算它的，有错误的记录不在预览里。
    """
    with progress_bar() as bar:
        built = build_preview(asked, out, bar)
    if built.effect is None:
        show(built.problems, results())
        if has_errors(built.problems):
            say("有错误，没有生成预览。", "bold red")
            sys.exit(1)
        if built.closed:
            say(
                f"有 {built.closed} 份密封的记录，没有密钥，没有生成预览；持钥的人可以在自己的电脑上生成。",
                "bold yellow",
            )
            return
        say("主分支上的记录有错误，没有生成预览；这不算这个合并请求的错误，请市级维护人先改正主分支。", "bold yellow")
        return
    say(sentence(built.effect))
    if not built.changed:
        if built.effect.pages:
            say("由记录生成的网页没有变化，没有生成预览；设置和自己写的网页怎样改，请看这些文件的改动。", "bold yellow")
        else:
            say("网页没有变化，没有生成预览。", "bold green")
        return
    say(f"预览已写入 {out}：{built.changed} 个网页与现在不同。", "bold green")
    if built.effect.pages:
        say("预览里的设置和自己写的网页是当前文件夹里的；合并请求怎样改它们，请看这些文件的改动。", "yellow")
    say(f"下一步：用浏览器打开 {out / 'changes.html'}。")
