"""How the tables came to be, step by step; each step a file in `versions`, named by its purpose."""
