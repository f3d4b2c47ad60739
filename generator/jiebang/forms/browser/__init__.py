"""What the site's pages ask of this program where there is no command line: bytes in, JSON out. It runs in the browser, in a worker.

`door` takes every request; `form_values` reads an official form for the web form, `records` reads, amends and reviews a record's
file, `moves` takes it to its next state.
No file is opened and no process started; what the program's libraries have compiled for other machines, `substitutes` does here.
`jiebang.site.reader` packs it for the site.
"""
