"""Book in, numbers out. Pure: nothing here draws, reads or writes a file, or keeps state."""
