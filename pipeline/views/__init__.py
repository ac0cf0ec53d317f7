"""Ready-made SQL views over the tables, a file each; its first comment says what it holds."""
