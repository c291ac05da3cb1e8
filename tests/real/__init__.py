"""The build of all real files: its plan, its invented directories, and its comparison with the files."""
