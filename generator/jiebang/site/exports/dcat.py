"""The data described for portals that harvest: a DCAT 3 catalogue with its data sets and their downloads, after the profile DCAT-AP 3.

Addresses are whole where the site's own is configured; elsewhere they are relative to the description, which both forms allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from jiebang.site.exports import table
from jiebang.site.exports.json import lists, schema
from jiebang.site.exports.json.header import Origin, licence
from jiebang.site.exports.json.objects import readable
from jiebang.site.exports.rdf import Iri, Node, Text, Value, json_ld, turtle
from jiebang.site.exports.workbooks import Workbook, are_divided
from jiebang.site.subscriptions import subscription_to_all
from jiebang.view import City, Round

TURTLE = "data/catalog.ttl"
JSON_LD = "data/catalog.jsonld"
ABOUT = "大企业发布、经审核公布的技术创新需求：内容、参数要求、效果、时间、合作方式、状态和期限。企业名称是否公开由企业选择。"
PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_EUROPE = "http://publications.europa.eu/resource/authority/"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Download = tuple[str, str, str, str | None]
"""(path, title, media type, what it conforms to)"""


def downloads(workbooks: tuple[Workbook, ...]) -> tuple[Download, ...]:
    """Each form of the list of demands."""
    named = "Excel 工作簿：{}" if are_divided(workbooks) else "Excel 工作簿"
    return (
        (schema.DEMANDS.path, "JSON", "application/json", schema.DEMANDS.schema_path),
        (lists.LINES, "NDJSON", "application/x-ndjson", schema.ONE_DEMAND),
        (table.CSV, "CSV", "text/csv", table.METADATA),
        *((one.path, named.format(one.title), _SHEET, None) for one in workbooks),
        (subscription_to_all().atom, "订阅（Atom）", "application/atom+xml", None),
    )


_TYPES = {
    "application/json": "JSON",
    "application/x-ndjson": "NDJSON",
    "text/csv": "CSV",
    _SHEET: "XLSX",
    "application/atom+xml": "ATOM",
}


class _Describer:
    """Says the same of every node: the terms, the publisher, the addresses."""

    def __init__(self, origin: Origin, period: Period) -> None:
        self._origin = origin
        self._period = period

    def at(self, path: str) -> str:
        # The description stands one folder below the root.
        return self._origin.config.url + path if self._origin.config.url else f"../{path}"

    def _licence(self) -> Node:
        terms = licence(self._origin.config)
        url = terms["url"]
        name = None if url is None else url if "://" in url else self.at(url)
        return Node("dct:LicenseDocument", (("dct:title", Text(terms["title"], "zh")),), name)

    def _publisher(self) -> Node:
        return Node("foaf:Agent", (("foaf:name", Text(self._origin.city.bureau, "zh")),))

    def common(self) -> Iterator[tuple[str, Value]]:
        """What a catalogue and a data set both say."""
        yield "dct:publisher", self._publisher()
        yield "dct:license", self._licence()
        yield "dct:language", Iri(f"{_EUROPE}language/ZHO")
        yield "dct:spatial", _place(self._origin.city)
        if day := self._origin.updated:
            yield "dct:modified", Text(day, kind="xsd:date")

    def catalog(self, datasets: tuple[Node, ...]) -> Node:
        said: list[tuple[str, Value]] = [
            ("dct:title", Text(self._origin.name, "zh")),
            ("dct:description", Text(self._origin.config.description or ABOUT, "zh")),
            ("foaf:homepage", Iri(self.at(""))),
            *self.common(),
            *(("dcat:dataset", dataset) for dataset in datasets),
        ]
        return Node("dcat:Catalog", tuple(said), self.at("data/#catalog"))

    def dataset(self, name: str, title: str, about: str, forms: Sequence[Download]) -> Node:
        said: list[tuple[str, Value]] = [
            ("dct:title", Text(f"{self._origin.name}：{title}", "zh")),
            ("dct:description", Text(about, "zh")),
            ("dct:identifier", Text(name)),
            ("dcat:landingPage", Iri(self.at("data/"))),
            ("dcat:contactPoint", _contact(self._origin.city)),
            ("dcat:theme", Iri(f"{_EUROPE}data-theme/TECH")),
            ("dct:accrualPeriodicity", Iri(f"{_EUROPE}frequency/IRREG")),
            ("dct:accessRights", Iri(f"{_EUROPE}access-right/PUBLIC")),
            *(("dcat:keyword", Text(word, "zh")) for word in ("发榜", "揭榜", "技术创新需求", "中小企业")),
            *self.common(),
        ]
        if self._period is not None:
            first, last = self._period
            days = (("dcat:startDate", Text(first, kind="xsd:date")), ("dcat:endDate", Text(last, kind="xsd:date")))
            said.append(("dct:temporal", Node("dct:PeriodOfTime", days)))
        said += [("dcat:distribution", self._download(*form)) for form in forms]
        return Node("dcat:Dataset", tuple(said), self.at(f"data/#{name}"))

    def _download(self, path: str, title: str, media: str, conforms: str | None) -> Node:
        said: list[tuple[str, Value]] = [
            ("dct:title", Text(title, "zh")),
            ("dcat:accessURL", Iri(self.at(path))),
            ("dcat:downloadURL", Iri(self.at(path))),
            ("dcat:mediaType", Iri(f"{_MEDIA}{media}")),
            ("dct:format", Iri(f"{_EUROPE}file-type/{_TYPES[media]}")),
            ("dct:license", self._licence()),
        ]
        if conforms is not None:
            said.append(("dct:conformsTo", Iri(self.at(conforms))))
        if day := self._origin.updated:
            said.append(("dct:modified", Text(day, kind="xsd:date")))
        return Node("dcat:Distribution", tuple(said))


def _place(city: City) -> Node:
    return Node("dct:Location", (("skos:prefLabel", Text(city.name, "zh")),))


def _contact(city: City) -> Node:
    said: list[tuple[str, Value]] = [
        ("vcard:fn", Text(f"{city.bureau}{city.contact.office}", "zh")),
        ("vcard:tel", Text(city.contact.phone)),
    ]
    if city.contact.email:
        said.append(("vcard:hasEmail", Iri(f"mailto:{city.contact.email}")))
    return Node("vcard:Organization", tuple(said))


Period = tuple[str, str] | None
"""First and last day of all rounds; None without any."""


def period_of(rounds: Iterable[Round]) -> Period:
    days = [(of.opens_on, of.closes_on) for of in rounds]
    return (min(opens for opens, _ in days), max(closes for _, closes in days)) if days else None


def as_turtle(origin: Origin, period: Period, workbooks: tuple[Workbook, ...]) -> bytes:
    return turtle(_description(origin, period, workbooks), PREFIXES)


def as_json_ld(origin: Origin, period: Period, workbooks: tuple[Workbook, ...]) -> bytes:
    return readable(json_ld(_description(origin, period, workbooks), PREFIXES))


def _description(origin: Origin, period: Period, workbooks: tuple[Workbook, ...]) -> tuple[Node, ...]:
    """The catalogue, then its data sets."""
    describer = _Describer(origin, period)
    datasets = [describer.dataset(schema.DEMANDS.name, schema.DEMANDS.title, ABOUT, downloads(workbooks))]
    for listed, about in (
        (schema.DISTRICTS, "各区（开发区）的主管部门、公开联系方式、需求数和合计。"),
        (schema.ROUNDS, "各轮次的通知、期限、规则和合计。"),
        (schema.WITHDRAWN, "撤回的需求的代码、轮次和日期。"),
    ):
        form = (listed.path, "JSON", "application/json", listed.schema_path)
        datasets.append(describer.dataset(listed.name, listed.title, about, [form]))
    return (describer.catalog(tuple(datasets)), *datasets)
