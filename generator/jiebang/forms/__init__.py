"""The programme's official forms, in and out: Word and Excel files ↔ records. Source: the three annexes of the notice."""
