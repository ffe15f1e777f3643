"""The photo with its mask over it."""
