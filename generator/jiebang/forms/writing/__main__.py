"""`python -m jiebang.forms.writing`: writes the Word templates anew from their layout; run it after changing `official.py`."""

from jiebang.forms.writing.official import TEMPLATES, templates

for name, data in templates().items():
    (TEMPLATES / name).write_bytes(data)
