"""What a seal has to be by districts.yml: to exactly its recipients; and what has to be sealed, where it names any."""

from __future__ import annotations

from collections.abc import Iterator

from jiebang.catalogue import Catalogue, Record
from jiebang.catalogue.files import ENDING, RecordFile, problem
from jiebang.catalogue.keys import digest_of, holds_secret
from jiebang.catalogue.sealed import PUBLIC, Seal, recipients_of
from jiebang.problems import Problem
from jiebang.rules.registry import Report, rule


def problems_of_seal(file: RecordFile, seal: Seal | None, districts: Record | None) -> Iterator[Problem]:
    """What is wrong with the seal of a file by districts.yml. Without a key it is not known whose keys open it, only how many."""
    recipients = recipients_of(districts)
    if seal is None or seal.refusals:
        return
    if not recipients:
        yield problem("F011", file.path, "districts.yml 没有写密封的接收人，不知道应当密封给谁。", _NAME_THEM)
    elif seal.sealed_to != digest_of(recipients):
        yield problem("F011", file.path, "密封时的接收人与 districts.yml 现在写的不同。")
    elif seal.recipients != len(recipients):
        yield problem(
            "F011", file.path, f"能打开它的密钥有 {seal.recipients} 把，districts.yml 写了 {len(recipients)} 把。"
        )
    elif failed := seal.failed.intersection(recipients):
        yield problem("F011", file.path, f"districts.yml 里的密钥有 {len(failed)} 把打不开它。")
    elif not seal.closed and not seal.opened.intersection(recipients):
        yield problem("F011", file.path, "打开它的密钥不在 districts.yml 里。")


_NAME_THEM = "请市级维护人在 districts.yml 的 city 里写上 sealing；不再密封的，用 jiebang unseal 打开。"


@rule(
    "R325",
    "记录没有密封",
    "districts.yml 写了密封的接收人，企业和申请就都要密封；提交过的明文会一直留在历史里。",
    "提交之前运行 jiebang seal。",
    each=tuple(PUBLIC),
)
def records_are_sealed(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    if not recipients_of(catalogue.districts):
        return
    for record in [*catalogue.enterprises, *catalogue.applications]:
        if not record.path.endswith(ENDING):
            yield report(record, (), "districts.yml 写了密封的接收人，这份记录却是明文。")


@rule(
    "R324",
    "密封的接收人重复",
    "工作密钥和备用密钥是同一把，丢了就再也打不开。",
    "用 jiebang new key 另外生成一把备用密钥，分开保管。",
    each=("districts",),
)
def recovery_is_another_key(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    districts = catalogue.districts
    sealing = (districts.get("city", "sealing") if districts is not None else None) or {}
    working = set(sealing.get("working") or ())
    for number, key in enumerate(sealing.get("recovery") or ()):
        if key is not None and key in working and districts is not None:
            yield report(districts, ("city", "sealing", "recovery", number), "这把公钥也写在工作密钥里。")


@rule(
    "R326",
    "写公钥的地方写了密钥",
    "districts.yml 谁都能看；密钥写在这里，密封的记录就等于没有密封。",
    "换成它的公钥（age1 开头）；密钥已经写出来过的不要再用，用 jiebang new key 另外生成一把。",
    each=("districts",),
)
def no_key_is_written_down(catalogue: Catalogue, report: Report) -> Iterator[Problem]:
    if catalogue.districts is not None and holds_secret(catalogue.districts.source):
        yield report(catalogue.districts, ("city",), "这里有打开密封记录的密钥（不在这里写出），应写它的公钥。")


def unknown_without_key(count: int) -> str:
    """What a judgement does not say where so many records were not opened."""
    return (
        f"其中 {count} 份是密封的，没有密钥，只看了公开部分：里面写得对不对、是不是重复登记、规模和关联、"
        "封给的是不是真正的接收人，还有公开文字里有没有不公开企业的名称和联系方式，都没有核对；"
        "公布之前要用密钥再检查一遍（jiebang check --identity FILE）。"
    )
