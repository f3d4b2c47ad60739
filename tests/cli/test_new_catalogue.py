"""What `jiebang new catalogue` knows of the program's origin, and writes as the one line that pins it."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

import jiebang
from jiebang.cli import new_catalogue
from jiebang.cli.new_catalogue import SHARED, Pinned, pinned_as_installed, pinned_by, repository_files
from jiebang.desk.founding import Founding
from jiebang.errors import UserError
from tests.conftest import ROOT

DIGEST = "a" * 64
VERSION = jiebang.__version__


class _Noted:
    """A distribution of which pip noted this much."""

    def __init__(self, noted: str | None) -> None:
        self._noted = noted

    def read_text(self, name: str) -> str | None:
        assert name == "direct_url.json"
        return self._noted


def _installed(monkeypatch: pytest.MonkeyPatch, noted: object) -> Pinned:
    text = noted if noted is None or isinstance(noted, str) else json.dumps(noted)
    monkeypatch.setattr(new_catalogue, "distribution", lambda name: _Noted(text))
    return pinned_as_installed()


def test_from_an_address_the_address_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"https://example.org/jiebang-{VERSION}-py3-none-any.whl"
    pinned = _installed(monkeypatch, {"url": url, "archive_info": {"hashes": {"sha256": DIGEST}}})
    assert pinned.line == f"jiebang @ {url} --hash=sha256:{DIGEST}"
    # As older versions of pip note it.
    assert _installed(monkeypatch, {"url": url, "archive_info": {"hash": f"sha256={DIGEST}"}}) == pinned


def test_from_a_file_its_version_is_pinned_and_the_file_taken_along(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wheel = tmp_path / "安装 包" / f"jiebang-{VERSION}-py3-none-any.whl"
    wheel.parent.mkdir()
    wheel.write_bytes(b"wheel")
    noted = {"url": wheel.as_uri(), "archive_info": {"hashes": {"sha256": sha256(b"wheel").hexdigest()}}}
    pinned = _installed(monkeypatch, noted)
    assert pinned.line == f"jiebang=={VERSION} --hash=sha256:{sha256(b'wheel').hexdigest()}"
    assert pinned.wheel == wheel
    # Another file lies there now, or none: it is not taken for the one that was installed.
    wheel.write_bytes(b"another")
    assert _installed(monkeypatch, noted).wheel is None
    wheel.unlink()
    assert _installed(monkeypatch, noted) == Pinned(sha256(b"wheel").hexdigest())


@pytest.mark.parametrize(
    "noted",
    [
        None,
        "{",
        {"url": "file:///checkout", "dir_info": {"editable": True}},
        {"url": "https://example.org/x.whl", "archive_info": {}},
    ],
)
def test_of_a_checkout_or_an_index_nothing_is_known(monkeypatch: pytest.MonkeyPatch, noted: object) -> None:
    pinned = _installed(monkeypatch, noted)
    assert pinned == Pinned()
    assert pinned.line.startswith(f"jiebang=={VERSION} --hash=sha256:（请填写")


def test_without_an_installation_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(new_catalogue, "distribution", missing)
    assert pinned_as_installed() == Pinned()


def test_a_wheel_of_another_version_is_refused(tmp_path: Path) -> None:
    import zipfile

    wheel = tmp_path / "jiebang-99.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("jiebang-99.0.dist-info/METADATA", "Name: jiebang\nVersion: 99.0\n")
    with pytest.raises(UserError, match=rf"是 99\.0 版，现在运行的是 {VERSION} 版"):
        pinned_by(wheel)


def test_shared_files_are_those_of_this_repository_without_its_own_lines() -> None:
    files = repository_files(Founding(), Pinned(DIGEST))
    for name in SHARED:
        ours, theirs = (ROOT / name).read_text(encoding="utf-8"), files[name]
        assert ours.count("[project only]") == ours.count("[/project only]")
        if name.startswith(".vscode/"):
            theirs = theirs.replace("./.venv/schemas/", "./schemas/").replace(".venv/schemas/，随程序安装", "schemas/")
        lines = ours.splitlines()
        assert [line for line in theirs.splitlines() if line not in lines] == []
        if "[project only]" not in ours:
            assert theirs == ours
