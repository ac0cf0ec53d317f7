"""What changed, and how good it is: evaluation on gold sheets, diffs of two outputs, decisions."""
