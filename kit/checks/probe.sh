# Tells what `kit doctor` wants to know of a server. Runs on the server, under any POSIX sh, as the login user or through
# sudo. Changes nothing: what it must write lies in a directory in memory that is removed at the end.
# Given by the caller before this text: NAMES, PEERS, SMTP, BACKUP, PIP, SOURCES (words; empty for "do not ask").
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH
no_cache='-o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=' # apt otherwise writes what it has read to /var/cache/apt

say() { printf '@@ %s\n' "$1"; shift; "$@" 2>/dev/null | sed 's/^@@/ @@/'; }
have() { command -v "$1" >/dev/null 2>&1; }
file() { [ ! -r "$2" ] || say "$1" cat "$2"; }

if [ -w /dev/shm ]; then box=$(TMPDIR=/dev/shm mktemp -d) || box=; else box=$(mktemp -d 2>/dev/null) || box=; fi
trap '[ -z "$box" ] || rm -rf -- "$box"' EXIT
trap 'exit 1' INT TERM HUP

fetch() { # can $2 be fetched the way apt fetches?
    helper=/usr/lib/apt/apt-helper
    [ -x "$helper" ] || return 0
    if words=$(timeout 6 "$helper" -o Acquire::Retries=0 -o Acquire::http::Timeout=5 -o Acquire::https::Timeout=5 \
        download-file "$2" "$box/got-$1" 2>&1); then echo "ok $2"
    else echo "failed $2 $(printf '%s\n' "$words" | sed -n '/unsandboxed/d; s/^[EW]: *//p' | head -n 1)"; fi >"$box/$1"
}
open() { # does a connection to $2, port $3, come about?
    if timeout 4 bash -c 'exec 3<>"/dev/tcp/$0/$1"' "$2" "$3" 2>/dev/null; then echo "ok $2 $3"; else echo "failed $2 $3"; fi >"$box/$1"
}

if [ -n "$box" ]; then # what may take seconds, all at once
    if [ -n "$SOURCES" ] && have apt-get; then
        number=0
        for uri in $(timeout 5 apt-get $no_cache -o Debug::NoLocking=1 --print-uris update 2>/dev/null | sed -n "s/^'\([^']*InRelease\)'.*/\1/p" | head -n 8); do
            number=$((number + 1))
            case $uri in file:* | copy:*) [ -e "${uri#*:}" ] && echo "ok $uri" || echo "failed $uri no such file" ;; esac >"$box/source-$number"
            case $uri in http*) fetch "source-$number" "$uri" & ;; esac
        done
    fi
    if [ -n "$PIP" ]; then
        index=$(cat /etc/xdg/pip/pip.conf /etc/pip.conf 2>/dev/null | sed -n 's/^ *index-url *= *//p' | tail -n 1)
        case ${index:=https://pypi.org/simple} in http*) fetch pip "${index%/}/pip/" & ;; *) echo "ok $index" >"$box/pip" ;; esac
    fi
    if have bash; then
        # shellcheck disable=SC2086 # words on purpose
        { [ -z "$SMTP" ] || open smtp $SMTP & [ -z "$BACKUP" ] || open backup $BACKUP & }
        number=0
        for peer in $PEERS; do number=$((number + 1)); open "peer-$number" "${peer%:*}" "${peer##*:}" & done
    fi
    for name in $NAMES; do
        { printf '%s' "$name"; timeout 4 getent ahosts "$name" | awk '{print $1}' | sort -u | tr '\n' ' ' | sed 's/^/ /'; echo; } >"$box/name-$name" 2>/dev/null &
    done
    { timeout 4 du -sxk /var/lib/postgresql 2>/dev/null | cut -f1 >"$box/pgsize"; } &
fi

say now date +%s
say os cat /etc/os-release
say kernel uname -r
say machine uname -m
say init cat /proc/1/comm
say systemd sh -c 'systemctl --version | head -n 1'
say state timeout 4 systemctl is-system-running
say failed timeout 4 systemctl list-units --state=failed --plain --no-legend
say active timeout 4 systemctl list-units --type=service --state=running --plain --no-legend
say virtual systemd-detect-virt
file userns /proc/sys/user/max_user_namespaces
file entropy /proc/sys/kernel/random/entropy_avail
file memory /proc/meminfo
say cpus getconf _NPROCESSORS_ONLN
file load /proc/loadavg
say disks df -Pk / /var /tmp /boot /home
say inodes df -Pi / /var
file mounts /proc/self/mounts
say rotational sh -c 'for f in /sys/block/*/queue/rotational; do case $f in */loop*|*/ram*|*/zram*|*/sr*) ;; *) echo "$f $(cat "$f")" ;; esac; done'
say zone sh -c 'readlink -f /etc/localtime; cat /etc/timezone'
say sync timeout 3 timedatectl show -p NTP -p NTPSynchronized -p CanNTP
say locales locale -a
say hostname hostname
say self sh -c 'getent ahosts "$(hostname)"'
say addresses ip -o address show scope global
say links ip -o link show
say routes ip route show default
file resolver /etc/resolv.conf
say listening ss -Hltnp
say python sh -c 'for p in python3.13 python3.12 python3.11 python3; do if command -v $p >/dev/null; then $p -c "import sys; print(sys.version.split()[0])"; exit; fi; done'
say holders sh -c 'find /proc/[0-9]*/fd -lname "/var/lib/dpkg/lock*" -o -lname /var/lib/apt/lists/lock -o -lname /var/cache/apt/archives/lock 2>/dev/null |
    while IFS=/ read -r _ _ pid _; do echo "$pid $(tr "\0" " " <"/proc/$pid/cmdline")"; done | sort -u'
say audit dpkg --audit
say held sh -c 'dpkg --get-selections | awk "\$2 == \"hold\" { print \$1 }"'
say lists sh -c 'ls /var/lib/apt/lists | grep -c Packages'
# shellcheck disable=SC2086 # words on purpose
say candidates apt-cache $no_cache policy nginx postgresql python3 python3-venv openssl
say origins sh -c 'cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources | grep -E "^(deb |URIs:|Enabled:)"'
[ ! -e /run/reboot-required ] || say reboot cat /run/reboot-required.pkgs /run/reboot-required
say clusters sh -c 'ls -d /var/lib/postgresql/*/*/PG_VERSION /var/lib/pgsql/data/PG_VERSION'
if have psql && [ "$(id -u)" = 0 ] && have runuser; then
    say databases timeout 4 runuser -u postgres -- psql -wXAtqc "select datname, pg_database_size(oid) from pg_database where not datistemplate and datname <> 'postgres'"
fi
say nginx ls /etc/nginx/sites-enabled /etc/nginx/conf.d
say apache ls /etc/apache2/sites-enabled
say ufw ufw status
say tables nft list tables
say selinux cat /sys/fs/selinux/enforce
say apparmor cat /sys/module/apparmor/parameters/enabled
say sshd sshd -T
say owned cat /var/lib/kit/owned
say version cat /var/lib/kit/version
say run cat /var/lib/kit/run
# The kernel's lock tells at once whether the owner lives; without a heartbeat it is taken for gone.
say lock sh -c 'cd /var/lib/kit/lock && cat owner && if ! flock -n kernel true; then echo "heartbeat=$(stat -c %Y heartbeat)"; fi'

wait
if [ -n "$box" ]; then
    say sources sh -c 'cat "$0"/source-*' "$box"
    say names sh -c 'cat "$0"/name-*' "$box"
    say peers sh -c 'cat "$0"/peer-*' "$box"
    for one in pip smtp backup pgsize; do [ ! -e "$box/$one" ] || say "$one" cat "$box/$one"; done
fi
echo '@@ end'
