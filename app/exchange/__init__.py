"""What goes from one workstation to another: packages, how they are merged, and how records are verified."""
