"""Lines for the bulk interface of OpenSearch and Elasticsearch: for each demand what to do, then its object.

Source: OpenSearch, "Bulk" (document APIs): every line ends with a line feed, the last one too. The index is named in the address
(`POST /INDEX/_bulk`), not in the lines, so that one file fills any index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from jiebang.site.exports.json.objects import dump


def bulk_lines(objects: Sequence[Mapping[str, object]]) -> bytes:
    """`index` under the demand's own id: what is loaded again replaces what was there."""
    return b"".join(dump({"index": {"_id": one["id"]}}) + b"\n" + dump(one) + b"\n" for one in objects)
