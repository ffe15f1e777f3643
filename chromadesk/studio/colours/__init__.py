"""The Colours workspace: the open photo, the collection, the board."""
