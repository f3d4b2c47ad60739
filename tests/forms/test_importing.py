"""`jiebang import` from end to end: the record in its file, what a person has to look at, and what a corrected form changes."""

from __future__ import annotations

from pathlib import Path

from jiebang.rules import judge
from tests.conftest import Run
from tests.forms import make

SAID = ("--stamped", "--no-secrets", "--date", "2024-07-08")
HERE = ("--round", "2024", "--district", "zone")


def _new(base: Path, kind: str, before: set[Path]) -> list[Path]:
    return sorted(set((base / "2024" / "zone" / kind).glob("*.yml")) - before)


def test_a_clean_form_becomes_records_that_check_finds_nothing_wrong_with(base: Path, tmp_path: Path, run: Run) -> None:
    before = set(base.rglob("*.yml"))
    form = make.put(tmp_path, "随便什么名字.docx", make.annex1_docx())
    done = run("import", form, *HERE, "--into", base, *SAID, CI="")
    assert done.returncode == 0, done.stdout + done.stderr
    (enterprise,) = _new(base, "enterprises", before)
    (demand,) = _new(base, "demands", before)
    assert enterprise.read_text(encoding="utf-8") == (
        "schema: enterprise/1\n"
        f"id: {enterprise.stem.upper()}\n"
        "role: 大企业\nstamped: 是\nname: 武汉示例重工集团有限公司\ndisclosure: 不公开\ncredit_code: 910000000000004650\n"
        "registered_place:\n  province: 湖北省\nlegal_representative:\n  name: 示例甲\n"
        "contact:\n  name: 示例乙\n  position: 技术部主任\n  phone: 027-00000002\n  mobile: 10000000002\n"
        "fax: 027-00000003\nemail: lianxi@example.com\nregistered_capital: 12000\nemployees: 3500\nrevenue: 560000.5\nnature: 民营\n"
        "industry:\n  code: 38\n  name: 电气机械和器材制造业\n"
        "channel:\n  kind: 省级中小企业主管部门\n  name: 示例省中小企业主管部门\naddress: 示例市示例区示例路 1 号\npostcode: 012345\n"
    )
    assert demand.read_text(encoding="utf-8") == (
        f"schema: demand/1\nid: {demand.stem.upper()}\nenterprise: {enterprise.stem.upper()}\ntitle: 示例阻燃改性材料\n"
        "original_text: |\n  需求内容：研发一款示例材料\n  参数要求：熔指 25g/10min\n  需达到效果：适配示例外壳\n  时间要求：1 年\n  拟采取的合作方式：项目委托\n"
        "summary: 研发一款示例材料\nparameters: 熔指 25g/10min\neffect: 适配示例外壳\nschedule: 1 年\n"
        "cooperation:\n  modes:\n    - 项目委托\nno_secrets: 是\nstatus: submitted\ndates:\n  submitted: 2024-07-08\n"
    )
    new = {path.relative_to(base).as_posix() for path in (enterprise, demand)}
    assert [problem for problem in judge(base)[1] if problem.path in new] == []
