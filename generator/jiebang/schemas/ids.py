"""Random ids: what names a record says nothing of it, not its enterprise, district or order of arrival (safety rule 7)."""

from __future__ import annotations

import re
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U to misread. Eight characters are 40 random bits."""

LETTERS = {"demand": "D", "enterprise": "E", "application": "A"}


def new_id(kind: str) -> str:
    """A random id such as `D-7K3M9Q2X`."""
    return f"{LETTERS[kind]}-{''.join(secrets.choice(ALPHABET) for _ in range(8))}"


def kind_of(text: str) -> str | None:
    """The kind of record that an id names; None for what is no id."""
    if not re.fullmatch(f"[A-Z]-[{ALPHABET}]{{8}}", text):
        return None
    return next((kind for kind, letter in LETTERS.items() if letter == text[0]), None)
