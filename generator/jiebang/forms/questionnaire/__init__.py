"""A new record by question and answer: what is asked, how an answer is read, and what is wrong with it at once."""

from jiebang.forms.questionnaire.draft import Draft
from jiebang.forms.questionnaire.questions import Question, questions

__all__ = ["Draft", "Question", "questions"]
