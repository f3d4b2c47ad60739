"""A disk that fails and a machine that dies at any operation of a command: what stands afterwards is old or new, and whole."""
