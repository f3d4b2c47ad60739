"""What was read from forms → records of a catalogue: new ones, and changes to those that a form corrects."""
