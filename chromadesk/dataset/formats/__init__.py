"""Data sets as other programs keep them: one file a format, ``table`` names them all."""
