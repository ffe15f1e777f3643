"""From a photo to a mask of its own size."""
