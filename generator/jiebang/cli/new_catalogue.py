"""`jiebang new catalogue`: the repository of a bureau, which pins this program and holds records, settings and pages of its own.

Files come from two places: those that stand in the program's own repository too (the judge of pull requests, workflows, hooks, editors'
settings), without the lines that concern the program's development alone; and `jiebang/starter/`.
"""

from __future__ import annotations

import json
import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

import jiebang
from jiebang.cli.output import say
from jiebang.errors import UserError
from jiebang.resources import program_data, starter_folder

SHARED = (
    ".ci/judge",
    ".editorconfig",
    ".gitattributes",
    ".gitea/workflows/check.yml",
    ".githooks/pre-commit",
    ".githooks/pre-push",
    ".github/PULL_REQUEST_TEMPLATE.md",
    ".github/dependabot.yml",
    ".github/workflows/check.yml",
    ".github/workflows/publish.yml",
    ".gitlab-ci.yml",
    ".gitlab/merge_request_templates/Default.md",
    ".vscode/extensions.json",
    ".vscode/settings.json",
)
"""Files that a bureau's repository has in common with the program's."""

_PROJECT_ONLY = re.compile(r"^[^\n]*\[project only\].*?\[/project only\][^\n]*\n", re.MULTILINE | re.DOTALL)
_SCHEMAS = (
    ('"./schemas/', '"./.venv/schemas/'),
    ("来自 schemas/；", "来自 .venv/schemas/，随程序安装；"),
)
"""In a checkout the schemas stand at its root, in a bureau's repository beside the installed program."""
_UNKNOWN = "（请填写64位校验值）"
_EXECUTABLE = (".ci/", ".githooks/")


@dataclass(frozen=True, slots=True)
class Pinned:
    """The program that a repository starts with. `digest` is empty where nobody knows it; `wheel` is the file at hand, if any."""

    digest: str = ""
    address: str = ""
    wheel: Path | None = None

    @property
    def line(self) -> str:
        """The one line of `program.txt`."""
        what = f"jiebang @ {self.address}" if self.address else f"jiebang=={jiebang.__version__}"
        return f"{what} --hash=sha256:{self.digest or _UNKNOWN}"


def _version_in(wheel: Path) -> str | None:
    """The version of jiebang that a wheel holds; None for any other file."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            (name,) = (n for n in archive.namelist() if re.fullmatch(r"jiebang-[^/]+\.dist-info/METADATA", n))
            metadata = archive.read(name).decode()
    except (OSError, ValueError, KeyError, zipfile.BadZipFile, UnicodeDecodeError):
        return None
    found = re.search(r"^Version: (\S+)$", metadata, re.MULTILINE)
    return found[1] if found else None


def pinned_by(wheel: Path) -> Pinned:
    """The program in a wheel. Raises UserError for a file that is none, or holds another version than the one that runs."""
    version = _version_in(wheel)
    if version is None or wheel.suffix != ".whl":
        raise UserError(f"{wheel} 不是 jiebang 的安装包（.whl）。", "给出 jiebang-版本-py3-none-any.whl。")
    if version != jiebang.__version__:
        raise UserError(
            f"{wheel} 是 {version} 版，现在运行的是 {jiebang.__version__} 版，两版的文件不一定相配。",
            "先安装这个文件，再用它运行 jiebang new catalogue。",
        )
    return Pinned(sha256(wheel.read_bytes()).hexdigest(), wheel=wheel)


def pinned_as_installed() -> Pinned:
    """The program as pip noted where it came from: a wheel in a file or at an address; nothing of a checkout or a package index."""
    try:
        noted = json.loads(distribution("jiebang").read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return Pinned()
    archive = noted.get("archive_info") or {}
    digest = (archive.get("hashes") or {}).get("sha256") or archive.get("hash", "").removeprefix("sha256=")
    url = str(noted.get("url", ""))
    if not re.fullmatch(r"[0-9a-f]{64}", digest) or not url.endswith(".whl"):
        return Pinned()
    if url.startswith("https://"):
        return Pinned(digest, url)
    file = Path(unquote(urlsplit(url).path))
    try:
        same = sha256(file.read_bytes()).hexdigest() == digest
    except OSError:
        same = False
    return Pinned(digest, wheel=file if same else None)


def _shared() -> Iterator[tuple[str, str]]:
    for name in SHARED:
        text = re.sub(r"\n{3,}", "\n\n", _PROJECT_ONLY.sub("", (program_data() / name).read_text(encoding="utf-8")))
        if name.startswith(".vscode/"):
            for ours, theirs in _SCHEMAS:
                text = text.replace(ours, theirs)
        yield name, text.rstrip("\n") + "\n"
    hooks = (program_data() / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    entry = "".join(f"      {line}\n" for line in hooks.splitlines() if not line.startswith("#"))
    yield (
        ".pre-commit-config.yaml",
        f"# 给使用 pre-commit 工具的人；.githooks/ 不用这个工具，作用相同。\nrepos:\n  - repo: local\n    hooks:\n{entry}",
    )


def _actions() -> dict[str, str]:
    """The pinned version of each action, by its name: the same in every workflow."""
    text = (program_data() / ".github" / "workflows" / "check.yml").read_text(encoding="utf-8")
    return {found[1]: found[0] for found in re.finditer(r"(?<=uses: )([\w/-]+)@[0-9a-f]{40} # v[\d.]+", text)}


def _started(year: str, pinned: Pinned) -> Iterator[tuple[str, str]]:
    filled = {"{year}": year, "{pinned}": pinned.line, **{f"{{{name}}}": use for name, use in _actions().items()}}
    starter = starter_folder()
    for file in sorted(path for path in starter.rglob("*") if path.is_file()):
        # Hidden files have plain names in the program: its own repository must not take them for its own.
        name = (
            file.relative_to(starter)
            .as_posix()
            .replace("dot-", ".")
            .replace("catalogue/round.yml", f"catalogue/{year}/round.yml")
        )
        text = file.read_text(encoding="utf-8")
        for mark, value in filled.items():
            text = text.replace(mark, value)
        yield name, text


def repository_files(year: str, pinned: Pinned) -> dict[str, str]:
    """Every text file of a bureau's new repository, by its path."""
    return dict(sorted([*_shared(), *_started(year, pinned)]))


def _write(folder: Path, files: dict[str, str], wheel: Path | None) -> None:
    target = folder
    try:
        for name, text in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
            if name.startswith(_EXECUTABLE):
                target.chmod(0o755)
        if wheel is not None:
            target = folder / "wheels" / wheel.name
            target.write_bytes(wheel.read_bytes())
    except OSError as error:
        raise UserError(
            f"写不了 {target}（{os.strerror(error.errno or 0)}）。", "检查文件夹权限和磁盘空间。"
        ) from error


@click.command("catalogue", options_metavar="[选项]")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--wheel",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="程序的安装包（.whl），复制到 DIR/wheels/，并写下它的校验值；不写时用安装本程序的那个文件。",
)
def catalogue_command(folder: Path, wheel: Path | None) -> None:
    """在 DIR 新建一个局自己的仓库：空白的目录、设置、自己的网页、各平台的自动检查，程序只写版本和校验值。"""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} 已经存在，而且不是空文件夹。", "换一个文件夹名。")
    pinned = pinned_by(wheel) if wheel is not None else pinned_as_installed()
    year = str(date.today().year)  # noqa: DTZ011 - the year on the clerk's own calendar
    _write(folder, repository_files(year, pinned), pinned.wheel)
    say(f"仓库已建在 {folder}。")
    if not pinned.digest:
        say(
            "program.txt 里还没有程序的校验值：现在的程序不是从安装包文件安装的。请按其中的说明填写，或加上 --wheel 文件 重新建。",
            "bold yellow",
        )
    elif pinned.wheel is None and not pinned.address:
        say("安装包已不在原处：请放进 wheels/，或在 program.txt 里写下载地址，见其中的说明。", "bold yellow")
    say(f"下一步：按 {folder / 'README.md'} 的“第一次”做，把示例改成本市的内容，再运行 .ci/jiebang check。")
