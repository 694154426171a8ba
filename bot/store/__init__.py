"""The tables of the chat engine and its adapters, and the only SQL of `bot`."""
