"""`jiebang build` as the bureau's maintainer meets it: what goes out, what stops it, and that the last good site always stays."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from jiebang import whole_files
from jiebang.build import staging
from jiebang.build.staging import MARKER, staging_for, switch
from jiebang.errors import UserError
from tests.conftest import SAMPLE, Run
from tests.reviews import renew_reviews
from tests.turns import at_night

HOME = SAMPLE.parent


def _digest(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _build(run: Run, base: Path, out: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return run("build", "--catalogue", base, "--out", out, *more, **environment)


@pytest.fixture
def site(built_base: Path, tmp_path: Path) -> Path:
    """A site built from the base catalogue."""
    return shutil.copytree(built_base, tmp_path / "public")


def _edit(base: Path, path: str, old: str, new: str) -> None:
    text = (base / path).read_text(encoding="utf-8")
    assert old in text
    (base / path).write_text(text.replace(old, new), encoding="utf-8")
    renew_reviews(base)


DEMAND = "2024/qiaokou/demands/d-aaaaaaa1.yml"


def test_there_is_one_page_per_published_demand(site: Path) -> None:
    pages = sorted(path.parent.name for path in site.glob("demands/d-*/index.html"))
    assert pages == ["d-aaaaaaa1", "d-bbbbbbb2"]


def test_the_summary_tells_what_went_out_and_what_was_held_back(run: Run, base: Path, tmp_path: Path) -> None:
    done = _build(run, base, tmp_path / "public")
    assert "公开需求 2 项，其中 1 项不公开企业名称" in done.stderr
    assert "未公开 1 项：状态为“区报送”（D-CCCCCCC3）" in done.stderr
    assert "jiebang serve" in done.stderr


def test_nothing_private_of_the_sample_is_in_any_file(run: Run, tmp_path: Path) -> None:
    """Canaries: every private field of a copy of the sample gets a token of its own; none may come out."""
    copy = tmp_path / "catalogue"
    shutil.copytree(SAMPLE, copy)
    out = tmp_path / "public"
    assert _build(run, copy, out).returncode == 0
    before = _digest(out)
    changed = 0
    for path in sorted(copy.rglob("*/*/*/*.yml")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            key, _, value = line.partition(": ")
            if key in _CANARY_KEYS.get(path.parent.name, set()) and value not in {"", "|"}:
                lines[number] = f"{key}: 金丝雀{changed:04d}{value}"
                changed += 1
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert changed > 300
    done = _build(run, copy, out)
    assert done.returncode == 0, done.stdout[-2000:]
    for path in out.rglob("*"):
        assert path.is_dir() or "金丝雀" not in path.read_text(encoding="utf-8", errors="replace")
    assert _digest(out) == before


# Keys as they are indented: a demand's own note is private, the one under 合作方式 is public.
_CANARY_KEYS = {
    "enterprises": {"address", "  position", "note", "profile"},
    "demands": {"original_text", "note", "returned_reason"},
    "applications": {
        "feedback",
        "cooperation",
        "note",
        "profile",
        "capability",
        "  team",
        "  goals",
        "  route",
        "  schedule",
        "  risks",
    },
}


def test_a_finding_stops_the_build_and_the_site_stays(run: Run, base: Path, site: Path) -> None:
    before = _digest(site)
    _edit(base, DEMAND, "no_secrets: 是", "no_secrets: 否")
    done = _build(run, base, site)
    assert done.returncode == 1
    assert "R381" in done.stdout
    assert "网站没有更新" in done.stderr
    assert _digest(site) == before


@pytest.mark.parametrize(
    "private", ["示例重工（武汉）集团有限公司", "02712345670", "large1@example.com", "91000000000010014Q"]
)
def test_a_private_value_typed_into_a_public_field_is_stopped(run: Run, base: Path, site: Path, private: str) -> None:
    before = _digest(site)
    _edit(base, DEMAND, "effect: 适配", f"effect: {private} 适配")
    done = _build(run, base, site)
    assert done.returncode == 1
    assert "网站没有更新" in done.stderr
    assert private not in done.stdout + done.stderr
    assert _digest(site) == before


def test_a_private_edit_changes_no_byte(run: Run, base: Path, site: Path) -> None:
    before = _digest(site)
    enterprise = "2024/qiaokou/enterprises/e-aaaaaaa1.yml"
    _edit(base, enterprise, "示例重工（武汉）集团有限公司", "示例船舶（荆州）有限公司")
    _edit(base, enterprise, "02712345670", "02798765432")
    _edit(base, enterprise, "registered_capital: 12000", "registered_capital: 34567")
    _edit(base, "2024/qiaokou/applications/a-aaaaaaa1.yml", "采用磷氮协效阻燃体系", "采用硅系阻燃体系")
    assert _build(run, base, site).returncode == 0
    assert _digest(site) == before


def test_a_withdrawn_demand_leaves_its_code_and_day_and_nothing_else(run: Run, base: Path, site: Path) -> None:
    of_programme = {path: path.read_bytes() for path in site.glob("[gs]u*/**/*.html")}
    text = (base / DEMAND).read_text(encoding="utf-8")
    withdrawn = text.replace("status: published", "status: withdrawn").replace(
        "dates:\n", "dates:\n  withdrawn: 2024-09-15\n"
    )
    (base / DEMAND).write_text(withdrawn, encoding="utf-8")
    assert _build(run, base, site).returncode == 0
    everything = {
        path: path.read_text(encoding="utf-8", errors="replace") for path in site.rglob("*") if path.is_file()
    }
    for trace in ("D-AAAAAAA1", "d-aaaaaaa1", "电池外壳用阻燃改性材料", "2024-10-08"):
        found = [
            path.relative_to(site) for path, content in everything.items() if trace in content or trace in path.name
        ]
        # The guides and the web form show the programme's own specimen, which the base catalogue uses too: not one byte of them
        # depends on the demand.
        assert [path for path in found if (site / path).read_bytes() != of_programme.get(site / path)] == []
    stones = {path.relative_to(site).as_posix() for path, content in everything.items() if "Q2-0001" in content}
    # The specimen of the guides, the web form and the published schemas has the same code.
    stones = {path for path in stones if not path.startswith(("guide/", "submit/", "data/v1/schema/"))}
    assert stones == {"withdrawn/index.html", "rounds/2024/index.html", "data/v1/withdrawn.json"}
    assert "2024-09-15" in (site / "withdrawn/index.html").read_text(encoding="utf-8")


def test_an_empty_catalogue_is_refused_unless_told_otherwise(run: Run, base: Path, site: Path) -> None:
    before = _digest(site)
    for path in base.glob("2024/*/*/*.yml"):
        path.unlink()
    refused = _build(run, base, site)
    assert (refused.returncode, "--allow-shrink" in refused.stderr) == (1, True)
    assert _digest(site) == before
    assert _build(run, base, site, "--allow-shrink").returncode == 0
    assert not list(site.glob("demands/d-*"))


def test_a_catalogue_that_shrank_by_more_than_half_is_refused(run: Run, base: Path, site: Path) -> None:
    (site / MARKER).write_text(json.dumps({"demands": 5}), encoding="utf-8")
    done = _build(run, base, site)
    assert done.returncode == 1
    assert "5 项" in done.stderr


@pytest.mark.parametrize("where", ["catalogue", ".", "catalogue/inside"])
def test_a_folder_that_must_stay_is_never_replaced(run: Run, base: Path, where: str) -> None:
    done = run("build", "--catalogue", "catalogue", "--out", where, cwd=base.parent)
    assert done.returncode == 1
    assert (base / "districts.yml").is_file()


def test_a_folder_with_other_things_in_it_is_never_replaced(run: Run, base: Path, tmp_path: Path) -> None:
    out = tmp_path / "documents"
    out.mkdir()
    (out / "thesis.docx").write_text("ten years", encoding="utf-8")
    done = _build(run, base, out)
    assert done.returncode == 1
    assert (out / "thesis.docx").read_text(encoding="utf-8") == "ten years"


def test_a_link_in_place_of_the_output_is_refused(run: Run, base: Path, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "real")
    assert _build(run, base, tmp_path / "public").returncode == 1


def _leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if ".staging-" in path.name or ".old-" in path.name]


def test_killing_a_build_at_any_point_leaves_the_site(base: Path, site: Path, tmp_path: Path) -> None:
    before = _digest(site)
    _edit(base, DEMAND, "schedule: 1 年", "schedule: 2 年")
    command = [sys.executable, "-m", "jiebang", "build", "--catalogue", str(base), "--out", str(site)]
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    whole = time.perf_counter() - started
    after = _digest(site)
    assert after != before
    kills = 24 if at_night() else 2
    for number in range(kills):
        _edit(base, DEMAND, f"schedule: {number + 2} 年", f"schedule: {number + 3} 年")
        known = _digest(site)
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tmp_path)
        time.sleep(whole * (number + 1) / kills)
        process.send_signal(signal.SIGKILL)
        process.wait()
        found = _digest(site)
        if found != known:
            text = (site / "demands/d-aaaaaaa1/index.html").read_text(encoding="utf-8")
            assert f"{number + 3} 年" in text
            assert found.keys() == known.keys() or MARKER in found
    assert subprocess.run(command, check=True, capture_output=True, cwd=tmp_path).returncode == 0
    assert _leftovers(site.parent) == []


def test_a_full_disk_leaves_the_site_and_says_so(base: Path, site: Path, tmp_path: Path) -> None:
    before = _digest(site)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))

    done = subprocess.run(
        [sys.executable, "-m", "jiebang", "build", "--catalogue", str(base), "--out", str(site)],
        preexec_fn=small_files, capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "原来的网站没有改动" in done.stderr
    assert _digest(site) == before
    assert _leftovers(site.parent) == []


def test_an_output_that_cannot_be_written_is_answered(run: Run, base: Path) -> None:
    done = _build(run, base, Path("/proc/public"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "写不了" in done.stderr


def test_two_builds_at_once_do_not_meet(base: Path, tmp_path: Path) -> None:
    out = tmp_path / "public"
    with staging_for(out, base, HOME), pytest.raises(UserError, match="另一次构建"), staging_for(out, base, HOME):
        pytest.fail("the second build began")


def test_nothing_of_a_lock_is_left(base: Path, tmp_path: Path) -> None:
    out, lock = tmp_path / "preview", tmp_path / ".preview.lock"
    lock.touch()  # as a killed build leaves it
    with staging_for(out, base, HOME):
        assert lock.exists()
    assert not lock.exists()
    with pytest.raises(UserError, match="停"), staging_for(out, base, HOME):
        raise UserError("停", "")
    assert not lock.exists()


def test_a_reader_never_meets_a_mixture_through_a_hundred_switches(tmp_path: Path) -> None:
    out = tmp_path / "public"
    seen: list[tuple[str, str]] = []
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            handle = os.open(out, os.O_RDONLY)
            try:
                pair = []
                for name in ("a", "b"):
                    with os.fdopen(os.open(name, os.O_RDONLY, dir_fd=handle)) as stream:
                        pair.append(stream.read())
                seen.append((pair[0], pair[1]))
            except FileNotFoundError:
                # The folder was opened before the switch and cleared after it; the name itself never goes missing.
                pass
            finally:
                os.close(handle)

    def make(number: int) -> None:
        folder = tmp_path / f".public.staging-{number}"
        folder.mkdir()
        for name in ("a", "b"):
            (folder / name).write_text(str(number), encoding="utf-8")
        switch(folder, out)

    make(0)
    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, 101):
        make(number)
    over.set()
    reader.join()
    assert seen
    assert all(a == b for a, b in seen)


def test_a_switch_of_two_renames_that_was_cut_is_mended(
    tmp_path: Path, base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "public"
    out.mkdir()
    (out / MARKER).write_text("{}", encoding="utf-8")
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)
    folder = tmp_path / ".public.staging-x"
    folder.mkdir()
    switch(folder, out)
    assert out.is_dir() and not (out / MARKER).exists()
    out.rename(tmp_path / ".public.old-0")
    with staging_for(out, base, HOME):
        assert out.is_dir()


@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize("fault", [KeyboardInterrupt, OSError(5, "EIO")])
def test_a_switch_of_two_renames_that_fails_half_way_puts_the_old_site_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: BaseException, at: int
) -> None:
    out, folder = tmp_path / "public", tmp_path / ".public.staging-x"
    for made in (out, folder):
        made.mkdir()
        (made / MARKER).write_text(made.name, encoding="utf-8")
    monkeypatch.setattr(staging, "_exchange", lambda one, other: False)
    rename, calls = Path.rename, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == at:
            raise fault
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises((KeyboardInterrupt, OSError)):
        switch(folder, out)
    assert (out / MARKER).read_text(encoding="utf-8") == "public"
    assert not (tmp_path / ".public.old-0").exists()


def test_a_site_is_on_the_disk_before_it_is_switched_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, base = tmp_path / "public", tmp_path / "catalogue"
    base.mkdir()
    asked: list[int] = []

    def refused(handle: int) -> None:
        asked.append(handle)
        assert not out.exists()
        raise OSError(5, "EIO")

    monkeypatch.setattr(whole_files, "_synchronise", refused)
    with pytest.raises(UserError), staging_for(out, base, HOME) as made:
        made.write("index.html", b"new")
        made.keep()
    assert len(asked) == 1 and not out.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["catalogue"]
