"""Pastes the counterexample of every claim behind the claims it is of, and sees that there the central future is the other way round.

usage: paste_counterexamples.py CRUX FOLDER FILE... : FILEs lie in FOLDER, a copy that is written to. Prints what is wrong, then how
many counterexamples there were.
"""
import json
import math
import os
import subprocess
import sys

crux, folder, files = sys.argv[1], sys.argv[2], sys.argv[3:]
SAMPLES = os.environ.get("SAMPLES", "4000")
FEW = "64"
pasted = 0


def report(*arguments):
    run = subprocess.run([crux, "check", "--format", "json", *arguments], capture_output=True, text=True, cwd=folder)
    if not run.stdout:
        raise SystemExit(f"{arguments}: {run.stderr}")
    return json.loads(run.stdout)


def errors(found):
    return [d for d in found["diagnostics"] if d["severity"] == "error"]


def close(a, b):
    return a == b or (a is not None and b is not None and math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12))


def same_comparisons(central, counter):
    return len(central) == len(counter) and all(
        a["expr"] == b["expr"] and a["step"] == b["step"] and close(a["left"], b["left"]) and close(a["right"], b["right"]) for a, b in zip(central, counter)
    )


def formatted(scenario):
    run = subprocess.run([crux, "fmt", "-"], input=scenario, capture_output=True, text=True)
    return run.stdout == scenario


def paste(file, claim):
    """What is wrong with this counterexample, or None."""
    counter = claim["counterexample"]
    name = counter["scenario"].split()[1]
    with open(os.path.join(folder, file)) as source:
        text = source.read()
    copy = os.path.join(os.path.dirname(file), "pasted.crux")
    with open(os.path.join(folder, copy), "w") as target:
        target.write(text + "\n" + counter["scenario"])
    options = ["--forecast", claim["forecast"]] if claim["forecast"] else []
    found = report("--samples", FEW, "--scenario", name, "--filter", claim["name"].split("[")[0], *options, copy)
    os.remove(os.path.join(folder, copy))
    if errors(found):
        return errors(found)[0]["message"]
    there = [c for c in found["claims"] if c["name"] == claim["name"] and c["scenario"] == name and c["forecast"] == claim["forecast"]]
    if len(there) != 1:
        return f"{len(there)} verdicts under {name}"
    central, before = there[0]["central"], claim["central"]
    if not central["relevant"] or not central["defined"] or central["holds"] != counter["holds"]:
        return f"there it is {central['holds']}, relevant {central['relevant']}"
    if before["relevant"] and before["defined"] and before["holds"] == counter["holds"]:
        return "it is no other than in the central future"
    if not same_comparisons(central["comparisons"], counter["comparisons"]):
        return "its values are other ones"
    return None if formatted(counter["scenario"]) else "it is not as crux fmt writes it"


for file in files:
    for claim in report("--samples", SAMPLES, *os.environ.get("OPTIONS", "").split(), file)["claims"]:
        if claim["counterexample"] is None:
            continue
        pasted += 1
        wrong = paste(file, claim)
        if wrong:
            print(f"{file}: {claim['name']} under {claim['scenario']}: {wrong}\n{claim['counterexample']['scenario']}")
print(pasted, "counterexamples")
