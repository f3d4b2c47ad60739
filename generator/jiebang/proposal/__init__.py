"""A pull request seen from its base: what it changes, what of that the public will see, and what it may not change."""
