"""Official forms as files → what stands in them, with the place of every value. Nothing is guessed; what is not certain becomes a finding."""
