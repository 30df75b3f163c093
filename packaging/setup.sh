#!/bin/sh
# Makes this checkout ready: `packaging/setup.sh run|dev` checks the Debian libraries, then fills .venv from the lock file.
# Does nothing, quickly, when everything is already there.
set -eu
cd "$(dirname "$0")/.."
kind=${1:-run}
lock=packaging/requirements/$kind.lock
python=${PYTHON:-python3}

say() { printf 'KIMdesk: %s\n' "$*" >&2; }

missing_packages() {
    libraries=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null)
    while read -r wanted package; do
        case $wanted in
            "" | \#*) continue ;;
            lib*) printf '%s' "$libraries" | grep -qF "$wanted" || echo "$package" ;;
            module:*) "$python" -c "import ${wanted#module:}" 2>/dev/null || echo "$package" ;;
            /*) [ -e "$wanted" ] || echo "$package" ;;
            typelib:*) ls /usr/lib/*/girepository-1.0/"${wanted#typelib:}.typelib" >/dev/null 2>&1 || echo "$package" ;;
            *) command -v "$wanted" >/dev/null 2>&1 || echo "$package" ;;
        esac
    done < "packaging/debian/$1.txt"
}

install_packages() {
    if [ "$(id -u)" = 0 ]; then root=""
    elif sudo -n true 2>/dev/null; then root="sudo"
    else say "Bitte installieren Sie zuerst diese Pakete: apt-get install $*"; exit 1
    fi
    say "installiere fehlende Systempakete: $*"
    export DEBIAN_FRONTEND=noninteractive
    $root apt-get update -qq
    $root apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

if [ -r /etc/debian_version ]; then
    wanted=$(for list in run "$kind"; do missing_packages "$list"; done | sort -u)
    # shellcheck disable=SC2086
    [ -z "$wanted" ] || install_packages $wanted
fi

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { say "KIMdesk braucht Python 3.11 oder neuer."; exit 1; }

stamp=.venv/.installed-$(cksum < "$lock" | tr -d ' ')-$kind
if [ ! -e "$stamp" ] && ! { [ "$kind" = run ] && ls .venv/.installed-*-dev >/dev/null 2>&1; }; then
    say "richte die Arbeitsumgebung ein …"
    [ -x .venv/bin/python ] || "$python" -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
    rm -f .venv/.installed-*
    : > "$stamp"
fi

# the second reader of the file format, in another language
readers=tests/js/node_modules/.installed-$(cksum < tests/js/package-lock.json | tr -d ' ')
if [ "$kind" = dev ] && [ ! -e "$readers" ]; then
    npm --prefix tests/js ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null
    : > "$readers"
fi
