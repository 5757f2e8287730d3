# Every weaker version of a claim of the thread is supported when it is pasted back.
sh "$TESTS"/support/paste_weaker.sh "$TESTS"/../claims/thread.crux 12
