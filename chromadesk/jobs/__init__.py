"""Long work in child processes: messages, folders, workers."""
