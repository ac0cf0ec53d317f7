"""What every test shares: runs happen in this process unless a test asks for others, which spares starting them."""

import os

os.environ.setdefault("JOBSHEETS_WORKERS", "0")
os.environ.setdefault("JOBSHEETS_TAXONOMIES", os.devnull)  # what this user has loaded changes no test
