"""Tasks -> rows -> workbook."""
