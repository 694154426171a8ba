"""What the office still lacks, and the links and forms that mend it."""
