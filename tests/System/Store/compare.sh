#!/bin/bash
# In dom0: asks Debian's daemon, which runs, and ours, which serves programs only, the same, and compares what they answer.
/bench/xenstored --no-domains --socket /tmp/ours --state /tmp/ours.state || exit 125
/bench/ask /run/xenstored/socket </bench/requests.txt >/tmp/theirs.answers || exit 125
/bench/ask /tmp/ours </bench/requests.txt >/tmp/ours.answers || exit 125
grep -c '^ ' /tmp/ours.answers
diff -U 3 /tmp/theirs.answers /tmp/ours.answers
echo "compared $?"
