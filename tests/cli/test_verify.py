"""`jiebang verify`: the site as it was built, in a folder and as a web server gives it, or every difference by name."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import cast

import pytest

from jiebang.build.delivery import site_address
from jiebang.publication.manifest import read_manifest
from jiebang.view import MANIFEST
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
    (site / "robots.txt").unlink()
    (site / "robots.txt").mkdir()
    wanted = {
        ("robots.txt", "不是普通文件"),
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
        (("http://127.0.0.1:99999/",), "不是网站的网址"),
        (("http://127.0.0.1:x/",), "不是网站的网址"),
        (("http://a b/",), "不是网站的网址"),
        (("http://a..b/",), "不是网站的网址"),
        (("http://who:SECRET@127.0.0.1:9/", "--against", "SUMS"), "不能写账号和密码"),
        (("http://127.0.0.1:9/目录/", "--against", "SUMS"), "连接被拒绝"),
        (("empty",), "读不到清单"),
    ],
)
def test_what_cannot_be_compared_is_a_sentence(run: Run, tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "SUMS").write_text(f"{'0' * 64}  index.html\n", encoding="utf-8")
    done = run("verify", *arguments)
    assert done.returncode == 1
    assert said in done.stderr and "→" in done.stderr and "Traceback" not in done.stderr
    assert "SECRET" not in done.stderr


@pytest.mark.parametrize("change", ["missing", "changed", "a folder", "a line more"])
def test_a_list_that_is_not_the_desks_is_told(run: Run, built_base: Path, site: Path, served: str, change: str) -> None:
    listed = site / MANIFEST
    if change == "a line more":
        listed.write_bytes(listed.read_bytes() + b"0" * 64 + b"  more.html\n")
    elif change == "changed":
        listed.write_bytes(listed.read_bytes().replace(b"\n", b"\r\n"))
    else:
        listed.unlink()
        if change == "a folder":
            listed.mkdir()
    for place in (site, f"{served}public/") if change == "changed" else (site,):
        told = _differences(run, place, "--against", built_base)
        assert {path for path, _ in told} == {MANIFEST}


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        ("https://例子.中国/揭榜/", "https://xn--fsqu00a.xn--fiqs8s/%E6%8F%AD%E6%A6%9C/"),
        ("http://127.0.0.1:8000/a b/index.html", "http://127.0.0.1:8000/a%20b/"),
        ("HTTPS://EXAMPLE.org/%E6%8F%AD", "https://example.org/%E6%8F%AD/"),
        ("http://[::1]:80", "http://[::1]:80/"),
    ],
)
def test_an_address_is_asked_for_as_the_network_writes_it(address: str, asked: str) -> None:
    assert site_address(address) == asked


def test_names_in_a_folder_write_no_line_of_their_own(run: Run, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_bytes(b"0" * 64 + b"  index.html\n")
    for name in (b"a\n::error::x", b"esc\x1b[2J", b"\xff\xfe", "行\u2028尾".encode()):
        (tmp_path / os.fsdecode(name)).write_bytes(b"")
    told = run("verify", tmp_path).stdout
    assert not [line for line in told.splitlines() if line.startswith("::")] and "\x1b" not in told
    assert len(told.splitlines()) == 2 * 5 + 1


def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_compared(
    run: Run, built_base: Path, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (site / "about" / "index.html").write_bytes(b"")
    real = Path.open
    refused = PermissionError(13, "Permission denied")

    def opened(path: Path, mode: str = "r") -> object:
        if path == site / "404.html":
            raise refused
        return real(path, mode)

    with monkeypatch.context() as closed:
        closed.setattr(Path, "open", opened)
        told = _differences(run, site)
    assert told == {("404.html", "系统不让读这个文件"), ("about/index.html", "内容不同")}


_KNOWN = {"index.html": b"1", "404.html": b"2", "a.json": b"3", **{f"{n}.html": b"4" for n in range(10)}}
"""A small site."""


class _Moody(_Quiet):
    """Gives a small site, and does with what is asked for by some names what servers do."""

    moody: tuple[str, ...] = ("a.json",)

    def do_GET(self) -> None:
        name = self.path.removeprefix("/") or "index.html"
        if name in self.moody:
            self.misbehave()
            return
        found = name in _KNOWN and name != "404.html"
        self._say(200 if found else 404, _KNOWN[name if found else "404.html"])

    def _say(self, status: int, content: bytes, *headers: tuple[str, str], length: int | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(content) if length is None else length))
        for header in headers:
            self.send_header(*header)
        self.end_headers()
        self.wfile.write(content)

    def misbehave(self) -> None:
        raise NotImplementedError


class _Server(ThreadingHTTPServer):
    request_queue_size = 64


class _Silent(_Moody):
    def misbehave(self) -> None:
        """Says nothing until it is no longer listened to."""
        self.connection.recv(1)


class _HalfPage(_Moody):
    moody = ("404.html",)

    def misbehave(self) -> None:
        self._say(404, b"2", length=1000)
        self.connection.recv(1)


class _Dribbling(_Moody):
    def misbehave(self) -> None:
        self._say(200, b"", length=1 << 30)
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"x")
                time.sleep(0.01)


class _Endless(_Moody):
    def misbehave(self) -> None:
        self._say(200, b"", length=1 << 40)
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(bytes(1 << 16))


class _Lost(_Moody):
    def misbehave(self) -> None:
        self._say(302, b"", ("Location", "http://[::1"))


class _Round(_Moody):
    def misbehave(self) -> None:
        self._say(302, b"", ("Location", self.path))


class _ToFiles(_Moody):
    def misbehave(self) -> None:
        self._say(302, b"", ("Location", "file:///etc/passwd"))


class _Packed(_Moody):
    def misbehave(self) -> None:
        self._say(200, gzip.compress(b"3"), ("Content-Encoding", "gzip"))


class _Apologising(_Moody):
    def misbehave(self) -> None:
        self._say(200, b"<h1>404</h1>")


class _Muttering(_Moody):
    def misbehave(self) -> None:
        self.wfile.write(b"what?\r\n\r\n")


class _Fenced(_Moody):
    def misbehave(self) -> None:
        self._say(401, b"", ("WWW-Authenticate", "Basic realm=x"))


class _Dead(_Moody):
    moody = tuple(_KNOWN)[2:]

    def misbehave(self) -> None:
        self.close_connection = True


class _Safer(_Moody):
    moody = tuple(_KNOWN)

    def misbehave(self) -> None:
        self._say(301, b"", ("Location", f"https://{self.headers['Host']}{self.path}"))


@pytest.mark.parametrize(
    ("mood", "path", "said"),
    [
        (_Silent, "a.json", "没有回答，或没有答完"),
        (_HalfPage, "404.html", "没有回答，或没有答完"),
        (_Dribbling, "a.json", "没有回答，或没有答完"),
        (_Endless, "a.json", "内容不同"),
        (_Lost, "a.json", "没有回答，或没有答完"),
        (_Round, "a.json", "转来转去"),
        (_ToFiles, "a.json", "转来转去"),
        (_Packed, "a.json", "内容不同"),
        (_Apologising, "a.json", "内容不同"),
        (_Muttering, "a.json", "没有回答，或没有答完"),
        (_Fenced, "a.json", "服务器的回答是 401"),
        (_Dead, "", "9 个文件没有回答"),
        (_Safer, "", "转到了 https 的网址"),
    ],
    ids=lambda value: value.__name__.strip("_") if isinstance(value, type) else "",
)
def test_whatever_a_server_does_with_one_file_the_others_are_compared(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mood: type[_Moody], path: str, said: str
) -> None:
    # Where it is time that tells, little of it; else enough for a slow machine, on which a server that has much to say keeps the others waiting.
    short = mood in {_Silent, _HalfPage, _Dribbling, _Muttering, _Dead}
    monkeypatch.setattr("jiebang.build.delivery._SECONDS", 0.5 if short else 10)
    monkeypatch.setattr("jiebang.build.delivery._SECONDS_OF_A_FILE", 0.3 if short else 10)
    monkeypatch.setattr("jiebang.build.delivery._LARGEST", 1 << 20)
    monkeypatch.setattr("jiebang.build.delivery._LARGEST_AT_HAND", 1 << 20)
    done = _verified(run, tmp_path, monkeypatch, mood)
    assert done.returncode == 1 and "程序自身" not in done.stderr
    if path:
        assert f"{path}\n    " in done.stdout and said in done.stdout and "：1 处不同" in done.stdout, done.stdout
    else:
        assert said in done.stderr and "→" in done.stderr


def _verified(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, mood: type[_Moody]
) -> subprocess.CompletedProcess[str]:
    """What is said of the small site as such a server gives it."""
    listed = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in sorted(_KNOWN.items()))
    (folder / "public").mkdir()
    (folder / "public" / MANIFEST).write_text(listed, encoding="utf-8")
    monkeypatch.setitem(_KNOWN, MANIFEST, listed.encode())
    with _Server(("127.0.0.1", 0), mood) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        done = run("verify", f"http://127.0.0.1:{server.server_port}/")
        server.shutdown()
    return done


def test_a_file_of_a_site_is_compared_however_large_and_however_long_it_takes(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Slow(_Moody):
        moody = ("a.json",)

        def misbehave(self) -> None:
            content = _KNOWN["a.json"]
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            for first in range(0, len(content), 1 << 16):
                self.wfile.write(content[first : first + (1 << 16)])
                time.sleep(0.05)

    # Larger than what may be at hand, and slower than what is small may be.
    monkeypatch.setattr("jiebang.build.delivery._LARGEST_AT_HAND", 1 << 16)
    monkeypatch.setattr("jiebang.build.delivery._SECONDS_OF_A_FILE", 0.1)
    monkeypatch.setitem(_KNOWN, "a.json", b"x" * (1 << 20))
    done = _verified(run, tmp_path, monkeypatch, Slow)
    assert done.returncode == 0, done.stdout + done.stderr


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
