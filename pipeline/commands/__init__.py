"""The subcommands of ``jobsheets``, a module a family; each is imported only when it is called."""
