"""Texts for those who look for contact data, hints, people and marks: what people wrote, and pieces of it put together by chance."""

from __future__ import annotations

from hypothesis import strategies as st

from jiebang.catalogue import load
from jiebang.detection import contacts, digits, honorifics
from jiebang.detection import indirect_identifiers as hints
from jiebang.rules.public_texts import joined_texts, public_texts
from tests.conftest import FIXTURES, SAMPLE
from tests.detection.names import listed

SIEVES = {"contacts": contacts.SIEVE, "hints": hints.SIEVE, "honorifics": honorifics.SIEVE}
BLANKS = st.text(alphabet=" \u3000\t\n\u2003\x85", max_size=3)
EVERYDAY = "研发一款材料，用于外壳；第 12 项 ≥ 35 MPa（25 ℃），加工件 3号、电路 at 0.5 v，微米级。\n"


def _of_every_day() -> list[str]:
    """Innocent texts that were not made to resemble anything, and every public text of the sample."""
    texts = (FIXTURES / "innocent.txt").read_text(encoding="utf-8").splitlines()
    catalogue, _ = load(SAMPLE)
    records = [*catalogue.rounds.values(), *catalogue.demands]
    texts.extend(typed.text for record in records for typed in public_texts(record))
    texts.extend(joined.text for joined in joined_texts(catalogue))
    return list(dict.fromkeys(texts))


def _written() -> list[str]:
    """What people wrote: disguises, their innocent twins, and texts of every day."""
    texts = [entry["text"] for entry in listed("disguised-contacts.yml")]
    for group in listed("contact-kinds.yml"):
        texts.extend(map(str, [*group["found"], *group["innocent"]]))
    return list(dict.fromkeys([*texts, *OF_EVERY_DAY]))


OF_EVERY_DAY = _of_every_day()
WRITTEN = _written()
PIECES = sorted(
    {text[:40] for text in WRITTEN}
    | {needle for sieve in SIEVES.values() for one in sieve.sought for needle in one.needles}
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Pieces of what people wrote, of needles and of anything, with blanks strewn in."""
    pieces = draw(
        st.lists(
            st.sampled_from(PIECES) | st.text(alphabet=EVERYDAY, max_size=12) | st.text(max_size=4) | BLANKS, max_size=8
        )
    )
    text = "".join(pieces)
    for place in draw(st.lists(st.integers(0, max(0, len(text))), max_size=4)):
        text = text[:place] + draw(BLANKS) + text[place:]
    return text


SPOKEN = st.lists(st.sampled_from([*digits.WORDS, " ", ",", "-", "，", "a", "1"]), max_size=24).map("".join)
LETTERED = st.text(alphabet="1i|lo0283 -\n", max_size=24)
NUMBERS = st.text(alphabet="0123456789" * 3 + "一二两洞 -.,、/()x+:转分机电话", max_size=40)
