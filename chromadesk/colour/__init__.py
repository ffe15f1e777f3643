"""Colour spaces and palettes."""
