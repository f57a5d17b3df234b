#!/usr/bin/env python3
"""Makes the tables of pages that say what the tools and the dialect say of themselves.

  tables.py --source TREE [--train EXECUTABLE] [--without TOOL]... [--write] PAGE...

Between `<!-- table: ... -->` and `<!-- end of table -->` a page has one of

  flags of TOOL [SUBCOMMAND]         from its --help; `train` is the training executable that --train names
  ops of FILE [except NAME...]       from dialects/Weft/FILE: each op and its summary

Prints each table that is not what it should be, and exits with 1; with --write puts it right instead. --without leaves
the tables of a tool alone, of which this build has another one.
"""
import argparse
import os
import re
import subprocess
import sys

TABLE = re.compile(r"(<!-- table: (.*?) -->\n)(.*?)(<!-- end of table -->)", re.DOTALL)
COLUMN = 30  # where CLI11 begins what a flag means


def row(*cells):
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


# ---- LLVM's --help

def llvm_flags(text):
    """(flag, meaning, [(value, meaning)]) for each flag, without those that every LLVM tool has."""
    flags, section = [], ""
    for line in text.splitlines():
        if re.match(r"\S.*:$", line):
            section = line
        if section.startswith("Generic"):
            continue
        flag = re.match(r"^  (-\S+(?: <\w+>)?) +- (.*)$", line)
        value = re.match(r"^    =(\S+) +- +(.*)$", line)
        if flag:
            flags.append((flag[1], flag[2], []))
        elif value:
            flags[-1][2].append((value[1], value[2]))
    names = [flag.split("=")[0] for flag, _, _ in flags]
    # A flag whose value may be left out stands there twice.
    return [(flag.replace("=<", "[=<") + "]" if names.count(name) > 1 else flag, meaning, values)
            for (flag, meaning, values), name in zip(flags, names) if names.count(name) == 1 or "=" in flag]


def llvm_table(text):
    yield row("flag", "meaning")
    yield row("---", "---")
    for flag, meaning, values in llvm_flags(text):
        yield row(f"`{flag}`", "<br>".join([meaning] + [f"`{value}`: {what}" for value, what in values]))


# ---- CLI11's --help

def cli_flags(text):
    """(what stands on the left, meaning) for each flag and argument. A long left side has its meaning on the next line."""
    lines = text.splitlines() + [""]
    for line, following in zip(lines, lines[1:]):
        if re.match(r"^  \S", line):
            if following.startswith(" " * COLUMN):
                yield line.strip(), following.strip()
            else:
                yield line[:COLUMN].strip(), line[COLUMN:].strip()


def split_head(head):
    """`--order KIND:{a,b}=a Needs: --data` as name, default and what is said besides."""
    besides = []
    head, *rest = re.split(r" +(?=(?:Needs|Excludes): )", head)
    for text in rest:
        kind, names = text.split(": ", 1)
        flags = ", ".join(f"`{name}`" for name in names.split())
        besides.append(("with " if kind == "Needs" else "not with ") + flags)
    if head.endswith(" REQUIRED"):
        besides.append("required")
    head = head.removesuffix(" REQUIRED").removesuffix(" ...").removesuffix("{false}")
    head = re.sub(r":\{.*\}", "", head)
    default = re.search(r"=([^\s\]=]+)$", head)
    return head[:default.start()] if default else head, default[1] if default else "", besides


def cli_table(text):
    yield row("flag", "default", "meaning")
    yield row("---", "---", "---")
    for head, meaning in cli_flags(text):
        name, default, besides = split_head(head)
        if name.startswith(("-h", "--version")):
            continue
        meaning += f" ({'; '.join(besides)})" if besides else ""
        yield row(f"`{name}`", f"`{default}`" if default else "", meaning)


def flags_table(words, options):
    tool = [os.path.abspath(options.train)] if words[0] == "train" else words
    done = subprocess.run([*tool, "--help"], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{words[0]} --help fails: {done.stderr}")
    return llvm_table(done.stdout) if done.stdout.startswith("OVERVIEW") else cli_table(done.stdout)


# ---- ops

def ops(path):
    """(name, summary) for each op of a file, whose summaries stand in it or in what its class is given."""
    text = open(path, encoding="utf-8").read()
    for found in re.finditer(r"^def Weft_\w+Op *: *Weft_\w+<\"(\w+)\"(.*?)(?=^def |\Z)", text, re.DOTALL | re.MULTILINE):
        name, rest = found.groups()
        summary = re.search(r'^  let summary = "(.*)";', rest, re.MULTILINE) or re.match(r', "(.*?)"', rest)
        yield name, summary[1]


def ops_table(words, options):
    unwanted = set(words[2:])
    found = dict(ops(os.path.join(options.source, "dialects/Weft", words[0])))
    if missing := unwanted - set(found):
        raise SystemExit(f"{words[0]} has no {', '.join(sorted(missing))}")
    yield row("op", "meaning")
    yield row("---", "---")
    for name, summary in found.items():
        if name not in unwanted:
            yield row(f"`weft.{name}`", summary)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", required=True)
    parser.add_argument("--train")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--write", action="store_true")
    parser.add_argument("pages", nargs="+")
    options = parser.parse_args()
    stale = tables = 0
    for path in options.pages:
        text = open(path, encoding="utf-8").read()

        def renew(found):
            nonlocal stale, tables
            kind, _, *words = found[2].split()
            if words[0] in options.without:
                return found[0]
            tables += 1
            table = "\n".join((flags_table if kind == "flags" else ops_table)(words, options)) + "\n"
            if table != found[3]:
                stale += 1
                print(f"{os.path.relpath(path, options.source)}: the table of {found[2]} is stale:\n{table}")
            return found[1] + table + found[4]

        renewed = TABLE.sub(renew, text)
        if options.write and renewed != text:
            with open(path, "w", encoding="utf-8") as file:
                file.write(renewed)
    print(f"{tables} tables, {stale} {'written' if options.write else 'stale'}")
    return bool(stale) and not options.write


if __name__ == "__main__":
    sys.exit(main())
