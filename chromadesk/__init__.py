"""ChromaDesk: a desktop studio for five-class fashion-image segmentation."""

__version__ = "0.1.0"
