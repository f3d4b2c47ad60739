"""`jiebang verify`: the site as it was built, in a folder and as a web server gives it, or every difference by name."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest

from jiebang.publication.manifest import MANIFEST, read_manifest
from tests.conftest import Run


@pytest.fixture
def site(built_base: Path, tmp_path: Path) -> Path:
    """A copy of a built site, to be changed at will."""
    return Path(shutil.copytree(built_base, tmp_path / "public"))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[str]:
    """The address of the test's folder on a server of this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def _differences(run: Run, *arguments: object) -> set[tuple[str, str]]:
    done = run("verify", *arguments, "--format", "json")
    told = {(one["path"], one["what"]) for one in json.loads(done.stdout)["differences"]}
    assert done.returncode == (1 if told else 0), done.stderr
    return told


def test_every_file_of_a_site_is_listed_with_its_sha256_and_nothing_else(built_base: Path) -> None:
    listed = read_manifest((built_base / MANIFEST).read_bytes())
    files = {
        path.relative_to(built_base).as_posix(): sha256(path.read_bytes()).digest()
        for path in built_base.rglob("*")
        if path.is_file()
    }
    assert files.keys() - listed.keys() == {MANIFEST, ".jiebang-site"}
    assert listed == {path: files[path] for path in listed}


def test_a_site_as_it_was_built(run: Run, built_base: Path, site: Path, served: str) -> None:
    assert not _differences(run, site)
    assert not _differences(run, site, "--against", built_base)
    assert not _differences(run, f"{served}public/", "--against", built_base)
    told = run("verify", f"{served}public")
    assert told.returncode == 0 and "与生成时完全相同" in told.stdout, told.stderr


def test_each_difference_of_a_folder_is_told(run: Run, built_base: Path, site: Path) -> None:
    (site / "index.html").write_bytes(b"<p>")
    (site / "about" / "index.html").unlink()
    (site / "added.html").write_bytes(b"")
    (site / "404.html").unlink()
    (site / "404.html").symlink_to(built_base / "404.html")
    (site / "link").symlink_to(built_base)
    wanted = {
        ("index.html", "内容不同"),
        ("about/index.html", "没有这个文件"),
        ("added.html", "清单里没有这个文件"),
        ("404.html", "不是普通文件"),
        ("link", "不是普通文件"),
    }
    assert _differences(run, site) == wanted
    # Who changes files may change the list as well: the one of the desk tells.
    lines = (site / MANIFEST).read_text(encoding="utf-8").splitlines(keepends=True)
    (site / MANIFEST).write_text("".join(line for line in lines if "about/" not in line), encoding="utf-8")
    assert ("about/index.html", "没有这个文件") in _differences(run, site, "--against", built_base)


def test_what_a_server_gives_is_compared_and_what_it_never_should_is_told(
    run: Run, built_base: Path, site: Path, served: str, tmp_path: Path
) -> None:
    (site / "index.html").write_bytes((site / "index.html").read_bytes() + b"<script src=//elsewhere></script>")
    (site / "about" / "index.html").unlink()
    shutil.rmtree(site / "about")
    (site / ".git").mkdir()
    (site / ".git" / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    shutil.copytree(tmp_path / "public", tmp_path / "other")
    (tmp_path / "catalogue").mkdir()
    (tmp_path / "catalogue" / "districts.yml").write_text("schema: districts/1\n", encoding="utf-8")
    assert _differences(run, f"{served}public/", "--against", built_base) == {
        ("index.html", "内容不同"),
        ("about/index.html", "没有这个文件"),
        (".git/HEAD", "不应公开的文件可以从网上取到"),
        ("../catalogue/districts.yml", "不应公开的文件可以从网上取到"),
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "没有文件夹 nowhere"),
        (("http://127.0.0.1:9/site/", "--against", "SUMS"), "没有回答"),
        (("ftp://127.0.0.1/",), "不是网站的网址"),
        (("http://[/",), "不是网站的网址"),
        (("http://127.0.0.1:9/?a=b",), "不是网站的网址"),
        (("empty",), "读不到清单"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "SUMS").write_text(f"{'0' * 64}  index.html\n", encoding="utf-8")
    done = run("verify", *arguments)
    assert done.returncode == 1
    assert said in done.stderr and "→" in done.stderr and "Traceback" not in done.stderr


def test_a_server_that_sends_elsewhere_is_no_proof(run: Run, tmp_path: Path, built_base: Path) -> None:
    class Elsewhere(_Quiet):
        def do_GET(self) -> None:
            self.send_response(302)
            self.send_header(
                "Location", f"http://localhost:{cast('ThreadingHTTPServer', self.server).server_port}/other{self.path}"
            )
            self.end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        told = _differences(run, f"http://127.0.0.1:{server.server_port}/", "--against", built_base)
        server.shutdown()
    assert {what for _, what in told} == {"服务器转到了别的网站"}
