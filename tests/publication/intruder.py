"""A reader who wants to know which hidden demands come from one enterprise, and has nothing but the finished files.

It knows the program, so it knows what every order and every mark should come from: the published attributes of the demands. What they do
not explain, it takes for a trace of the enterprise. Each channel ends in claims, pairs of demands that it takes for those of one
enterprise; only among demands of which the same is told, for of others nobody needs a channel to tell them apart.

Codes and wording are published attributes of the demands themselves: neighbouring codes, which come from outside, are the staff's to mend (R414).
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from jiebang.site.similar import Text, alike

Files = Mapping[str, bytes]
Row = dict[str, Any]
Pair = frozenset[str]
Claims = dict[str, set[Pair]]
"""By channel."""

_ID = re.compile(r"(?i)\bd-[0-9a-hjkmnp-tv-z]{8}(?![0-9a-z])")
_OWN_DAYS = ("published_on", "apply_by", "selected_on", "concluded_on")
_TOLD = ("round", "district", "nature", "section", "division")
_OWN = ("status", "field", "category", "type", "cooperation", "applications", "winners", *_OWN_DAYS)
_TEXTS = ("title", "summary", "parameters", "effect", "schedule", "cooperation_note")


def _row(told: dict[str, Any]) -> Row:
    who = told["enterprise"]
    row = {**told, **{key: who[key] for key in ("name", "nature", "section", "division")}}
    row["cooperation"] = tuple(told["cooperation"])
    # Of who is named, git's days are told; among those of hidden ones they would be a mark.
    days = (
        "published_on",
        "selected_on",
        "concluded_on",
        *(("first_published", "last_changed") if who["name"] else ()),
    )
    row["changed_on"] = max(day for key in days if (day := told[key]))
    row["open"] = told["status"] == "published"
    # How the page lays a text out follows from the text.
    row["lines"] = tuple(len((told[key] or "").splitlines()) for key in _TEXTS)
    return row


def rows_of(files: Files) -> dict[str, Row]:
    """What the site says of every demand, by id."""
    listed = json.loads(files["data/v1/demands.json"])["demands"]
    return {one["id"]: _row(one) for one in listed}


class Intruder:
    """Reads a site once. `links` are its claims."""

    def __init__(self, files: Files) -> None:
        self.files = files
        self.rows = rows_of(files)
        groups: dict[tuple[Any, ...], list[str]] = defaultdict(list)
        for id_, row in self.rows.items():
            if row["name"] is None:
                groups[tuple(row[key] for key in _TOLD)].append(id_)
        self.groups = list(groups.values())
        """Hidden demands of which the same is told."""
        self._group_of = {id_: number for number, group in enumerate(self.groups) for id_ in group}

    def links(self) -> Claims:
        channels: dict[str, Callable[[], Iterable[tuple[str, str]]]] = {
            "order": self._by_order,
            "ids": self._by_ids,
            "marks": self._by_marks,
            "similar": self._by_similar,
        }
        claims = {
            name: {frozenset(pair) for pair in channel() if self._look_alike(*pair)}
            for name, channel in channels.items()
        }
        return {name: pairs for name, pairs in claims.items() if pairs}

    def _look_alike(self, one: str, other: str) -> bool:
        return one != other and self._group_of.get(one, -1) == self._group_of.get(other, -2)

    # --- order: every list of every file -----------------------------------------------------------------------------------

    def _by_order(self) -> Iterator[tuple[str, str]]:
        for path, content in self.files.items():
            if not path.startswith("demands/d-"):
                for listed in self._lists(path, content):
                    for block in self._unexplained(listed):
                        yield from pairwise(block)

    def _lists(self, path: str, content: bytes) -> Iterator[list[str]]:
        """The demands that a file names, cut where another list begins."""
        if path.startswith("assets/ids."):
            packed = json.loads(content)
            rest, length = packed["rest"], packed["length"]
            yield [packed["front"] + rest[at : at + length] for at in range(0, len(rest), length)]
            return
        if path.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                parts = [book.read(name).decode() for name in book.namelist()]
        else:
            parts = re.split(r"<section\b", content.decode("utf-8", errors="ignore"))
        for part in parts:
            listed: list[str] = []
            for id_ in (found.upper() for found in _ID.findall(part)):
                if id_ not in self.rows or listed[-1:] == [id_]:
                    continue
                if id_ in listed:
                    yield listed
                    listed = []
                listed.append(id_)
            yield listed

    def _unexplained(self, listed: Sequence[str]) -> list[list[str]]:
        """Blocks of a list whose order no published attribute explains, not even with the random id at the end."""
        keys = ("open", "status", "published_on", "apply_by", "changed_on", "category", "round", "district")
        return self._refined([list(listed)], keys)

    def _refined(self, blocks: list[list[str]], keys: tuple[str, ...]) -> list[list[str]]:
        left = [block for block in blocks if block != sorted(block)]
        if not left:
            return []
        best = left
        for key in keys:
            cut = [self._cut(block, key) for block in left]
            if None in cut or all(part is not None and len(part) == 1 for part in cut):
                continue
            finer = [piece for part in cut if part is not None for piece in part]
            found = self._refined(finer, tuple(other for other in keys if other != key))
            if sum(map(len, found)) < sum(map(len, best)):
                best = found
            if not best:
                break
        return best

    def _cut(self, block: list[str], key: str) -> list[list[str]] | None:
        """The block in runs of equal values; None where the list does not go by this attribute."""
        runs: list[tuple[Any, list[str]]] = []
        for id_ in block:
            value = self.rows[id_][key]
            if runs and runs[-1][0] == value:
                runs[-1][1].append(id_)
            else:
                runs.append((value, [id_]))
        values = [value for value, _ in runs]
        once = len(set(values)) == len(values)
        ordered = not key.endswith(("_on", "_by")) or values in (sorted(values), sorted(values, reverse=True))
        return [run for _, run in runs] if once and ordered else None

    # --- ids ---------------------------------------------------------------------------------------------------------------

    def _by_ids(self) -> Iterator[tuple[str, str]]:
        """Ids that have more in common than chance lets two of forty bits have."""
        for group in self.groups:
            for one, other in combinations(group, 2):
                near = abs(int(one[2:], 36) - int(other[2:], 36)) < 36**4
                if near or sum(a == b for a, b in zip(one[2:], other[2:], strict=True)) >= 5:
                    yield one, other

    # --- marks: whatever stands beside a demand in any file ------------------------------------------------------------------

    def _by_marks(self) -> Iterator[tuple[str, str]]:
        marks: dict[str, set[str]] = defaultdict(set)
        for id_, mark in self._marks():
            if id_ in self._group_of:
                marks[mark].add(id_)
        for holders in marks.values():
            for group in self.groups:
                inside = holders & set(group)
                if 2 <= len(inside) < len(group) and not self._explained(inside, group):
                    yield from combinations(sorted(inside), 2)

    def _explained(self, inside: set[str], group: Sequence[str]) -> bool:
        """Whether published attributes tell who holds a mark."""
        keys = ("lines", *_OWN)
        for chosen in (*((key,) for key in keys), *combinations(keys, 2), keys):
            values: dict[tuple[Any, ...], set[bool]] = defaultdict(set)
            for id_ in group:
                values[tuple(self.rows[id_][key] for key in chosen)].add(id_ in inside)
            if all(len(held) == 1 for held in values.values()):
                return True
        return False

    def _marks(self) -> Iterator[tuple[str, str]]:
        """(demand, mark): attributes, texts and comments of its page, its values as data, the lines of its entries and events."""
        for path, content in self.files.items():
            folder, _, name = path.rpartition("/")
            if folder.startswith("demands/d-") and name == "index.html":
                yield from self._of_page(folder.rpartition("/")[2].upper(), content.decode())
            elif folder == "data/v1/demands":
                yield from self._of_object(name.removesuffix(".json").upper(), content)
            elif path == "data/v1/demands.ndjson":
                for line in content.splitlines():
                    yield from self._of_object(json.loads(line)["id"], line)
            elif path == "data/v1/demands.csv":
                table = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
                for cells in table[1:]:
                    id_ = next(cell for cell in cells if _ID.fullmatch(cell))
                    yield from (
                        (id_, f"csv {number} {cell}") for number, cell in enumerate(cells) if not self._own(id_, cell)
                    )
            elif path.endswith((".atom", ".ics", ".xml")) or (folder.startswith("feeds") and path.endswith(".json")):
                yield from self._of_entries(path, content.decode())

    def _own(self, id_: str, text: str) -> bool:
        """Whether a text is, or holds, what is the demand's own."""
        row = self.rows[id_]
        own = (id_, id_.lower(), row["code"], *(row[key] for key in _TEXTS))
        return any(value and (value in text or (len(text) > 1 and text in value)) for value in own)

    def _of_page(self, id_: str, page: str) -> Iterator[tuple[str, str]]:
        if id_ not in self.rows:
            return
        body = re.sub(r'(?s)<section class="near".*?</section>', "", page)
        found = re.findall(r'[\w-]+="[^"]*"', body) + re.findall(r"(?s)<!--.*?-->", body)
        found += [text.strip() for text in re.findall(r">([^<>]+)<", body)]
        yield from ((id_, f"page {text}") for text in found if text and not self._own(id_, text))
        skeleton = re.sub(r">[^<>]*[^<>\s][^<>]*<", "><", re.sub(r'="[^"]*"', "", body))
        yield id_, f"skeleton {skeleton}"

    def _of_object(self, id_: str, content: bytes) -> Iterator[tuple[str, str]]:
        value = json.loads(content)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        yield id_, f"size {len(content) - len(plain)}"
        yield from ((id_, f"{key} {one}") for key, one in value.items() if not self._own(id_, str(one)))

    def _of_entries(self, path: str, text: str) -> Iterator[tuple[str, str]]:
        opening = {"ics": "BEGIN:VEVENT", "atom": "<entry", "xml": "<url>", "json": '{"id"'}[path.rpartition(".")[2]]
        for entry in text.replace("\r\n ", "").split(opening)[1:]:
            found = _ID.search(entry)
            if found and (id_ := found.group().upper()) in self.rows:
                # The last entry of a file in JSON ends otherwise than the others.
                lines = [line.rstrip("]},") for line in re.split(r"\r\n|\n|,(?=\")|(?<=>)(?=<)", entry)]
                yield from ((id_, f"{path} {line}") for line in lines if not self._own(id_, line))

    # --- similar demands -----------------------------------------------------------------------------------------------------

    def _by_similar(self) -> Iterator[tuple[str, str]]:
        """The program is public: whoever has the texts can say what it should name as similar."""
        listed = sorted(self.rows.values(), key=lambda row: row["id"])
        listed.sort(key=lambda row: row["published_on"], reverse=True)
        texts = (Text(r["id"], r["title"], r["summary"], f"{r['parameters']}\n{r['effect']}") for r in listed)
        expected = alike(tuple(texts))
        for id_ in self.rows:
            page = self.files[f"demands/{id_.lower()}/index.html"].decode()
            near = re.findall(r'(?s)<section class="near".*?</section>', page)
            named = [found.upper() for found in _ID.findall("".join(near))]
            if named != [one.id for one in expected[id_]]:
                yield from ((id_, other) for other in named)


@dataclass(frozen=True)
class Score:
    """`claims` counts pairs by channel; `told_apart` the hidden enterprises that a channel tells apart from all but fewer than k."""

    claims: dict[str, int]
    told_apart: int


def score(intruder: Intruder, owner: Mapping[str, str], k: int) -> Score:
    """Judges the claims by the truth; `owner` says which enterprise stands behind a demand.

    Who is lost among k is guessed right once in k times. So a channel of which more claims are right tells apart whom they are about.
    An enterprise that is alone in its group is told apart by its attributes, not by a channel."""
    links = intruder.links()
    alone = {group[0] for group in intruder.groups if len({owner[id_] for id_ in group}) == 1}
    lonely = {id_ for group in intruder.groups if group[0] in alone for id_ in group}
    found: set[str] = set()
    for pairs in links.values():
        judged = [[owner[id_] for id_ in pair] for pair in pairs if not pair & lonely]
        right = {owners[0] for owners in judged if owners[0] == owners[1]}
        if sum(owners[0] == owners[1] for owners in judged) * k > len(judged):
            found |= right
    return Score({name: len(pairs) for name, pairs in links.items()}, len(found))
