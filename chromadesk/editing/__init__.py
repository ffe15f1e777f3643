"""The document and the tools' arithmetic, without Qt."""
