"""Photos and masks as pairs, their splits, and the index of what has been done with them."""
