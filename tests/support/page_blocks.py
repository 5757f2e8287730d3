"""page_blocks.py PAGE FOLDER: the code blocks of PAGE that follow a line <!-- piece: NAME --> hold what FOLDER/NAME holds. With
GOLDEN=1 in the environment it puts them there."""
import os, re, sys

page, folder = sys.argv[1], sys.argv[2]
with open(page, encoding="utf-8") as file:
    text = file.read()


def piece(match):
    with open(f"{folder}/{match[1]}", encoding="utf-8") as file:
        return f"<!-- piece: {match[1]} -->\n{match[2]}\n{file.read().rstrip()}\n````"


new = re.sub(r"<!-- piece: (\S+) -->\n(````\w*)\n.*?^````$", piece, text, flags=re.S | re.M)
if os.environ.get("GOLDEN"):
    with open(page, "w", encoding="utf-8") as file:
        file.write(new)
elif new != text:
    print(f"{page} does not hold what the commands print now; GOLDEN=1 puts it there")
    sys.exit(1)
print(len(re.findall("<!-- piece: ", text)), "pieces as on the page")
