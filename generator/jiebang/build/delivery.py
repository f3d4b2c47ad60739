"""Whether a site stands somewhere as it was built: a folder, or the address at which a web server serves it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import file_digest, sha256
from http import HTTPStatus
from http.client import HTTPException, RemoteDisconnected
from pathlib import Path
from socket import gaierror
from ssl import SSLCertVerificationError, SSLError
from time import monotonic
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from jiebang.build.staging import MARKER
from jiebang.errors import UserError
from jiebang.site.addresses import AccountError, folder_address
from jiebang.view import MANIFEST

MISSING = "没有这个文件"
CHANGED = "内容不同"
EXTRA = "清单里没有这个文件"
UNSAFE = "不应公开的文件可以从网上取到"
NOT_A_FILE = "不是普通文件"
ELSEWHERE = "服务器转到了别的网站"
ASTRAY = "服务器转来转去，没有给出这个文件"
TO_HTTPS = "服务器转到了 https 的网址"
SILENT = "服务器没有回答，或没有答完"
UNREADABLE = "系统不让读这个文件"

_LARGEST = 16 << 30
"""Bytes; no file of a site is nearly as large. It is compared as it comes and never at hand as a whole."""
_LARGEST_AT_HAND = 64 << 20
"""Bytes of what is read itself: the list of a site's files, of which 100,000 demands make 30 MB."""
_SECONDS = 20
"""Within which a server answers, and says more where it has not said all."""
_SECONDS_OF_A_FILE = 600
"""Within which it has said all, unless it says as much as `_SLOWEST` all the while."""
_SLOWEST = 100_000
"""Bytes a second."""
_MOST_SILENT = 8
"""Files that a server may leave without an answer; then it is no longer asked."""
_PIECE = 1 << 16
_AT_ONCE = 8
_NEVER_SERVED: Mapping[str, bytes] = {
    ".git/HEAD": b"ref: ",
    ".git/config": b"[core]",
    "catalogue/districts.yml": b"districts/",
    "../catalogue/districts.yml": b"districts/",
    "../.git/HEAD": b"ref: ",
}
"""What a web server gives out where the whole repository was copied to it, and what stands in it; by address below that of the site."""
_INDEX = "index.html"


@dataclass(frozen=True, slots=True, order=True)
class Difference:
    """A file that is not as it was built; `what` is said in Chinese."""

    path: str
    what: str


def differences_in(folder: Path, digests: Mapping[str, bytes], listed: bytes | None = None) -> list[Difference]:
    """What differs in a folder: changed, missing and additional files, links among them. `listed`: what its own list should be, where it is
    compared with another's."""
    if listed is not None:
        digests = {**digests, MANIFEST: sha256(listed).digest()}
    found = [Difference(path, MISSING) for path in digests if not os.path.lexists(folder / path)]
    found += [
        Difference(path, NOT_A_FILE)
        for path in digests
        if (folder / path).is_dir() and not (folder / path).is_symlink()
    ]
    for path, file in _files(folder):
        if file.is_symlink() or not file.is_file():
            found.append(Difference(path, NOT_A_FILE))
        elif path in digests:
            try:
                with file.open("rb") as stream:
                    same = file_digest(stream, "sha256").digest() == digests[path]
            except OSError:
                found.append(Difference(path, UNREADABLE))
                continue
            if not same:
                found.append(Difference(path, CHANGED))
        elif path not in {MANIFEST, MARKER}:
            found.append(Difference(path, EXTRA))
    return sorted(found)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """Everything below a folder that is no folder; links to folders are not followed."""
    for root, folders, names in os.walk(folder, followlinks=False):
        for name in [*names, *(name for name in folders if (Path(root) / name).is_symlink())]:
            file = Path(root) / name
            yield file.relative_to(folder).as_posix(), file


class _SameHost(HTTPRedirectHandler):
    """A server may send to another address of its own; what another one serves is not what was asked for."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]  # the signature of urllib, which has no types of its own
        asked, told = urlsplit(req.full_url), urlsplit(newurl)
        if told[:2] != asked[:2]:
            only_safer = (asked.scheme, told.scheme) == ("http", "https") and asked.hostname == told.hostname
            raise HTTPError(req.full_url, code, TO_HTTPS if only_safer else ELSEWHERE, headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def differences_at(
    address: str,
    digests: Mapping[str, bytes],
    progress: Callable[[int], None] = lambda done: None,
    listed: bytes | None = None,
) -> list[Difference]:
    """What differs at an address (http or https), fetched as a reader's browser does; also what must never be served there. `listed` as in
    `differences_in`.

    Raises UserError where there is no answer at all.
    """
    base = site_address(address)
    first = fetch(base, _INDEX)
    if isinstance(first, Refused) and first.sent == TO_HTTPS:
        safer = base.replace("http:", "https:", 1)
        raise UserError(f"{base} 转到了 https 的网址，没有核对。", f"核对读者看到的：jiebang verify {safer}")
    if listed is not None:
        digests = {**digests, MANIFEST: sha256(listed).digest()}
    found: list[Difference] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda path: _difference_at(base, path, digests[path]), digests)
        for number, difference in enumerate(answers, 1):
            progress(number)
            if difference is None:
                continue
            found.append(difference)
            if sum(one.what == SILENT for one in found) > _MOST_SILENT:
                pool.shutdown(cancel_futures=True)
                raise UserError(
                    f"{base} 有 {_MOST_SILENT + 1} 个文件没有回答，没有再核对下去。",
                    "请服务器的管理员看一看，或换个时间再试。",
                )
        found += filter(None, pool.map(lambda known: _exposed(base, *known), _NEVER_SERVED.items()))
    return sorted(found)


def site_address(address: str) -> str:
    """The address of a site's folder, as it is asked for: a name or a folder in Chinese as the network writes it. Raises UserError for what is
    none."""
    try:
        return folder_address(address.removesuffix(_INDEX))
    except AccountError:
        raise UserError("网址里不能写账号和密码。", "核对公开的网址，例如 https://example.org/catalogue/。") from None
    except ValueError:
        raise UserError(f"“{address}”不是网站的网址。", "写完整的网址，例如 https://example.org/catalogue/。") from None


@dataclass(frozen=True, slots=True)
class Refused:
    """A server's answer that is no file: its status, and where it sends to where it does."""

    status: int
    sent: str = ""


def fetch(base: str, path: str) -> bytes | Refused:
    """What a server gives for a file of the site, or how it refuses. Raises UserError where it does not answer."""
    return _asked(base, path, _whole)


def _asked(base: str, path: str, read: Callable[[IO[bytes]], bytes]) -> bytes | Refused:
    """The same, and of what it gives that which `read` makes of it."""
    # Servers give a folder's page at the folder, and many send there who asks for its index.html.
    shown = path[: -len(_INDEX)] if path == _INDEX or path.endswith(f"/{_INDEX}") else path
    headers = {"User-Agent": "jiebang-verify", "Cache-Control": "no-cache"}
    request = Request(urljoin(base, quote(shown)), headers=headers)  # noqa: S310 - site_address lets http and https through only
    try:
        try:
            with build_opener(_SameHost).open(request, timeout=_SECONDS) as answer:
                return read(answer)
        except HTTPError as error:
            with error:
                # Some servers give the page for what is not there with that status even to those who ask for it.
                if shown == "404.html" and error.code == HTTPStatus.NOT_FOUND:
                    return read(error)
                return Refused(error.code, error.reason if error.reason in {TO_HTTPS, ELSEWHERE} else "")
    except (URLError, OSError, HTTPException, ValueError) as error:
        raise UserError(f"{base} 没有回答（{_why(error)}）。", "核对网址和网络后再试。") from error


def _pieces(answer: IO[bytes], most: int) -> Iterator[bytes]:
    """What a server says, up to somewhat more than `most` bytes. Raises TimeoutError for one that dribbles."""
    size, begun = 0, monotonic()
    while size <= most and (piece := answer.read1(_PIECE)):  # type: ignore[attr-defined]  # HTTPResponse has it, and so has what HTTPError holds
        size += len(piece)
        yield piece
        if monotonic() - begun > max(_SECONDS_OF_A_FILE, size / _SLOWEST):
            raise TimeoutError


def _whole(answer: IO[bytes]) -> bytes:
    return b"".join(_pieces(answer, _LARGEST_AT_HAND))


def _digest(answer: IO[bytes]) -> bytes:
    state = sha256()
    for piece in _pieces(answer, _LARGEST):
        state.update(piece)
    return state.digest()


def _why(error: Exception) -> str:
    """What kept a server from answering, in words."""
    reason = getattr(error, "reason", None) or error
    told: tuple[tuple[type[Exception], str], ...] = (
        (SSLCertVerificationError, "它的证书不对：过期，不是这个网址的，或不被这台电脑信任"),
        (SSLError, "加密连接没有建成"),
        (TimeoutError, "等得太久"),
        (ConnectionRefusedError, "连接被拒绝"),
        (gaierror, "找不到这个网址"),
        (ConnectionError, "连接中断"),
        (RemoteDisconnected, "连接中断"),
        (HTTPException, "回答不合 HTTP 的写法"),
        (ValueError, "回答里的网址不对"),
    )
    return next((words for kind, words in told if isinstance(reason, kind)), "网络不通")


def _difference_at(base: str, path: str, digest: bytes) -> Difference | None:
    try:
        answer = _asked(base, path, _digest)
    except UserError:
        # It answered before: what it does with one file is a difference, not the end of all.
        return Difference(path, SILENT)
    if isinstance(answer, bytes):
        return None if answer == digest else Difference(path, CHANGED)
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Difference(path, MISSING)
    lost = ASTRAY if answer.status in range(300, 400) else f"服务器的回答是 {answer.status}"
    return Difference(path, answer.sent or lost)


def _exposed(base: str, path: str, told: bytes) -> Difference | None:
    try:
        answer = fetch(base, path)
    except UserError:
        return None
    return Difference(path, UNSAFE) if isinstance(answer, bytes) and told in answer[:4096] else None
