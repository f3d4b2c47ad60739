"""`python -m jiebang.desk.letters`: writes the letters' templates anew from their layout; run it after changing `layout.py`."""

from jiebang.desk.letters.layout import TEMPLATES, templates

for name, data in templates().items():
    (TEMPLATES / name).write_bytes(data)
