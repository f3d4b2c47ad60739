"""The data as JSON: `keys` documents every key once, `objects` makes the objects, `lists` the files of many, `schema` their JSON Schemas;
`header` stands above every list.
"""
