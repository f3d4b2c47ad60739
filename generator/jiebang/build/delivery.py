"""Whether a site stands somewhere as it was built: a folder, or the address at which a web server serves it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import file_digest, sha256
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from jiebang.build.staging import MARKER
from jiebang.errors import UserError
from jiebang.publication.manifest import MANIFEST

MISSING = "没有这个文件"
CHANGED = "内容不同"
EXTRA = "清单里没有这个文件"
UNSAFE = "不应公开的文件可以从网上取到"
NOT_A_FILE = "不是普通文件"
ELSEWHERE = "服务器转到了别的网站"

_LARGEST = 64 << 20
"""Bytes; no file of a site is nearly as large."""
_SECONDS = 20
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


def differences_in(folder: Path, digests: Mapping[str, bytes]) -> list[Difference]:
    """What differs in a folder: changed, missing and additional files, links among them."""
    found = [Difference(path, MISSING) for path in digests if not os.path.lexists(folder / path)]
    for path, file in _files(folder):
        if file.is_symlink() or not file.is_file():
            found.append(Difference(path, NOT_A_FILE))
        elif path in digests:
            with file.open("rb") as stream:
                if file_digest(stream, "sha256").digest() != digests[path]:
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
        if urlsplit(newurl)[:2] != urlsplit(req.full_url)[:2]:
            raise HTTPError(req.full_url, code, "转到了别的网站", headers, fp)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def differences_at(
    address: str, digests: Mapping[str, bytes], progress: Callable[[int], None] = lambda done: None
) -> list[Difference]:
    """What differs at an address (http or https), fetched as a reader's browser does; also what must never be served there.

    Raises UserError where there is no answer at all.
    """
    base = site_address(address)
    fetch(base, _INDEX)
    found: list[Difference] = []
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda path: _difference_at(base, path, digests[path]), digests)
        for number, difference in enumerate(answers, 1):
            progress(number)
            if difference is not None:
                found.append(difference)
        found += filter(None, pool.map(lambda known: _exposed(base, *known), _NEVER_SERVED.items()))
    return sorted(found)


def site_address(address: str) -> str:
    """The address of a site's folder. Raises UserError for what is none."""
    try:
        parts = urlsplit(address)
        whole = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and not parts.fragment
    except ValueError:
        whole = False
    if not whole:
        raise UserError(f"“{address}”不是网站的网址。", "写完整的网址，例如 https://example.org/catalogue/。")
    return address.removesuffix(_INDEX).rstrip("/") + "/"


def fetch(base: str, path: str) -> bytes | int:
    """What a server gives for a file of the site, or the status with which it gives none. Raises UserError where it does not answer."""
    # Servers give a folder's page at the folder, and many send there who asks for its index.html.
    shown = path[: -len(_INDEX)] if path == _INDEX or path.endswith(f"/{_INDEX}") else path
    headers = {"User-Agent": "jiebang-verify", "Cache-Control": "no-cache"}
    request = Request(urljoin(base, quote(shown)), headers=headers)  # noqa: S310 - site_address lets http and https through only
    try:
        with build_opener(_SameHost).open(request, timeout=_SECONDS) as answer:
            content: bytes = answer.read(_LARGEST + 1)
            return content
    except HTTPError as error:
        # Some servers give the page for what is not there with that status even to those who ask for it.
        return error.read(_LARGEST + 1) if shown == "404.html" and error.code == HTTPStatus.NOT_FOUND else error.code
    except (URLError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise UserError(f"{base} 没有回答（{reason}）。", "核对网址和网络后再试。") from error


def _difference_at(base: str, path: str, digest: bytes) -> Difference | None:
    answer = fetch(base, path)
    if isinstance(answer, bytes):
        return None if sha256(answer).digest() == digest else Difference(path, CHANGED)
    if answer in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return Difference(path, MISSING)
    return Difference(path, ELSEWHERE if answer in range(300, 400) else f"服务器的回答是 {answer}")


def _exposed(base: str, path: str, told: bytes) -> Difference | None:
    answer = fetch(base, path)
    return Difference(path, UNSAFE) if isinstance(answer, bytes) and told in answer[:4096] else None
