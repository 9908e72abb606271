# Tells what `kit verify` wants to know of a server that was set up. Runs there as root, after manage.sh. Changes nothing.
# Given by the caller before this text: APPS (words; empty on a server without apps), FIRST (empty but on the first app
# server: its timers run, and it is asked of what all share), REHEARSE (empty for no rehearsal).
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
export LC_ALL PATH

say() { printf '@@ %s\n' "$1"; shift; "$@" 2>/dev/null | sed 's/^@@/ @@/'; }

box=$(mktemp -d) || exit 1
trap 'rm -rf -- "$box"' EXIT
trap 'exit 1' INT TERM HUP

for app in ${FIRST:+$APPS}; do
    # shellcheck disable=SC2086 # a word or none
    (manage "$app" examine ${REHEARSE:+--rehearse} >"$box/$app" 2>"$box/$app.words" </dev/null) &
done

say now date +%s
say virtual systemd-detect-virt
say disks df -Pk / /var
say inodes df -Pi / /var
say addresses ip -o address show scope global
say listening ss -Hltn
say failed systemctl list-units --plain --no-legend --state=failed
units() {
    for app in $APPS; do
        release=$(basename "$(readlink "/opt/kit/live/$app")")
        # shellcheck disable=SC2086 # words on purpose
        for unit in "kit-$app@$release.socket" "kit-$app@$release.service" ${FIRST:+kit-clock@$app.timer kit-mail@$app.timer}; do
            echo "$unit $(systemctl is-active "$unit") $(systemctl is-enabled "$unit")"
        done
        [ -n "$FIRST" ] || continue
        for unit in "kit-clock@$app.service" "kit-mail@$app.service"; do
            echo "$unit $(systemctl show --property=Result --value "$unit") last"
        done
    done
    for unit in nginx.service postgresql.service nftables.service ssh.service; do
        [ ! -e "/lib/systemd/system/$unit" ] || echo "$unit $(systemctl is-active "$unit") $(systemctl is-enabled "$unit")"
    done
}
say units units
releases() {
    for app in $APPS; do
        release=$(readlink "/opt/kit/live/$app")
        version=$(python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))["kit"]["version"])' "$release/apps/core/region/region.json")
        echo "$app $(basename "$release") $version"
    done
}
say releases releases
roles() {
    cd / && runuser -u postgres -- psql -wXAtq -F ' ' -c "
        select 'role', rolname::text, concat_ws(' ', rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls)
            from pg_roles where rolcanlogin and rolname <> 'postgres'
        union all
        select 'member', m.rolname, r.rolname from pg_auth_members a
            join pg_roles r on r.oid = a.roleid join pg_roles m on m.oid = a.member where m.rolname !~ '^pg_'
        union all
        select 'reaches', r.rolname, d.datname from pg_roles r, pg_database d
            where r.rolcanlogin and not r.rolsuper and not d.datistemplate and d.datname <> 'postgres'
            and has_database_privilege(r.rolname, d.datname, 'connect')
        union all
        select 'owns', pg_get_userbyid(datdba), datname from pg_database
            where not datistemplate and datname <> 'postgres'"
}
! command -v psql >/dev/null || say roles roles

wait
for app in ${FIRST:+$APPS}; do say "app-$app" cat "$box/$app"; say "words-$app" tail -n 3 "$box/$app.words"; done
echo '@@ end'
