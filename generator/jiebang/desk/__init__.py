"""The bureau's desk: what staff do with the records between two pull requests, from the private view and for them alone.

`moves` takes records to their next state, `waiting` tells what waits for whom. Nothing here is public.
"""
