"""Takes the pictures of the guides anew: `.venv/bin/python -m tests.browser.take_pictures`. Not a test; run it when a page looks different.

Then `pngquant --force --ext .png --strip 64 site/assets/images/guide-*.png`: a picture of a guide may have 60 KB.

They show real pages and real answers of the program, on a fictional form and the records of a fictional city.
"""

from __future__ import annotations

import functools
import html
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from jiebang.resources import READER_VARIABLE
from tests.browser.chromium import QUIET, executable
from tests.conftest import FIXTURES, ROOT
from tests.reviews import renew_reviews

_START = 240_000
"""Milliseconds until the program runs in the browser."""
IMAGES = ROOT / "site" / "assets" / "images"
_TERMINAL = """<meta charset="utf-8"><style>
body {{ margin: 0; background: #12212a; }}
pre {{ margin: 0; padding: 22px 26px; color: #e3e9ea; font: 15px/1.65 "Noto Sans Mono CJK SC", monospace; white-space: pre-wrap; }}
b {{ color: #86d3a8; font-weight: 400; }} i {{ color: #e3c27a; font-style: normal; }}
</style><pre>{text}</pre>"""


def _run(*arguments: str, cwd: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jiebang", *arguments],
        cwd=cwd,
        env={**os.environ, "COLUMNS": "96", READER_VARIABLE: str(ROOT / "reader")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stdout + done.stderr


def _keep(browser: Browser, address: str, name: str, width: int, height: int, prepare: str = "") -> None:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light", device_scale_factor=1)
    page.goto(address)
    page.wait_for_timeout(500)
    if prepare:
        page.evaluate(prepare)
        page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / name)
    page.close()


ROUND, DISTRICT = "2026", "shili"
"""As the guide beside the pictures names them."""
_PLACES = {
    "2030-q2": ROUND,
    "2030年第二季度": f"{ROUND}年度",
    "2030-": "2026-",
    "2031-": "2027-",
    "dongqu": DISTRICT,
    "示例东区": "示例区",
    "示例二市": "示例市",
}


def anywhere(catalogue: Path) -> None:
    """Pictures are for every city: the records are those of the fictional one, its places those of the guide."""
    shutil.copytree(FIXTURES / "second-city", catalogue, ignore=shutil.ignore_patterns("2030-q1"))
    (catalogue / "2030-q2" / "dongqu").rename(catalogue / "2030-q2" / DISTRICT)
    (catalogue / "2030-q2").rename(catalogue / ROUND)
    for file in catalogue.rglob("*.yml"):
        text = file.read_text("utf-8")
        if "status: returned" in text:
            file.unlink()
            continue
        for ours, theirs in _PLACES.items():
            text = text.replace(ours, theirs)
        file.write_text(text, encoding="utf-8")
    renew_reviews(catalogue)


def _form(scratch: Path) -> None:
    """The form of an enterprise of the sample as its clerk could have filled it: one number is not certain."""
    enterprise = next(
        path
        for path in sorted((scratch / "catalogue" / ROUND / DISTRICT).rglob("enterprises/*.yml"))
        if "disclosure: 公开" in path.read_text("utf-8")
    )
    staff = next(line for line in enterprise.read_text("utf-8").splitlines() if line.startswith("employees: "))
    exported = scratch / "exported.docx"
    print(_run("export", enterprise.stem.upper(), "--form", "docx", "--out", str(exported), cwd=scratch))
    number = staff.removeprefix("employees: ")
    with zipfile.ZipFile(exported) as source, zipfile.ZipFile(scratch / "需求表.docx", "w") as target:
        for member in source.infolist():
            data = source.read(member)
            if member.filename == "word/document.xml":
                data = data.replace(f">{number}<".encode(), f">约 {number} 人<".encode())
            target.writestr(member, data)
    # As when the form comes in: none of its records are there yet.
    shutil.rmtree(enterprise.parents[1])


def _terminal(browser: Browser, command: str, said: str, name: str, scratch: Path) -> None:
    lines = [f"<b>$</b> {html.escape(command)}"]
    for line in said.splitlines():
        shown = html.escape(line)
        lines.append(f"<i>{shown}</i>" if "请人工核对" in line else f"<b>{shown}</b>" if "→" in line else shown)
    page = scratch / "terminal.html"
    page.write_text(_TERMINAL.format(text="\n".join(lines)), encoding="utf-8")
    _keep(browser, page.as_uri(), name, 800, 640)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _edited(scratch: Path) -> Path:
    """A repository with a proposal that moves one deadline."""
    folder = scratch / "repository"
    shutil.copytree(scratch / "catalogue", folder / "catalogue")
    demand = next(p for p in sorted(folder.rglob("demands/*.yml")) if "status: published" in p.read_text("utf-8"))
    git = ("git", "-c", "user.name=示例", "-c", "user.email=test@example.com")
    for step in (("init", "-q", "-b", "main"), ("add", "."), ("commit", "-qm", "base"), ("switch", "-qc", "proposal")):
        subprocess.run([*git, *step], cwd=folder, check=True)
    text = demand.read_text("utf-8")
    day = next(line for line in text.splitlines() if line.startswith("  apply_by: "))
    demand.write_text(text.replace(day, f"{day[:-5]}12-31"), encoding="utf-8")
    subprocess.run([*git, "commit", "-qam", "proposal"], cwd=folder, check=True)
    return folder


def _dropped(browser: Browser, address: str, file: Path, width: int, height: int) -> Page:
    """The page that takes forms and records, with a file read."""
    size: ViewportSize = {"width": width, "height": height}
    page = browser.new_page(viewport=size, color_scheme="light", device_scale_factor=1)
    page.goto(f"{address}submit/")
    page.set_input_files("#drop-files", file)
    page.locator(".read-item").wait_for(timeout=_START)
    return page


def _journey(browser: Browser, address: str, scratch: Path) -> None:
    """A dropped form with a question, and a demand on its way; needs `make reader`."""
    page = _dropped(browser, address, scratch / "需求表.docx", 800, 560)
    page.get_by_role("link", name="打开填写").click()
    page.locator(".read-from").wait_for()
    page.locator('.progress a[href="#s-scale"]').click()
    page.evaluate(
        "window.scrollTo(0, document.querySelector('[data-question=\"enterprise.employees\"]').offsetTop - 40)"
    )
    page.screenshot(path=IMAGES / "guide-journey-mend.png")
    page.close()

    demands = sorted((scratch / "whole" / "catalogue").rglob("demands/*.yml"))
    published = next(path for path in demands if "status: published" in path.read_text("utf-8"))
    page = _dropped(browser, address, published, 800, 500)
    page.get_by_role("button", name="办理下一步").click()
    page.get_by_role("button", name="期满无人揭榜", exact=True).click()
    page.get_by_label("验收或结束日期").fill("2027-01-05")
    page.get_by_role("button", name="期满无人揭榜：").click()
    page.locator(".read-place").wait_for(timeout=_START)
    page.evaluate("document.querySelector('.read-item').scrollIntoView()")
    page.screenshot(path=IMAGES / "guide-journey-step.png")
    page.close()


def main() -> None:
    """All pictures, one after another."""
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        scratch = Path(name)
        browser = playwright.chromium.launch(executable_path=executable(), args=list(QUIET))
        anywhere(scratch / "catalogue")
        shutil.copytree(scratch / "catalogue", scratch / "whole" / "catalogue")
        _form(scratch)
        command = ("import", "需求表.docx", "--round", ROUND, "--district", DISTRICT, "--dry-run")
        _terminal(browser, f"jiebang {' '.join(command)}", _run(*command, cwd=scratch), "guide-import.png", scratch)

        print(
            _run(
                "build",
                "--catalogue",
                str(scratch / "whole" / "catalogue"),
                "--out",
                str(scratch / "public"),
                cwd=scratch,
            )
        )
        with _served(scratch / "public") as address:
            focus = "document.querySelector('.progress').scrollIntoView()"
            _keep(browser, f"{address}submit/demand/#s-enterprise", "guide-form.png", 390, 720, focus)
            _journey(browser, address, scratch)

        repository = _edited(scratch / "whole")
        asked = ("--repository", str(repository), "--base", "main", "--head", "proposal")
        print(_run("preview", *asked, "--out", str(scratch / "preview"), cwd=scratch))
        with _served(scratch / "preview") as address:
            focus = "document.querySelector('.crumbs').scrollIntoView()"
            _keep(browser, f"{address}demands/changes/", "guide-review.png", 800, 500, focus)
        browser.close()


if __name__ == "__main__":
    main()
