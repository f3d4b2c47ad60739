"""The preview's web server: this machine alone, by its own names, and nothing but the files of the preview."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from jiebang.build.preview import Preview
from jiebang.build.server import PreviewServer

PAGE = b"<html><head></head><body>shown</body></html>"
OUTSIDE = "secret-of-the-disk"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """A server over a handful of files; beside the catalogue lies what it may not give."""
    folder = tmp_path_factory.mktemp("workspace")
    for name in (".cache/store.sqlite3", "catalogue/districts.yml", "outside.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(OUTSIDE, encoding="utf-8")
    preview = Preview(folder / "catalogue")
    preview.files = {
        "index.html": PAGE,
        "demands/index.html": PAGE,
        "通知/a b/index.html": PAGE,
        "data/demands.json": b"{}",
        "404.html": PAGE,
    }
    with PreviewServer(preview, 0) as server:
        yield server.port


def _ask(port: int, request: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(request)
        answer = b""
        while part := connection.recv(65536):
            answer += part
        return answer


def _get(port: int, path: str, *headers: str, method: str = "GET") -> tuple[int, bytes]:
    told = headers or (f"Host: 127.0.0.1:{port}",)
    lines = (f"{method} {path} HTTP/1.1", *told, "Connection: close", "", "")
    answer = _ask(port, "\r\n".join(lines).encode("latin-1"))
    return int(answer.split(b" ", 2)[1]), answer


def test_it_listens_on_this_machine_alone(port: int) -> None:
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.2", port), timeout=5):
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_it_answers_to_the_names_of_this_machine(port: int, host: str) -> None:
    for name in (host, f"{host}:{port}"):
        assert _get(port, "/", f"Host: {name}")[0] == 200


@pytest.mark.parametrize(
    "headers",
    [
        ("Host: attacker.example",),
        ("Host: attacker.example:8000",),
        ("Host: 127.0.0.1.attacker.example",),
        ("Host: localhost.attacker.example",),
        ("Host: localhost@attacker.example",),
        ("Host: 127.0.0.1:8000:9",),
        ("Host: 0.0.0.0",),
        ("Host: 192.168.0.2",),
        ("Host: ",),
        ("X-Forwarded-Host: localhost",),
        ("Host: localhost", "Host: attacker.example"),
        ("Host: attacker.example", "X-Forwarded-Host: localhost"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/__jiebang/state?page=/&seen=", "/__jiebang/reload.js", "/data/demands.json"])
def test_another_name_is_refused(port: int, headers: tuple[str, ...], path: str) -> None:
    status, answer = _get(port, path, *headers)
    assert status == 421 and b"shown" not in answer and b"version" not in answer


@pytest.mark.parametrize(
    "path",
    [
        "/../outside.txt",
        "/demands/../../outside.txt",
        "/..%2foutside.txt",
        "/%2e%2e/outside.txt",
        "/%2e%2e%2foutside.txt",
        "/%252e%252e%252foutside.txt",
        "/..\\outside.txt",
        "/..%5coutside.txt",
        "/%00",
        "/index.html%00.txt",
        "/outside.txt%00index.html",
        "//etc/passwd",
        "///etc/passwd",
        "/%2fetc/passwd",
        "/file:///etc/passwd",
        "http://attacker.example/outside.txt",
        "/.cache",
        "/.cache/",
        "/.cache/store.sqlite3",
        "/catalogue/districts.yml",
        "/demands/%0d%0aSet-Cookie:%20a=b",
        "/%0d%0aLocation:%20http://attacker.example/",
        "//attacker.example/%2f..",
        "//[",
        "/data/",
        "/\xff\xfe",
    ],
)
def test_no_address_leads_to_a_disk_or_a_list(port: int, path: str) -> None:
    status, answer = _get(port, path)
    assert status in {400, 404}, answer
    assert OUTSIDE.encode() not in answer and b"root:" not in answer
    assert b"Set-Cookie" not in answer and b"Location" not in answer


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/demands", "/demands/"),
        ("/demands?x=/y", "/demands/"),
        ("//demands", "/demands/"),
        ("http://attacker.example/demands", "/demands/"),
        ("/%e9%80%9a%e7%9f%a5/a%20b", "/%E9%80%9A%E7%9F%A5/a%20b/"),
    ],
)
def test_a_folder_is_asked_for_with_its_stroke(port: int, path: str, sent: str) -> None:
    status, answer = _get(port, path)
    assert status == 301 and f"Location: {sent}\r\n".encode() in answer
    assert b"shown" in _get(port, sent)[1]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT"])
def test_it_only_gives(port: int, method: str) -> None:
    assert _get(port, "/", method=method)[0] == 501


def test_other_sites_may_not_use_what_it_gives(port: int) -> None:
    answer = _get(port, "/data/demands.json", f"Host: localhost:{port}", "Origin: http://attacker.example")[1]
    assert b"Cross-Origin-Resource-Policy: same-origin" in answer and b"X-Content-Type-Options: nosniff" in answer
    assert b"Access-Control-Allow-Origin" not in answer


def test_two_hundred_ask_at_once(port: int) -> None:
    """Those that wait for news keep nobody else from being answered."""
    with ThreadPoolExecutor(200) as many:
        asked = list(many.map(lambda n: _get(port, "/demands/" if n % 2 else "/"), range(200)))
    assert {status for status, _ in asked} == {200} and all(b"shown" in answer for _, answer in asked)
