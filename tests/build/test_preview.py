"""`jiebang serve`: shows the site, follows edits, touches only what changed, keeps the last good state, tells the browser."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from jiebang.build import preview as preview_module
from jiebang.build.afterwards import Afterwards
from jiebang.build.preview import Preview, StoppedError
from jiebang.build.refusals import refuse_leaks
from jiebang.build.server import PreviewServer
from jiebang.catalogue import load
from jiebang.errors import UserError
from jiebang.mapping import Maps
from jiebang.publication import Leak, publish
from jiebang.rules.judgement import judge_whole
from tests.reviews import renew_reviews

DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"


def _edit(base: Path, old: str, new: str) -> None:
    text = (base / DEMAND).read_text(encoding="utf-8")
    assert old in text
    (base / DEMAND).write_text(text.replace(old, new), encoding="utf-8")
    renew_reviews(base)


_KNOWN = Maps(jobs=1)


def _preview(base: Path) -> Preview:
    """A preview that need not work out again what an earlier test looked at: only what is edited is new."""
    return Preview(base, _KNOWN)


def test_an_edit_changes_only_what_it_touches_and_equals_a_clean_start(base: Path) -> None:
    preview = _preview(base)
    preview.refresh()
    before = preview.files
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    refreshed = preview.refresh()
    changed = {path for path, content in preview.files.items() if before.get(path) != content}
    assert "demands/d-aaaaaaa1/index.html" in changed
    assert "demands/d-bbbbbbb2/index.html" not in changed
    assert not any(path.startswith("guide/") for path in changed)
    assert refreshed.changed >= len(changed)
    clean = Preview(base)
    clean.refresh()
    assert clean.files == preview.files


def test_a_demand_that_is_shown_again_without_a_commit_has_its_history(base: Path) -> None:
    for application in (base / "2024/qiaokou/applications").iterdir():
        application.unlink()
    for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "示例"]):
        subprocess.run(["git", "-C", str(base), *command], check=True, capture_output=True)
    file = base / DEMAND
    shown = file.read_text(encoding="utf-8")
    preview = _preview(base)
    recommended = re.sub(r"^  (published|apply_by): .*\n", "", shown, flags=re.MULTILINE)
    file.write_text(recommended.replace("status: published", "status: recommended"), encoding="utf-8")
    assert preview.refresh().publication is not None
    assert "D-AAAAAAA1" not in preview._history.demands
    file.write_text(shown, encoding="utf-8")
    assert preview.refresh().publication is not None
    assert "D-AAAAAAA1" in preview._history.demands


def test_a_text_can_be_seen_before_it_is_reviewed_and_built_only_afterwards(base: Path) -> None:
    text = (base / DEMAND).read_text(encoding="utf-8")
    (base / DEMAND).write_text(text.replace("schedule: 1 年", "schedule: 27 个月"), encoding="utf-8")
    preview = _preview(base)
    refreshed = preview.refresh()
    assert "27 个月" in preview.files["demands/d-aaaaaaa1/index.html"].decode()
    assert [p.code for p in refreshed.problems] == ["R421"]
    assert "D-AAAAAAA1" not in {d.id for d in publish(load(base)[0], {}).site.demands}


def test_an_edited_demand_is_shown_before_the_whole_is_judged(base: Path) -> None:
    preview = _preview(base)
    preview.refresh()
    before = preview.files
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    assert preview.glance({base / DEMAND})
    page = "demands/d-aaaaaaa1/index.html"
    assert {path for path, content in preview.files.items() if before[path] != content} == {page}
    glanced = preview.files[page]
    preview.refresh()
    assert preview.files[page] == glanced
    assert not preview.glance({base / DEMAND})


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("schedule: 1 年", "schedule: 请联系示例重工"),
        ("schedule: 1 年", "schedule: 电话 13800138000"),
        ("schedule: 1 年", "schedule: [1 年"),
        ("enterprise: E-AAAAAAA1", "enterprise: E-BBBBBBB2"),
        ("status: published", "status: withdrawn"),
    ],
)
def test_what_takes_more_than_a_look_at_one_file_is_not_shown_at_once(base: Path, old: str, new: str) -> None:
    preview = _preview(base)
    preview.refresh()
    before = preview.files
    _edit(base, old, new)
    assert not preview.glance({base / DEMAND})
    assert preview.files is before


def test_other_files_are_left_to_the_whole(base: Path) -> None:
    preview = _preview(base)
    assert not preview.glance({base / DEMAND})
    preview.refresh()
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    assert not preview.glance({base / DEMAND, base / "districts.yml"})
    (base / "new.yml").touch()
    assert not preview.glance({base / "new.yml"})


def test_a_demand_saved_aside_and_renamed_is_shown_at_once(base: Path) -> None:
    preview = _preview(base)
    preview.refresh()
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    assert preview.glance({base / DEMAND, base / "2024/qiaokou/demands/.d-aaaaaaa1.yml.swp"})


PAGE = "demands/d-aaaaaaa1/index.html"


class _Slowly:
    """A judgement of the whole that stands still at a step until it is let go, in a thread of its own."""

    def __init__(self, preview: Preview, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
        real = getattr(preview_module, step)
        self._reached, self._free = threading.Event(), threading.Event()
        self.raised: BaseException | None = None

        def slow(*arguments: Any, **named: Any) -> Any:
            done = real(*arguments, **named)
            self._reached.set()
            assert self._free.wait(60)
            return done

        def judge() -> None:
            try:
                preview.refresh()
            except (StoppedError, UserError) as error:
                self.raised = error

        monkeypatch.setattr(preview_module, step, slow)
        self._thread = threading.Thread(target=judge)
        self._thread.start()
        assert self._reached.wait(60)
        monkeypatch.setattr(preview_module, step, real)

    def let_go(self) -> None:
        self._free.set()
        self._thread.join(60)
        assert not self._thread.is_alive()


STEPS = ["judge_whole", "planned", "finish_files"]


@pytest.mark.parametrize("step", STEPS)
def test_an_edit_is_shown_while_the_whole_is_judged_and_nothing_older_after_it(
    base: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    preview = _preview(base)
    preview.refresh()
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    judgement = _Slowly(preview, monkeypatch, step)
    _edit(base, "schedule: 18 个月", "schedule: 30 个月")
    assert preview.glance({base / DEMAND})
    shown = preview.files
    assert "30 个月" in shown[PAGE].decode()
    judgement.let_go()
    assert isinstance(judgement.raised, StoppedError)
    assert preview.files is shown
    preview.refresh()
    clean = Preview(base)
    clean.refresh()
    assert preview.files == clean.files


def test_an_edit_that_takes_more_than_a_look_outdates_what_is_being_judged(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview = _preview(base)
    preview.refresh()
    before = preview.files
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    judgement = _Slowly(preview, monkeypatch, "judge_whole")
    _edit(base, "schedule: 18 个月", "schedule: [18 个月")
    assert not preview.glance({base / DEMAND})
    judgement.let_go()
    assert isinstance(judgement.raised, StoppedError)
    assert preview.files is before


def test_what_was_wrong_before_the_last_edit_is_not_told(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = _preview(base)
    preview.refresh()
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    monkeypatch.setattr(preview_module, "refuse_leaks", lambda leaks: refuse_leaks([Leak("a.html", "a.yml", "名称")]))
    judgement = _Slowly(preview, monkeypatch, "leaks_in_view")
    preview.give_up()
    judgement.let_go()
    assert isinstance(judgement.raised, StoppedError)


@pytest.mark.parametrize("private", ["示例重工", "13800138000"])
def test_what_is_shown_while_the_whole_is_judged_is_looked_through(
    base: Path, monkeypatch: pytest.MonkeyPatch, private: str
) -> None:
    preview = _preview(base)
    preview.refresh()
    before = preview.files
    _edit(base, "schedule: 1 年", "schedule: 18 个月")
    judgement = _Slowly(preview, monkeypatch, "planned")
    _edit(base, "schedule: 18 个月", f"schedule: 18 个月，{private}")
    assert not preview.glance({base / DEMAND})
    judgement.let_go()
    assert preview.files is before


def test_the_first_site_is_shown_even_if_it_is_out_of_date(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    preview = _preview(base)
    real = judge_whole

    def and_somebody_saves(*arguments: Any) -> Any:
        judged = real(*arguments)
        assert not preview.glance({base / DEMAND})
        return judged

    monkeypatch.setattr(preview_module, "judge_whole", and_somebody_saves)
    preview.refresh(whatever_happens=True)
    assert PAGE in preview.files


def test_errors_keep_the_last_good_state(base: Path) -> None:
    preview = _preview(base)
    preview.refresh()
    before = preview.files
    _edit(base, "no_secrets: 是", "no_secrets: 否")
    refreshed = preview.refresh()
    assert refreshed.publication is None
    assert [p.code for p in refreshed.problems] == ["R381"]
    assert preview.files is before
    _edit(base, "no_secrets: 否", "no_secrets: 是")
    assert preview.refresh().changed == 0


def test_an_empty_catalogue_can_be_previewed(base: Path) -> None:
    for path in base.glob("2024/*/*/*.yml"):
        path.unlink()
    preview = _preview(base)
    preview.refresh()
    assert "index.html" in preview.files


def test_work_is_done_once_after_the_last_time_it_was_asked_for_and_never_twice_at_once() -> None:
    done: list[str] = []
    begun, go_on, told = threading.Event(), threading.Event(), threading.Semaphore(0)

    def work() -> None:
        done.append("begun")
        begun.set()
        assert go_on.wait(60)
        done.append("ended")
        told.release()

    with Afterwards(work, go_on.set) as afterwards:
        afterwards.ask(3600)
        afterwards.ask()
        assert begun.wait(60)
        # Whoever asks does not wait, and what was asked meanwhile, however often, is done once.
        afterwards.ask(3600)
        afterwards.ask()
        go_on.set()
        assert told.acquire(timeout=60)
        assert told.acquire(timeout=60)
        afterwards.ask(3600)
    assert done == ["begun", "ended"] * 2


def _get(port: int, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def test_the_server_answers_pages_folders_and_lost_ways(base: Path) -> None:
    preview = _preview(base)
    preview.refresh()
    with PreviewServer(preview, 0) as server:
        status, headers, body = _get(server.port, "/")
        assert (status, headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert b"/__jiebang/reload.js" in body
        assert b"/__jiebang/" not in preview.files["index.html"]
        status, headers, _ = _get(server.port, "/demands")
        assert (status, headers["location"]) == (301, "/demands/")
        assert _get(server.port, "/demands/d-aaaaaaa1/?q=%E7%94%B5")[0] == 200
        assert _get(server.port, "/nothing/")[0] == 404
        assert _get(server.port, "/../../etc/passwd")[0] == 404
        home = json.loads(_get(server.port, "/__jiebang/state?page=/&seen=")[2])
        assert home["trouble"] == ""
        other = json.loads(_get(server.port, "/__jiebang/state?page=/demands/d-aaaaaaa1/&seen=")[2])
        lost = json.loads(_get(server.port, "/__jiebang/state?page=/nothing/&seen=")[2])
        assert len({home["version"], other["version"], lost["version"]}) == 3
        server.announce_trouble("有错误")
        assert json.loads(_get(server.port, "/__jiebang/state?seen=")[2])["trouble"] == "有错误"


@contextmanager
def _serving(base: Path, cwd: Path) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "jiebang", "serve", "--catalogue", str(base), "--port", "0"],
        stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, encoding="utf-8", cwd=cwd, env={**os.environ, "COLUMNS": "200"},
        # A shell lets what it runs in the background ignore the interrupt, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )  # fmt: skip
    assert process.stderr is not None
    try:
        for line in process.stderr:
            if "http://127.0.0.1:" in line:
                yield int(line.split("127.0.0.1:")[1].split("/")[0])
                break
        else:
            pytest.fail("serve did not start")
    finally:
        process.send_signal(signal.SIGINT)
        process.stderr.close()
        try:
            assert process.wait(timeout=60) in {0, 1}
        finally:
            process.kill()


def test_the_command_serves_and_follows_an_edit(base: Path, tmp_path: Path) -> None:
    with _serving(base, tmp_path) as port:
        assert "1 年" in _get(port, "/demands/d-aaaaaaa1/")[2].decode()
        state = "/__jiebang/state?page=/demands/d-aaaaaaa1/&seen="
        version = json.loads(_get(port, state)[2])["version"]
        _edit(base, "schedule: 1 年", "schedule: 30 个月")
        deadline = time.monotonic() + 20
        while json.loads(_get(port, f"{state}{version}")[2])["version"] == version:
            assert time.monotonic() < deadline
        assert "30 个月" in _get(port, "/demands/d-aaaaaaa1/")[2].decode()


def test_a_taken_port_is_answered_with_a_way_out(base: Path, tmp_path: Path) -> None:
    with _serving(base, tmp_path) as port:
        done = subprocess.run(
            [sys.executable, "-m", "jiebang", "serve", "--catalogue", str(base), "--port", str(port)],
            capture_output=True, text=True, encoding="utf-8", check=False, timeout=60,
        )  # fmt: skip
    assert done.returncode == 1
    assert "--port 8001" in done.stderr
    assert "Traceback" not in done.stderr
