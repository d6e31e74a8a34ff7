"""Reads Swift source for the lints: what is code, what is comment, what is text.

Not a compiler: enough of the lexer to tell the three apart, with nested comments, raw and
multi-line literals and interpolations. Regex literals count as code only in the form `/.../`.
"""

import pathlib
import re
import subprocess

LITERAL = re.compile(r'(#*)("""|")')
RAW_REGEX = re.compile(r"(#+)/")


class Source:
    """One Swift text in two views of the same length, so that offsets and lines agree.

    `code` has comments and literals blanked, `comments` has all but comments blanked;
    `literal_lines` holds the numbers (from 1) of the lines inside multi-line literals.
    """

    def __init__(self, path, text):
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.literal_lines = set()
        self._code = [character if character == "\n" else " " for character in text]
        self._comments = list(self._code)
        self._scan_code(0, closing=None)
        self.code = "".join(self._code)
        self.comments = "".join(self._comments)

    def line(self, offset):
        """The number, from 1, of the line that holds an offset."""
        return self.text.count("\n", 0, offset) + 1

    def _scan_code(self, start, closing):
        """Copies code up to the end, or to the parenthesis that ends an interpolation."""
        text, position, depth = self.text, start, 0
        while position < len(text):
            literal = LITERAL.match(text, position)
            raw_regex = RAW_REGEX.match(text, position)
            if text.startswith("//", position):
                end = text.find("\n", position)
                position = self._copy_comment(position, len(text) if end < 0 else end)
            elif text.startswith("/*", position):
                position = self._copy_comment(position, self._end_of_block(position))
            elif literal:
                position = self._skip_literal(literal)
            elif raw_regex:
                end = text.find("/" + raw_regex.group(1), raw_regex.end())
                position = len(text) if end < 0 else end + len(raw_regex.group(0))
            else:
                if closing and text[position] == "(":
                    depth += 1
                if closing and text[position] == ")":
                    if depth == 0:
                        return position + 1
                    depth -= 1
                self._code[position] = text[position]
                position += 1
        return position

    def _copy_comment(self, start, end):
        self._comments[start:end] = self.text[start:end]
        return end

    def _end_of_block(self, start):
        depth, position = 0, start
        for mark in re.finditer(r"/\*|\*/", self.text[start:]):
            depth += 1 if mark.group() == "/*" else -1
            position = start + mark.end()
            if depth == 0:
                return position
        return len(self.text)

    def _skip_literal(self, opening):
        """Leaves a literal blank, but for the code in its interpolations."""
        text, hashes, quote = self.text, opening.group(1), opening.group(2)
        escape, close = "\\" + hashes, quote + hashes
        position, first_line = opening.end(), self.line(opening.start())
        while position < len(text):
            if text.startswith(escape + "(", position):
                position = self._scan_code(position + len(escape) + 1, closing=")")
            elif text.startswith(escape, position):
                position += len(escape) + 1
            elif text.startswith(close, position):
                if quote == '"""':
                    self.literal_lines.update(range(first_line + 1, self.line(position)))
                return position + len(close)
            elif quote == '"' and text[position] == "\n":
                return position  # not closed: the compiler will say so
            else:
                position += 1
        return position


def repository():
    """The root of the repository, from wherever this is called."""
    return pathlib.Path(__file__).resolve().parents[2]


def files_of(root):
    """Each file that is committed or would be, as text paths in order."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listing = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    names = sorted({name for name in listing.decode().split("\0") if name})
    return [name for name in names if (root / name).is_file()]


def report(name, breaches):
    """Prints breaches as `FILE:LINE: error: WHAT`; the exit status."""
    for breach in breaches:
        print(breach)
    count = sum(": error: " in breach for breach in breaches)
    print(f"{name}: {count} breach{'' if count == 1 else 'es'}" if count else f"{name}: ok")
    return 1 if count else 0
