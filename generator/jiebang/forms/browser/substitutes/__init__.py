"""Stand in, in the browser, for libraries that are compiled for other machines, and for modules of ours that need one: the same calls with
the same results, slower.

Each module takes the name of what it stands in for when the program is packed (`jiebang.site.reader`); on a desk none is imported.
"""
