"""Data sets and Photoshop files, in and out: what the File part of the menu offers."""
