"""Compares what a command printed with what a page shows of it.

A line `...` stands for any number of lines, `...` within a line for any text. Runs of spaces count as one. Whole numbers
are equal; numbers with a point or an exponent agree within 3 percent or one unit of the last digit shown, since other
processors sum in another order. Numbers in front of `ms`, `s`, `tokens/s`, `GFLOP/s` or `%`, behind `runtime_bytes` and of a
process are only numbers: they vary from run to run. With `numbers vary` all of them are.
"""
import re

NUMBER = r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?"
FIND = re.compile(rf"(?<![\w.%@#-]){NUMBER}(?!\w|\.\d)")
ANY_BEFORE = re.compile(r"(runtime_bytes|process)\"?:? *$")
ANY_BEHIND = re.compile(r" *(?:%|(?:ms|s|tokens/s|GFLOP/s)\b)")
TOLERANCE = 0.03


def parts(line):
    """The line as text and numbers in turn, beginning and ending with text; and which numbers may be any."""
    texts, numbers, end = [], [], 0
    for found in FIND.finditer(line):
        texts.append(line[end:found.start()])
        is_any = ANY_BEFORE.search(line[:found.start()]) or ANY_BEHIND.match(line[found.end():])
        numbers.append((found[0], bool(is_any)))
        end = found.end()
    return texts + [line[end:]], numbers


def pattern(line):
    def escape(text):
        pieces = [r"\s+".join(map(re.escape, re.split(r"\s+", piece))) for piece in text.split("...")]
        return ".*".join(pieces)
    texts, numbers = parts(line.strip())
    body = escape(texts[0]) + "".join(f"({NUMBER})" + escape(text) for text in texts[1:])
    return re.compile(body), numbers


def agrees(shown, printed):
    shown, printed = shown.replace(",", ""), printed.replace(",", "")
    if "." not in shown and "e" not in shown:
        return shown == printed
    digits = re.match(r"-?\d+(?:\.(\d+))?(?:e([+-]?\d+))?", shown)
    unit = 10.0 ** (int(digits[2] or 0) - len(digits[1] or ""))
    a, b = float(shown), float(printed)
    return abs(a - b) <= max(1.01 * unit, TOLERANCE * abs(a))


def same_line(shown, printed, vary=False):
    regex, numbers = pattern(shown)
    found = regex.fullmatch(printed.strip())
    return bool(found) and all(vary or is_any or agrees(number, group)
                               for (number, is_any), group in zip(numbers, found.groups()))


def first_difference(shown, printed, vary=False):
    """None, or the first shown line that nothing printed matches. `...` takes as few lines as it can."""
    position, free = 0, False
    for index, line in enumerate(shown):
        if line.strip() == "...":
            free = True
            continue
        last = len(printed) if free else min(position + 1, len(printed))
        at = next((i for i in range(position, last) if same_line(line, printed[i], vary)), None)
        if at is None:
            return line
        # What follows the last `...` ends what was printed.
        rest = shown[index:]
        if free and "..." not in [text.strip() for text in rest]:
            tail = printed[len(printed) - len(rest):] if len(rest) <= len(printed) - position else None
            if tail is None:
                return line
            return next((a for a, b in zip(rest, tail) if not same_line(a, b, vary)), None)
        position, free = at + 1, False
    return None if free or position == len(printed) else "(nothing more)"
