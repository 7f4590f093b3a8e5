#!/bin/sh
# Run inside a clean Debian, as root: installs the package, uses it as a plain user, removes it.
# $1: the package. Leaves what it saw in /check.
set -eu
export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
mkdir -p /check
say() { echo "== $*"; }

say "installing $1"
apt-get update -qq
dpkg-query -W -f '${Package}\n' | sort >/check/before
apt-get install -y -qq --no-install-recommends "$1" >/check/install.log 2>&1 ||
    { tail -20 /check/install.log; exit 1; }
dpkg-query -W -f '${Package}\n' | sort >/check/after
echo "$(comm -13 /check/before /check/after | wc -l) packages came, with it $(du -sm /usr/lib/invest-desk | cut -f1) MiB"

say "libraries that are not there"
# GTK's dialogs and printing to CUPS are recommended, not needed.
find /usr/lib/invest-desk -type f \( -name '*.so*' -o -name invest-desk \) \
    ! -name libqgtk3.so ! -name libcupsprintersupport.so -exec ldd {} + 2>/dev/null |
    LD_LIBRARY_PATH=/usr/lib/invest-desk/_internal grep 'not found' | sort -u >/check/missing || true
# Its own libraries are found by the program, which says where they are.
while read -r library _; do
    find /usr/lib/invest-desk -name "$library" | grep -q . || { echo "$library"; touch /check/bad; }
done </check/missing
[ ! -e /check/bad ]

say "as a plain user, without a display"
useradd -m tester
cat >/check/user.sh <<'USER'
set -eu
export LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen
cd
invest-desk --version
invest-desk demo >/dev/null
trip=$(invest-desk list trips | grep -m1 -o '"id": *"[^"]*"' | cut -d'"' -f4)
invest-desk pdf trip-briefing "$trip" briefing.pdf
[ "$(head -c4 briefing.pdf)" = %PDF ]
mkdir share
invest-desk connect share/team.db --create >/dev/null
invest-desk sync
invest-desk --workspace other connect share/team.db >/dev/null
invest-desk --workspace other sync
invest-desk screenshot leads leads.png
USER
su tester -c 'sh /check/user.sh'

say "every view, papers, exchange, a protected share"
apt-get install -y -qq --no-install-recommends python3 xvfb xdotool x11-apps imagemagick \
    desktop-file-utils shared-mime-info >/check/tools.log 2>&1
su tester -c 'python3 /smoke.py /usr/lib/invest-desk/invest-desk --installed'

say "menu entry and file type"
desktop-file-validate /usr/share/applications/invest-desk.desktop
grep -q ':application/x-invest-desk-team:team.db' /usr/share/mime/globs2
[ -s /usr/share/icons/hicolor/48x48/apps/invest-desk.png ]

say "a window"
cat >/check/window.sh <<'USER'
set -eu
export LC_ALL=C.UTF-8 DISPLAY=:77 QT_QPA_PLATFORM=xcb LANG=zh_CN.UTF-8
invest-desk --lang zh --demo-if-empty 2>window.log &
for _ in $(seq 60); do
    id=$(xdotool search --onlyvisible --name '招商工作台' 2>/dev/null | head -1) && [ -n "$id" ] && break
    sleep 0.5
done
[ -n "${id:-}" ] || { cat window.log; exit 1; }
sleep 4
import -window root window.png
# A second start raises the first and ends.
timeout 20 invest-desk --lang zh
# The window may be gone before the keys are let go, which xdotool takes for an error.
xdotool key --window "$id" ctrl+q 2>/dev/null || true
for _ in $(seq 40); do kill -0 $! 2>/dev/null || break; sleep 0.25; done
! kill -0 $! 2>/dev/null
cat window.log
USER
Xvfb :77 -screen 0 1440x900x24 >/dev/null 2>&1 &
xvfb=$!
sleep 2
su tester -c 'cd && sh /check/window.sh' || shown=$?
cp /home/tester/window.png /home/tester/briefing.pdf /check/ || true
[ "${shown:-0}" -eq 0 ]
kill $xvfb

say "removing it"
apt-get remove -y -qq invest-desk 2>&1 | grep InvestDesk
[ ! -e /usr/bin/invest-desk ]
[ ! -e /usr/lib/invest-desk ]
[ -s /home/tester/.local/share/InvestDesk/workspace.db ]
say "all well"
