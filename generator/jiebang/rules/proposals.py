"""The documented entry of every finding that only a comparison with the base can make; `jiebang.proposal` makes them.

They stand here because the guide's page of checks is made from the rules. Source: safety rules 16, 18, 22 to 24, and the life of a
demand and of an application.
"""

from __future__ import annotations

from jiebang.catalogue import Finding
from jiebang.problems import Severity

_ALL = (
    # Who may change what
    Finding("R501", "记录与程序混在一个合并请求里", "提交记录的人不能同时改动检查记录的程序、格式或工作流。", "分成两个合并请求：先提交程序，合并后再提交记录。"),
    Finding("R502", "改了不属于自己的内容", "各区工作人员只能改本区文件夹里的记录；以主分支的 districts.yml 为准，合并请求自己改的不算。", "撤销对这个文件的改动；确需改动的，请该区或市级维护人提交。"),
    Finding("R503", "提交人没有登记", "只有登记在主分支 districts.yml 里的账号才能改记录。", "请市级维护人先把这个账号写进 districts.yml 中该区的 staff，合并后重新检查。"),
    Finding("R504", "没有登记任何账号", "districts.yml 里一个账号都没有，程序无法核对提交人，只能靠平台上的审核。", "把市、区工作人员的账号写进 districts.yml 的 staff。", Severity.WARNING),
    Finding("R505", "与主分支冲突", "同一处内容在主分支上也改过，合并的结果无法确定。", "在代码托管平台上点“更新分支”或“解决冲突”，保留正确的内容后再提交。"),
    # What a pull request may carry
    Finding("R506", "压缩包或其他不是文字的文件", "记录是文字；压缩包、表格、图片可能藏有不公开的内容，解开后也可能极大。", "删除这个文件；需求表先用 jiebang import 转成记录。"),
    Finding("R507", "文件过大或过多", "一份记录不超过 1 MiB；一次提交太多，没有人能审得过来。", "检查是否误传了附件；确实很多的，分几次提交。"),
    Finding("R508", "改变 git 读法或检查结果的文件", ".gitattributes、.gitmodules 等文件会让审核人看不到改动，或让检查读到别的内容；.cache/ 里的文件会被当作已有的检查结果。", "删除这个文件。"),
    Finding("R509", "审核人名单与区划不一致", ".github/CODEOWNERS 由 districts.yml 生成，手改会让别人替该区审核。", "不要手改；改 districts.yml 后运行 jiebang codeowners，一并提交。"),
    # The life of a demand and of an application
    Finding("R511", "状态不能这样改", "每一步都要有人办理，跳过一步或倒退会让网站上的状态与实际不符。", "按提示改为允许的下一步；中间几步分几次提交。"),
    Finding("R512", "编号变了", "编号是网址的一部分，也是申请和审核记录的依据，改了就断了联系。", "恢复原来的编号和文件名。"),
    Finding("R513", "记录换了区或轮次", "把记录移到别的区或轮次，会改变谁来审核、计入谁的数量。", "移回原处；报错了地方的，在原处撤回，再到正确的地方重新报送。"),
    Finding("R514", "删除了不能删除的记录", "已经公布的需求和已经转送的申请要有始有终，删除会让网页和链接凭空消失。", "恢复文件，把状态改为 withdrawn（撤回）并填写撤回日期；网站上只留代码和日期。"),
    Finding("R515", "新记录不是从报送开始", "新的需求和申请由区里报送，后面各步由后续的合并请求办理。", "把状态改为 submitted（报送）。整个轮次第一次录入、与记录在同一个合并请求里时不受限制。"),
    Finding("R516", "不知道提交人是谁", "自动检查没有得到提交人的账号，无法核对他能不能改这些内容；不核对就放行，等于人人都能改。", "请维护人检查自动检查的设置：JUDGE_ACTORS 应是合并请求提交人的账号；在自己的电脑上查看，用 text 格式。"),
    Finding("R517", "已结束的轮次里新增了记录", "轮次结束后再加记录，会让已经公布的结果凭空多出一项，没有人走过报送、推荐、发榜各步。", "撤销新增。确实漏了的，请市级维护人先把 round.yml 的状态改回进行中，再从报送开始办理；整个轮次第一次录入的，轮次与记录放在同一个合并请求里。"),
)  # fmt: skip

PROPOSAL_FINDINGS: dict[str, Finding] = {finding.code: finding for finding in _ALL}
