"""Catalogues that somebody damaged, through `check` and `build`: bytes, keys, values, kinds of value, encodings, and whole files.

`python -m tests.hostile.catalogues --count 2000` tries so many, each in a copy of a process that has everything imported, beside a site that
stands already. What breaks a promise is told with its number, by which it can be made again (`--first N --count 1`).
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

from tests.conftest import FIXTURES, ROOT, run_here
from tests.hostile.targets import mutated
from tests.judging import private_values

Tree = dict[str, bytes]
_WITNESS = "2024/zone/demands/d-bbbbbbb2.yml"
"""Has a slip that is only warned of: it must be told whatever becomes of the other files."""
_SLIP = "R406"
_SECONDS = 20
"""Of the processor's time, for a check and a build; they take half a second."""
_MEMORY = 3 << 30
_FORMATS = ("text", "json", "sarif", "github")
_VALUES = (
    "", "null", "~", "是", "否", "公开", "不公开", "true", "1e999", "-1", "0", "9" * 400, "2024-02-30", "2024-13-01", "０１２", "'", '"', "[]", "{}", "[a, b]", "{a: b}",
    "!!binary aGk=", "&a x", "*a", "|", ">-", "? x", "- x", "# x", "<script>alert(1)</script>", "{{ 7 * 7 }}", "[x](javascript:alert(1))", "\\N{BULLET}", '"\\u202e"', "中" * 3000,
    "E-AAAAAAA1", "D-AAAAAAA1", "published", "draft", "withdrawn", "selected", "大企业", "中小企业", "2024", "qiaokou", "..", "/etc/passwd", "con", "=1+1", "𠮷野家", "e\u0301",
)  # fmt: skip
_NAMES = (
    "d-zzzzzzz9.yml", "D-AAAAAAA1.YML", "e-aaaaaaa1.yaml", "con.yml", "a b.yml", "d-ｆull00001.yml", "d-a\nb.yml", ".hidden.yml", "d-aaaaaaa1.yml.bak", "x.docx", "round.yml",
    "districts.yml", "d-" + "y" * 180 + ".yml", "d-e\u0301.yml", "d-\u202elmy.yml",
)  # fmt: skip


def _lines(change: Callable[[list[str], int, Random], None]) -> Callable[[Tree, str, Random], None]:
    def changed(tree: Tree, name: str, random: Random) -> None:
        lines = tree[name].decode("utf-8", "replace").split("\n")
        change(lines, random.randrange(len(lines)), random)
        tree[name] = "\n".join(lines).encode()

    return changed


def _value(lines: list[str], at: int, random: Random) -> None:
    key, colon, _ = lines[at].partition(":")
    lines[at] = f"{key}: {random.choice(_VALUES)}" if colon else random.choice(_VALUES)


def _value_of_another(lines: list[str], at: int, random: Random) -> None:
    lines[at] = f"{lines[at].partition(':')[0]}:{random.choice(lines).partition(':')[2]}"


def _key(lines: list[str], at: int, random: Random) -> None:
    key, colon, value = lines[at].partition(":")
    other = random.choice(
        (key + "x", key.upper(), key[:-1], random.choice(lines).partition(":")[0], f" {key}", f"- {key}", "<<", "")
    )
    lines[at] = other + colon + value


def _lost(lines: list[str], at: int, random: Random) -> None:
    del lines[at : at + random.choice((1, 1, 1, 3, 10))]
    lines.append("")


def _doubled(lines: list[str], at: int, random: Random) -> None:
    lines.insert(random.randrange(len(lines)), lines[at])


def _shifted(lines: list[str], at: int, random: Random) -> None:
    lines[at] = random.choice(("  ", "\t", " ", "    ")) + lines[at] if random.random() < 0.5 else lines[at].lstrip()


def _kind_of_value(lines: list[str], at: int, random: Random) -> None:
    key, _, value = lines[at].partition(":")
    indent = " " * (len(key) - len(key.lstrip()) + 2)
    lines[at] = random.choice(
        (
            f"{key}:\n{indent}-{value}",
            f"{key}:\n{indent}a:{value}",
            f"{key}: [{value}]",
            f"{key}: '{value}'",
            f"{key}: |\n{indent}{value}",
            f"{key}:",
        )
    )


def _bytes(tree: Tree, name: str, random: Random) -> None:
    tree[name] = mutated(tree[name], random)


def _truncated(tree: Tree, name: str, random: Random) -> None:
    tree[name] = tree[name][: random.randrange(len(tree[name]) + 1)]


def _swapped(tree: Tree, name: str, random: Random) -> None:
    other = random.choice([one for one in sorted(tree) if one != _WITNESS])
    tree[name], tree[other] = tree[other], tree[name]


def _copied(tree: Tree, name: str, random: Random) -> None:
    folder = random.choice(sorted({one.rpartition("/")[0] for one in tree}))
    tree[f"{folder}/{random.choice((*_NAMES, name.rpartition('/')[2]))}".lstrip("/")] = tree[name]


def _moved(tree: Tree, name: str, random: Random) -> None:
    _copied(tree, name, random)
    if len(tree) > 2:
        tree.pop(name)


def _removed(tree: Tree, name: str, random: Random) -> None:
    tree.pop(name)


def _encoded(tree: Tree, name: str, random: Random) -> None:
    text = tree[name].decode("utf-8", "replace")
    tree[name] = random.choice(
        (
            lambda: text.encode("gb18030"),
            lambda: text.encode("utf-16"),
            lambda: text.encode("utf-8-sig"),
            lambda: text.replace("\n", "\r\n").encode(),
            lambda: text.replace("\n", "\r").encode(),
            lambda: text.encode("utf-8").decode("latin-1").encode(),
            lambda: text.encode("utf-7"),
            lambda: text.encode() + b"\0",
            lambda: b"\n---\n" + text.encode() * 2,
        )
    )()


_TEXTS = re.compile(r"(?m)^( *(?:title|summary|effect|note|profile|address|name|schedule|statement|reason): )(\S.*)$")
_PUBLIC = re.compile(r"(?m)^(?:summary|effect|schedule): \S.*$")
_PRIVATE = re.compile(r"(?m)^ *(?:name|phone|email|address|credit_code): (\S.{3,})$")
_WORDS = (
    "示例", "，可定制", "（高温）", " 30%", "<b>粗</b>", "</script>", "{{ x }}", "\u3000", "&amp;", "&#20320;", "%E4%BD%A0", "# ", "*强*", "`代码`", "|", "①", "㎡", "𠮷", "ａｂ", "—", "…",
)  # fmt: skip


def _word(tree: Tree, name: str, random: Random) -> None:
    """In a text, which stays one."""
    text = tree[name].decode("utf-8", "replace")
    found = list(_TEXTS.finditer(text))
    if found:
        start, end = random.choice(found).span(2)
        at = random.randrange(start, end) + 1
        tree[name] = (text[:at] + random.choice(_WORDS) + text[at:]).encode()


def _planted(tree: Tree, name: str, random: Random) -> None:
    """A private value of a record, in a text that everybody reads."""
    demands = [one for one in sorted(tree) if "/demands/" in one and one != _WITNESS]
    values = _PRIVATE.findall(tree[name].decode("utf-8", "replace"))
    if demands and values:
        demand = random.choice(demands)
        text = tree[demand].decode("utf-8", "replace")
        if found := list(_PUBLIC.finditer(text)):
            at = random.choice(found).end()
            tree[demand] = (text[:at] + random.choice(values) + text[at:]).encode()


_GENTLE = ("a word", "a word", "a private value", "removed file")
CHANGES: dict[str, Callable[[Tree, str, Random], None]] = {
    "a word": _word,
    "a private value": _planted,
    "bytes": _bytes,
    "value": _lines(_value),
    "value of another": _lines(_value_of_another),
    "key": _lines(_key),
    "lost lines": _lines(_lost),
    "doubled line": _lines(_doubled),
    "shifted line": _lines(_shifted),
    "kind of value": _lines(_kind_of_value),
    "truncated": _truncated,
    "swapped files": _swapped,
    "copied file": _copied,
    "moved file": _moved,
    "removed file": _removed,
    "encoding": _encoded,
}


def damaged(tree: Tree, number: int) -> tuple[Tree, list[str]]:
    """The catalogue of that number, and what was done to it."""
    random, changed, done = Random(number), dict(tree), []  # noqa: S311 - for tests, repeatable
    chosen = random.choice((_GENTLE, sorted(CHANGES)))
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        # The witness stays, as long as there is anything else.
        names = [name for name in sorted(changed) if name != _WITNESS]
        if names:
            kind, name = random.choice(chosen), random.choice(names)
            CHANGES[kind](changed, name, random)
            done.append(f"{kind}: {name}")
    return changed, done


def whole() -> Tree:
    """The small catalogue with the slip of the witness."""
    base = FIXTURES / "base"
    tree = {path.relative_to(base).as_posix(): path.read_bytes() for path in sorted(base.rglob("*")) if path.is_file()}
    tree[_WITNESS] += (
        "clearances:\n  - code: R405\n    field: titel\n    reviewer: 示例审甲\n    date: 2024-07-12\n    reason: 普通词语\n".encode()
    )
    return tree


def _write(tree: Tree, root: Path) -> None:
    shutil.rmtree(root, ignore_errors=True)
    for name, data in tree.items():
        path = root / name
        if not any(parent.is_file() for parent in path.parents) and not path.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)


def _renewed(root: Path) -> None:
    """As two reviewers would after reading: else no changed text would come as far as the site."""
    from jiebang.catalogue import load
    from tests.reviews import renewed

    for demand in load(root)[0].demands:
        path = root / demand.path
        text = path.read_text(encoding="utf-8")
        try:
            path.write_text(renewed(text), encoding="utf-8")
        except (AssertionError, KeyError, TypeError, IndexError, AttributeError):
            continue  # Of a review that means nothing.


def _told(values: Sequence[str], output: str) -> list[str]:
    return [value for value in values if value in output]


def _texts(out: Path) -> str:
    endings = {".html", ".json", ".xml", ".csv", ".ics", ".txt", ".js"}
    return "\n".join(
        path.read_text(encoding="utf-8", errors="replace") for path in out.rglob("*") if path.suffix in endings
    )


def _judged(root: Path, out: Path, number: int, cache: Path, harmless: frozenset[str]) -> dict[str, object]:
    """In the copy: check and build; which promises they broke. `harmless`: what the site says in any case."""
    from jiebang.catalogue import load

    random, broken = Random(number), []  # noqa: S311 - for tests, repeatable
    if random.random() < 0.7:
        _renewed(root)
    environment = {"JIEBANG_CACHE": str(cache)}
    private = sorted(private_values(load(FIXTURES / "base")[0]) - harmless)
    catalogue = load(root)[0]
    # The public words of a demand may be those of the enterprise: two people read both.
    originals = {str(demand.get("original_text")).strip() for demand in catalogue.demands}
    now = sorted(private_values(catalogue) - harmless - originals)
    stood = {path: path.stat().st_ino for path in (out, out / "index.html", out / ".jiebang-site")}
    form = random.choice(_FORMATS)
    checked = run_here(("check", "--catalogue", root, "--format", form), root.parent, environment)
    built = run_here(("build", "--catalogue", root, "--out", out), root.parent, environment)
    for name, done in (("check", checked), ("build", built)):
        output = done.stdout + done.stderr
        if "Traceback" in output or "程序自身出了错" in output or done.returncode not in {0, 1, 2}:
            broken.append(f"{name} ended with {done.returncode}: {output[-600:]}")
        if private_told := _told(private, output):
            broken.append(f"{name} told {private_told}")
    if form != "github" and _SLIP not in checked.stdout + checked.stderr:
        broken.append(f"the others were not judged ({form}): {(checked.stdout + checked.stderr)[:600]}")
    if checked.returncode == 1 and built.returncode == 0:
        broken.append("built in spite of findings")
    if built.returncode and stood != {path: path.stat().st_ino for path in stood}:
        broken.append("the site that stood there was touched")
    if built.returncode == 0:
        site = _texts(out)
        if private_told := _told(now, site):
            broken.append(f"the site tells {private_told}")
    return {"check": checked.returncode, "build": built.returncode, "broken": broken}


def _apart(work: Callable[[], dict[str, object]]) -> dict[str, object]:
    reading, writing = os.pipe()
    sys.stdout.flush()
    copy = os.fork()
    if copy == 0:
        os.close(reading)
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS + 1))
            resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
            told = work()
        except BaseException:  # noqa: BLE001 - told, for this process ends here
            told = {"broken": [traceback.format_exc()[-2000:]]}
        with os.fdopen(writing, "w", encoding="utf-8") as out:
            json.dump(told, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as answer:
        said = answer.read()
    status = os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])
    return dict(json.loads(said)) if said else {"broken": [f"ended by signal {-status}, after at most {_SECONDS} s"]}


def main() -> None:
    """Tells the figures, and ends with 1 where a promise was broken."""
    from jiebang.catalogue import load
    from jiebang.schemas import divisions

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=100)
    asked = parser.parse_args()
    kinds, ends, failed, slowest = Counter[str](), Counter[str](), 0, 0.0
    with tempfile.TemporaryDirectory(prefix="jiebang-hostile-") as place:
        folder = Path(place)
        cache, root, out = folder / ".cache", folder / "catalogue", folder / "public"
        cache.mkdir(mode=0o700)
        for part in ("frames", "templates"):
            if (ROOT / ".cache" / part).is_dir():
                (cache / part).symlink_to(ROOT / ".cache" / part)
        _write(whole(), root)
        for command in (("check", "--catalogue", root), ("build", "--catalogue", root, "--out", out)):
            done = run_here(command, folder, {"JIEBANG_CACHE": str(cache)})
            assert done.returncode == 0 and _SLIP in done.stdout + done.stderr, done
        site = _texts(out) + "".join(division.name for division in divisions().values())
        harmless = frozenset({*_VALUES, *(value for value in private_values(load(root)[0]) if value in site)})
        for number in range(asked.first, asked.first + asked.count):
            tree, done_to_it = damaged(whole(), number)
            _write(tree, root)
            started = resource.getrusage(resource.RUSAGE_CHILDREN)
            told = _apart(lambda number=number: _judged(root, out, number, cache, harmless))  # type: ignore[misc]  # a number, at once
            ended = resource.getrusage(resource.RUSAGE_CHILDREN)
            slowest = max(slowest, ended.ru_utime + ended.ru_stime - started.ru_utime - started.ru_stime)
            kinds.update(one.partition(":")[0] for one in done_to_it)
            ends[f"check {told.get('check')}, build {told.get('build')}"] += 1
            if told["broken"]:
                failed += 1
                print(json.dumps({"number": number, "done": done_to_it, **told}, ensure_ascii=False), flush=True)
    print(
        f"{asked.count} catalogues, {failed} broken; {dict(sorted(ends.items()))}; {dict(sorted(kinds.items()))}; slowest {slowest:.1f} s"
    )
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
