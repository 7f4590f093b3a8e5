"""The command line: the desk's verbs for scripts and checks, without a window."""
