"""Writes the reference model (bench/model.py) as C and NumPy: generate.py FOLDER

reference_model.h   sizes and laws
reference_scalar.h  one future at a time, with the C library's functions
reference_block.h   block by block as a person would write it with our kernels: one loop over the lanes for each equation,
                    with what does not change over time hoisted out of the loop over the quarters
reference_numpy.py  arrays"""
import ast
import sys

from model import INPUTS, OUTPUTS, PRE, STATE, STEP, STEPS

FUNCTIONS = {"min", "max", "exp", "log", "pow", "sqrt"}
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
INPUT_NAMES = [row[0] for row in INPUTS]


def names(node):
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name)} - FUNCTIONS


def constant(node):
    if isinstance(node, ast.UnaryOp):
        return -constant(node.operand)
    return float(node.value)


def is_constant(node):
    return isinstance(node, ast.Constant) or (isinstance(node, ast.UnaryOp) and is_constant(node.operand))


def write(node, call, greater, number=repr):
    """An expression as text; call(function, arguments) and greater(a, b) say how those are spelt."""
    if is_constant(node):
        return number(constant(node))
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.UnaryOp):
        return "(-%s)" % write(node.operand, call, greater, number)
    if isinstance(node, ast.BinOp):
        left, right = write(node.left, call, greater, number), write(node.right, call, greater, number)
        return "(%s %s %s)" % (left, SIGNS[type(node.op)], right)
    if isinstance(node, ast.Compare):
        return greater(write(node.left, call, greater, number), write(node.comparators[0], call, greater, number))
    return call(node.func.id, [write(a, call, greater, number) for a in node.args])


# What depends on the quarter alone is a plain number in every version.
TIMED = {"tt"}
for name, equation in STEP:
    if names(equation) <= TIMED:
        TIMED.add(name)


# ---- scalar C -------------------------------------------------------------------------------------------------------------


def scalar(node):
    def call(function, args):
        return {"min": "lesser", "max": "greater"}.get(function, function) + "(%s)" % ", ".join(args)

    return write(node, call, lambda a, b: "(%s > %s ? 1.0 : 0.0)" % (a, b))


def write_scalar(out):
    out.append("static void evaluate_scalar(const double *in, double *results)\n{")
    out += ["    const double %s = in[%d];" % (n, i) for i, n in enumerate(INPUT_NAMES)]
    out += ["    const double %s = %s;" % (n, scalar(e)) for n, e in PRE]
    out += ["    double %s_p = %s;" % (n, scalar(e)) for n, e in STATE]
    out.append("    for (int t = 0; t < MODEL_STEPS; t++) {\n        const double tt = t;")
    out += ["        const double %s = %s;" % (n, scalar(e)) for n, e in STEP]
    out += ["        %s_p = %s;" % (n, n) for n, _ in STATE]
    out.append("        if (t < MODEL_STEPS - 1)\n            continue;")
    out += ["        results[%d] = %s;" % (i, o) for i, o in enumerate(OUTPUTS)]
    out.append("    }\n}")


# ---- block C --------------------------------------------------------------------------------------------------------------

INVARIANT = set(INPUT_NAMES) | {n for n, _ in PRE}


class Block:
    """Loops over the lanes. A function's argument is put into an array of its own; its value is one too. Arrays that hold
    temporary values are used again from equation to equation."""

    def __init__(self):
        self.hoisted, self.before, self.arrays, self.temporaries, self.live = {}, [], [], 0, 0

    def array(self, name):
        if name not in self.arrays:
            self.arrays.append(name)
        return name

    def temporary(self):
        self.live += 1
        self.temporaries = max(self.temporaries, self.live)
        return self.array("t%d" % self.live)

    def hoist(self, node):
        """A part that is the same in every quarter gets an array that is filled once."""
        key = ast.dump(node)
        if key not in self.hoisted:
            self.hoisted[key] = self.array("h%d" % len(self.hoisted))
            lines = []
            self.assign(lines, self.hoisted[key], node, False)
            self.before += lines
        return self.hoisted[key]

    def is_hoistable(self, node):
        return not isinstance(node, ast.Name) and not is_constant(node) and names(node) and names(node) <= INVARIANT

    def operand(self, lines, node, hoisting):
        """The vector expression of a node; what must be an array first is added to lines."""
        if names(node) <= TIMED:
            return "lanes_of(%s)" % scalar(node)
        if hoisting and self.is_hoistable(node):
            return "AT(%s)" % self.hoist(node)
        if isinstance(node, ast.Name):
            return "AT(%s)" % node.id
        if isinstance(node, ast.UnaryOp):
            return "(-%s)" % self.operand(lines, node.operand, hoisting)
        if isinstance(node, ast.BinOp):
            left, right = (self.operand(lines, n, hoisting) for n in (node.left, node.right))
            return "(%s %s %s)" % (left, SIGNS[type(node.op)], right)
        if isinstance(node, ast.Compare):
            left, right = (self.operand(lines, n, hoisting) for n in (node.left, node.comparators[0]))
            return "lanes_lt(%s, %s)" % (right, left)
        function = node.func.id
        if function in ("min", "max", "sqrt"):
            return "lanes_%s(%s)" % (function, ", ".join(self.operand(lines, a, hoisting) for a in node.args))
        return "AT(%s)" % self.function(lines, function, node.args, hoisting)

    def view(self, lines, node, hoisting):
        if names(node) <= TIMED:
            return "UNIFORM(%s)" % scalar(node)
        text = self.operand(lines, node, hoisting)
        if not text.startswith("AT(") or text.count("AT(") > 1:
            name = self.temporary()
            lines.append("EACH_LANE(%s, %s);" % (name, text))
            return "LANES_OF(%s)" % name
        return "LANES_OF(%s)" % text[3:-1]

    def function(self, lines, function, args, hoisting):
        views = [self.view(lines, a, hoisting) for a in args]
        result = self.temporary()
        lines.append("%s_strips(%s, %s);" % (function, result, ", ".join(views)))
        return result

    def assign(self, lines, name, node, hoisting=True):
        outer, self.live = self.live, self.live if not hoisting else 0
        text = self.operand(lines, node, hoisting)
        lines.append("EACH_LANE(%s, %s);" % (name, text))
        self.live = outer


def write_block(out):
    block = Block()
    for n in INPUT_NAMES + [n for n, _ in PRE] + [n + "_p" for n, _ in STATE]:
        block.array(n)
    start, steps = [], []
    for n, e in PRE:
        block.assign(start, n, e, False)
    for n, e in STATE:
        block.assign(start, n + "_p", e, False)
    for n, e in STEP:
        if n in TIMED:
            steps.append("const double %s = %s;" % (n, scalar(e)))
        else:
            block.array(n)
            block.assign(steps, n, e)
    state = [n for n, _ in STATE]
    out.append("enum { BLOCK_ARRAYS = %d };" % len(block.arrays))
    out.append("static void evaluate_block(const double *const *in, double *work, double *const *results)\n{")
    for i, n in enumerate(block.arrays):
        moves = n in state or n.removesuffix("_p") in state
        out.append("    double *%s%s = work + %d * BLOCK_LANES;" % ("" if moves else "const ", n, i))
    out += ["    memcpy(%s, in[%d], BLOCK_LANES * sizeof *%s);" % (n, i, n) for i, n in enumerate(INPUT_NAMES)]
    out += ["    " + line for line in start + block.before]
    out.append("    for (int t = 0; t < MODEL_STEPS; t++) {\n        const double tt = t;\n        (void)tt;")
    out += ["        " + line for line in steps]
    out.append("        if (t == MODEL_STEPS - 1) {")
    out += ["            memcpy(results[%d], %s, BLOCK_LANES * sizeof *%s);" % (i, o, o) for i, o in enumerate(OUTPUTS)]
    out.append("        }")
    out += ["        SWAP(%s, %s_p);" % (n, n) for n in state]
    out.append("    }\n}")


# ---- NumPy ----------------------------------------------------------------------------------------------------------------


def numpy(node):
    spelt = {"min": "minimum", "max": "maximum", "pow": "power"}
    return write(node, lambda f, args: "np.%s(%s)" % (spelt.get(f, f), ", ".join(args)), lambda a, b: "np.greater(%s, %s)" % (a, b))


def write_numpy(out):
    out.append("import numpy as np\n\n\ndef model(inputs):\n    %s = inputs" % ", ".join(INPUT_NAMES))
    out += ["    %s = %s" % (n, numpy(e)) for n, e in PRE]
    out += ["    %s_p = %s" % (n, numpy(e)) for n, e in STATE]
    out.append("    for t in range(%d):\n        tt = float(t)" % STEPS)
    out += ["        %s = %s" % (n, numpy(e)) for n, e in STEP]
    out += ["        %s_p = %s" % (n, n) for n, _ in STATE]
    out.append("    return [%s]" % ", ".join("np.asarray(%s, dtype=float)" % o for o in OUTPUTS))


def write_sizes(out):
    out.append("enum { MODEL_INPUTS = %d, MODEL_OUTPUTS = %d, MODEL_STEPS = %d };" % (len(INPUTS), len(OUTPUTS), STEPS))
    out.append("static const struct distribution model_laws[MODEL_INPUTS] = {")
    out += ["    {.law = LAW_%s, .a = %r, .b = %r, .cut_low = -INFINITY, .cut_high = INFINITY}," % row[1:] for row in INPUTS]
    out.append("};")


for path, writer in (("model.h", write_sizes), ("scalar.h", write_scalar), ("block.h", write_block), ("numpy.py", write_numpy)):
    lines = []
    writer(lines)
    with open("%s/reference_%s" % (sys.argv[1], path), "w") as f:
        f.write("\n".join(lines) + "\n")
