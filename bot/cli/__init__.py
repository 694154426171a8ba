"""The `janmilan` command. Nothing heavy is imported before it is known what is asked for: help comes at once."""


def main() -> None:
    """Run the command that was typed. Ends the process with 0, or with a code of `bot.cli.failing` after a sentence."""
    from bot.cli.commands import app
    from bot.cli.failing import tell

    try:
        app()
    except Exception as error:
        raise SystemExit(tell(error)) from None
