"""A small web server for the preview: this machine only, from memory, with a script that reloads the page when it changed.

The script is added to what is served, never to the site itself, and comes from a file of its own, so the pages' content security
policy holds in the preview as it does online.

What is shown is not public yet. A web site that somebody visits meanwhile may give its own name the address 127.0.0.1 and so read what is
served there (“DNS rebinding”): whoever does not ask for this machine by its own names is refused. Files come from the preview's memory by
their exact names; no address leads to a disk.
"""

from __future__ import annotations

import json
import mimetypes
import posixpath
import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, quote, unquote, urlsplit

from jiebang.build.preview import Preview
from jiebang.mapping import digest

_PREFIX = "/__jiebang/"
_SCRIPT_TAG = f'<script src="{_PREFIX}reload.js"></script></body>'.encode()
_SCRIPT = b"""(function () {
  "use strict";
  var shown = null;
  function ask() {
    fetch("/__jiebang/state?page=" + encodeURIComponent(location.pathname) + "&seen=" + (shown === null ? "" : shown), {cache: "no-store"})
      .then(function (answer) { return answer.json(); })
      .then(function (state) {
        if (shown !== null && state.version !== shown) { location.reload(); return; }
        shown = state.version;
        var old = document.getElementById("jiebang-trouble");
        if (old) { old.remove(); }
        if (state.trouble) {
          var bar = document.createElement("p");
          bar.id = "jiebang-trouble";
          bar.setAttribute("role", "alert");
          bar.className = "banner";
          bar.textContent = state.trouble;
          document.body.prepend(bar);
        }
        ask();
      })
      .catch(function () { setTimeout(ask, 1000); });
  }
  ask();
})();
"""
_LONGEST_WAIT = 20.0
"""Seconds that a browser's question is kept open before it is answered "nothing new"."""
_PORT = re.compile(r":[0-9]{1,5}\Z", re.ASCII)
_NOT_HERE = "这个预览只在本机打开：http://127.0.0.1 或 http://localhost，加上 jiebang serve 显示的端口。\n".encode()
_TYPES = {
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
}


_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""Names of this machine, by which the preview may be asked for."""
_AT_ONCE = 256
"""Browsers that may wait for their connection; each page asks for dozens of files."""
_IDLE = 60.0
"""Seconds after which a connection is closed on which nothing is said."""


class _State:
    """What browsers ask for: whether their page is still the one shown, and what is wrong; wakes those that wait when it changes."""

    def __init__(self, preview: Preview) -> None:
        self.preview = preview
        self.trouble = ""
        self.over = False
        self.changed = threading.Condition()

    def find(self, path: str) -> tuple[str, bytes] | None:
        """(path, content) of the file that an address means."""
        files = self.preview.files
        name = path.lstrip("/")
        if not name or name.endswith("/"):
            name += "index.html"
        return (name, files[name]) if name in files else None

    def _version(self, page: str) -> str:
        """Names what a page shows now; the same for all pages that are not there."""
        found = self.find(page)
        return digest(found[1]).hex() if found is not None else "none"

    def answer(self, page: str, seen: str) -> bytes:
        trouble = self.trouble

        def is_news() -> bool:
            return self.over or self._version(page) != seen or self.trouble != trouble

        with self.changed:
            self.changed.wait_for(is_news, timeout=_LONGEST_WAIT)
        return json.dumps({"version": self._version(page), "trouble": self.trouble}, ensure_ascii=False).encode()


def _content_type(path: str) -> str:
    suffix = posixpath.splitext(path)[1]
    kind = _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") or kind in _TYPES.values() else kind


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    server: _Server

    def do_GET(self) -> None:
        """Answers with a file of the site, the reload script, or the state."""
        if not self._asks_for_this_machine():
            self._send(HTTPStatus.MISDIRECTED_REQUEST, "text/plain; charset=utf-8", _NOT_HERE)
            return
        try:
            url = urlsplit(self.path)
        except ValueError:
            self._site("\0")
            return
        if url.path == f"{_PREFIX}reload.js":
            self._send(HTTPStatus.OK, "text/javascript; charset=utf-8", _SCRIPT)
        elif url.path == f"{_PREFIX}state":
            asked = parse_qs(url.query)
            answer = self.server.state.answer(asked.get("page", [""])[0], asked.get("seen", [""])[0])
            self._send(HTTPStatus.OK, "application/json", answer)
        else:
            self._site(unquote(url.path).lstrip("/"))

    do_HEAD = do_GET  # noqa: N815 - the name is the base class's

    def _asks_for_this_machine(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        return len(hosts) == 1 and _PORT.sub("", hosts[0].strip().lower()) in _NAMES

    def _site(self, path: str) -> None:
        files = self.server.state.preview.files
        found = self.server.state.find(path)
        if found is not None:
            self._send(HTTPStatus.OK, _content_type(found[0]), self._with_script(*found))
        elif f"{path}/index.html" in files:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", quote(f"/{path}/"))
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            lost = files.get(
                "404.html", "网站还没有生成好：首次生成需要几秒；记录有错误的，改正后会自动出现。".encode()
            )
            self._send(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", self._with_script("404.html", lost))

    def _with_script(self, path: str, content: bytes) -> bytes:
        if not path.endswith(".html"):
            return content
        return content.replace(b"</body>", _SCRIPT_TAG) if b"</body>" in content else content + _SCRIPT_TAG

    def _send(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        # Another site may neither show these files nor have a browser guess what they are.
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is the base class's
        """Requests are not logged: the terminal belongs to what is wrong with the records."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = _AT_ONCE

    def __init__(self, port: int, state: _State) -> None:
        self.state = state
        super().__init__(("127.0.0.1", port), _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle of an answer is no news."""


class PreviewServer:
    """Serves a preview on 127.0.0.1 while its context lasts. Raises OSError for a port that is taken."""

    def __init__(self, preview: Preview, port: int) -> None:
        self._state = _State(preview)
        self._server = _Server(port, self._state)
        self.port: int = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, name="serve", daemon=True)

    def announce(self) -> None:
        """Wakes the browsers: their page may be another one."""
        with self._state.changed:
            self._state.changed.notify_all()

    def announce_trouble(self, message: str) -> None:
        """Wakes the browsers, too, and `message` is shown above the page ("" for none)."""
        with self._state.changed:
            self._state.trouble = message
            self._state.changed.notify_all()

    def wait(self) -> None:
        """Returns when the person at the keyboard presses Ctrl+C."""
        try:
            self._thread.join()
        except KeyboardInterrupt:
            return

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._state.changed:
            self._state.over = True
            self._state.changed.notify_all()
        self._server.shutdown()
        self._server.server_close()
