"""The guide: its pages, and the parts of them that are made of the code."""
