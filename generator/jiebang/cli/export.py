"""`jiebang export`: documents to print and to send, data for other programs. The word `catalogue` means the whole 需求目录, an id the official form of its record."""

from __future__ import annotations

from pathlib import Path

import click

from jiebang.cli.export_catalogue import export_catalogue
from jiebang.cli.export_forms import export_forms
from jiebang.cli.options import catalogue_option
from jiebang.forms.form_fields import off_paper

CATALOGUE = "catalogue"


def _not_on_paper() -> str:
    """For the help: what the forms have no blank for, as the schemas tell it."""
    parts = (
        (1, "enterprise", "大企业"),
        (1, "demand", "需求"),
        (2, "enterprise", "中小企业"),
        (3, "application", "申请"),
    )
    told = [
        f"{name}的{'、'.join(field.title for field in off_paper(annex, kind) if field.path != 'schema')}"
        for annex, kind, name in parts
    ]
    return f"官方表格上没有、因而不导出的项目：{'；'.join(told)}。"


@click.command("export", options_metavar="[选项]", epilog=_not_on_paper())
@catalogue_option
@click.option(
    "--form",
    type=click.Choice(["docx", "pdf", "xlsx", "parquet", "opensearch"]),
    help="文件格式；不写时看 --out 的扩展名。",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="PATH", help="写到哪里。")
@click.option("--round", "round_", metavar="ID", help="只要这一轮次的需求（需求目录）。")
@click.option("--district", metavar="SLUG", help="只要这个区的需求（需求目录），写区的网址名。")
@click.argument("targets", nargs=-1, required=True, metavar="catalogue|ID...")
def export_command(
    catalogue: Path,
    form: str | None,
    out: Path | None,
    round_: str | None,
    district: str | None,
    targets: tuple[str, ...],
) -> None:
    """导出需求目录（catalogue），或一份记录的官方表格（ID），供打印、盖章和报送。

    需求目录只含已公布的内容，企业选择不公开名称的，写“企业名称不公开”。除了打印用的 docx、pdf、xlsx，还可以导出数据：parquet 供 DuckDB 等分析程序，
    opensearch 供 OpenSearch 批量读入（.ndjson）。

    ID 是大企业编号时，导出附件1《需求表》，含它本轮的全部需求；是需求编号时，附件1只含这一项；是中小企业编号时，导出附件2《对接表》；
    是申请编号时，导出附件3《申请书》。表格含联系人、电话等不公开的内容，默认写到 private-forms/，只有本人能读，git 不会提交。
    """
    if CATALOGUE not in targets:
        if round_ or district:
            raise click.UsageError("--round、--district 只用于需求目录；按编号导出表格时不写。")
        export_forms(catalogue, form, out, targets)
        return
    if len(targets) > 1:
        raise click.UsageError(f"{CATALOGUE} 是整个需求目录，后面不再写别的；只要一部分，用 --round、--district。")
    export_catalogue(catalogue, form, out, round_, district)
