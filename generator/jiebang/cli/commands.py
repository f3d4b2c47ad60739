"""The list of commands: what `jiebang --help` says of each, and the module that does it, imported only when it is asked for.

All modules together take a second to import (solver, schema checker, template engine); `--help`, completion and a wrong option need none.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

import click


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: `help` in one line, `place` the module in this package and the name of the command in it."""

    name: str
    place: str
    help: str

    def load(self) -> click.Command:
        module, _, attribute = self.place.partition(":")
        command = getattr(import_module(f"jiebang.cli.{module}"), attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.place} is no command")
        return command


COMMANDS = (
    Entry("audit", "audit:audit_command", "查看生成的网站里有没有不应公开的内容。"),
    Entry("build", "build:build_command", "检查并生成公开网站。"),
    Entry("check", "check:check_command", "检查记录，一次报出所有问题。"),
    Entry("codeowners", "codeowners:codeowners_command", "由 districts.yml 生成各平台的 CODEOWNERS。"),
    Entry("diff", "diff:diff_command", "说明两天之间公众看到的变化。"),
    Entry("eligibility", "eligibility:eligibility_command", "说明中小企业有没有揭榜资格，逐项列出依据。"),
    Entry("export", "export:export_command", "导出可以打印、报送的文件。"),
    Entry("external", "external:external_command", "把外地和国家的需求目录列到网站上。"),
    Entry("fix", "fix:fix_command", "改正只有一种改法的笔误，先给人看。"),
    Entry("hook", "hook:hook_command", "git 的钩子调用的检查：提交、推送之前，服务器收下之前。"),
    Entry("import", "import_:import_command", "把 Word、Excel 表格录入为记录。"),
    Entry("letter", "letter:letter_command", "写出反馈函、揭榜通知、公示和催办函。"),
    Entry("match", "match:match_command", "为企业找合适的需求，为需求找合适的企业。"),
    Entry("migrate", "migrate:migrate_command", "把旧格式的记录改成现在的格式，先给人看。"),
    Entry("move", "move:move_command", "办理需求或申请的下一步。"),
    Entry("new", "new:new_group", "新建记录、下一轮、一个局的仓库、随机编号。"),
    Entry("preview", "preview:preview_command", "生成合并请求的预览，列出改变的网页。"),
    Entry("proposal", "proposal:proposal_command", "检查一个合并请求，说明合并后公众会看到什么。"),
    Entry("report", "report:report_command", "写出一轮的报表，供内部使用。"),
    Entry("review", "review:review_command", "显示待保密审查的文字及其摘要。"),
    Entry("seal", "seal:seal_command", "密封企业和申请的记录，只有持钥的人打得开。"),
    Entry("serve", "serve:serve_command", "在本机预览，保存后自动更新。"),
    Entry("todo", "todo:todo_command", "列出今天等着办的事。"),
    Entry("unseal", "seal:unseal_command", "用密钥打开密封的记录。"),
    Entry("verify", "verify:verify_command", "核对网站是不是生成的那一份。"),
)


NEW = (
    Entry("application", "new_record:application_command", "登记一份揭榜申请。"),
    Entry("catalogue", "new_catalogue:catalogue_command", "新建一个局自己的仓库。"),
    Entry("demand", "new_record:demand_command", "登记一项需求。"),
    Entry("enterprise", "new_record:enterprise_command", "登记一家企业。"),
    Entry("id", "new_id:id_command", "给新记录取随机编号。"),
    Entry("key", "seal:key_command", "生成一把打开密封记录的密钥。"),
    Entry("round", "new_round:round_command", "照上一轮新建下一轮。"),
)
"""The kinds behind `jiebang new`."""


class Commands(click.Group):
    """A group whose commands are imported one by one; its list of help is told from the table alone."""

    entries: tuple[Entry, ...] = COMMANDS

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [entry.name for entry in self.entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return next((entry.load() for entry in self.entries if entry.name == cmd_name), None)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("命令"):
            formatter.write_dl([(entry.name, entry.help) for entry in self.entries])


class NewCommands(Commands):
    """What `jiebang new` can make."""

    entries = NEW
