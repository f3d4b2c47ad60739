"""A commit by itself, as the hooks look at it: its message, its files, and all records where one of them differs."""

from __future__ import annotations

from jiebang.catalogue.keys import new_identity
from jiebang.mapping import Maps
from jiebang.proposal.commits import commit_problems, message_problems
from jiebang.proposal.repository import Repository
from tests.proposal.forge import Forge, base_files

_DEMAND = "catalogue/2024/qiaokou/demands/d-aaaaaaa1.yml"


def _codes(forge: Forge, commit: str, maps: Maps | None) -> list[tuple[str, str]]:
    with Repository(forge.folder) as repository:
        return [(problem.code, problem.path) for problem in commit_problems(repository, commit, maps)]


def test_records_are_judged_where_one_differs_and_somebody_wants_it(forge: Forge) -> None:
    wrong = str(base_files()[_DEMAND]).replace("no_secrets: 是\n", "")
    commit = forge.propose({_DEMAND: wrong})
    assert _codes(forge, commit, Maps(jobs=1)) == [("S202", _DEMAND)]
    assert _codes(forge, commit, None) == []
    # What stands wrong beside it is no matter of a commit that touches no record.
    beside = forge.add("proposal", {"notes.md": "x\n"})
    assert _codes(forge, beside, Maps(jobs=1)) == []


def test_a_message_is_looked_at_for_what_records_keep_private() -> None:
    assert list(message_problems("补充参数")) == []
    assert [p.code for p in message_problems("致电 02712345678")] == ["R541"]
    assert [p.code for p in message_problems("机密★一年")] == ["R551"]
    assert [p.code for p in message_problems(f"密钥 {new_identity()[0]}")] == ["R546"]
    assert all(p.field == "提交说明" for p in message_problems("致电 02712345678，机密★一年"))
