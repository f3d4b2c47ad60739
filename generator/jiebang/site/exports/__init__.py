"""The published demands as data, in files with stable addresses below `data/v1/`, as feeds and as calendars.

`json` defines the objects and documents their keys; `table` and `workbook` lay them out as rows; `dcat` (with `rdf`) describes the data
for portals; `feeds`, `calendars` and `sitemap` tell what is new. `files` plans them all. What `jiebang export` makes of the same view is no file
of the site: `directory`, the document to print, and `stores`, for other programs' stores.
"""

from jiebang.site.exports.files import export_files

__all__ = ["export_files"]
