"""The demands as a Parquet file: the columns of the table, with types. An extra that the site does not need, so its absence is told.

Neither packed nor coded: a file of which nobody can say what it holds would pass every look for private values, ours and that of
`jiebang audit` in a folder where it lies later.
"""

from __future__ import annotations

import importlib.util
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from jiebang.site.exports.choice import FormError
from jiebang.site.exports.json.keys import Shape
from jiebang.site.exports.table import Column, columns

if TYPE_CHECKING:
    import pyarrow


def _type(shape: Shape) -> pyarrow.DataType:
    import pyarrow

    if shape["type"] == "array":
        return pyarrow.list_(_type(shape["items"]))
    if shape.get("format") == "date":
        return pyarrow.date32()
    return pyarrow.int64() if shape["type"] == "integer" else pyarrow.string()


def _values(column: Column, objects: Sequence[Mapping[str, object]]) -> list[object]:
    values = [column.value_of(one) for one in objects]
    if column.shape.get("format") == "date":
        return [None if value is None else date.fromisoformat(str(value)) for value in values]
    return values


def parquet_file(objects: Sequence[Mapping[str, object]]) -> bytes:
    """The same bytes for the same objects and the same pyarrow. Raises FormError where pyarrow is missing."""
    if importlib.util.find_spec("pyarrow") is None:
        raise FormError(
            "没有安装生成 Parquet 所需的 pyarrow。",
            "运行 .venv/bin/pip install pyarrow 后再试；或者用网站上的 data/v1/demands.ndjson，DuckDB 等程序能直接读。",
        )
    import pyarrow
    from pyarrow import parquet

    fields = [pyarrow.field(one.name, _type(one.shape), nullable=one.nullable) for one in columns()]
    arrays = [
        pyarrow.array(_values(column, objects), field.type) for column, field in zip(columns(), fields, strict=True)
    ]
    stream = io.BytesIO()
    parquet.write_table(
        pyarrow.Table.from_arrays(arrays, schema=pyarrow.schema(fields)),
        stream,
        compression="NONE",
        use_dictionary=False,
        # Statistics repeat values; Arrow's own schema is written in base64.
        write_statistics=False,
        store_schema=False,
    )
    return stream.getvalue()


def texts_in(content: bytes) -> str:
    """Everything that a program reads from a Parquet file, as JSON: rows, names of columns, and what is noted beside them."""
    from pyarrow import parquet

    file = parquet.ParquetFile(io.BytesIO(content))
    notes = {key.decode(): value.decode() for key, value in (file.metadata.metadata or {}).items()}
    return json.dumps([file.read().to_pylist(), notes], ensure_ascii=False, default=str)
