"""Says how two texts of Python differ, in CPython's own terms: a line of JSON in, a line of JSON out."""

import ast
import io
import json
import re
import sys
import tokenize
import warnings
from collections import Counter

warnings.simplefilter("ignore")


def bound_imports(node):
    module = "." * getattr(node, "level", 0) + (getattr(node, "module", None) or "")
    for alias in node.names:
        target = f"{module}:{alias.name}" if isinstance(node, ast.ImportFrom) else alias.name
        yield f"import {target} as {alias.asname or alias.name}"


def target_of(node):
    if isinstance(node, ast.Assign) and len(node.targets) == 1:
        return ast.unparse(node.targets[0])
    if isinstance(node, ast.AnnAssign | ast.AugAssign):
        return ast.unparse(node.target)
    return None


def first_line(node):
    return min([node.lineno, *(each.lineno for each in getattr(node, "decorator_list", []))])


def units(body, prefix, found):
    """Every statement of modules and classes as (path, what it says, its own lines, all its lines)."""
    for index, node in enumerate(body):
        first = first_line(node)
        lines = [first, node.end_lineno]
        if isinstance(node, ast.Import | ast.ImportFrom):
            for name in bound_imports(node):
                found.append((prefix + name, "", lines, lines))
        elif isinstance(node, ast.ClassDef):
            inner = node.body
            node.body = []
            found.append((prefix + node.name, ast.dump(node), [first, first_line(inner[0])], lines))
            units(inner, f"{prefix}{node.name}.", found)
            node.body = inner
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found.append((prefix + node.name, ast.dump(node), lines, lines))
        elif isinstance(node, ast.Pass) or ast.unparse(node) == "...":
            found.append((prefix + "<pass>", "", lines, lines))
        elif (target := target_of(node)) is not None:
            found.append((prefix + target, ast.dump(node), lines, lines))
        else:
            what = "<doc>" if index == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) else "<statement>"
            found.append((prefix + what, ast.dump(node), lines, lines))
    return found


def normalizer(renames, omits):
    """Makes texts of trees equal that differ only by new names for old ones, and by entries that are left out."""
    patterns = [(re.compile(rf"(?<![A-Za-z0-9]){re.escape(new)}(?![A-Za-z0-9])"), old) for old, new in renames]

    entries = [
        re.compile(pattern)
        for name in omits
        for pattern in (rf"Constant\(value='-?{re.escape(name)}'\), ", rf"(, )?Constant\(value='-?{re.escape(name)}'\)")
    ]

    def normal(text):
        for pattern, old in patterns:
            text = pattern.sub(old, text)
        for pattern in entries:
            text = pattern.sub("", text)
        return text

    return normal


def length(lines):
    return lines[1] - lines[0]


def by_path(found, normal):
    paths = {}
    for path, dump, own, whole in found:
        paths.setdefault(normal(path), []).append((normal(dump), own, dump, whole))
    return paths


def ordered(found, normal, common):
    return [(normal(path), lines) for path, _, lines, _ in found if normal(path) in common and "import " not in path]


def comments_of(text):
    found = []
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            found.append((token.string.rstrip(), token.start[0]))
    return found


def names_any(dump, names):
    return any(re.search(rf"(?<![A-Za-z0-9]){re.escape(name)}(?![A-Za-z0-9])", dump) for name in names)


def judge(before, after, renames, omits):
    old_tree = ast.parse(before)
    try:
        new_tree = ast.parse(after)
    except SyntaxError as error:
        return {"error": f"{error.msg} at line {error.lineno}"}
    normal = normalizer(renames, omits)
    # A name that is another one has another place in the order of its import.
    for node in (*ast.walk(old_tree), *ast.walk(new_tree)):
        if isinstance(node, ast.ImportFrom):
            node.names.sort(key=lambda alias: normal(f"{alias.name} {alias.asname}"))
    old, new = units(old_tree.body, "", []), units(new_tree.body, "", [])
    old_paths, new_paths = by_path(old, normal), by_path(new, normal)
    changes, old_lines, new_lines = [], [], []
    for path in [*old_paths, *(each for each in new_paths if each not in old_paths)]:
        ours, theirs = list(old_paths.get(path, [])), list(new_paths.get(path, []))
        for unit in list(ours):
            same = next((each for each in theirs if each[0] == unit[0]), None)
            if same is None:
                continue
            ours.remove(unit)
            theirs.remove(same)
            # A class that gets more than its one line gets another header.
            if same[2] != unit[2] or renames or length(same[1]) != length(unit[1]):
                old_lines.append(unit[1])
                new_lines.append(same[1])
        while ours or theirs:
            one, other = (ours.pop(0) if ours else None), (theirs.pop(0) if theirs else None)
            kind = "added" if one is None else "removed" if other is None else "changed"
            if one is not None and names_any(one[2], omits):
                kind = "omitting"
            changes.append({"kind": kind, "path": path})
            old_lines.extend([one[1 if other else 3]] if one else [])
            new_lines.extend([other[1 if one else 3]] if other else [])
    if any("import " in each["path"] for each in changes):
        # A name that is added to an import changes its line.
        old_lines.extend(lines for path, _, lines, _ in old if "import " in path)
        new_lines.extend(lines for path, _, lines, _ in new if "import " in path)
    common = {path for path in old_paths if path in new_paths and len(old_paths[path]) == len(new_paths[path])}
    old_order, new_order = ordered(old, normal, common), ordered(new, normal, common)
    if [path for path, _ in old_order] != [path for path, _ in new_order]:
        changes.append({"kind": "moved", "path": ""})
        paths = [[path for path, _ in each] for each in (old_order, new_order)]
        first = next(at for at, (one, other) in enumerate(zip(*paths, strict=False)) if one != other)
        last = next(at for at, (one, other) in enumerate(zip(*(reversed(each) for each in paths), strict=False)) if one != other)
        old_lines.extend(lines for _, lines in old_order[first : len(old_order) - last])
        new_lines.extend(lines for _, lines in new_order[first : len(new_order) - last])
    missing = Counter(comment for comment, _ in comments_of(before))
    missing -= Counter(comment for comment, _ in comments_of(after))
    missing -= Counter(
        comment
        for comment, line in comments_of(before)
        if any(first <= line <= last for first, last in old_lines)
    )
    lost = list(missing)
    return {"changes": changes, "oldLines": old_lines, "newLines": new_lines, "lostComments": lost}


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = judge(request["before"], request["after"], request["renames"], request["omits"])
        except (SyntaxError, ValueError, RecursionError) as error:
            answer = {"unread": str(error)}
        except (tokenize.TokenError, IndentationError) as error:
            answer = {"unread": str(error)}
        print(json.dumps(answer), flush=True)


main()
