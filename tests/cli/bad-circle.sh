# Files that take each other in.
. "$TESTS/cli/try"
printf 'use "self.crux"\nclaim a : 1 < 2\n' >self.crux
try crux check self.crux
printf 'use "two.crux"\nclaim a : 1 < 2\n' >one.crux
printf 'use "three.crux"\n' >two.crux
printf 'use "./one.crux"\n' >three.crux
try crux check one.crux
printf 'use "left.crux" as l\nuse "right.crux" as r\nclaim a : 1 < 2\n' >diamond.crux
printf 'use "both.crux"\n' >left.crux
printf 'use "sub/../both.crux"\n' >right.crux
printf 'let b = 1\nlet oops = (\n' >both.crux
try crux check diamond.crux
