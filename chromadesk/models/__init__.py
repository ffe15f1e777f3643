"""The networks: a torch-free registry, one file an architecture, and their weights on disk."""
