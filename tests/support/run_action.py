"""run_action.py ROOT NAME=VALUE...: runs the shell steps of ROOT/action.yml as GitHub does, with these inputs, and prints what
they write. Steps that use other actions are named only. Ends with the code of the first step that fails."""
import os, re, subprocess, sys, tempfile

import yaml

root = sys.argv[1]
with open(f"{root}/action.yml", encoding="utf-8") as file:
    action = yaml.safe_load(file)
inputs = {name: row.get("default", "") for name, row in action["inputs"].items()}
for given in sys.argv[2:]:
    name, value = given.split("=", 1)
    assert name in inputs, name
    inputs[name] = value
place = tempfile.mkdtemp()
names = {name: os.path.join(place, name) for name in ("GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STEP_SUMMARY")}
for path in names.values():
    open(path, "w").close()
outputs = {}


def fill(text):
    text = re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: inputs[m[1]], text)
    return re.sub(r"\$\{\{ steps\.check\.outputs\.([a-z-]+) \}\}", lambda m: outputs[m[1]], text)


code = 0
for step in action["runs"]["steps"]:
    if "uses" in step:
        print(f"({step['name']}: {step['uses']})")
        continue
    if step["name"] == "Build Crux":
        # The tests have built it.
        assert os.access(f"{root}/dev", os.X_OK)
        continue
    variables = {name: fill(value) for name, value in step.get("env", {}).items()}
    environment = {**os.environ, **names, **variables, "RUNNER_TEMP": place, "GITHUB_ACTION_PATH": root, "CI": "true", "GITHUB_ACTIONS": "true"}
    # As GitHub calls it.
    done = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], env=environment, capture_output=True, text=True)
    print(done.stdout, end="")
    print(done.stderr, end="", file=sys.stderr)
    for line in open(names["GITHUB_OUTPUT"], encoding="utf-8"):
        name, value = line.rstrip("\n").split("=", 1)
        outputs[name] = value
    if done.returncode:
        code = done.returncode
        break
print({name: value for name, value in outputs.items() if name != "comment"})
with open(names["GITHUB_STEP_SUMMARY"], encoding="utf-8") as file:
    print("summary:", file.read().split("\n")[1:2])
sys.exit(code)
