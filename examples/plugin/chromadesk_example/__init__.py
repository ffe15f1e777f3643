"""An example of ChromaDesk's plug-ins."""
