"""The contract as code: the schema files of `schemas/`, their code lists, and what a page or a message may ask of them."""

from jiebang.schemas.codelists import (
    Division,
    Entry,
    SizeGroup,
    Withholding,
    application_statuses,
    cooperation_modes,
    demand_statuses,
    demand_types,
    district_kinds,
    divisions,
    foundation_categories,
    foundation_fields,
    natures,
    relations,
    sections,
    size_groups,
    withholdings,
)
from jiebang.schemas.fields import FieldDoc, Privacy, field_at, fields_of
from jiebang.schemas.places import Place, places, stands_in
from jiebang.schemas.registry import KINDS, resolved_schema

__all__ = [
    "KINDS",
    "Division",
    "Entry",
    "FieldDoc",
    "Place",
    "Privacy",
    "SizeGroup",
    "Withholding",
    "application_statuses",
    "cooperation_modes",
    "demand_statuses",
    "demand_types",
    "district_kinds",
    "divisions",
    "field_at",
    "fields_of",
    "foundation_categories",
    "foundation_fields",
    "natures",
    "places",
    "relations",
    "resolved_schema",
    "sections",
    "size_groups",
    "stands_in",
    "withholdings",
]
