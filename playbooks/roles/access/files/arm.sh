#!/bin/sh
# Keeps the files as they are now and arms a timer that puts them back after so many seconds. With a timer armed already,
# by a run that was killed, nothing is kept anew: the files may be the very ones that keep everybody out.
# The unit's name does not begin with kit-: those are confined, and could put nothing back.
set -eu
seconds=$1; shift
kept=/run/kit-access
! systemctl is-active --quiet undo-kit-access.timer || exit 0
rm -rf "$kept"
mkdir -m 0700 "$kept"
number=0
{
    echo 'restore() { if [ -e "$2" ]; then cp -a "$2" "$1"; else rm -f "$1"; fi; }'
    for path in "$@"; do
        number=$((number + 1))
        [ ! -e "$path" ] || cp -a "$path" "$kept/$number"
        echo "restore '$path' '$kept/$number'"
    done
    echo 'nft delete table inet kit'
    echo '! grep -q "table inet kit" /etc/nftables.conf || nft -f /etc/nftables.conf'
    echo 'systemctl reload ssh.service'
} >"$kept/undo"
exec systemd-run --quiet --collect --unit=undo-kit-access "--on-active=$seconds" --timer-property=AccuracySec=1s /bin/sh "$kept/undo"
