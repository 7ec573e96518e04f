#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what building, the demonstration or the tests need and this machine lacks. Called by the Makefile; says what it does.
# Usage: setup.sh build|demo|test …
set -eu
cd "$(dirname "$0")/.."

missing=""
# A package is missing when the file or command that stands for it is.
need_command() { command -v "$1" >/dev/null 2>&1 || missing="$missing $2"; }
need_library() { pkg-config --exists "$1" 2>/dev/null || missing="$missing $2"; }
need_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed' || missing="$missing $1"; }

for part in "$@"; do
  case $part in
  build)
    need_command gcc gcc
    need_command pkg-config pkg-config
    need_package libc6-dev
    need_library jansson libjansson-dev
    need_library sqlite3 libsqlite3-dev
    need_library libutf8proc libutf8proc-dev
    need_library libsodium libsodium-dev
    need_package liblinear-dev
    ;;
  demo)
    need_command chromium chromium
    need_command firefox-esr firefox-esr
    need_command sqlite3 sqlite3
    need_command openssl openssl
    need_command node nodejs
    need_command npm npm
    # The interface of the extension follows the language of the browser.
    need_package chromium-l10n
    need_package firefox-esr-l10n-fr
    need_package fonts-dejavu-core
    need_package fonts-liberation
    need_package fonts-noto-color-emoji
    ;;
  test)
    need_library check check
    need_command clang-format clang-format
    need_command clang-tidy clang-tidy
    need_command cppcheck cppcheck
    need_command shellcheck shellcheck
    need_command strace strace
    need_command ps procps
    need_command git git
    ;;
  fuzz)
    need_command clang clang
    need_package libclang-rt-14-dev
    ;;
  *)
    echo "setup.sh: unknown part: $part" >&2
    exit 2
    ;;
  esac
done

if [ -n "$missing" ]; then
  as_root=""
  if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
      echo "setup.sh: these packages are missing, and neither root nor sudo is available:$missing" >&2
      echo "setup.sh: ask your administrator for: apt-get install$missing" >&2
      exit 1
    fi
    as_root="sudo"
  fi
  echo "Installing missing packages:$missing"
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq
  # Word splitting is wanted: one word is one package.
  # shellcheck disable=SC2086
  $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

case " $* " in
*" demo "* | *" test "*)
  installed=node_modules/.package-lock.json
  if [ ! -f "$installed" ] || [ -n "$(find package-lock.json -newer "$installed")" ]; then
    echo "Installing the pinned npm packages of package-lock.json (tests and demonstration only)"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
  fi
  ;;
esac
