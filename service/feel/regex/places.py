"""The instructions that read no character but look where they stand."""

from service.feel.regex.program import BEGIN, END, LINE_BEGIN, LINE_END


def holds_here(operation: int, text: str, at: int) -> bool:
    """Whether a begin or an end is here."""
    if operation == BEGIN:
        return at == 0
    if operation == END:
        return at == len(text)
    if operation == LINE_BEGIN:
        return at == 0 or text[at - 1] == "\n"
    return operation == LINE_END and (at == len(text) or text[at] == "\n")
