#!/bin/sh
# Builds what is missing under work/ (or $BENCH_WORK), verifies the corpus, runs Postern and all contenders beside it.
# Arguments go to bench.py; "mvn -B -ntp verify" must have built target/postern.jar.
# Needs: JDK 25 (JAVA_HOME), Maven, Node with npm, python3. Debian peers, optional:
#   apt-get install python3-dkim python3-spf python3-dnspython python3-nacl libmail-dkim-perl libmail-spf-perl libmail-dmarc-perl rspamd
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${BENCH_WORK:-$here/work}
: "${JAVA_HOME:?set JAVA_HOME to a JDK 25}"
mkdir -p "$work/classes" "$work/npm/mailauth-4" "$work/npm/mailauth-7"
want=$(cat "$here/corpus.digest")
"$JAVA_HOME/bin/javac" -nowarn -d "$work/classes" "$here"/src/*.java
if [ "$(cat "$work/corpus/DIGEST" 2>/dev/null || true)" != "$want" ]; then
  rm -rf "$work/corpus"
  "$JAVA_HOME/bin/java" -cp "$work/classes" CorpusGen --out "$work/corpus"
fi
(cd "$work/corpus" && sha256sum --quiet -c SHA256SUMS)
got=$(sha256sum < "$work/corpus/SHA256SUMS" | cut -d' ' -f1)
[ "$got" = "$want" ] || { echo "corpus digest $got differs from corpus.digest $want" >&2; exit 1; }
echo "$got" > "$work/corpus/DIGEST"
if [ ! -d "$work/james/lib" ] && command -v mvn >/dev/null; then
  rm -rf "$work/james-src" && cp -r "$here/contenders/james" "$work/james-src"
  (cd "$work/james-src" && mvn -q -B prepare-package) && mkdir -p "$work/james" && cp -r "$work/james-src/target/classes" "$work/james-src/target/lib" "$work/james/"
fi
if command -v npm >/dev/null; then
  for v in 4:4.13.3 7:7.1.0; do
    d=$work/npm/mailauth-${v%%:*}
    [ -d "$d/node_modules/mailauth" ] || (cd "$d" && npm init -y >/dev/null 2>&1 && npm install --silent "mailauth@${v##*:}") || true
  done
  # mailauth 7 needs Node 22; the npm package "node" brings the binary where the system has an older one
  d=$work/npm/mailauth-7
  [ -x "$d/node_modules/node/bin/node" ] || (cd "$d" && npm install --silent node@22.23.3) || true
fi
BENCH_WORK=$work exec python3 "$here/bench.py" --work "$work" --product "$here/../bin/postern bench evidence" --product-name postern "$@"
