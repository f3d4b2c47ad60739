"""`jiebang new catalogue`: the repository of a bureau, which pins this program and holds records, settings and pages of its own.

Files come from three places: those that stand in the program's own repository too (the judge of pull requests, workflows, hooks, editors'
settings), without the lines that concern the program's development alone; `jiebang/starter/`; and what the bureau says of itself.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click

import jiebang
from jiebang.catalogue.catalogue import read_record
from jiebang.catalogue.commented import commented_text
from jiebang.catalogue.files import RecordFile
from jiebang.cli.output import say
from jiebang.cli.prompts import Asker, Terminal, asker, choose
from jiebang.desk.founding import Founding, slug_of
from jiebang.desk.rounds import ANNUAL, QUARTERLY
from jiebang.errors import UserError, reason_of
from jiebang.resources import program_data, starter_folder
from jiebang.whole_files import scratch_folder, through_to_disk

SHARED = (
    ".ci/judge",
    ".editorconfig",
    ".gitattributes",
    ".gitea/workflows/check.yml",
    ".githooks/applypatch-msg",
    ".githooks/check",
    ".githooks/commit-msg",
    ".githooks/pre-applypatch",
    ".githooks/pre-commit",
    ".githooks/pre-merge-commit",
    ".githooks/pre-push",
    ".githooks/prepare-commit-msg",
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
_STOPPED = 130
_UNKNOWN = "（请填写64位校验值）"
_EXECUTABLE = (".ci/", ".githooks/", "server/")


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


_TEMPLATE = ".github/PULL_REQUEST_TEMPLATE.md"
_TEMPLATES = (".gitcode/PULL_REQUEST_TEMPLATE.md", ".gitee/PULL_REQUEST_TEMPLATE.zh-CN.md")
"""Where Gitee and GitCode look for the same text."""


def _shared() -> Iterator[tuple[str, str]]:
    for name in SHARED:
        text = re.sub(r"\n{3,}", "\n\n", _PROJECT_ONLY.sub("", (program_data() / name).read_text(encoding="utf-8")))
        if name.startswith(".vscode/"):
            for ours, theirs in _SCHEMAS:
                text = text.replace(ours, theirs)
        text = text.rstrip("\n") + "\n"
        for copy in (name, *(_TEMPLATES if name == _TEMPLATE else ())):
            yield copy, text
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


def _records(founding: Founding) -> Iterator[tuple[str, str]]:
    round_ = founding.round_record()
    try:
        yield "catalogue/districts.yml", commented_text("districts", founding.districts_record())
        yield f"catalogue/{round_['id']}/round.yml", commented_text("round", round_)
    except ValueError as error:
        raise UserError("名称里有看不见的字符，记录里不能写。", "重新输入，不要从网页上复制。") from error


def _started(round_id: str, pinned: Pinned) -> Iterator[tuple[str, str]]:
    filled = {"{round}": round_id, "{pinned}": pinned.line, **{f"{{{name}}}": use for name, use in _actions().items()}}
    starter = starter_folder()
    for file in sorted(path for path in starter.rglob("*") if path.is_file()):
        # Hidden files have plain names in the program: its own repository must not take them for its own.
        name = file.relative_to(starter).as_posix().replace("dot-", ".")
        text = file.read_text(encoding="utf-8")
        for mark, value in filled.items():
            text = text.replace(mark, value)
        yield name, text


def repository_files(founding: Founding, pinned: Pinned) -> dict[str, str]:
    """Every text file of a bureau's new repository, by its path. Raises UserError for names that no record may hold."""
    started = _started(founding.round_record()["id"], pinned)
    return dict(sorted([*_shared(), *started, *_records(founding)]))


def _refuse_unsound(files: dict[str, str]) -> None:
    """What was said must be what records may say: a name that is too long, a slug that is none."""
    for name, text in files.items():
        path = name.removeprefix("catalogue/")
        if path == name or not path.endswith(".yml"):
            continue
        kind, round_ = ("round", path.partition("/")[0]) if "/" in path else ("districts", None)
        problems = read_record(RecordFile(kind, path, round_, None), text.encode()).problems
        if problems:
            first = problems[0]
            raise UserError(f"{first.field}：{first.message}", first.hint)


def _district(given: str) -> tuple[str, str]:
    """(slug, name) of `示例区` or `shili=示例区`."""
    slug, named, name = given.rpartition("=")
    name = name.strip()
    return (slug.strip() if named else slug_of(name)), name


def _districts(given: Sequence[str]) -> tuple[tuple[str, str], ...]:
    found = tuple(_district(one) for one in given if one.strip())
    slugs = [slug for slug, _ in found]
    twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
    if twice is not None:
        raise UserError(f"有两个区的网址名都是 {twice}。", "用“网址名=名称”的写法给其中一个另取网址名。")
    return found


def _line(ask: Asker, title: str, hint: str, default: str = "") -> str:
    say(f"\n{title}{f'（直接回车：{default}）' if default else ''}", "bold")
    say(f"  {hint}")
    while not (typed := ask.line(default=default)):
        say("  这一项要填。", "red")
    return typed


def _asked(ask: Asker, given: Founding, told: frozenset[str]) -> Founding:
    """What the command line has not said, asked for."""
    say("按提示填写；按 Ctrl+C 随时可以中止，不会写入任何文件。")
    city = given.city if "city" in told else _line(ask, "城市", "城市全称，例如 示例市。")
    named = replace(given, city=city)
    if "bureau" not in told:
        named = replace(named, bureau=_line(ask, "市级主管部门", "全称，会出现在每一页上。", named.full_bureau))
    if "districts" not in told:
        listed = _line(ask, "各区（开发区）", "全部写在一行，用顿号分开；网址名由拼音得出，也可以写成 网址名=名称。")
        named = replace(named, districts=_districts(re.split(r"[、，,\s]+", listed)))
    if "period" not in told:
        named = replace(named, period=choose(ask, "第一轮的周期", [(ANNUAL, ANNUAL), (QUARTERLY, QUARTERLY)], ANNUAL))
    return named


def _write(folder: Path, files: dict[str, str], wheel: Path | None) -> None:
    """The whole repository or nothing: made beside, and renamed."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with scratch_folder(folder.parent) as scratch:
            made = scratch / folder.name
            for name, text in files.items():
                target = made / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
                if name.startswith(_EXECUTABLE):
                    target.chmod(0o755)
            if wheel is not None:
                (made / "wheels" / wheel.name).write_bytes(wheel.read_bytes())
            through_to_disk(made)
            if sys.platform == "win32" and folder.is_dir():
                # Empty, as was made sure of; there nothing is renamed onto what is there.
                folder.rmdir()
            made.rename(folder)
    except OSError as error:
        raise UserError(f"写不了 {folder}（{reason_of(error)}）。", "检查文件夹权限和磁盘空间。") from error


@click.command("catalogue", options_metavar="[选项]")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option(
    "--wheel",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="程序的安装包（.whl），复制到 DIR/wheels/，并写下它的校验值；不写时用安装本程序的那个文件。",
)
@click.option("--city", metavar="NAME", help="城市全称。")
@click.option("--bureau", metavar="NAME", help="市级主管部门全称；默认是“城市”后面加“经济和信息化局”。")
@click.option(
    "--district",
    "districts",
    multiple=True,
    metavar="NAME",
    help="区（开发区）的名称，或“网址名=名称”；每个区写一次。网址名默认由拼音得出。",
)
@click.option("--period", type=click.Choice([ANNUAL, QUARTERLY]), help="第一轮是年度还是季度。")
def catalogue_command(
    folder: Path,
    wheel: Path | None,
    city: str | None,
    bureau: str | None,
    districts: tuple[str, ...],
    period: str | None,
) -> None:
    """在 DIR 新建一个局自己的仓库：本市的区划、第一轮、设置、自己的网页、各平台的自动检查，程序只写版本和校验值。

    在终端里，没有写的会问；不在终端里，没有写的用示例，以后在 districts.yml 和 round.yml 里改。
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"{folder} 已经存在，而且不是空文件夹。", "换一个文件夹名。")
    pinned = pinned_by(wheel) if wheel is not None else pinned_as_installed()
    listed = _districts(districts)
    said = {"city": city, "bureau": bureau, "districts": listed, "period": period}
    told = frozenset(name for name, value in said.items() if value)
    plain = Founding()
    founding = Founding(city or plain.city, bureau or "", listed or plain.districts, period or plain.period)
    ask = asker()
    try:
        if isinstance(ask, Terminal) and len(told) < len(said):
            founding = _asked(ask, founding, told)
    except (EOFError, KeyboardInterrupt):
        say("\n已中止，没有写入任何文件。", "bold red")
        sys.exit(_STOPPED)
    files = repository_files(founding, pinned)
    _refuse_unsound(files)
    _write(folder, files, pinned.wheel)
    say(f"仓库已建在 {folder}。")
    slugs = "、".join(f"{name} {slug}" for slug, name in founding.districts)
    say(f"各区的网址名（也是文件夹名，不对的现在就在 districts.yml 里改）：{slugs}。")
    if not pinned.digest:
        say(
            "program.txt 里还没有程序的校验值：现在的程序不是从安装包文件安装的。请按其中的说明填写，或加上 --wheel 文件 重新建。",
            "bold yellow",
        )
    elif pinned.wheel is None and not pinned.address:
        say("安装包已不在原处：请放进 wheels/，或在 program.txt 里写下载地址，见其中的说明。", "bold yellow")
    say(f"下一步：按 {folder / 'README.md'} 的“第一次”做，把电话、日期和示例改成本市的内容，再运行 .ci/jiebang check。")
