#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Tells the browsers of this machine where prudence-host is, and takes it back. Thin on purpose: `prudence deploy`
# does the same and more. It writes one file per browser, never touches a file that is not ours, and leaves nothing
# behind.
# shellcheck disable=SC1112 # the apostrophe of French is ’
set -eu

NAME=ca.prudence.host
TEMPLATES=$(CDPATH='' cd -- "$(dirname -- "$0")/../manifests" && pwd)

# LC_ALL, LC_MESSAGES, LANG in the order of POSIX; French unless it says English.
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-fr}}} in
en*) ENGLISH=1 ;;
*) ENGLISH= ;;
esac

# say FRENCH ENGLISH [ARGUMENT]...: one line, printf formats.
say() {
  french=$1 english=$2
  shift 2
  # shellcheck disable=SC2059 # both formats are literals of this file
  if [ -n "$ENGLISH" ]; then printf -- "$english\n" "$@"; else printf -- "$french\n" "$@"; fi
}

usage() {
  say 'Usage : register.sh --user|--system|--dir DOSSIER --host CHEMIN [--dry-run]
        register.sh --user|--system|--dir DOSSIER --unregister [--dry-run]
  --user         pour la personne connectée seulement
  --system       pour tout le poste (exige root)
  --dir DOSSIER  comme --system, sous DOSSIER (pour préparer un paquet)
  --host CHEMIN  chemin absolu de prudence-host
  --unregister   retire les fichiers de Prudence, et seulement ceux-là
  --dry-run      dit ce qui serait fait, sans rien changer' \
    'Usage: register.sh --user|--system|--dir FOLDER --host PATH [--dry-run]
       register.sh --user|--system|--dir FOLDER --unregister [--dry-run]
  --user        for the person logged in only
  --system      for the whole computer (needs root)
  --dir FOLDER  as --system, under FOLDER (to prepare a package)
  --host PATH   absolute path of prudence-host
  --unregister  removes the files of Prudence, and only those
  --dry-run     says what would be done, and changes nothing'
}

fail() {
  say "$@" >&2
  exit 2
}

# Browser and folder, one a line. The user's folders are Chromium's <profile root>/NativeMessagingHosts. Brave and
# Vivaldi have no system folder of their own that could be verified: they are built from Chromium and read its folder
# or Chrome's. Firefox reads ~/.mozilla even when its profile is elsewhere (ESR 153).
folders() {
  case $SCOPE in
  user)
    cat <<LIST
chromium $CONFIG/chromium/NativeMessagingHosts
chromium $CONFIG/google-chrome/NativeMessagingHosts
chromium $CONFIG/microsoft-edge/NativeMessagingHosts
chromium $CONFIG/BraveSoftware/Brave-Browser/NativeMessagingHosts
chromium $CONFIG/vivaldi/NativeMessagingHosts
firefox $HOME/.mozilla/native-messaging-hosts
LIST
    ;;
  system)
    cat <<LIST
chromium $ROOT/etc/chromium/native-messaging-hosts
chromium $ROOT/etc/opt/chrome/native-messaging-hosts
chromium $ROOT/etc/opt/edge/native-messaging-hosts
firefox $ROOT/usr/lib/mozilla/native-messaging-hosts
LIST
    if [ -d "$ROOT/usr/lib64/mozilla" ]; then echo "firefox $ROOT/usr/lib64/mozilla/native-messaging-hosts"; fi
    ;;
  esac
}

# ours FILE: a plain file whose content names our host.
ours() {
  [ -f "$1" ] && [ ! -L "$1" ] && grep -q '"name"[[:space:]]*:[[:space:]]*"ca\.prudence\.host"' "$1"
}

# write KIND FOLDER FILE: renamed into place, so that a browser that starts now reads the old file or the new one, never
# half of one.
write() {
  mkdir -p -- "$2" && new=$(mktemp "$2/.$NAME.XXXXXX") || return 1
  path=$(printf '%s' "$HOST" | sed 's/[&|]/\\&/g')
  if sed "s|@PATH@|$path|" "$TEMPLATES/$NAME.$1.json.in" >"$new" && chmod 644 "$new" && mv -f -- "$new" "$3"; then
    return 0
  fi
  rm -f -- "$new"
  return 1
}

# register KIND FOLDER
register() {
  file=$2/$NAME.json
  if { [ -e "$file" ] || [ -L "$file" ]; } && ! ours "$file"; then
    say 'Laissé tel quel, ce fichier n’est pas à Prudence : %s' 'Left as it is, this file is not of Prudence: %s' "$file" >&2
    return 1
  fi
  if [ -z "$DRY" ] && ! write "$1" "$2" "$file"; then
    say 'Impossible d’écrire : %s' 'Cannot write: %s' "$file" >&2
    return 1
  fi
  say 'Écrit : %s' 'Written: %s' "$file"
}

# unregister FOLDER
unregister() {
  file=$1/$NAME.json
  if [ ! -e "$file" ] && [ ! -L "$file" ]; then return 0; fi
  if ! ours "$file"; then
    say 'Laissé tel quel, ce fichier n’est pas à Prudence : %s' 'Left as it is, this file is not of Prudence: %s' "$file" >&2
    return 1
  fi
  if [ -z "$DRY" ]; then
    if ! rm -f -- "$file"; then return 1; fi
    # The folders that registering may have made, as far as they are empty. Those of the system are the packages'.
    folder=$1
    while [ "$SCOPE" = user ] && [ "$folder" != "$HOME" ] && [ "$folder" != "$CONFIG" ]; do
      rmdir -- "$folder" 2>/dev/null || break
      folder=$(dirname -- "$folder")
    done
  fi
  say 'Retiré : %s' 'Removed: %s' "$file"
}

SCOPE='' ROOT='' HOST='' ACT=register DRY='' STAGED=''
while [ $# -gt 0 ]; do
  case $1 in
  --user) SCOPE=user ;;
  --system) SCOPE=system ;;
  --dir)
    [ $# -ge 2 ] || fail '--dir demande un dossier.' '--dir needs a folder.'
    SCOPE=system STAGED=1 ROOT=${2%/}
    shift
    ;;
  --host)
    [ $# -ge 2 ] || fail '--host demande un chemin.' '--host needs a path.'
    HOST=$2
    shift
    ;;
  --unregister) ACT=unregister ;;
  --dry-run) DRY=1 ;;
  --help | -h)
    usage
    exit 0
    ;;
  *) fail 'Option inconnue : %s (voir --help)' 'Unknown option: %s (see --help)' "$1" ;;
  esac
  shift
done

[ -n "$SCOPE" ] || fail 'Choisissez --user, --system ou --dir (voir --help).' 'Choose --user, --system or --dir (see --help).'
if [ "$ACT" = register ]; then
  case $HOST in
  '') fail '--host est nécessaire (voir --help).' '--host is needed (see --help).' ;;
  *[[:cntrl:]]* | *\"* | *\\*) fail 'Le chemin contient un caractère interdit.' 'The path has a forbidden character.' ;;
  /*) ;;
  *) fail 'Le chemin doit être absolu : %s' 'The path must be absolute: %s' "$HOST" ;;
  esac
  # A package is prepared on a machine where the host is elsewhere.
  if [ -z "$STAGED" ] && { [ ! -f "$HOST" ] || [ ! -x "$HOST" ]; }; then
    fail 'Introuvable ou non exécutable : %s' 'Not found or not executable: %s' "$HOST"
  fi
fi
umask 022
if [ "$SCOPE" = user ]; then CONFIG=${XDG_CONFIG_HOME:-$HOME/.config}; fi

status=0
list=$(folders)
while read -r kind folder; do
  case $ACT in
  register) register "$kind" "$folder" || status=1 ;;
  unregister) unregister "$folder" || status=1 ;;
  esac
done <<LIST
$list
LIST
exit "$status"
