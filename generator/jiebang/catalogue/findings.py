"""The documented entry of every finding that reading and the schemas can make; rules add theirs in `jiebang.rules`.

A finding's code is stable: staff search the guide by it, CI filters on it.
"""

from __future__ import annotations

from dataclasses import dataclass

from jiebang.problems import Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What the guide says of one code, in Chinese: what it is, why it matters, what to do."""

    code: str
    title: str
    why: str
    remedy: str
    severity: Severity = Severity.ERROR


_ALL = (
    # Files
    Finding("F001", "不是普通文件", "符号链接、子模块、管道等会把目录之外的内容带进来。", "改为普通文件，或删除它。"),
    Finding("F002", "文件名不合规", "文件名只用小写字母、数字和连字符，才能在各种系统上通用。", "按“编号小写.yml”改名，例如 d-7k3m9q2x.yml。"),
    Finding("F003", "文件名只差大小写或字形", "在 Windows 和 macOS 上两个文件会互相覆盖。", "删除或改名其中一个。"),
    Finding("F004", "Windows 保留名", "con、nul、com1 等名称在 Windows 上无法创建。", "换一个名称。"),
    Finding("F005", "位置不对或多余的文件", "目录里只放记录；表格、压缩包、临时文件不应提交。", "按“轮次/区/类别/编号.yml”放置，或删除它。"),
    Finding("F006", "文件权限不对", "记录是数据，不应带可执行权限。", "去掉可执行权限（chmod 644）。"),
    Finding("F007", "缺少必要的文件", "没有区划或轮次信息，记录无从归属。", "补上 districts.yml 或该轮次的 round.yml。"),
    Finding("F008", "读不出文件", "系统拒绝读取这个文件。", "检查文件权限和磁盘。"),
    Finding("F009", "密封的文件残缺", "截断、改过或多了内容的密封文件，里面的记录可能已经丢失。", "从 git 里取回原来的文件，或用 jiebang seal 重新密封。"),
    Finding("F010", "密封记录的公开部分不对", "公开部分谁都能读，只能是固定的几项，一个字也不能多。", "用密钥 jiebang unseal 打开，改正后重新密封。"),
    Finding("F011", "不是密封给现在的接收人", "密封给别人的，别人能读，主管部门却可能打不开。", "用主分支上的 districts.yml 重新密封：jiebang seal --rekey。"),
    Finding("F012", "密封的内容换过", "公开部分说的是一份记录，里面却是另一份。", "从 git 里取回原来的文件，或由原报送人重新密封。"),
    Finding("F013", "密封的记录另有明文", "留着明文，密封就没有意义。", "核对两份哪份是新的，再删去明文；已经提交过的，按使用指南“密封”处理。"),
    # Reading
    Finding("Y101", "文件过大", "超过 1 MiB 的不会是一份记录。", "检查是否误把附件内容粘贴进来。"),
    Finding("Y102", "不是 UTF-8 编码", "GBK 等编码会变成乱码。", "在编辑器中“另存为”UTF-8 编码。"),
    Finding("Y103", "含有看不见的字符", "控制符、零宽字符、双向文字符号会让人看到的与程序读到的不一样。", "删除该字符后重新输入。"),
    Finding("Y104", "YAML 写法有误", "程序读不懂这个文件的结构。", "按提示检查这一行及上一行的缩进、冒号和引号。"),
    Finding("Y105", "用了锚点或别名", "“&”“*”引用会让一处改动影响别处。", "把内容直接写出来；文字以 & 或 * 开头时加引号。"),
    Finding("Y106", "用了类型标签", "“!”标签会改变内容的含义。", "删除标签；文字以 ! 开头时加引号。"),
    Finding("Y107", "用了合并键", "“<<”会把别处的内容合并进来。", "把内容直接写出来。"),
    Finding("Y108", "项目重复", "同一项写了两次，不知以哪个为准。", "只保留一处。"),
    Finding("Y109", "一个文件里有多份文档", "一个文件只放一份记录。", "把“---”之后的内容移到另一个文件。"),
    Finding("Y110", "用了 YAML 指令", "“%”开头的指令会改变读法。", "删除该行。"),
    Finding("Y111", "层级过深或项目过多", "记录不会有这么深的层级、这么多的项目。", "检查缩进，删除多余的内容。"),
    Finding("Y112", "项目名不是文字", "项目名必须是一个词。", "按示例改写。"),
    Finding("Y113", "文件是空的或不是记录", "记录由“项目: 内容”组成。", "参照指南中的示例填写。"),
    Finding("Y114", "“#”后的文字被当作注释", "“ #”之后的内容不会被读入，容易丢字。", "是内容的，把整个值用引号括起来；是注释的，另起一行。", Severity.WARNING),
    # Schema
    Finding("S201", "类型不对", "这一项需要另一种形式的内容。", "按“应为”的形式填写。"),
    Finding("S202", "缺少必填项", "表格上的必填内容不能空。", "补填该项。"),
    Finding("S203", "没有这一项", "表格中没有这个项目，多半是拼写有误。", "改为提示的项目名，或删除。"),
    Finding("S204", "不在可选范围内", "这一项只能从给定的选项中选择。", "改为提示的选项。"),
    Finding("S205", "与固定内容不符", "这一项的内容是固定的。", "照提示填写。"),
    Finding("S206", "内容太短或留空", "内容不完整。", "补全内容。"),
    Finding("S207", "内容太长", "超出了长度上限。", "精简内容。"),
    Finding("S208", "格式不对", "内容不符合这一项的格式。", "按提示的格式改写。"),
    Finding("S209", "日期、邮箱或网址不对", "日期须真实存在，写作 2024-07-10；邮箱、网址须完整。", "改正后重新检查。"),
    Finding("S210", "数值超出范围", "数值不在合理范围内。", "核对数值和单位。"),
    Finding("S211", "条目数不对", "条目太多或太少。", "增减条目。"),
    Finding("S212", "条目重复", "列表中同一内容写了两次。", "删除重复的一条。"),
)  # fmt: skip

FINDINGS: dict[str, Finding] = {finding.code: finding for finding in _ALL}
