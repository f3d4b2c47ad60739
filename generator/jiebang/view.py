"""The public view: everything the site may know, as types of its own.

Pages and exports import this module and nothing that has ever seen a record (import-linter holds the wall), so a private
field cannot reach a page by accident: there is no attribute it could sit in. `jiebang.publication` is the only maker.

Dates are ISO strings (`YYYY-MM-DD`), texts are plain text (never HTML, never Markdown), every value is hashable, so a
page's inputs can be compared with those of the last build.
"""

from __future__ import annotations

from dataclasses import dataclass

FIGURES = "data/figures.json"
"""Where a site says which figures it lets out."""
MANIFEST = "SHA256SUMS"
"""Where it lists its files, see `jiebang.publication.manifest`."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A bureau's own, official contact (`districts.yml`); never an enterprise's."""

    office: str
    phone: str
    email: str | None = None
    address: str | None = None
    hours: str | None = None


@dataclass(frozen=True, slots=True)
class City:
    """The city whose catalogue this is; `banner` is a sentence for the top of every page, `department` what its bureau and those of its
    districts are called together, e.g. 经信部门."""

    name: str
    bureau: str
    contact: Contact
    banner: str | None = None
    department: str = "主管部门"


@dataclass(frozen=True, slots=True)
class District:
    slug: str
    name: str
    kind: str
    bureau: str
    contact: Contact
    gbt2260: str | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    title: str
    issuer: str
    date: str
    number: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """`shows_*` say whether the round lets counts be published; where False, the demands' counts are None."""

    id: str
    title: str
    period: str
    status: str
    """`open` or `closed`."""
    notice: Notice
    opens_on: str
    closes_on: str
    submit_by: str
    apply_by: str
    winners_min: int
    winners_max: int
    shows_applications: bool
    shows_winners: bool
    select_by: str | None = None
    introduction: str | None = None
    demand_types: tuple[str, ...] = ()
    smallest_count: int = 3
    """Counts below this are not published (the round's `k`)."""


@dataclass(frozen=True, slots=True)
class Enterprise:
    """Who asks, as far as readers may know. `name` is None for anybody who is not exactly 公开; what an enterprise asked to
    withhold is None too."""

    name: str | None
    nature: str | None
    section: str | None
    """GB/T 4754-2017 section letter, `A` to `T`."""
    division: str | None
    """Two-digit GB/T 4754-2017 division as text, `01` to `97`; of a hidden enterprise only where enough others share it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One public change of a demand, from git: the day (Asia/Shanghai) and what changed, in Chinese, values never quoted."""

    date: str
    what: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What the bureau said, on a day, of a change to what was published."""

    date: str
    note: str


@dataclass(frozen=True, slots=True)
class Demand:
    """A published demand. `id` is random (`D-…`); `code` comes from outside and is unique within a round only by custom."""

    id: str
    code: str
    round: str
    district: str | None
    """Slug of the district; None where the enterprise asked to withhold it."""
    title: str
    summary: str
    parameters: str
    effect: str
    schedule: str
    cooperation: tuple[str, ...]
    enterprise: Enterprise
    status: str
    """`published`, `selected`, `accepted`, `unmet` or `failed`."""
    published_on: str
    apply_by: str
    selected_on: str | None = None
    concluded_on: str | None = None
    cooperation_note: str | None = None
    type: str | None = None
    field: str | None = None
    """None too where the enterprise asked to withhold its industry; so is `category`."""
    category: str | None = None
    revisions: tuple[Revision, ...] = ()
    """Oldest first."""
    applications: int | None = None
    """How many SMEs applied; None where the round does not say, and where the number is withheld."""
    applications_suppressed: bool = False
    """Withheld although not small: shown beside a total, it would give away another demand's number."""
    winners: int | None = None
    """How many were chosen; None too for demands whose state says that nobody is chosen yet."""
    first_published: str | None = None
    """Day the demand first stood as published in git; None without a full history, and for a hidden enterprise."""
    last_changed: str | None = None
    """Day the last public change was committed; None without a full history, and for a hidden enterprise."""
    history: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Counts:
    """Published numbers of applications and winners; None where one is withheld or no round lets it be said."""

    applications: int | None
    winners: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """The sum over all demands (`scope` is `city`, `key` empty), those of a district (its slug) or of a round (its id).

    Sums run over the demands whose round lets the number be said. Pages show these and never add up counts themselves.
    """

    scope: str
    key: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The tombstone of a demand that once was published: nothing but its code, round and day."""

    code: str
    round: str
    withdrawn_on: str


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """A documented check, for the page that explains every finding."""

    code: str
    severity: str
    title: str
    why: str
    remedy: str


@dataclass(frozen=True, slots=True)
class PublicSite:
    """Everything the pages are made of. `demands` is sorted by (published_on descending, id); districts keep the bureau's order;
    rounds run from the newest."""

    city: City
    districts: tuple[District, ...]
    rounds: tuple[Round, ...]
    demands: tuple[Demand, ...]
    withdrawn: tuple[Withdrawn, ...] = ()
    rules: tuple[RuleEntry, ...] = ()
    totals: tuple[Total, ...] = ()
    """City first, then districts and rounds in their order."""
