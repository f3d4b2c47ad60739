"""Measures matching: how well demands are ranked for what enterprises say of themselves, against simpler ways, and how often nothing is
said to fit where nothing does.

Two sets of judgements over the sample's public demands: `matching_profiles.yml`, written by hand before any tuning; and the sample's own
applications, of which the enterprise's record is the text (chosen or still open counts 2, declined or withdrawn 1).
"""

from __future__ import annotations

import argparse
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from jiebang.catalogue import Catalogue, load
from jiebang.mapping import Maps
from jiebang.publication import publish
from jiebang.resources import program_data
from jiebang.site.matching import Document, Text, document_of, index_of, matches
from jiebang.site.search.folding import fold
from jiebang.site.similar.weighing import portions_of, weighed
from jiebang.site.synonyms import synonym_files, synonyms_in

HERE = Path(__file__).resolve().parent
DEPTH = 10
SAMPLES = 5000
GROUPS = synonyms_in(synonym_files(program_data(), None))
Scorer = Callable[[str], Sequence[float]]


@dataclass(frozen=True, slots=True)
class Profile:
    kind: str
    text: str
    suits: Mapping[str, int]


def profiles() -> list[Profile]:
    """Those written by hand."""
    listed = yaml.safe_load((HERE / "matching_profiles.yml").read_text(encoding="utf-8"))
    return [Profile(**one) for one in listed]


def applicants(catalogue: Catalogue, ids: Sequence[str]) -> list[Profile]:
    """The sample's SMEs and what they applied for."""
    suits: dict[str, dict[str, int]] = defaultdict(dict)
    for application in catalogue.applications:
        if application.get("demand") in ids:
            worth = 1 if application.get("status") in {"declined", "withdrawn"} else 2
            suits[application.get("enterprise")][application.get("demand")] = worth
    return [
        Profile("sme", who.get("profile"), suits[who.id])
        for who in catalogue.enterprises
        if who.id in suits and who.get("profile")
    ]


def _gain(worths: Sequence[int]) -> float:
    return math.fsum((2.0**worth - 1) / math.log2(place + 2) for place, worth in enumerate(worths))


def ndcg(order: Sequence[str], suits: Mapping[str, int]) -> float:
    """nDCG of the first ten."""
    best = _gain(sorted(suits.values(), reverse=True)[:DEPTH])
    return _gain([suits.get(one, 0) for one in order[:DEPTH]]) / best


def recall(order: Sequence[str], suits: Mapping[str, int]) -> float:
    """How many of those that suit are among the first ten."""
    return len(set(order[:DEPTH]) & suits.keys()) / min(DEPTH, len(suits))


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % of the means of resampled profiles."""
    chosen = np.random.default_rng(1).integers(0, len(values), (SAMPLES, len(values)))
    means: NDArray[np.float64] = np.asarray(values)[chosen].mean(axis=1)
    low, high = np.quantile(means, (0.025, 0.975))
    return float(low), float(high)


# --- ways of ranking --------------------------------------------------------------------------------------------------------


def at_random(documents: Sequence[Document]) -> Scorer:
    numbers = random.Random(3)  # noqa: S311 - an order, no secret
    return lambda _: [numbers.random() for _ in documents]


def _pairs(text: str) -> list[str]:
    folded = fold(text)
    runs = re.findall("[\u3400-\u9fff]+", folded)
    return [run[at : at + 2] for run in runs for at in range(len(run) - 1)] + re.findall("[a-z][a-z0-9-]+", folded)


def bm25(documents: Sequence[Document]) -> Scorer:
    """Over pairs of characters and Latin words, nothing else."""
    counted = [Counter(_pairs(f"{d.title}\n{d.summary}\n{d.details}")) for d in documents]
    spread = Counter(token for counts in counted for token in counts)
    average = sum(counts.total() for counts in counted) / len(counted)

    def score(text: str) -> list[float]:
        asked = set(_pairs(text))
        return [
            sum(
                math.log(1 + (len(counted) - spread[token] + 0.5) / (spread[token] + 0.5))
                * counts[token] * 2.2 / (counts[token] + 1.2 * (0.25 + 0.75 * counts.total() / average))
                for token in asked & counts.keys()
            )
            for counts in counted
        ]  # fmt: skip

    return score


def similar(documents: Sequence[Document]) -> Scorer:
    """The cosine by which the site finds similar demands, without its thresholds."""

    def score(text: str) -> list[float]:
        of_all = weighed(*portions_of([*documents, Document("", "", text, "")]), Maps(jobs=1))
        values = of_all.values.astype(float)
        mine = np.zeros(len(of_all.words))
        own = slice(*of_all.bounds[-2:].tolist())
        mine[of_all.terms[own]] = values[own]
        owners = of_all.owners()
        products = np.bincount(owners, values * mine[of_all.terms], len(of_all))
        norms = np.maximum(np.bincount(owners, values * values, len(of_all)), 1.0)
        cosines: list[float] = (products / np.sqrt(norms))[:-1].tolist()
        return cosines

    return score


def _shipped(documents: Sequence[Document], groups: tuple[tuple[str, ...], ...]) -> Scorer:
    index = index_of(documents, groups)

    def score(text: str) -> list[float]:
        scores = dict.fromkeys(range(len(documents)), 0.0)
        for name in {token.name for token in Text(text, index).tokens}:
            for number, weight in index.postings[name]:
                scores[number] += weight
        return list(scores.values())

    return score


WAYS: Mapping[str, Callable[[Sequence[Document]], Scorer]] = {
    "随机": at_random,
    "BM25，双字": bm25,
    "相似需求的余弦": similar,
    "本程序，不用同义词": lambda documents: _shipped(documents, ()),
    "本程序": lambda documents: _shipped(documents, GROUPS),
}


# --- the report -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Judged:
    """Of a way: for each profile that something suits, its kind, nDCG and recall."""

    kinds: tuple[str, ...]
    ndcg: tuple[float, ...]
    recall: tuple[float, ...]

    def of(self, kind: str) -> float:
        return float(np.mean([value for value, of in zip(self.ndcg, self.kinds, strict=True) if of == kind]))


def judged(way: Scorer, listed: Sequence[Profile], ids: Sequence[str]) -> Judged:
    rows = []
    for profile in listed:
        if profile.suits:
            scores = way(profile.text)
            order = sorted(ids, key=lambda one: (-scores[ids.index(one)], one))
            rows.append((profile.kind, ndcg(order, profile.suits), recall(order, profile.suits)))
    kinds, gains, recalls = zip(*rows, strict=True)
    return Judged(kinds, gains, recalls)


def _row(name: str, told: Judged, bm: Judged, kinds: Sequence[str]) -> Iterator[str]:
    low, high = interval(told.ndcg)
    yield name
    yield f"{np.mean(told.ndcg):.2f} [{low:.2f}, {high:.2f}]"
    low, high = interval(told.recall)
    yield f"{np.mean(told.recall):.2f} [{low:.2f}, {high:.2f}]"
    low, high = interval([one - other for one, other in zip(told.ndcg, bm.ndcg, strict=True)])
    yield f"[{low:+.2f}, {high:+.2f}]"
    yield " / ".join(f"{told.of(kind):.2f}" for kind in kinds)


def report(catalogue: Path, console: Console) -> None:
    loaded = load(catalogue)[0]
    documents = [document_of(demand) for demand in publish(loaded, {}).site.demands]
    ids = [document.id for document in documents]
    for title, listed in (("手工标注", profiles()), ("样例中的申请", applicants(loaded, ids))):
        kinds = list(dict.fromkeys(profile.kind for profile in listed if profile.suits))
        ways = {name: judged(make(documents), listed, ids) for name, make in WAYS.items()}
        pairs = sum(len(profile.suits) for profile in listed)
        table = Table(
            "方法",
            "nDCG@10",
            "recall@10",
            "nDCG 比 BM25",
            " / ".join(kinds),
            title=f"{title}：{len(listed)} 段介绍，{pairs} 对",
        )
        for name, told in ways.items():
            table.add_row(*_row(name, told, ways["BM25，双字"], kinds))
        console.print(table)
    index = index_of(documents, GROUPS)
    for kind in ("own", "other", "english", "nothing", "later"):
        named = [bool(matches(Text(profile.text, index), index)) for profile in profiles() if profile.kind == kind]
        console.print(f"{kind}：{len(named)} 段，{named.count(False)} 段答“没有合适的”。")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="测量匹配：排得准不准，没有合适的时候说不说。")
    parser.add_argument("--catalogue", type=Path, default=HERE.parent / "catalogue", metavar="DIR")
    report(parser.parse_args(arguments).catalogue, Console(width=150))
    return 0


if __name__ == "__main__":
    sys.exit(main())
