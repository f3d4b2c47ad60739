"""The part of a catalogue that an import touches: one round's records, to find again what an earlier form gave."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.amend import value_of
from jiebang.catalogue.catalogue import read_content, read_record, refuse_closed
from jiebang.catalogue.decode import decode
from jiebang.catalogue.files import RecordFile, find_records
from jiebang.catalogue.messages import nearest
from jiebang.catalogue.sealing import ending_of
from jiebang.errors import UserError
from jiebang.problems import Problem, in_order
from jiebang.rules.registry import check_rules

FOLDERS = {"enterprise": "enterprises", "demand": "demands", "application": "applications"}
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*\Z")


@dataclass(slots=True)
class Store:
    """`catalogue` holds the round's records, and what is planned; `problems` what reading them found, by path."""

    root: Path
    round: str
    district: str
    catalogue: Catalogue
    problems: dict[str, tuple[Problem, ...]]
    planned: set[str] = field(default_factory=set)
    """Paths of what this import has planned so far."""

    def here(self, kind: str) -> list[Record]:
        """The records of a kind in this round and district."""
        records = {"enterprise": self.catalogue.enterprises, "demand": self.catalogue.demands, "application": self.catalogue.applications}[kind]  # fmt: skip
        return [record for record in records if record.district == self.district]

    def path_of(self, kind: str, id_: str) -> str:
        """Where a record belongs, relative to the catalogue."""
        ending = ending_of(kind, self.catalogue.districts)
        return f"{self.round}/{self.district}/{FOLDERS[kind]}/{id_.lower()}{ending}"

    def put(self, kind: str, path: str, text: str) -> Record | None:
        """Takes a planned text into the catalogue in memory, in place of what stood at its path."""
        read = read_record(RecordFile(kind, path, self.round, self.district), text.encode("utf-8"))
        self.problems[path] = read.problems
        self.planned.add(path)
        records = {"enterprise": self.catalogue.enterprises, "demand": self.catalogue.demands, "application": self.catalogue.applications}[kind]  # fmt: skip
        records[:] = [record for record in records if record.path != path]
        if read.record is not None:
            self.catalogue.add(read.record)
        return read.record

    def judge(self, paths: set[str]) -> list[Problem]:
        """What `jiebang check` would say of these files."""
        fresh = Catalogue(self.root)
        for record in self.catalogue.records():
            fresh.add(record)
        problems = [problem for path in paths for problem in self.problems.get(path, ())]
        problems.extend(problem for problem in check_rules(fresh) if problem.path in paths)
        return in_order(problems)


def text_of(record: Record) -> str:
    """The text of a record's file as it stands."""
    text, _ = decode(record.source)
    return text or ""


def whole_value(record: Record) -> dict[str, object]:
    """Everything a record says, valid or not."""
    return value_of(record.kind, text_of(record))


def _refuse_names(root: Path, round_: str, district: str, catalogue: Catalogue) -> None:
    known = catalogue.districts is not None and not district.isascii()
    for name, what in ((round_, "轮次"), *(() if known else ((district, "区"),))):
        if not _SLUG.match(name):
            raise UserError(f"{what}的编号“{name}”不对。", "只用小写字母、数字和连字符，与目录里的文件夹同名。")
    if catalogue.districts is not None:
        slugs = [d["slug"] for d in catalogue.districts.get("districts") or () if isinstance(d, dict) and "slug" in d]
        if district not in slugs:
            names = [str(d.get("name")) for d in catalogue.districts.get("districts") or () if isinstance(d, dict)]
            near = nearest(district, slugs if district.isascii() else names)
            raise UserError(
                f"districts.yml 里没有“{district}”这个区。",
                f"是不是 {near}？" if near else "写 districts.yml 里的 slug 或名称。",
            )
        if not (root / round_ / "round.yml").is_file():
            raise UserError(f"目录里没有轮次 {round_}（{round_}/round.yml）。", "核对 --round，或先建好这个轮次。")


def _slug_of(root: Path, named: str) -> str:
    """The slug of a district that is named by it or by its name; what was written where none is."""
    path = root / "districts.yml"
    record = (
        read_record(RecordFile("districts", path.name, None, None), path.read_bytes()).record
        if path.is_file()
        else None
    )
    entries = (record.get("districts") if record is not None else None) or ()
    found = (d["slug"] for d in entries if isinstance(d, dict) and d.get("name") == named.strip() and "slug" in d)
    return str(next(found, named))


def open_store(root: Path, round_: str, district: str) -> Store:
    """The round as it stands; empty where the folder is new. UserError for a round or district that the catalogue does not have.

    `district` is named by its slug or by what people call it.
    """
    catalogue = Catalogue(root)
    district = _slug_of(root, district)
    store = Store(root, round_, district, catalogue, {})
    files = find_records(root)[0] if root.is_dir() else []
    broken: list[str] = []
    files = [file for file in files if file.kind == "districts" or file.round == round_]
    # Whether a form was imported before is told by the credit code.
    refuse_closed(files)
    for file in files:
        try:
            read = read_record(file, *read_content(root, file))
        except OSError as error:
            raise UserError(f"读不出 {file.path}。", "检查文件权限。") from error
        store.problems[file.path] = read.problems
        if read.record is not None:
            catalogue.add(read.record)
        # F: of a sealed one that the key at hand does not open.
        if file.district == district and any(p.code[0] in "FY" and p.code != "Y114" for p in read.problems):
            broken.append(file.path)
    _refuse_names(root, round_, district, catalogue)
    if broken:
        raise UserError(
            f"目录里有读不通的记录，看不出表格是不是已经录入过：{'、'.join(broken)}。",
            f"先运行 jiebang check --catalogue {root}，改正后再导入。",
        )
    return store
