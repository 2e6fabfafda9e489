"""Other people's formats and tools: the AVeriTeC shared task's submission file, and Inspect."""
