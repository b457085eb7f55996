"""What the process needs of its machine: shipped files, worker processes, errors."""
