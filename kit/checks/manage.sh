# Defines `manage APP COMMAND…`: a management command of the app's serving release, as its own user and as confined as the
# app itself; secrets reach it as systemd credentials only.
manage() {
    app=$1; shift
    release=$(readlink "/opt/kit/live/$app") || return 1
    command="$*"
    set -- --quiet --wait --pipe --collect "--unit=kit-$app-manage-$$" -p "User=$app"
    set -- "$@" -p "WorkingDirectory=$release/apps/$app" -p RuntimeMaxSec=300
    set -- "$@" -p EnvironmentFile=/etc/kit/common.env -p "EnvironmentFile=/etc/kit/$app.env" -p "StateDirectory=kit/$app"
    set -- "$@" -p StateDirectoryMode=0750 -E DJANGO_SETTINGS_MODULE=config.settings -E "KIT_STATE_DIR=/var/lib/kit/$app"
    set -- "$@" -E "STATIC_ROOT=$release/static/$app"
    for key in "/etc/kit/credentials/$app"/*; do
        set -- "$@" -p "LoadCredential=${key##*/}:$key"
    done
    # shellcheck disable=SC2086 # the command's words
    systemd-run "$@" -- "$release/venv/bin/python" manage.py $command
}
