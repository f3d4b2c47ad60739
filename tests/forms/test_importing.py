"""`jiebang import` from end to end: the record in its file, what a person has to look at, and what a corrected form changes."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from jiebang.errors import UserError
from jiebang.forms.importing import run as importing
from jiebang.forms.importing.existing_records import open_store
from jiebang.forms.importing.plan import Said
from jiebang.forms.reading.document.grid import Document
from jiebang.forms.reading.document.sandbox import parse
from tests.conftest import Run
from tests.forms import make
from tests.judging import judge

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


def _import(run: Run, base: Path, *arguments: object, code: int | None = None, **environment: str) -> str:
    done = run("import", *arguments, *HERE, "--into", base, **{"CI": "", **environment})
    assert code is None or done.returncode == code, done.stdout + done.stderr
    return done.stdout


def _texts(base: Path) -> dict[str, str]:
    return {path.relative_to(base).as_posix(): path.read_text(encoding="utf-8") for path in sorted(base.rglob("*.yml"))}


def test_a_corrected_form_updates_the_same_records_and_shows_what_changed(base: Path, tmp_path: Path, run: Run) -> None:
    form = make.put(tmp_path, "form.docx", make.annex1_docx())
    _import(run, base, form, *SAID, code=0)
    before = set(_texts(base))
    (demand,) = [p for p in base.glob("2024/zone/demands/*.yml") if "示例阻燃改性材料" in p.read_text(encoding="utf-8")]
    # What the bureau has written since stays: comment, status, code, note.
    touched = (
        demand.read_text(encoding="utf-8")
        .replace("title:", "# 已电话核实\ncode: 305\ntitle:")
        .replace("submitted\n", "recommended\n")
    )
    demand.write_text(
        touched.replace("  submitted: 2024-07-08", "  submitted: 2024-07-08\n  recommended: 2024-07-10")
        + "note: 已核\n",
        encoding="utf-8",
    )
    kept = demand.read_text(encoding="utf-8")

    corrected = make.annex1_docx(
        {"employees": "3600", "fax": ""}, [("示例阻燃改性材料", make.CONTENT.replace("1 年", "18 个月"))]
    )
    shown = _import(run, base, make.put(tmp_path, "form.docx", corrected), "--date", "2024-08-01", "--dry-run", code=0)
    assert demand.read_text(encoding="utf-8") == kept
    assert "从业人数：3500 → 3600" in shown
    assert "时间要求：1 年 → 18 个月" in shown
    assert "将更新 2 份" in shown
    _import(run, base, tmp_path / "form.docx", "--date", "2024-08-01", code=0)
    assert set(_texts(base)) == before
    assert demand.read_text(encoding="utf-8") == kept.replace("schedule: 1 年", "schedule: 18 个月").replace(
        "时间要求：1 年", "时间要求：18 个月"
    )
    (enterprise,) = [
        p
        for p in base.glob("2024/zone/enterprises/*.yml")
        if "示例重工" in p.read_text(encoding="utf-8") and "910000000000004650" in p.read_text(encoding="utf-8")
    ]
    assert "employees: 3600\n" in enterprise.read_text(encoding="utf-8")
    assert "fax: 027-00000003\n" in enterprise.read_text(encoding="utf-8")
    again = _import(run, base, tmp_path / "form.docx", code=0)
    assert "没有变化" in again and "更新 0 份" in again


def test_a_changed_title_is_taken_only_where_the_text_says_it_is_the_same_demand(
    base: Path, tmp_path: Path, run: Run
) -> None:
    form = make.put(tmp_path, "form.docx", make.annex1_docx())
    _import(run, base, form, *SAID, code=0)
    before = _texts(base)
    make.put(tmp_path, "form.docx", make.annex1_docx(None, [("示例阻燃改性材料研发", make.CONTENT)]))
    assert "需求名称：示例阻燃改性材料 → 示例阻燃改性材料研发" in _import(run, base, form, code=0)
    assert len(_texts(base)) == len(before)
    before = _texts(base)
    make.put(tmp_path, "form.docx", make.annex1_docx(None, [("示例散热材料", make.CONTENT.replace("25g", "30g"))]))
    shown = _import(run, base, form, code=1)
    assert "看不出这一项是改了名称还是新增的" in shown and "保留未动" in shown
    assert _texts(base) == before


def test_a_code_that_belongs_to_another_enterprise_stops_the_form(base: Path, tmp_path: Path, run: Run) -> None:
    _import(run, base, make.put(tmp_path, "a.docx", make.annex1_docx()), *SAID, code=0)
    other = {"name": "武汉示例电气有限公司", "code": "910000000000009320"}
    _import(run, base, make.put(tmp_path, "b.docx", make.annex1_docx(other)), *SAID, code=0)
    before = _texts(base)
    mixed = make.put(tmp_path, "c.docx", make.annex1_docx({"name": "武汉示例电气有限公司"}))
    assert "不止一家企业" in _import(run, base, mixed, *SAID, code=1)
    assert _texts(base) == before


def test_what_the_form_cannot_say_is_told_with_the_option_that_says_it(base: Path, tmp_path: Path, run: Run) -> None:
    form = make.put(tmp_path, "form.docx", make.annex1_docx())
    shown = _import(run, base, form, "--date", "2024-07-08", code=1)
    assert "--stamped" in shown and "--no-secrets" in shown
    assert "2 处请人工核对" in shown


def test_an_sme_its_item_and_its_statement_become_one_application(base: Path, tmp_path: Path, run: Run) -> None:
    items = [("高速电机陶瓷球轴承", "301")]
    folder = tmp_path / "表"
    folder.mkdir()
    make.put(folder, "b 对接表.xlsx", make.annex2_xlsx(None, items))
    make.put(folder, "a 申请书.docx", make.annex3_docx(make.annex3_lines(item="高速电机陶瓷球轴承")))
    before = set(base.rglob("*.yml"))
    shown = _import(run, base, folder, "--date", "2024-10-08", "--stamped", "--no-affiliation", code=0)
    assert "0 处请人工核对" in shown
    (application,) = _new(base, "applications", before)
    (enterprise,) = _new(base, "enterprises", before)
    assert application.read_text(encoding="utf-8") == (
        f"schema: application/1\nid: {application.stem.upper()}\nenterprise: {enterprise.stem.upper()}\ndemand: D-BBBBBBB2\n"
        "item:\n  name: 高速电机陶瓷球轴承\n  code: 301\nstamped: 是\nprofile: |\n  主营示例传感器。\n  运营良好。\n"
        "capability: 研发团队 12 人，示例专利 3 项。\nplan:\n  team: 由 6 名工程师组成。\n  goals: 热导率达到 10 W/(m·K)。\n"
        "  route: 采用示例路线。\n  schedule: 第 1—3 月：调研；第 4—12 月：试制。\n  risks: 原料批次差异，拟双源采购。\n"
        "cooperation: 希望以联合研发方式合作。\nno_affiliation: 是\nstatus: submitted\ndates:\n  submitted: 2024-10-08\n"
    )
    new = {path.relative_to(base).as_posix() for path in (application, enterprise)}
    assert [problem for problem in judge(base)[1] if problem.path in new] == []


def test_an_item_that_names_no_demand_or_two_different_ones_is_left_to_a_person(
    base: Path, tmp_path: Path, run: Run
) -> None:
    items = [("没有这个事项", "999"), ("窄线宽激光器泵浦芯片", "301")]
    shown = _import(
        run, base, make.put(tmp_path, "a.docx", make.annex2_docx(None, items)), "--date", "2024-10-08", code=1
    )
    assert "本轮目录里没有找到这项需求。 表上写的是“没有这个事项（999）”" in shown
    assert "这个代码的需求在目录里是另一个名称" in shown
    assert shown.count("申请书（附件3）还没有导入") == 2


def test_a_statement_waits_for_its_enterprise(base: Path, tmp_path: Path, run: Run) -> None:
    form = make.put(tmp_path, "a.docx", make.annex3_docx())
    assert "先导入这家企业的对接表" in _import(run, base, form, code=1)


def test_a_folder_with_a_bad_file_and_its_report(base: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "收到的表"
    (folder / "一科").mkdir(parents=True)
    make.put(folder, "好的.docx", make.annex1_docx())
    make.put(
        folder / "一科",
        "要看.xlsx",
        make.annex1_xlsx({"name": "武汉示例电气有限公司", "code": "910000000000009320", "nature": "=国有 民营"}),
    )
    make.put(folder, "坏的.docx", b"%PDF-1.4")
    make.put(folder, "~$好的.docx", b"x")
    report = tmp_path / "报告.xlsx"
    shown = _import(run, base, folder, *SAID, "--report", report, code=1)
    assert "3 个文件：新建 4 份记录，更新 0 份；1 处请人工核对；1 个文件失败。" in shown
    book = CalamineWorkbook.from_path(str(report))
    taken, look, failed = (book.get_sheet_by_name(name).to_python() for name in ("已录入", "需核对", "失败"))
    assert [len(sheet) - 1 for sheet in (taken, look, failed)] == [4, 1, 1]
    assert look[1][1:4] == ["附件1!B9", "企业性质", "'=国有 民营"]
    assert "内容是 PDF" in str(failed[1][4])


def test_in_ci_nothing_of_the_form_is_printed(base: Path, tmp_path: Path, run: Run) -> None:
    form = make.put(tmp_path, "示例重工.docx", make.annex1_docx({"nature": "示例秘密", "mobile": "电话 10000000002"}))
    shown = _import(run, base, form, code=1, CI="true")
    assert "企业性质" in shown and "联系人·手机" in shown
    assert not any(text in shown for text in ("示例秘密", "10000000002", "示例重工", "示例阻燃"))


def test_a_district_may_be_called_by_its_name(base: Path) -> None:
    assert open_store(base, "2024", "硚口区").district == "qiaokou"
    with pytest.raises(UserError, match="没有“没有登记区”这个区"):
        open_store(base, "2024", "没有登记区")
    with pytest.raises(UserError) as refused:
        open_store(base, "2024", "示例硚口区")
    assert "硚口区" in refused.value.hint


def test_an_unknown_round_or_district_is_named(base: Path, tmp_path: Path, run: Run) -> None:
    form = make.put(tmp_path, "form.docx", make.annex1_docx())
    wrong = run("import", form, "--round", "2024", "--district", "qiaoku", "--into", base)
    assert wrong.returncode == 1 and "是不是 qiaokou？" in wrong.stderr
    wrong = run("import", form, "--round", "2031", "--district", "zone", "--into", base)
    assert wrong.returncode == 1 and "没有轮次 2031" in wrong.stderr
    wrong = run("import", form, "--round", "../x", "--district", "zone", "--into", tmp_path / "new")
    assert wrong.returncode == 1 and "编号" in wrong.stderr
    assert not (tmp_path / "x").exists()
    assert run("import", form, *HERE, "--into", base, "--date", "2024-13-01").returncode == 2


def test_a_form_is_written_whole_or_not_at_all(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = make.put(
        tmp_path, "form.docx", make.annex1_docx(None, [("示例材料甲", make.CONTENT), ("示例材料乙", make.CONTENT)])
    )
    before = _texts(base)
    written: list[Path] = []
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if len(written) == 2:
            raise OSError(errno.EIO, "no")
        written.append(target)
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    store = open_store(base, "2024", "zone")
    (outcome,) = importing.import_files([form], store, Said("2024-07-08"), parse=parse)
    assert outcome.error is not None and "什么都没有写入" in outcome.error.message
    assert _texts(base) == before


def test_a_mistake_of_ours_in_one_file_does_not_stop_the_others(base: Path, tmp_path: Path) -> None:
    good = make.put(tmp_path, "a.docx", make.annex1_docx())
    bad = make.put(tmp_path, "b.docx", make.annex1_docx())

    def trip(kind: str, data: bytes) -> Document:
        trips.append(kind)
        if len(trips) == 1:
            raise RuntimeError("示例秘密")
        return parse(kind, data)

    trips: list[str] = []
    outcomes = importing.import_files([bad, good], open_store(base, "2024", "zone"), Said("2024-07-08"), parse=trip)
    assert [outcome.error is None for outcome in outcomes] == [False, True]
    assert outcomes[0].error is not None and "示例秘密" not in outcomes[0].error.message


def test_two_enterprises_of_one_batch_under_one_code_are_not_made_one(base: Path, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "表"
    folder.mkdir()
    make.put(folder, "a.docx", make.annex1_docx())
    make.put(folder, "b.docx", make.annex1_docx({"name": "武汉示例电气有限公司"}))
    shown = _import(run, base, folder, *SAID, code=1)
    assert "另一家企业的表用了同一个统一社会信用代码" in shown
    assert "新建 2 份记录，更新 0 份" in shown


def test_beside_a_record_that_cannot_be_read_nothing_is_imported(base: Path, tmp_path: Path, run: Run) -> None:
    (base / "2024/zone/enterprises/e-zzzzzzz9.yml").write_text("name: &a 甲\nnote: *a\n", encoding="utf-8")
    before = _texts(base)
    done = run("import", make.put(tmp_path, "a.docx", make.annex1_docx()), *HERE, "--into", base)
    assert done.returncode == 1 and "e-zzzzzzz9.yml" in done.stderr and "jiebang check" in done.stderr
    assert _texts(base) == before
