"""Publishing a draft with eyes open: what it does to open cases, approval, moving, going back."""
