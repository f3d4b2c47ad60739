"""`jiebang external`: a published catalogue of the nation or of another city into `external.yml`, for readers of the site."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from jiebang.cli.clerk import today, write_or_tell
from jiebang.cli.options import catalogue_option, day_option
from jiebang.cli.output import results, say
from jiebang.desk.external import Taken, merged, take
from jiebang.errors import UserError
from jiebang.site.external import KINDS, TITLES, Source, external_file, misshapen, private_in, sources_in, written
from jiebang.workspace import EXTERNAL as FILE
from jiebang.workspace import workspace_of


def _show(file: Path, taken: Taken) -> None:
    results().print(Text(str(file), style="bold"), soft_wrap=True)
    for demand in taken.demands:
        line = Text("  取 ", style="green")
        line.append(" ".join(part for part in (demand.code, demand.title) if part), style="default")
        line.append(f"  截止 {demand.deadline}" if demand.deadline else "  没有截止日期", style="dim")
        results().print(line, soft_wrap=True)
    for note in taken.notes:
        place = f"{note.place}：" if note.place else ""
        results().print(Text(f"  {place}{note.message}", style="bold yellow" if note.lost else "dim"), soft_wrap=True)


def _usable(key: str, text: str) -> str:
    """What was typed for a source, if the file can hold it."""
    wrong = misshapen(key, text) or "、".join(private_in(text) if key == "name" else ())
    if wrong or not text:
        raise UserError(f"{TITLES[key]}不能用：{wrong or '没有写'}。", "改正后再试。")
    return text


@click.command("external", options_metavar="[选项]")
@click.argument("name", metavar="来源名称")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE..."
)
@click.option("--url", metavar="URL", help="来源的需求目录在哪个网址，读者到那里揭榜；来源已在文件里的可以不写。")
@click.option("--kind", type=click.Choice(KINDS), help="国家的还是外地的；默认外地。")
@day_option("--date", "哪一天从来源取得；默认今天。")
@catalogue_option
@click.option("--dry-run", is_flag=True, help="只看结果，不写文件。")
def external_command(
    name: str, files: tuple[Path, ...], url: str | None, kind: str | None, date: str | None, catalogue: Path, dry_run: bool
) -> None:  # fmt: skip
    """把国家或其他城市公布的需求目录列到网站的“外地和国家的需求”一页。

    FILE 是需求目录的表格（.xlsx、.docx 等），或另一个同类网站的 demands.json、demands.ndjson。表格的第一行是栏目名称，按名称认栏目。

    写入 mkdocs.yml 旁边的 external.yml，随网站公开；同名的来源整个换成新的，其他来源不动。企业名称、联系方式不取；写明没有取什么、为什么。

    全部取到，退出码为 0；有没有取的为 1；用法不对为 2。
    """
    workspace = workspace_of(catalogue)
    before = sources_in(external_file(workspace))
    known = next((source for source in before if source.name == name), None)
    address = url or (known.url if known is not None else "")
    if not address:
        raise click.UsageError("新的来源要用 --url 写明需求目录的网址，读者到那里揭榜。")
    retrieved = date or today()
    found = [(file, take(file, retrieved)) for file in files]
    demands = merged(found)
    for file, taken in found:
        _show(file, taken)
    source = Source(
        _usable("name", name),
        kind or (known.kind if known is not None else KINDS[-1]),
        _usable("url", address),
        retrieved,
        demands,
    )
    if not demands:
        raise UserError(f"没有一项可以取，{FILE} 没有改。", "按上面的提示改正表格。")
    text = written(tuple(source if one is known else one for one in before) + (() if known is not None else (source,)))
    lost = sum(note.lost for _, taken in found for note in taken.notes)
    results().print(f"\n来源“{name}”：{len(demands)} 项需求；{lost} 处没有取。", markup=False)
    if dry_run:
        say("这次只是预演，没有写文件。")
    else:
        write_or_tell(workspace / FILE, text)
        say(f"已写入 {FILE}。下一步：看一遍文件，运行 jiebang build；没有问题再提交。")
    sys.exit(1 if lost else 0)
