"""Reports and letters as files: official papers in Word, sheets in Excel, and where such a file may be put."""
