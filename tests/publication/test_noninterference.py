"""Whatever stands in the private fields, no byte of the site depends on it: all files, their names and their order.

Hypothesis changes private fields of a catalogue and builds it again. What decides what is published is left alone: state, 公开/不公开,
review, withholding, and which demand an application is for (it is counted). The tests of the test plant one leak in each channel and
expect the same property to fail.
"""

from __future__ import annotations

import copy
import io
import json
import zipfile
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from jiebang.catalogue import Catalogue, Record, load
from jiebang.publication import publish
from jiebang.schemas import FieldDoc, Privacy, fields_of
from jiebang.site import render
from jiebang.view import PublicSite
from tests.conftest import FIXTURES
from tests.plain_frames import plain_frames
from tests.turns import at_night

Files = list[tuple[str, bytes]]
Leak = Callable[[Catalogue, Files], Files]

DECIDES = {
    "enterprise": {"schema", "role", "disclosure", "withhold", "withholding_consulted", "credit_code"},
    "demand": {"schema", "status", "enterprise", "no_secrets", "secrecy_review"},
    "application": {"schema", "status", "demand", "enterprise"},
    "round": {"schema", "hide", "k"},
    "districts": {"schema", "city.reviewers"},
}
"""Fields that are private but decide what is published or counted. (The credit code decides which applications are the same.)"""


@cache
def _base() -> Catalogue:
    catalogue, problems = load(FIXTURES / "base")
    assert problems == []
    return catalogue


@lru_cache(maxsize=2)
def _rendered(site: PublicSite) -> Files:
    return [(output.path, output.content) for output in render(site, plain_frames())]


def _build(catalogue: Catalogue, leak: Leak | None = None, *, anew: bool = False) -> Files:
    """The site's files. Rendering is a function of the public view alone (`jiebang.site` cannot import records), so an equal view is
    rendered once; `anew` does not rely on that."""
    site = publish(catalogue, {}).site
    files = _rendered.__wrapped__(site) if anew else _rendered(site)
    return leak(catalogue, files) if leak else files


def _is_private(field: FieldDoc, record: Record) -> bool:
    path = field.path.replace("[]", "")
    if any(path == decides or path.startswith(f"{decides}.") for decides in DECIDES[record.kind]):
        return False
    if field.shown_when is not None:
        return bool(record.get("disclosure") != field.shown_when)
    return field.privacy is not Privacy.PUBLIC


def _places(value: Any, steps: list[str]) -> list[tuple[Any, str]]:
    """(holder, key) of every place that a path of the schema leads to in a value."""
    step, rest = steps[0], steps[1:]
    name = step.removesuffix("[]")
    if not isinstance(value, dict) or name not in value:
        return []
    if not rest:
        return [(value, name)]
    inner = value[name] if step.endswith("[]") else [value[name]]
    return [place for item in inner for place in _places(item, rest)]


@cache
def _targets() -> list[tuple[str, int, str]]:
    """(kind, number of the record, path) of every private field of every record."""
    found: list[tuple[str, int, str]] = []
    for kind, records in _records(_base()).items():
        paths = [field.path for field in fields_of(kind)]
        holders = {path for path in paths if any(inner.startswith((f"{path}.", f"{path}[].")) for inner in paths)}
        found.extend(
            (kind, number, field.path)
            for number, record in enumerate(records)
            for field in fields_of(kind)
            if field.path not in holders and _is_private(field, record) and _places(record.value, field.path.split("."))
        )
    return found


def _records(catalogue: Catalogue) -> dict[str, list[Record]]:
    return {
        "enterprise": catalogue.enterprises,
        "demand": catalogue.demands,
        "application": catalogue.applications,
        "round": list(catalogue.rounds.values()),
        "districts": [catalogue.districts] if catalogue.districts else [],
    }


_text = st.text(min_size=1, max_size=30) | st.sampled_from(
    ["示例船舶集团", "13800000000", "</title><img onerror=x>", "{{ city }}", "零", "z" * 400]
)
_number = st.integers(0, 10**8)


def _other_value(old: Any, draw: st.DataObject) -> Any:
    if isinstance(old, bool):
        return not old
    if isinstance(old, list):
        return draw.draw(st.lists(_text, max_size=4))
    return draw.draw(_text if isinstance(old, str) else _number)


def _renamed(catalogue: Catalogue, old: str, new: str) -> None:
    """Gives an enterprise another id, everywhere; it then also sorts elsewhere."""
    for record in [*catalogue.enterprises, *catalogue.demands, *catalogue.applications]:
        for key in ("id", "enterprise"):
            if record.value.get(key) == old:
                record.value[key] = new
        record.path = record.path.replace(old.lower(), new.lower())
    catalogue.enterprises.sort(key=lambda record: record.path)
    catalogue._by_id = {r.id: r for r in [*catalogue.enterprises, *catalogue.demands, *catalogue.applications]}


def _change(catalogue: Catalogue, data: st.DataObject) -> None:
    targets = data.draw(st.lists(st.sampled_from(_targets()), min_size=1, max_size=6))
    for kind, number, path in targets:
        record = _records(catalogue)[kind][number]
        if kind == "enterprise" and path == "id":
            suffix = data.draw(st.text(alphabet="0123456789ABCDEFGHJKMNPQRSTVWXYZ", min_size=8, max_size=8))
            if catalogue.find("enterprise", f"E-{suffix}") is not None:
                continue
            _renamed(catalogue, record.id, f"E-{suffix}")
            continue
        for holder, key in _places(record.value, path.split(".")):
            holder[key] = _other_value(holder[key], data)


def _property(leak: Leak | None, examples: int, *, anew: bool = False) -> Callable[[], None]:
    before = _build(copy.deepcopy(_base()), leak)

    # A failure names the field by itself; shrinking it would cost minutes of rendering.
    @settings(
        max_examples=examples,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        deadline=None,
    )
    @given(st.data())
    def holds(data: st.DataObject) -> None:
        changed = copy.deepcopy(_base())
        _change(changed, data)
        after = _build(changed, leak, anew=anew)
        assert [path for path, _ in after] == [path for path, _ in before]
        # Paths only: an explanation of megabytes of difference would take minutes to make.
        assert [path for (path, new), (_, old) in zip(after, before, strict=True) if new != old] == []

    return holds


def test_no_byte_depends_on_a_private_field() -> None:
    _property(None, 1000 if at_night() else 200)()


def test_no_byte_depends_on_a_private_field_when_every_page_is_rendered_anew() -> None:
    _property(None, 200 if at_night() else 10, anew=True)()


def test_the_property_reaches_every_kind_of_private_field() -> None:
    reached = {(kind, path) for kind, _, path in _targets()}
    for wanted in (
        ("enterprise", "name"),
        ("enterprise", "id"),
        ("enterprise", "contact.phone"),
        ("enterprise", "aliases.short_names"),
        ("enterprise", "affiliates[].credit_code"),
        ("enterprise", "revenue"),
        ("demand", "original_text"),
        ("demand", "note"),
        ("demand", "dates.submitted"),
        ("application", "plan.route"),
        ("application", "evidence[].title"),
    ):
        assert wanted in reached
    hidden = [number for kind, number, path in _targets() if (kind, path) == ("enterprise", "name")]
    openly = [n for n, e in enumerate(_base().enterprises) if e.get("disclosure") == "公开"]
    assert hidden and not set(hidden) & set(openly)


# Each takes one private value out through one channel.


def _in_page(files: Files, path: str, old: bytes, new: bytes) -> Files:
    assert any(p == path and old in content for p, content in files)
    return [(p, content.replace(old, new, 1) if p == path else content) for p, content in files]


def _hidden(catalogue: Catalogue) -> Record:
    return next(e for e in catalogue.enterprises if e.get("disclosure") == "不公开")


def _title_attribute(catalogue: Catalogue, files: Files) -> Files:
    name = str(_hidden(catalogue).get("name"))
    return _in_page(files, "demands/d-aaaaaaa1/index.html", b"<h1>", f'<h1 title="{name}">'.encode())


def _comment(catalogue: Catalogue, files: Files) -> Files:
    phone = str(_hidden(catalogue).get("contact", "phone"))
    return _in_page(files, "index.html", b"</body>", f"<!-- {phone} --></body>".encode())


def _search_token(catalogue: Catalogue, files: Files) -> Files:
    names = json.dumps(_hidden(catalogue).get("aliases", "short_names"))
    return [(p, content + names.encode() if p.startswith("search/manifest.") else content) for p, content in files]


def _file_name(catalogue: Catalogue, files: Files) -> Files:
    return [*files, (f"downloads/{len(str(_hidden(catalogue).get('address')))}.txt", b"")]


def _sort_order(catalogue: Catalogue, files: Files) -> Files:
    rank = {e.id: str(e.get("name")) for e in catalogue.enterprises}
    demands = sorted(catalogue.demands, key=lambda d: rank[d.get("enterprise")])
    return [*files, ("order.txt", " ".join(d.id for d in demands).encode())]


def _count(catalogue: Catalogue, files: Files) -> Files:
    rich = sum(e.get("revenue") > 100_000 for e in catalogue.enterprises)
    return _in_page(files, "index.html", b"</main>", f"<p>{rich}</p></main>".encode())


def _xlsx_property(catalogue: Catalogue, files: Files) -> Files:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        core = f"<dc:creator>{_hidden(catalogue).get('contact', 'name')}</dc:creator>"
        archive.writestr(zipfile.ZipInfo("docProps/core.xml"), core)
    return [*files, ("data/demands.xlsx", stream.getvalue())]


@pytest.mark.parametrize(
    "leak", [_title_attribute, _comment, _search_token, _file_name, _sort_order, _count, _xlsx_property]
)
def test_one_leak_in_one_channel_is_noticed(leak: Leak) -> None:
    with pytest.raises(AssertionError):
        # It stops at the first that is noticed; so many that every field is changed, however Hypothesis draws.
        _property(leak, 800)()
