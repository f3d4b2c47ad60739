"""Records → the programme's three official forms, for printing and stamping. Source: the annexes of the notice.

`selection` says which forms the named ids make; `word` fills the templates that `official` lays out (`markup`, `parts`), `pdf` typesets
them; `private_files` writes the result where nothing goes out or into git.
"""

from jiebang.forms.writing.pdf import to_pdf
from jiebang.forms.writing.selection import Form, forms_of
from jiebang.forms.writing.word import to_word

__all__ = ["Form", "forms_of", "to_pdf", "to_word"]
