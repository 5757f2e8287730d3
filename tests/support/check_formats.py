"""check_formats.py SCHEMAS EXIT BASE: reports BASE.xml, .sarif, .tap, .github, .md and .json of one run are well-formed, follow
their schemas, and agree with the exit code and with each other. Prints what is wrong."""
import json, re, subprocess, sys, xml.etree.ElementTree

import jsonschema
import yaml

schemas, code, base = sys.argv[1], int(sys.argv[2]), sys.argv[3]
wrong = []


def say(what):
    wrong.append(f"{base}: {what}")


def junit(report):
    done = subprocess.run(["xmllint", "--noout", "--schema", f"{schemas}/junit.xsd", f"{base}.xml"], capture_output=True, text=True)
    if done.returncode:
        say(done.stderr)
        return
    suite = xml.etree.ElementTree.parse(f"{base}.xml").getroot()[0]
    cases = suite.findall("testcase")
    for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        if int(suite.get(attribute)) != sum(case.find(element) is not None for case in cases):
            say(f"JUnit counts other {attribute} than it holds")
    if int(suite.get("tests")) != len(cases):
        say("JUnit counts other tests than it holds")
    fails = int(suite.get("failures")) + int(suite.get("errors")) > 0
    if fails != (code != 0):
        say(f"JUnit fails: {fails}, exit code {code}")


def sarif(report):
    log = json.load(open(f"{base}.sarif", encoding="utf-8"))
    with open(f"{schemas}/sarif-2.1.0.json", encoding="utf-8") as file:
        jsonschema.Draft4Validator(json.load(file)).validate(log)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    if len(set(rules)) != len(rules):
        say("SARIF declares a rule twice")
    if run["invocations"][0]["exitCode"] != code or report["exit_code"] != code:
        say("SARIF or JSON has another exit code")
    for result in run["results"]:
        if rules[result["ruleIndex"]] != result["ruleId"]:
            say("SARIF: a rule's index is another's")
        for location in result["locations"]:
            uri = location.get("physicalLocation", {}).get("artifactLocation", {}).get("uri", "")
            if not re.fullmatch(r"(file://)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})*", uri):
                say(f"SARIF: no URI: {uri}")
    if any("line" in key for result in run["results"] for key in result["partialFingerprints"]):
        say("SARIF: a fingerprint of a line")


def tap(report):
    text = open(f"{base}.tap", encoding="utf-8").read()
    done = subprocess.run(["prove", "-e", "cat", f"{base}.tap"], capture_output=True, text=True)
    if (done.returncode == 0) != (code == 0) or "Parse errors" in done.stdout:
        say(f"prove gives {done.returncode}, exit code {code}\n{done.stdout}")
    for block in re.findall(r"^  ---\n(.*?)^  \.\.\.$", text, re.M | re.S):
        if not isinstance(yaml.safe_load(block), dict):
            say("TAP: no mapping in YAML")
    if any(not re.match(r"TAP version 13$|1\.\.\d+$|(not )?ok \d+ - |  |# ", line) for line in text.splitlines()):
        say("TAP has a line of no kind")


def github(report):
    fails = False
    for line in open(f"{base}.github", encoding="utf-8").read().split("\n")[:-2]:
        match = re.fullmatch(r"::(error|warning|notice) (.*?)::(.*)", line)
        if not match:
            say(f"GitHub: no command: {line}")
            continue
        fails = fails or match[1] == "error"
        for part in match[2].split(","):
            if not re.fullmatch(r"(file|line|col|title)=[^:,]*", part):
                say(f"GitHub: no property: {part}")
    if fails != (code != 0):
        say(f"GitHub has errors: {fails}, exit code {code}")


def markdown(report):
    text = open(f"{base}.md", encoding="utf-8").read()
    if not text.startswith("<!-- crux-report -->\n") or len(text) > 65000:
        say("Markdown without its mark, or too long")
    for line in text.split("\n"):
        if line.startswith("| ") and len(re.findall(r"(?<!\\)\|", line)) not in (4, 5):
            say(f"Markdown: another number of cells: {line}")
    own = re.sub(r"<!-- crux-report -->|</?details>|</?summary>", "", text)
    if re.search(r"[<>]|@\w|\]\(|https?://\w|#\d", re.sub(r"\\.", "", own)):
        say("Markdown lets the author's markup through")


report = json.load(open(f"{base}.json", encoding="utf-8"))
for check in (junit, sarif, tap, github, markdown):
    try:
        check(report)
    except Exception as error:  # one broken format should not hide the others
        say(f"{check.__name__}: {type(error).__name__}: {str(error)[:600]}")
print("\n".join(wrong) if wrong else f"{base}: well")
