"""What changed in the files of a bundle, in words; and the changes of two people in one file."""

from service.operations.comparing.comparing import Comparison, FileChange, compare
from service.operations.comparing.merging import Merged, Prefer, merge

__all__ = ["Comparison", "FileChange", "Merged", "Prefer", "compare", "merge"]
