#!/usr/bin/env python3
"""Runs what a page shows, and compares what the commands print with what stands there.

  guide.py --source TREE --work FOLDER PAGE

Blocks of a page, by the word behind the fence:

  console    commands behind `$ `, each with what it prints (compare.py says how closely). They run one after the other
             in one shell, in FOLDER. One whose output has `error:` in it must fail, all others must not.
  sh         commands without what they print
  others     text; a comment before the block says what of it is checked

Comments, which a reader does not see. Just before a block:

  <!-- file: NAME -->        the block is this file, which lies in FOLDER before the first command
  <!-- part of: FILE -->     its lines stand in FILE in this order, `...` between them; FILE is in FOLDER when all
                             commands have run, or in the tree
  <!-- not run: REASON -->   nothing of it is checked, for this reason
  <!-- numbers vary: WHY --> numbers of the output are only numbers

and anywhere:

  <!-- setup: COMMANDS -->   run before the page's own; $SOURCE is the tree
  <!-- files of: PAGE -->    the files of another page, beside it, are there too

A block of which nothing is checked and that gives no reason is an error. FOLDER holds a link to the tree's examples.
Exits with 1 where something differs.
"""
import argparse
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys

import compare
import markdown

SECONDS = 600  # for all commands of a page
LEAST_REASON = 3  # words
MOST_LINES = 40  # of an output, in a message


class Page:
    def __init__(self, path, source, work):
        self.path, self.source, self.work = path, source, work
        self.blocks, _ = markdown.parse(path)
        self.problems = []

    def complain(self, line, message):
        self.problems.append(f"{os.path.relpath(self.path, self.source)}:{line}: {message}")

    # ---- what is there before the first command

    def write_files(self):
        shutil.rmtree(self.work, ignore_errors=True)
        os.makedirs(self.work)
        os.symlink(os.path.join(self.source, "examples"), os.path.join(self.work, "examples"))
        blocks = list(self.blocks)
        for other in markdown.page_notes(self.path, "files of"):
            blocks = markdown.parse(os.path.join(os.path.dirname(self.path), other))[0] + blocks
        for block in blocks:
            if "file" in block.notes:
                with open(os.path.join(self.work, block.notes["file"]), "w") as file:
                    file.write("\n".join(block.lines) + "\n")

    # ---- commands

    def commands(self):
        """(line, command, shown output or None, block) for each command, in order."""
        for block in self.blocks:
            if "not run" in block.notes:
                continue
            if block.language == "console":
                yield from self.console(block)
            elif block.language == "sh":
                yield block.line, "\n".join(block.lines), None, block

    def console(self, block):
        command, start, shown = None, block.line, []
        for number, line in enumerate(block.lines, block.line + 1):
            if command is not None and command.endswith("\\"):
                command += "\n" + line.removeprefix("> ")
            elif line.startswith("$ "):
                if command is not None:
                    yield start, command, shown, block
                command, start, shown = line[2:], number, []
            elif command is None:
                self.complain(number, "expected a command behind `$ ` at the start of a console block")
                return
            else:
                shown.append(line)
        if command is not None:
            yield start, command, shown, block

    def run(self, commands):
        """Runs all in one shell; the output and the exit code of each lie in files beside FOLDER."""
        logs = self.work + ".logs"
        shutil.rmtree(logs, ignore_errors=True)
        os.makedirs(logs)
        script = ["code=0"]
        for setup in markdown.page_notes(self.path, "setup"):
            script.append(f"{{ {setup}\n}} > {logs}/setup 2>&1 < /dev/null || exit 3")
        for index, (_, command, _, _) in enumerate(commands):
            script.append(f"{{ (exit $code)\n{command}\n}} > {logs}/{index} 2>&1 < /dev/null; code=$?; echo $code > {logs}/{index}.code")
        file = os.path.join(logs, "script")
        with open(file, "w") as stream:
            stream.write("\n".join(script) + "\n")
        shell = subprocess.Popen(["bash", file], cwd=self.work, env={**os.environ, "SOURCE": self.source},
                                 start_new_session=True)
        try:
            if shell.wait(SECONDS) == 3:
                self.complain(1, "its setup fails:\n" + read(f"{logs}/setup"))
        except subprocess.TimeoutExpired:
            self.complain(1, f"its commands take longer than {SECONDS} s")
        with contextlib.suppress(ProcessLookupError):
            os.killpg(shell.pid, signal.SIGKILL)  # it, or what it left in the background
        shell.wait()
        return logs

    def check_commands(self):
        commands = list(self.commands())
        logs = self.run(commands)
        for index, (line, command, shown, block) in enumerate(commands):
            if not os.path.exists(f"{logs}/{index}.code"):
                self.complain(line, f"did not run: {command}")
                return
            printed, code = read(f"{logs}/{index}"), int(read(f"{logs}/{index}.code"))
            fails = shown is not None and any("error:" in text for text in shown)
            if (code != 0) != fails:
                self.complain(line, f"exit code {code} of: {command}\n{shorten(printed)}")
            elif shown is not None:
                different = compare.first_difference(shown, printed.splitlines(), "numbers vary" in block.notes)
                if different is not None:
                    self.complain(line, f"{command}\n  shown:   {different}\n  printed:\n{shorten(printed)}")

    # ---- texts

    def check_texts(self):
        for block in self.blocks:
            if "not run" in block.notes:
                if len(block.notes["not run"].split()) < LEAST_REASON:
                    self.complain(block.line, "expected a reason behind `not run:`, in a few words")
            elif "part of" in block.notes:
                self.check_part(block, block.notes["part of"])
            elif block.language not in ("console", "sh") and "file" not in block.notes:
                self.complain(block.line, "nothing of this block is checked: say which `file` it is or is `part of`, or why it "
                                          "is `not run`")

    def check_part(self, block, name):
        places = [os.path.join(folder, name) for folder in (self.work, self.source)]
        path = next((place for place in places if os.path.isfile(place)), None)
        if path is None:
            self.complain(block.line, f"'{name}', of which this should be a part, is not there")
            return
        shown = [without_comment(line) for line in block.lines]
        shown = [line for line in shown if line.strip() not in ("", "...")]
        rest = iter([without_comment(line) for line in read(path).splitlines()])
        for line in shown:
            if not any(compare.same_line(line, other) for other in rest):
                self.complain(block.line, f"not in {name}, or not in this order: {line.strip()}")
                return


def shorten(text):
    lines = text.splitlines()
    cut = ["..."] if len(lines) > MOST_LINES else []
    return "\n".join(lines[:MOST_LINES // 2] + cut + lines[max(MOST_LINES // 2, len(lines) - MOST_LINES // 2):])


def without_comment(line):
    return re.sub(r"(^|\s)//.*$", "", line)


def read(path):
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--source", required=True)
    parser.add_argument("--work", required=True)
    parser.add_argument("page")
    options = parser.parse_args()
    page = Page(options.page, os.path.abspath(options.source), os.path.abspath(options.work))
    page.write_files()
    page.check_commands()
    page.check_texts()
    for problem in page.problems:
        print(problem)
    print(f"{len(page.blocks)} blocks, {len(list(page.commands()))} commands, {len(page.problems)} problems")
    return bool(page.problems)


if __name__ == "__main__":
    sys.exit(main())
