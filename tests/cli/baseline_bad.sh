# Baselines and tables of waivers that cannot be used.
. "$TESTS/cli/try"
echo 'claim sure : 1 < 2' >a.crux
bad() {
    printf "$@" >bad
    crux check --quiet --baseline bad a.crux
    echo "exit $?"
}
exec 2>&1
crux check --quiet --baseline none a.crux; echo "exit $?"
crux check --quiet --baseline . a.crux; echo "exit $?"
bad ''
bad 'a note\n'
bad 'crux baseline 2\nclaim x\nend\n'
bad 'crux baseline 1\n'
bad 'crux baseline 1\nsomething else\nend\n'
bad 'crux baseline 1\nclaim sure baseline\nend\n'
bad 'crux baseline 1\nclaim sure baseline - certain exact 1 1 1 1 1 0 a.crux\nend\n'
bad 'crux baseline 1\nclaim sure baseline - supported guess 1 1 1 1 1 0 a.crux\nend\n'
bad 'crux baseline 1\nclaim sure baseline - supported exact 1 1 1 1 7 0 a.crux\nend\n'
bad 'crux baseline 1\nclaim sure baseline - supported exact 1 1 1 1 1e999 0 a.crux\nend\n'
bad 'crux baseline 1\nclaim sure baseline - supported exact 1 1 1 1 1 0\nend\n'
bad 'crux baseline 1\nclaim s - - supported exact 1 1 1 1 1 0 a\nclaim s - - refuted exact 1 1 1 1 1 0 a\nend\n'
bad 'crux baseline 1\nend\nclaim late\n'
bad 'crux baseline 1\n\377\376\nend\n'
bad 'crux baseline 1\r\nclaim sure baseline - supported exact 1 1 1 - - 0 a.crux\r\nend\r\n'
waive() {
    printf "$@" >bad
    crux check --quiet --waivers bad a.crux
    echo "exit $?"
}
waive ''
waive 'claim,owner\n'
waive 'claim,owner,reason,until,colour\n'
waive 'claim,owner,reason,until\nsure,,why,2030\n'
waive 'claim,owner,reason,until\nsure,Ann,,2030\n'
waive 'claim,owner,reason,until\n,Ann,why,2030\n'
waive 'claim,owner,reason,until\nsure,Ann,why,soon\n'
waive 'claim,owner,reason,until\n"sure,Ann,why,2030\n'
true
