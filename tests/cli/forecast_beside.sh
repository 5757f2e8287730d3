# `capability` has no timeline, so it stands beside any forecast, takes no place and is not replaced.
. "$TESTS/cli/try"
cat >a.crux <<'END'
use ai2027
use capability
claim both : gap > 1 at 2027 and not fits_in_world[hgx_h100]
claim race_too under forecast race : gap > 1 at 2025Q4 and not fits_in_world[hgx_h100]
END
try crux check --quiet a.crux
try crux check --quiet --as-of 2025-04-03 a.crux

# Asked about by itself, but no claim is judged under it.
try crux eval --forecast capability 'tokens_per_second[hgx_h100]'
try crux check --forecast capability a.crux
