"""What each person's first page shows. One module for each role."""
