# The attacks drawn in the shipped thread: which are grounded, and what stands. Figures are left out: they move with the data.
crux check --filter s3 --filter s6 --filter s11 --filter s32 --filter s34 --filter s52 --samples 4096 --proof-boxes 0 \
    --lint all=off --format json "$TESTS/../claims/thread.crux" |
    awk -F'"' '
        /^      "name"/ { name = $4 }
        /^        "standing":/ { received = 1; kind = $4; by = "" }
        /^        "by": \[$/ { listing = 1; next }
        listing && /\]/ { listing = 0 }
        listing { by = by " " $2 }
        /^        "why"/ && received { print name ": " kind by }
        /^            "relation"/ { relation = $4 }
        /^            "from"/ { from = $4 }
        /^            "finding"/ && relation != "supports" { print "  " from " " relation " it: " $4 }
        /^      "concessions"/ { received = 0 }'
