"""Words and rules that need no framework; imports nothing of ours."""
