"""YAML text → checked records with line and column, and the whole catalogue in memory."""

from jiebang.catalogue.catalogue import Catalogue, load
from jiebang.catalogue.findings import FINDINGS, Finding
from jiebang.catalogue.record import Record

__all__ = ["FINDINGS", "Catalogue", "Finding", "Record", "load"]
