"""Forms dropped on the page: read in the browser as the command reads them, with no request but to the site, and none before one comes.

Python for browsers is started once for all forms: that is what takes the time. It ends with the page on which it was started, so files are
dropped together and opened one after the other.
"""

from __future__ import annotations

import functools
import json
import random
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from jiebang.forms.browser.door import answer
from jiebang.resources import READER_VARIABLE
from jiebang.site import load_frames, render
from jiebang.site.reader import packed_program, program_state
from jiebang.workspace import cache_folder
from tests.browser import desk
from tests.browser.axe import violations
from tests.browser.conftest import Profile, _Server
from tests.conftest import FIXTURES, ROOT, SAMPLE, Run, shared_folder
from tests.forms import make
from tests.forms.corpus_more import CASES
from tests.turns import at_night

BLANKS = ROOT / "generator" / "jiebang" / "forms" / "writing" / "templates"
_REVIEWED = "2026-11-30"
LEAST_MEMORY = 10_000_000
"""Bytes; Python's memory is larger."""
START = 240_000
"""Milliseconds for the first file, on a machine that does much else."""
FORMS = sorted(
    path
    for path in (FIXTURES / "forms").glob("*/*")
    if path.suffix in {".docx", ".xlsx", ".xls", ".ods", ".doc", ".wps"}
)


def _reader(root: Path) -> Path:
    """The reader with the memory of the program as it is now: made here where a module was changed since `make reader`."""
    if (ROOT / "reader" / f"started-{program_state()}.bin").is_file():
        return ROOT / "reader"
    folder = root / "reader"
    shutil.copytree(ROOT / "reader", folder, ignore=shutil.ignore_patterns("started-*"))
    (root / "program.zip").write_bytes(packed_program())
    blanks = [BLANKS / f"annex-{number}.docx" for number in (1, 2, 3)]
    node = ROOT / ".venv" / "bin" / "node"
    subprocess.run([node, ROOT / ".ci" / "compile-reader.js", folder, root / "program.zip", *blanks], check=True)
    return folder


def _write_site(root: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(READER_VARIABLE, str(_reader(root)))
        frames = load_frames(ROOT, cache_folder(ROOT))
    for output in render(desk.SITE, frames):
        file = root / "desk" / output.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(output.content)


_sent: list[str] = []
"""Paths of what the server sent whole: not out of the browser's cache, nor told to be as it was."""


class _Counting(_Server):
    def send_response(self, code: int, message: str | None = None) -> None:
        if code == HTTPStatus.OK:
            _sent.append(self.path)
        super().send_response(code, message)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Profile]:
    """A profile that reads a site with the reader in it."""
    root = shared_folder(tmp_path_factory, "reader", _write_site)
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Counting, directory=str(root))) as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        now = f"{desk.TODAY}T12:00:00+08:00"
        profile = Profile(browser, f"http://127.0.0.1:{running.server_port}", now, locale="zh-CN")
        yield profile
        profile.context.close()
        running.shutdown()
        thread.join()


@pytest.fixture
def page(reading: Profile) -> Iterator[Page]:
    with reading.page() as page:
        page.on("dialog", lambda dialog: dialog.accept())
        yield page


def _open(page: Page, reading: Profile) -> None:
    page.goto(f"{reading.watch.server}/desk/submit/")


def _choose(page: Page, files: list[tuple[str, bytes]]) -> None:
    payloads: list[FilePayload] = [{"name": name, "mimeType": "", "buffer": data} for name, data in files]
    status = page.locator("[data-drop-status]")
    # What it says of files that were read before says nothing of these.
    status.evaluate("one => { one.textContent = ''; }")
    page.set_input_files("#drop-files", payloads)
    expect(status).to_contain_text("读完了", timeout=START)


def _drag_in(page: Page) -> None:
    """A file is dragged into the window, away from the box."""
    page.evaluate("""() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["x"], "form.docx"));
      document.body.dispatchEvent(new DragEvent("dragenter", { bubbles: true, cancelable: true, dataTransfer }));
    }""")


def _kept_size(page: Page) -> int:
    """Bytes of the started program that this browser keeps."""
    size: int = page.evaluate("""async () => {
      for (const name of await caches.keys()) {
        const store = await caches.open(name);
        const [key] = (await store.keys()).filter(({ url }) => url.endsWith("started.bin"));
        if (key) return (await (await store.match(key)).arrayBuffer()).byteLength;
      }
      return 0;
    }""")
    return size


def _wait_until_kept(page: Page) -> None:
    for _ in range(600):
        if _kept_size(page) > LEAST_MEMORY:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the started program was not kept")


def _open_dialog(page: Page) -> None:
    with page.expect_file_chooser():
        page.locator("#drop-files").click()


def _items(page: Page) -> list[dict[str, Any]]:
    kept: dict[str, Any] = json.loads(page.evaluate("() => sessionStorage.getItem('jiebang.read')"))
    items: list[dict[str, Any]] = kept["items"]
    return items


def _expected(name: str, data: bytes) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer("form", json.dumps({"name": name}), data))
    return told


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _open_first(page: Page, label: str, of: str = "") -> None:
    """Opens the first entry of the list, or the first that names a file."""
    page.locator(".read-item", has_text=of).get_by_role("link", name=label).first.click()
    page.locator(".read-from").wait_for()


def _finish(page: Page) -> None:
    """Goes to each step with something to compare, ticks it, and makes the files in the last one."""
    for step in [link.get_attribute("href") or "" for link in page.locator(".progress a").all()]:
        desk.go(page, step[1:])
        for tick in page.locator(".question-asked input").locator("visible=true").all():
            tick.check()
    expect(page.locator(".progress")).not_to_contain_text("核对")
    page.get_by_role("button", name="检查并生成文件").click()
    page.locator("[data-files], [data-warnings-seen], [data-summary]").locator("visible=true").first.wait_for()
    if page.locator("[data-warnings-seen]").is_visible():
        page.locator("[data-warnings-seen]").check()
        page.get_by_role("button", name="检查并生成文件").click()


def _files(page: Page) -> list[str]:
    texts: list[str] = page.locator("[data-files] textarea").evaluate_all("boxes => boxes.map((box) => box.value)")
    return texts


def test_forms_and_records_from_the_first_file_to_the_last(
    page: Page, reading: Profile, base: Path, tmp_path: Path, run: Run
) -> None:
    """One visit: nothing is asked for before a file comes; every form is read as the command reads it; one is handed in, one record is
    changed and one reviewed."""
    asked: list[str] = []
    _sent.clear()
    page.on("request", lambda request: asked.append(request.url))
    _open(page, reading)
    page.wait_for_load_state("networkidle")
    assert not [
        url for url in asked if ("/reader/" in url and "/reader/main." not in url) or url.endswith("reader.json")
    ]
    # Nor for a first visitor who comes near the box.
    page.locator("[data-drop]").hover()
    page.locator("#drop-files").focus()
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "/reader/" in url and "/reader/main." not in url]
    # Nor while they look for a file, or drag one; only the page's own scripts get ready.
    with page.expect_request("**/reader/worker.*.js"):
        _drag_in(page)
    _open_dialog(page)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "pyodide" in url or url.endswith((".zip", ".whl", "reader.json"))]

    # --- every fixture and a sample of the corpus ---
    cases = CASES[::2] if at_night() else random.sample(CASES[::2], 6)
    sample = [(f"{number}.{case.kind}", case.data) for number, case in enumerate(cases)]
    files = [*((path.name, path.read_bytes()) for path in FORMS), *sample]
    _choose(page, files)
    told = [_expected(name, data) for name, data in files]
    items = _items(page)
    read = [form for item in items for form in item["forms"]]
    assert sorted(map(_text, read)) == sorted(_text(form) for one in told for form in one.get("forms", ()))
    assert [item["error"] for item in items if "error" in item] == [one["error"] for one in told if "error" in one]
    assert len(read) > 15
    assert violations(page) == []
    page.get_by_role("button", name="清空清单").click()
    assert page.locator(".read-item").count() == 0

    # --- a form becomes files: the command's, byte for byte ---
    form = make.annex1_docx()
    doubtful = make.annex1_docx({"employees": "约三千人"}, [("示例材料", "没有分项的内容")])
    together = [("申请书.docx", make.annex3_docx()), ("对接表.docx", make.annex2_docx())]
    _choose(page, [("需求表.docx", form), ("含糊.docx", doubtful), *together])
    _open_first(page, "打开填写", "需求表.docx")
    expect(page.locator(".question-source").first).to_contain_text("取自表格")
    desk.go(page, "s-enterprise")
    assert violations(page) == []
    answers = {
        "district": "zone",
        "demand.0.type": "技术攻关",
        "demand.0.no_secrets": ["是"],
        "enterprise.stamped": ["是"],
    }
    desk.answer_all(page, answers)
    _finish(page)
    expect(page.locator("[data-files] textarea").first).to_be_attached()
    made = _files(page)
    run(
        "import", make.put(tmp_path, "需求表.docx", form), "--round", "2024", "--district", "zone", "--into", base,
        "--stamped", "--no-secrets", "--date", desk.TODAY,
    )  # fmt: skip
    written = [
        path.read_text(encoding="utf-8")
        for kind in ("enterprises", "demands")
        for path in (base / "2024" / "zone" / kind).glob("*.yml")
        if "示例重工集团" in path.read_text(encoding="utf-8") or "示例阻燃改性材料" in path.read_text(encoding="utf-8")
    ]
    without_ids = [re.sub(r"\b[EDA]-[0-9A-Z]{8}\b", "ID", text) for text in (*made, *written)]
    # The round of this site sorts its demands, the form on paper does not; the command's comment tells an editor in a checkout the schema.
    without_ids = [
        re.sub(r"^(?:type: |# yaml-language-server).*\n", "", text, flags=re.MULTILINE) for text in without_ids
    ]
    assert without_ids[: len(made)] == without_ids[len(made) :]
    assert len(made) == 2

    # --- a form with doubts: what stands there is asked beside its field, and stays so after the page is loaded again ---
    page.get_by_role("link", name="回到文件清单").click()
    expect(page.locator(".read-item", has_text="已经生成文件")).to_contain_text("需求表.docx")
    _open_first(page, "打开填写", "含糊.docx")
    assert page.locator("[name=district]").input_value() == "zone"
    assert page.locator(".progress li", has_text="1 处要核对").count() == 2
    for step in ("s-scale", "s-entry-0"):
        desk.go(page, step)
        beside = page.locator('[data-question="enterprise.employees"] .question-asked')
        expect(beside).to_contain_text("约三千人")
        expect(page.locator("[data-entry] > .question-asked")).to_contain_text("没有分项的内容")
        expect(page.locator(".read-original p")).to_have_text("没有分项的内容")
        assert page.locator('[name="enterprise.name"]').input_value() == "武汉示例重工集团有限公司"
        assert page.locator("[data-entry]").count() == 1
        page.reload()
        page.locator(".read-from").wait_for()
        assert page.evaluate("location.hash") == f"#{step}"
        page.locator(".question-asked input").locator("visible=true").check()
        expect(page.locator(".progress a[aria-current]")).not_to_contain_text("核对")
    # What was compared stays so, too; what was not is named at the end, and leads there.
    page.reload()
    page.locator(".read-from").wait_for()
    expect(page.locator(".progress")).not_to_contain_text("核对")
    page.locator(".question-asked input").locator("visible=true").uncheck()
    desk.go(page, "s-finish")
    page.get_by_role("button", name="检查并生成文件").click()
    page.locator("[data-summary-list] a").first.click()
    expect(page.locator("#s-finish")).to_be_hidden()
    expect(page.locator(":focus")).to_be_visible()

    # --- a 对接表 and its 申请书 are one entry of the list and one application of the form ---
    page.get_by_role("link", name="回到文件清单").click()
    expect(page.locator(".read-item", has_text="对接表.docx")).to_contain_text("对接表、申请书")
    _open_first(page, "打开填写", "对接表.docx")
    assert page.locator("[data-entry]").count() == len(make.ITEMS)
    names = [page.locator(f'[name="application.{n}.item.name"]').input_value() for n in range(len(make.ITEMS))]
    assert names == [name for name, _ in make.ITEMS]
    filled = [page.locator(f'[name="application.{n}.capability"]').input_value() for n in range(len(make.ITEMS))]
    assert sum(map(bool, filled)) == 1

    # --- a record is changed ---
    page.get_by_role("link", name="回到文件清单").click()
    page.get_by_role("button", name="清空清单").click()
    published = (path for path in sorted(SAMPLE.glob("*/*/demands/*.yml")) if "status: published" in path.read_text())
    record = next(path for path in published if "revisions:" not in path.read_text())
    text = record.read_text(encoding="utf-8").replace("title: ", "# 留下这条注释\ntitle: ", 1)
    _choose(page, [(record.name, text.encode())])
    _open_first(page, "打开更正")
    title = page.locator('[name="demand.0.title"]')
    before = title.input_value()
    title.fill("另一个示例名称")
    # From the step in which it was changed; what wants a look is shown in the last one.
    page.get_by_role("button", name="检查并取回文件").locator("visible=true").click()
    if page.locator("[data-warnings-seen]").is_visible():
        page.locator("[data-warnings-seen]").check()
        page.get_by_role("button", name="检查并取回文件").locator("visible=true").click()
    # What was published changes with a note to readers.
    page.get_by_label("更正说明").wait_for(timeout=START)
    page.get_by_label("更正说明").fill("名称写漏了。")
    page.get_by_role("button", name="写入更正说明").click()
    box = page.locator(".read-panel textarea")
    box.wait_for(state="attached", timeout=START)
    note = f"revisions:\n  - date: {desk.TODAY}\n    note: 名称写漏了。\n"
    changed = box.input_value()
    assert note in changed
    assert changed.replace(note, "") == text.replace(f"title: {before}", "title: 另一个示例名称")
    assert page.locator(".read-changes").inner_text().split("\n")[0] == "需求名称"

    # --- and reviewed ---
    page.get_by_role("button", name="保密审查", exact=True).click()
    page.get_by_label("审查日期").fill(_REVIEWED)
    page.get_by_label("第一名审查人的姓名").fill("示例审甲")
    page.get_by_label("第二名审查人的姓名").fill("示例审甲先生")
    page.get_by_role("button", name="确认不涉密，写入审查记录").click()
    expect(page.locator(".read-trouble")).to_contain_text("两名不同")
    assert violations(page) == []
    page.get_by_label("第二名审查人的姓名").fill("示例审乙")
    page.get_by_role("button", name="确认不涉密，写入审查记录").click()
    signed = page.locator(".read-panel textarea")
    signed.wait_for(state="attached")
    page.get_by_label("轮次").select_option("2024")
    page.get_by_label("所在区").select_option("zone")
    expect(page.locator(".file-path")).to_have_text(f"2024/zone/demands/{record.name}")
    asked_of = {"name": record.name, "reviewers": ["示例审甲", "示例审乙"], "date": _REVIEWED}
    assert signed.input_value() == json.loads(answer("reviewed", json.dumps(asked_of), text.encode()))["text"]

    # Whatever was asked for is the site's own; the profile's watch holds it against every request.
    assert {url.split("/desk/")[0] for url in asked} == {reading.watch.server}
    # Python was started several times; what it is made of came once.
    for name in ("pyodide.asm.wasm", "python_stdlib.zip", "program.zip", "started.bin"):
        assert len([path for path in _sent if path.endswith(name)]) == 1, name

    # --- who was here before: Python starts as soon as they come near, on from where it was kept, and reads the same ---
    starts: tuple[Callable[[], object], ...] = (
        lambda: page.locator("[data-drop]").hover(),
        lambda: page.locator("#drop-files").focus(),
        lambda: _drag_in(page),
        lambda: _open_dialog(page),
    )
    page.get_by_role("button", name="清空清单").click()
    for begin in starts:
        page.mouse.move(0, 0)
        _open(page, reading)
        page.wait_for_load_state("networkidle")
        with page.expect_request("**/pyodide.js"):
            begin()
    _choose(page, files)
    assert sorted(_text(form) for item in _items(page) for form in item["forms"]) == sorted(map(_text, read))
    assert [item["error"] for item in _items(page) if "error" in item] == [
        one["error"] for one in told if "error" in one
    ]
    # Where Python went on from what was kept, nothing is asked for once more.
    assert len([url for url in asked if url.endswith("started.bin")]) == 1
    # A memory that was damaged is made anew.
    page.evaluate("""async () => {
      for (const name of await caches.keys()) {
        const store = await caches.open(name);
        const [key] = (await store.keys()).filter(({ url }) => url.endsWith("started.bin"));
        if (key) await store.put(key, new Response(new Uint8Array(4096)));
      }
    }""")
    _open(page, reading)
    page.get_by_role("button", name="清空清单").click()
    _choose(page, [("需求表.docx", form)])
    assert _text(_items(page)[0]["forms"]) == _text(_expected("需求表.docx", form)["forms"])
    _wait_until_kept(page)


def test_a_page_without_the_reader_says_so(reader: Page, server: str) -> None:
    reader.goto(f"{server}/desk/submit/")
    expect(reader.locator("[data-drop-absent]")).to_be_visible()
    assert reader.locator("#drop-files").is_hidden()


def test_a_program_that_does_not_come_is_told(page: Page, reading: Profile) -> None:
    page.route("**/assets/reader.json", lambda route: route.abort())
    _told_of_failure(page, reading, "没有取到读表格的程序")


def _told_of_failure(page: Page, reading: Profile, told: str) -> None:
    _open(page, reading)
    page.set_input_files("#drop-files", {"name": "form.docx", "mimeType": "", "buffer": make.annex1_docx()})
    expect(page.locator(".read-failed")).to_contain_text(told, timeout=START)
    reading.watch.complaints.clear()


def test_a_browser_that_is_too_old_is_told_so_before_anything_large_is_fetched(page: Page, reading: Profile) -> None:
    def answer_as_an_old_browser(route: Route) -> None:
        script = route.fetch().text()
        refused = 'WebAssembly.compile = async () => { throw new WebAssembly.CompileError("old"); };'
        route.fulfill(body=refused + script, content_type="text/javascript")

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("**/reader/worker.*.js", answer_as_an_old_browser)
    _told_of_failure(page, reading, "浏览器版本太旧")
    assert not [url for url in asked if url.endswith((".wasm", ".zip"))]


def test_a_machine_that_is_refused_is_told(page: Page, reading: Profile) -> None:
    page.route("**/pyodide.asm.wasm", lambda route: route.fulfill(body=b"none", content_type="application/wasm"))
    _told_of_failure(page, reading, "没有取到读表格的程序")


def test_a_form_of_another_tab_is_not_found_and_the_page_says_so(page: Page, reading: Profile) -> None:
    page.goto(f"{reading.watch.server}/desk/submit/demand/#file=abc")
    expect(page.locator("[data-draft-status]")).to_contain_text("没有读出的文件")
