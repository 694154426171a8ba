"""One file or folder for each messaging platform; each implements `bot/adapters/base.py` and nothing else."""
