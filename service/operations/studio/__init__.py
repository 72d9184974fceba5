"""What process owners do: drafts, their files, comparing, trying, publishing and insight."""
