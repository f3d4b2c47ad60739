"""CODEOWNERS from `catalogue/districts.yml`: who has to approve a change.

A district's records wait for that district's own people, everything else for the city's: the
platform enforces it, not this program.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

_HEADER = """\
# Generated from catalogue/districts.yml: change that file and run `jiebang codeowners`, not this one.
# The last line that matches a file decides who approves its changes.
"""


def _team(holder: Mapping[str, object]) -> str | None:
    team = holder.get("github_team")
    return team if isinstance(team, str) else None


def codeowners(districts: Sequence[Mapping[str, object]], city: Mapping[str, object]) -> str:
    """The whole file. `districts` and `city` come from a `districts.yml` that passed the check; `github_team` is optional.

    A district without a team of its own is left to the city's team, in any round.
    """
    lines = []
    if team := _team(city):
        lines.append(f"* {team}")
    lines += [f"/catalogue/*/{district['slug']}/ {team}" for district in districts if (team := _team(district))]
    return "\n".join([_HEADER, *lines]) + "\n" if lines else _HEADER
