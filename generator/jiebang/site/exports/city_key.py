"""A city's mark in permanent names, so that two sites without an address of their own never give different things the same name."""

from __future__ import annotations

from hashlib import sha256

from jiebang.view import City

_DIGITS = 12


def city_key(city: City) -> str:
    """12 hexadecimal digits from the city's name: the same for as long as the city is called so, another for every other city."""
    return sha256(city.name.encode()).hexdigest()[:_DIGITS]
