"""Letters of the bureau: to each enterprise that was not chosen, to each that was, the 公示, and reminders to districts.

`content` tells what stands in a letter, `layout` makes the program's templates, `printing` fills the bureau's own or those.
"""
