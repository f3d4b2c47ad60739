"""What is typed into public texts by mistake: a hidden enterprise's name, contact data, people, marks of classification.

The same eyes look at the finished site; here they find it before it is pushed, at its line. No message quotes what was found. Source:
safety rules 5, 6, 11 and 12.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain
from weakref import WeakKeyDictionary

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.record import field_name
from jiebang.detection import (
    Identity,
    PatternSet,
    Reading,
    Rule,
    Variant,
    find_contacts,
    find_honorifics,
    has_mark,
    has_mark_in_a_row,
    read_plain,
    readings,
    resembles,
)
from jiebang.detection.honorifics import CONTACT
from jiebang.problems import Problem, Severity
from jiebang.rules.allowlist import NOTHING_ALLOWED, Allowlist
from jiebang.rules.hidden_names import field_path, identity_of, is_hidden, names_of
from jiebang.rules.public_texts import (
    Found,
    Typed,
    all_texts,
    is_cleared,
    joined_texts,
    public_paths,
    public_texts,
)
from jiebang.rules.registry import RULES, Report, rule
from jiebang.rules.secret_index import SecretIndex
from jiebang.rules.secrets import KnownNeedles, Secret, Secrets, secrets_of
from jiebang.rules.settings import settings_of
from jiebang.schemas import field_at


@lru_cache(maxsize=64)
def _read(text: str) -> Reading:
    return read_plain(text)


# --- names ---------------------------------------------------------------------------------------------------------------------------------


def _title(source: str) -> str:
    field = field_at("enterprise", field_path(source))
    return field.title if field is not None else source


_BETWEEN = "与“{}”连起来读，"


@dataclass(frozen=True, slots=True)
class _Sighting:
    """A private value in a public text, or cut up between two: the first of its sort (a name, or anything else) there."""

    typed: Typed
    secret: Secret
    covers: Allowlist
    above: Typed | None = None


def _seen(text: str, secrets: Secrets, covers: Allowlist) -> dict[bool, Secret]:
    """The first name of a hidden enterprise (True) and the first other private value (False) in a text."""
    found: dict[bool, Secret] = {}
    for reading in readings(text):
        for secret in secrets.search(reading, covers):
            found.setdefault(secret.is_name, secret)
    return found


def _holds(secrets: Secrets, covers: Allowlist, is_name: bool) -> Found:
    return lambda text: is_name in _seen(text, secrets, covers)


def _sightings(catalogue: Catalogue) -> list[_Sighting]:
    """Every private value in the public texts, looked for once for the two rules that tell of them."""
    secrets = secrets_of(catalogue)
    kept: list[_Sighting] | None = _SIGHTINGS.get(secrets)
    if kept is None:
        kept = _SIGHTINGS[secrets] = list(_look(catalogue, secrets))
    return kept


_SIGHTINGS: WeakKeyDictionary[Secrets, list[_Sighting]] = WeakKeyDictionary()


def _look(catalogue: Catalogue, secrets: Secrets) -> Iterator[_Sighting]:
    for typed in all_texts(catalogue):
        covers = secrets.public.of_text(typed)
        for secret in _seen(typed.text, secrets, covers).values():
            yield _Sighting(typed, secret, covers)
    for joined in joined_texts(catalogue):
        covers = secrets.public.of_text(joined.parts[0])
        for is_name, secret in _seen(joined.text, secrets, covers).items():
            if (between := joined.cut_up(_holds(secrets, covers, is_name))) is not None:
                yield _Sighting(between[1], secret, covers, between[0])


def _is_told_by_shape(seen: _Sighting) -> bool:
    """Whether R402 tells of it already: that it is in a record as well is no news."""
    return (
        seen.secret.is_contact
        and seen.above is None
        and not seen.typed.is_bureau_contact
        and bool(find_contacts(seen.typed.text))
    )


Told = Callable[[Record, Secret], str]


def _secret_values(
    sightings: Iterable[_Sighting], secrets: Secrets, report: Report, is_name: bool, told: Told
) -> Iterator[Problem]:
    """Findings of what other records, or the demand's own enterprise, keep private: in each text, and between neighbours."""
    for seen in sightings:
        if seen.secret.is_name is not is_name or _is_told_by_shape(seen):
            continue
        what = told(seen.typed.record, seen.secret)
        if seen.above is not None:
            yield _between(report, (seen.above, seen.typed), what)
        else:
            yield seen.typed.problem(report, _holds(secrets, seen.covers, is_name), f"{what}。")


def _between(report: Report, between: tuple[Typed, Typed], what: str) -> Problem:
    above, below = between
    return report(below.record, below.path, f"{_BETWEEN.format(field_name(above.record.kind, above.path))}{what}。")


@rule(
    "R401",
    "公开文字里有不公开企业的名称",
    "企业选择不公开名称，任何公开文字就都不能让人认出它，改写、拼音、倒写、拆在两个项目里也不行；在别的轮次公开的，也只在那时的记录里可以写。",
    "删去企业名称、简称、品牌和网址，改为“本企业”“发榜方”。",
    looks_for_secrets=True,
)
def names_of_the_hidden(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    yield from _secret_values(_sightings(catalogue), secrets_of(catalogue), report, True, _as_a_name(catalogue))


def _as_a_name(catalogue: Catalogue) -> Told:
    def told(record: Record, secret: Secret) -> str:
        own = catalogue.find("enterprise", record.get("enterprise"))
        whose = "本项需求发榜企业" if own is not None and own.path == secret.record else "一家不公开名称的企业"
        manner = "" if secret.manner == "原样" else f"（{secret.manner}）"
        return f"含有{whose}的“{secret.title}”的一种写法{manner}"

    return told


@rule(
    "R408",
    "公开文字里有记录中不公开的内容",
    "联系人、电话、地址、申请书文字等只写在不公开的项目里；写进公开文字，就会出现在网站上。",
    "删去这部分内容。确属巧合的（例如人名恰是普通词语），换一个说法。",
    looks_for_secrets=True,
)
def private_values(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    yield from _secret_values(_sightings(catalogue), secrets_of(catalogue), report, False, _as_a_value)


def _as_a_value(record: Record, secret: Secret) -> str:
    return f"与一份记录里不公开的“{secret.title}”相同"


def secrets_in(
    record: Record, catalogue: Catalogue, owners: frozenset[str], private: KnownNeedles
) -> Iterator[Problem]:
    """What R401 and R408 find in one record of a catalogue, where only these records (paths) keep what can be found there. `private` is
    shared by those who ask of the same catalogue."""
    secrets = Secrets(catalogue, owners, private=private)
    sightings = list(_look(replace(catalogue, alone=record), secrets))
    for code, is_name, told in (("R401", True, _as_a_name(catalogue)), ("R408", False, _as_a_value)):
        yield from _secret_values(sightings, secrets, Report(RULES[code].finding), is_name, told)


def names_a_hidden_one(text: str, catalogue: Catalogue, index: SecretIndex, code_like: bool = False) -> bool:
    """Whether a text outside the records, which nothing excuses, gives the name of a hidden enterprise. `index` is the catalogue's;
    `code_like`: written for machines."""
    read = list(readings(text, code_like))
    owners = {owner for _, owner in index.owners_in([(reading, NOTHING_ALLOWED) for reading in read])}
    if not owners:
        return False
    secrets = Secrets(catalogue, owners)
    return any(secret.is_name for reading in read for secret in secrets.search(reading))


_WORDS = {Rule.WORD, Rule.INITIALS}


def _stands_in(variant: Variant, reading: Reading) -> bool:
    needles: PatternSet[str] = PatternSet()
    needles.add(variant.text, variant.rule if variant.rule in _WORDS else Rule.ANYWHERE, variant.text)
    needles.ready()
    return any(True for _ in needles.search(reading))


def _found_in(variant: Variant, text: str) -> bool:
    return _stands_in(variant, read_plain(text))


def _reminds(identity: Identity, common: str, text: str) -> bool:
    return resembles(text, identity, common) is not None


@rule(
    "R405",
    "公开文字里可能有企业的简称",
    "两个字的简称、拼音首字母、谐音、遮去一个字的名称等也常是普通词语，程序分不清，须由人来判断。",
    "确是指企业的，改掉；确认是普通词语的，在 clearances 里写明检查编号、项目、复核人、日期和理由。",
    looks_for_secrets=True,
)
def short_names(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    settings = settings_of(catalogue.districts)
    for demand in catalogue.demands:
        own = catalogue.find("enterprise", demand.get("enterprise"))
        if own is None or not is_hidden(own):
            continue
        identity, common = identity_of(own, settings.regions), settings.common
        names = names_of(own, settings)
        short = [variant for variant in names if variant.short]
        for typed in public_texts(demand):
            reading = _read(typed.text)
            if any(not variant.short and variant.text in reading.squashed for variant in names):
                # R401 has the whole name here; its parts are no news.
                continue
            # A plain search first: hardly any text holds one.
            found = next((v for v in short if v.text in reading.squashed and _stands_in(v, reading)), None)
            if found is not None:
                kind = "拼音首字母" if found.rule is Rule.INITIALS else "很短的一种写法"
                message = f"含有与发榜企业“{_title(found.source)}”的{kind}相同的词。"
                holds: Found = partial(_found_in, found)
            elif (alike := resembles(typed.text, identity, common)) is not None:
                message = f"含有像是发榜企业“{_title(alike.source)}”的词（{alike.manner}）。"
                holds = partial(_reminds, identity, common)
            else:
                continue
            if not is_cleared(typed, "R405"):
                yield typed.problem(report, holds, message)


# --- contact data, people, marks -------------------------------------------------------------------------------------------------------


@rule(
    "R402",
    "公开文字里有联系方式",
    "电话、邮箱、微信、QQ、身份证号和详细地址一经公开就收不回来；揭榜通过主管部门联系。",
    "删去联系方式。要联系企业的，看需求页上主管部门的公开电话。",
    each=("districts", "round", "enterprise", "demand"),
)
def contact_data(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    settings = settings_of(catalogue.districts)

    def kinds_in(text: str) -> list[str]:
        return [sighting.kind for sighting in find_contacts(settings.without_bureaus(text))]

    def holds(kind: str, text: str) -> bool:
        return kind in kinds_in(text)

    for typed in all_texts(catalogue):
        if not typed.is_bureau_contact:
            for kind in kinds_in(typed.text):
                yield typed.problem(report, partial(holds, kind), f"像是{kind}。")
    for joined in joined_texts(catalogue):
        if joined.parts[0].record.kind != "districts":
            for kind in kinds_in(joined.text):
                if (between := joined.cut_up(partial(holds, kind))) is not None:
                    yield _between(report, between, f"像是{kind}")


def _names_a_person(kind: str, text: str) -> bool:
    return kind in find_honorifics(text)


@rule(
    "R403",
    "公开文字里有联系人或对个人的称呼",
    "“张总”“李工”加上需求内容，同行往往就能认出企业和本人。",
    "删去对个人的称呼；确认不指任何人的，在 clearances 里写明检查编号、项目、复核人、日期和理由。",
    each=("districts", "round", "enterprise", "demand"),
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


_MARKED = "有密级标志，或“内部资料”“不得外传”一类的字样"


@rule(
    "R404",
    "文字里有密级标志或内部字样",
    "所有需求均不得涉密；带密级标志的文字不得出现在这里，企业原文也不行。",
    "立即停止提交，按保密规定处理这份材料；确属误用的字样，删去它。",
    each=("districts", "round", "enterprise", "demand"),
)
def marks_of_classification(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    originals = (
        Typed(demand, ("original_text",), original)
        for demand in catalogue.demands
        if isinstance(original := demand.get("original_text"), str)
    )
    for typed in chain(all_texts(catalogue), originals):
        if has_mark(typed.text):
            yield typed.problem(report, has_mark, f"{_MARKED}。")
    for joined in joined_texts(catalogue):
        if (between := joined.cut_up(has_mark_in_a_row)) is not None:
            yield _between(report, between, _MARKED)


@rule(
    "R406",
    "复核记录不起作用",
    "复核记录写错了项目，就放行不了要放行的，也没有人会去看它。",
    "field 写公开文字项目的英文名，例如 title、summary、cooperation.note；不再需要的复核记录删去。",
    Severity.WARNING,
    each=("demand",),
)
def clearances_mean_something(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    known = {".".join(map(str, path)) for path in public_paths("demand")}
    for demand in catalogue.demands:
        for number, note in enumerate(demand.get("clearances") or ()):
            if isinstance(note, dict) and note.get("field") is not None and note["field"] not in known:
                yield report(demand, ("clearances", number, "field"), "不是公开文字项目的名称。")
