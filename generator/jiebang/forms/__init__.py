"""The programme's official forms, in and out: Word and Excel files ↔ records. Source: the three annexes of the notice.

`reading` (file → what stands in it) → `importing` (→ records of a catalogue); `writing` (records → forms to print);
`questionnaire` (a new record by question and answer). `form_fields` says which fields have a blank on a form.
"""
