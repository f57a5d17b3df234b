#!/usr/bin/env python3
"""Checks the pages of a tree. Usage: pages.py TREE; prints what breaks a rule.

  - a relative link leads to a file or folder, and to a heading where it names one
  - a path of this tree in backticks is there; `*` stands for any characters, and <word> for a name to be chosen. Of the pages
    for developers a source file that stands alone is somewhere in the tree
  - every page of docs/ can be reached from README.md
  - prose of docs/ and of the pages at the top keeps to 120 columns, tables and code aside
  - every page of docs/ that shows commands is run by a test
"""
import glob
import os
import re
import sys

import markdown

FOLDERS = ["benchmarks", "dialects", "docs", "examples", "include", "lib", "runtime", "test", "tools"]
COLUMNS = 120
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"`[^`]*`")
PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)})/[\w./*<>-]+)`")
SOURCE = re.compile(r"`(\w+\.(?:cpp|h|td|py))`")


def pages(tree):
    """Paths from the tree of all pages; those of data are none."""
    found = sorted(os.path.basename(path) for path in glob.glob(os.path.join(tree, "*.md")))
    for folder in FOLDERS:
        for parent, _, names in sorted(os.walk(os.path.join(tree, folder))):
            found += [os.path.relpath(os.path.join(parent, name), tree) for name in sorted(names) if name.endswith(".md")]
    return found


def links(tree, page):
    """(line, file, heading) for each relative link, the file as a path from the tree."""
    _, prose = markdown.parse(os.path.join(tree, page))
    for line in prose:
        for target in LINK.findall(CODE.sub("", line.text)):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, heading = target.partition("#")
            yield line.line, os.path.normpath(os.path.join(os.path.dirname(page), file)) if file else page, heading


def check_links(tree, page):
    for line, file, heading in links(tree, page):
        path = os.path.join(tree, file)
        if not os.path.exists(path):
            yield f"{page}:{line}: leads to {file}, which is not there"
        elif heading and heading not in markdown.anchors(markdown.parse(path)[1]):
            yield f"{page}:{line}: {file} has no heading #{heading}"


def check_paths(tree, page):
    _, prose = markdown.parse(os.path.join(tree, page))
    for line in prose:
        for path in PATH.findall(line.text):
            pattern = re.sub(r"<\w+>", "*", path)
            if not any(glob.glob(os.path.join(tree, folder, pattern)) for folder in ("", os.path.dirname(page))):
                yield f"{page}:{line.line}: names {path}, which is not there"


def source_names(tree):
    return {name for folder in FOLDERS for _, _, names in os.walk(os.path.join(tree, folder)) for name in names}


def check_sources(tree, all_pages):
    known = source_names(tree)
    for page in all_pages:
        if page.startswith("docs/dev/"):
            for line in markdown.parse(os.path.join(tree, page))[1]:
                for name in SOURCE.findall(line.text):
                    if name not in known:
                        yield f"{page}:{line.line}: names {name}, which is nowhere in the tree"


def check_columns(tree, page):
    if "/" in page and not page.startswith("docs/"):
        return
    _, prose = markdown.parse(os.path.join(tree, page))
    for line in prose:
        if len(line.text) > COLUMNS and not line.text.startswith(("|", "<!--")):
            yield f"{page}:{line.line}: {len(line.text)} columns; wrap prose at {COLUMNS}"


def check_reachable(tree, all_pages):
    seen, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in seen or page not in all_pages:
            continue
        seen.add(page)
        waiting += [file for _, file, _ in links(tree, page)]
    for page in all_pages:
        if page.startswith("docs/") and page not in seen:
            yield f"{page}: no link leads here from README.md"


def check_tests(tree, all_pages):
    tests = "".join(open(path).read() for path in glob.glob(os.path.join(tree, "test/Docs/*.test")))
    for page in all_pages:
        blocks, _ = markdown.parse(os.path.join(tree, page))
        if page.startswith("docs/") and blocks and f"%weft_source/{page}\n" not in tests:
            yield f"{page}: expected a test in test/Docs that runs it"


def main():
    tree = sys.argv[1]
    all_pages = pages(tree)
    problems = [p for page in all_pages for check in (check_links, check_paths, check_columns) for p in check(tree, page)]
    for check in (check_sources, check_reachable, check_tests):
        problems += check(tree, all_pages)
    for problem in problems:
        print(problem)
    print(f"{len(all_pages)} pages, {len(problems)} problems")
    return bool(problems)


if __name__ == "__main__":
    sys.exit(main())
