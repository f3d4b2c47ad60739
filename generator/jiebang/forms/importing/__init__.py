"""What was read from forms → records of a catalogue: new ones, and changes to those that a form corrects.

`run` takes the files; `annex1` and `applications` plan what each form makes (`plan`), beside the `existing_records` of the round;
`difference` and `report` tell a person what changed and what is left to decide.
"""
