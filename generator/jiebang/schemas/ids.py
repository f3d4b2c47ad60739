"""Random ids: what names a record says nothing of it, not its enterprise, district or order of arrival (safety rule 7)."""

from __future__ import annotations

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U to misread. Eight characters are 40 random bits."""

LETTERS = {"demand": "D", "enterprise": "E", "application": "A"}


def new_id(kind: str) -> str:
    """A random id such as `D-7K3M9Q2X`."""
    return f"{LETTERS[kind]}-{''.join(secrets.choice(ALPHABET) for _ in range(8))}"
