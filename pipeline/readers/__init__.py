"""Where raw sheets are read from: folders, object stores, archives."""
