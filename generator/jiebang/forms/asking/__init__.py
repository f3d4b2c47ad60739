"""A new record by question and answer: what is asked, how an answer is read, and what is wrong with it at once."""

from jiebang.forms.asking.draft import Draft
from jiebang.forms.asking.questions import Question, questions

__all__ = ["Draft", "Question", "questions"]
