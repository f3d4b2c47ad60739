"""What a reader of values answers where the text does not say for certain."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unclear:
    """`reason` says what is not certain, `hint` what to do; Chinese, without the text itself."""

    reason: str
    hint: str = "对照原件核对后，在记录里填写。"
