"""Whatever comes in, from whomever: a finding or a record, never a traceback; and text stays text wherever it comes out."""
