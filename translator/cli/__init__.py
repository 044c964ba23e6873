"""The command line: the only floor that reads arguments, looks at the environment and prints."""
