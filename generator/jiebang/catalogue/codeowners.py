"""CODEOWNERS from `catalogue/districts.yml`: who has to approve a change.

A district's records wait for that district's own people, everything else for the city's: the platform enforces it, where it does, not
this program. Each forge has a place and a form of its own; sources: the forges' documents on code owners (GitHub, GitLab, Gitea, Gitee,
GitCode).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

PLACES = {
    "github": ".github/CODEOWNERS",
    "gitea": ".gitea/CODEOWNERS",
    "gitlab": ".gitlab/CODEOWNERS",
    "gitee": ".gitee/CODEOWNERS",
    "gitcode": ".gitcode/CODEOWNERS",
}
"""Where each forge looks, beside the root and `docs/`."""

OVERRIDING = frozenset({"CODEOWNERS", "docs/CODEOWNERS"})
"""Where some forges look first: a file here takes the place of the generated one."""

_HEADER = """\
# Generated from catalogue/districts.yml: change that file and run `jiebang codeowners`, not this one.
"""
_LAST_LINE = "# The last line that matches a file decides who approves its changes.\n"
_EVERY_LINE = "# Lines are regular expressions of whole paths; `!` means: every other file.\n"

_ACCOUNTS_ONLY = frozenset({"gitee", "gitcode"})
"""Their documents know accounts as owners, no teams."""


def _owners(holder: Mapping[str, object], forge: str) -> str:
    team = holder.get("github_team")
    if isinstance(team, str) and not ("/" in team and forge in _ACCOUNTS_ONLY):
        return team
    staff = holder.get("staff")
    if forge in _ACCOUNTS_ONLY and isinstance(staff, Sequence):
        return " ".join(f"@{account}" for account in staff)
    return ""


def codeowners(districts: Sequence[Mapping[str, object]], city: Mapping[str, object], forge: str = "github") -> str:
    """The whole file for a forge. `districts` and `city` come from a `districts.yml` that passed the check; `github_team` is optional.

    A district without a team of its own is left to the city's team, in any round.
    """
    own = [(str(district["slug"]), owners) for district in districts if (owners := _owners(district, forge))]
    whole = _owners(city, forge)
    if forge == "gitea":
        # Here every line that matches counts, not the last: the city's leaves out what districts hold.
        slugs = "|".join(slug for slug, _ in own)
        lines = [f"{f'!catalogue/[^/]+/({slugs})/.*' if own else '.*'} {whole}"] if whole else []
        lines += [f"catalogue/[^/]+/{slug}/.* {owners}" for slug, owners in own]
    else:
        lines = [f"* {whole}"] if whole else []
        lines += [f"/catalogue/*/{slug}/ {owners}" for slug, owners in own]
    header = _HEADER + (_EVERY_LINE if forge == "gitea" else _LAST_LINE)
    return "\n".join([header, *lines]) + "\n" if lines else header
