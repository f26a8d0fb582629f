"""The sheets of exercises: which there are, what their sources must keep to, how they are tried and built."""
