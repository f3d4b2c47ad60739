"""What is typed into public texts by mistake: a hidden enterprise's name, contact data, people, marks of classification.

The same eyes look at the finished site; here they find it before it is pushed, at its line. No message quotes what was found. Source:
safety rules 5, 6, 11 and 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial

from jiebang.catalogue import Catalogue
from jiebang.disguise import (
    Needles,
    Reading,
    Rule,
    Variant,
    find_contacts,
    find_honorifics,
    fold,
    has_mark,
    read_plain,
    readings,
    variants,
)
from jiebang.disguise.persons import CONTACT
from jiebang.problems import Problem, Severity
from jiebang.rules.names import common_text, field_path, identity_of, is_hidden, public_words, region_words
from jiebang.rules.public_texts import Typed, all_texts, is_cleared, public_paths, public_texts
from jiebang.rules.registry import Report, rule
from jiebang.schemas import field_at


@lru_cache(maxsize=16384)
def _read(text: str) -> Reading:
    return read_plain(text)


# --- names ---------------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Named:
    """Whose name, of which field of its record, in which manner."""

    path: str
    source: str
    manner: str


def _hidden_names(catalogue: Catalogue) -> Needles[_Named]:
    needles: Needles[_Named] = Needles()
    regions, common = region_words(catalogue), common_text(catalogue)
    allowed = list(public_words(catalogue))
    for enterprise in catalogue.enterprises:
        names = variants(identity_of(enterprise, regions), common)
        if not is_hidden(enterprise):
            allowed.append(fold(enterprise.get("name") or ""))
            allowed.extend(v.text for v in names if not v.short)
            continue
        for variant in names:
            if not variant.short:
                needles.add(variant.text, variant.rule, _Named(enterprise.path, variant.source, variant.manner))
    needles.allow(allowed)
    needles.ready()
    return needles


def _title(source: str) -> str:
    field = field_at("enterprise", field_path(source))
    return field.title if field is not None else source


def _first_name(text: str, needles: Needles[_Named]) -> _Named | None:
    return next((named for reading in readings(text) for _, named in needles.search(reading)), None)


@rule(
    "R401",
    "公开文字里有不公开企业的名称",
    "企业选择不公开名称，需求的任何公开文字就都不能让人认出它，改写、拼音、倒写也不行。",
    "删去企业名称、简称、品牌和网址，改为“本企业”“发榜方”。",
)
def names_of_the_hidden(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    needles = _hidden_names(catalogue)
    if not len(needles):
        return
    for typed in all_texts(catalogue):
        first = _first_name(typed.text, needles)
        if first is None:
            continue
        own = catalogue.find("enterprise", typed.record.get("enterprise"))
        whose = "本项需求发榜企业" if own is not None and own.path == first.path else "一家不公开名称的企业"
        manner = "" if first.manner == "原样" else f"（{first.manner}）"
        yield typed.problem(
            report,
            lambda text: _first_name(text, needles) is not None,
            f"含有{whose}的“{_title(first.source)}”的一种写法{manner}。",
        )


def _stands_in(variant: Variant, reading: Reading) -> bool:
    needles: Needles[str] = Needles()
    needles.add(variant.text, Rule.WORD if variant.rule is Rule.WORD else Rule.ANYWHERE, variant.text)
    needles.ready()
    return any(True for _ in needles.search(reading))


def _found_in(variant: Variant, text: str) -> bool:
    return _stands_in(variant, read_plain(text))


@rule(
    "R405",
    "公开文字里可能有企业的简称",
    "两个字的简称、拼音首字母等也常是普通词语，程序分不清，须由人来判断。",
    "确是指企业的，改掉；确认是普通词语的，在 clearances 里写明检查编号、项目、复核人、日期和理由。",
)
def short_names(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    regions, common = region_words(catalogue), common_text(catalogue)
    for demand in catalogue.demands:
        own = catalogue.find("enterprise", demand.get("enterprise"))
        if own is None or not is_hidden(own):
            continue
        names = variants(identity_of(own, regions), common)
        short = [variant for variant in names if variant.short]
        for typed in public_texts(demand):
            reading = _read(typed.text)
            if any(not variant.short and variant.text in reading.squashed for variant in names):
                # R401 has the whole name here; its parts are no news.
                continue
            # A plain search first: hardly any text holds one.
            found = next((v for v in short if v.text in reading.squashed and _stands_in(v, reading)), None)
            if found is None or is_cleared(typed, "R405"):
                continue
            kind = "拼音首字母" if found.manner == "拼音首字母" else "很短的一种写法"
            yield typed.problem(
                report,
                partial(_found_in, found),
                f"含有与发榜企业“{_title(found.source)}”的{kind}相同的词。",
            )


# --- contact data, people, marks -------------------------------------------------------------------------------------------------------


def _bureau_contacts(catalogue: Catalogue) -> re.Pattern[str] | None:
    """The bureaus' own public telephones and addresses, which a notice may well repeat."""
    if catalogue.districts is None:
        return None
    holders = [catalogue.districts.get("city") or {}, *(catalogue.districts.get("districts") or ())]
    values = {
        value
        for holder in holders
        for name, value in (holder.get("contact") or {}).items()
        if name in {"phone", "email"} and isinstance(value, str)
    }
    return re.compile("|".join(map(re.escape, sorted(values, key=len, reverse=True)))) if values else None


@rule(
    "R402",
    "公开文字里有联系方式",
    "电话、邮箱、微信、QQ 和身份证号一经公开就收不回来；揭榜通过主管部门联系。",
    "删去联系方式。要联系企业的，看需求页上主管部门的公开电话。",
)
def contact_data(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    bureaus = _bureau_contacts(catalogue)

    def kinds_in(text: str) -> list[str]:
        return [sighting.kind for sighting in find_contacts(bureaus.sub(" ", text) if bureaus is not None else text)]

    def holds(kind: str, text: str) -> bool:
        return kind in kinds_in(text)

    for typed in all_texts(catalogue):
        for kind in kinds_in(typed.text):
            yield typed.problem(report, partial(holds, kind), f"像是{kind}。")


def _names_a_person(kind: str, text: str) -> bool:
    return kind in find_honorifics(text)


@rule(
    "R403",
    "公开文字里有联系人或对个人的称呼",
    "“张总”“李工”加上需求内容，同行往往就能认出企业和本人。",
    "删去对个人的称呼；确认不指任何人的，在 clearances 里写明检查编号、项目、复核人、日期和理由。",
)
def people(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for typed in all_texts(catalogue):
        kinds = find_honorifics(typed.text)
        if not kinds or is_cleared(typed, "R403"):
            continue
        for kind in kinds:
            yield typed.problem(
                report,
                partial(_names_a_person, kind),
                "写了联系人或联系方式一类的字样。" if kind == CONTACT else "像是对个人的称呼（姓加职务）。",
            )


@rule(
    "R404",
    "文字里有密级标志或内部字样",
    "所有需求均不得涉密；带密级标志的文字不得出现在这里，企业原文也不行。",
    "立即停止提交，按保密规定处理这份材料；确属误用的字样，删去它。",
)
def marks_of_classification(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    for typed in all_texts(catalogue):
        if has_mark(typed.text):
            yield typed.problem(report, has_mark, "有密级标志，或“内部资料”“不得外传”一类的字样。")
    for demand in catalogue.demands:
        original = demand.get("original_text")
        if isinstance(original, str) and has_mark(original):
            typed = Typed(demand, ("original_text",), original)
            yield typed.problem(report, has_mark, "有密级标志，或“内部资料”“不得外传”一类的字样。")


@rule(
    "R406",
    "复核记录不起作用",
    "复核记录写错了项目，就放行不了要放行的，也没有人会去看它。",
    "field 写公开文字项目的英文名，例如 title、summary、cooperation.note；不再需要的复核记录删去。",
    Severity.WARNING,
)
def clearances_mean_something(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    known = {".".join(map(str, path)) for path in public_paths("demand")}
    for demand in catalogue.demands:
        for number, note in enumerate(demand.get("clearances") or ()):
            if isinstance(note, dict) and note.get("field") is not None and note["field"] not in known:
                yield report(demand, ("clearances", number, "field"), "不是公开文字项目的名称。")
