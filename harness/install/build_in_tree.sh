#!/usr/bin/env bash
# The half of scripts/build-elsewhere that runs as root inside of the tree, with the sources in
# /timewait-sources.
#
#   build_in_tree.sh trixie | arm64
set -euo pipefail
cd /timewait-sources

trixie() {
  scripts/setup
  g++ --version | head -n 1
  scripts/build check
  ctest --test-dir build/check --parallel "$(nproc)" --label-exclude '^(slow|reference)$' --no-label-summary | tail -n 20
  return "${PIPESTATUS[0]}"
}

arm64() {
  dpkg --add-architecture arm64
  apt-get -qq update
  # Of what scripts/setup names, the libraries are wanted for the other processor.
  local libraries
  mapfile -t libraries < <(scripts/setup --libraries | sed 's/$/:arm64/')
  DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes --no-install-recommends \
    cmake file g++-aarch64-linux-gnu ninja-build pkg-config qemu-user "${libraries[@]}" >/tmp/log 2>&1 ||
    { tail /tmp/log >&2; return 1; }
  aarch64-linux-gnu-g++ --version | head -n 1
  PKG_CONFIG_LIBDIR=/usr/lib/aarch64-linux-gnu/pkgconfig:/usr/share/pkgconfig \
    cmake -S . -B build/arm64 -G Ninja -DCMAKE_BUILD_TYPE=Release -DBUILD_TESTING=OFF -DTIMEWAIT_WERROR=ON \
    -DCMAKE_SYSTEM_NAME=Linux -DCMAKE_SYSTEM_PROCESSOR=aarch64 -DCMAKE_CXX_COMPILER=aarch64-linux-gnu-g++ \
    -DCMAKE_CROSSCOMPILING_EMULATOR=qemu-aarch64 >/tmp/log 2>&1 || { tail /tmp/log >&2; return 1; }
  cmake --build build/arm64 >/tmp/log 2>&1 || { grep -m 20 -E 'error|FAILED' /tmp/log >&2; return 1; }
  file -b build/arm64/bin/timewait | cut -d, -f1-2
  echo "timewait --version: $(qemu-aarch64 build/arm64/bin/timewait --version)"
  echo "timewait list: $(qemu-aarch64 build/arm64/bin/timewait list | tail -n 1)"
}

"$1"
