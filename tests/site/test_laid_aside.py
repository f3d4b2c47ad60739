"""What is laid aside comes back as it was, is known elsewhere by its digest, and leaves nothing open behind."""

from __future__ import annotations

import gc
import io
import pickle
from hashlib import sha256
from typing import IO

from hypothesis import given
from hypothesis import strategies as st

from jiebang.mapping import Maps
from jiebang.site.grouping import group_demands
from jiebang.site.search import recalled_index
from jiebang.site.search.laid_aside import Aside, Laid, content_of
from tests.site import samples


@given(st.lists(st.binary(max_size=40), max_size=9))
def test_contents_come_back_in_any_order_and_as_often_as_they_are_asked_for(contents: list[bytes]) -> None:
    opened: list[IO[bytes]] = []

    def open_file() -> IO[bytes]:
        opened.append(io.BytesIO())
        return opened[-1]

    aside = Aside(open_file)
    laid: list[Laid] = []
    for content in contents:
        laid.append(aside.lay(content))
        assert laid[0].read() == contents[0]
    assert [one.read() for one in reversed(laid)] == contents[::-1]
    assert [(one.size, one.digest) for one in laid] == [(len(one), sha256(one).digest()) for one in contents]
    assert [pickle.loads(pickle.dumps(one)) for one in laid] == [one.digest for one in laid]  # noqa: S301 - our own
    assert len(opened) == bool(contents)
    del aside, laid
    gc.collect()
    assert all(file.closed for file in opened)


def test_no_file_of_a_new_index_is_at_hand() -> None:
    """All together would be much: they go to the site one by one."""
    index = recalled_index(group_demands(samples.make_site(5)).told, (), Maps(jobs=1))
    for file in index.files():
        (laid,) = file.inputs
        assert file.make is content_of and file.here and isinstance(laid, Laid)
        assert sha256(file.make(laid)).digest() == laid.digest
