#!/bin/sh
# Makes the files that the Secrets of the overlays are made of, where they are not there yet: sh kubernetes/secrets/make.sh
# None of them is in the repository. To change one, delete it, run this again, and apply: pods are replaced.
#
#   application/viewer-token    reads /metrics, /health and the dashboard of the application: for Prometheus, and who looks
#   gateway/token               agents show it to gateways
#   gateway/tokens              gateways take these: the one before, the one in use and the next. Who is refused for a token loses what it
#                               sent, and pods are replaced one after another; so old and new ones know each other's. Change it twice
#                               in a row, with an `apply` between the two, and the first one is worth nothing any more
#   gateway/tls.crt, tls.key    the gateways' certificate, for a year; it signs itself, and agents trust it and no other
set -eu
umask 077
cd "$(dirname "$0")"

token() { openssl rand -hex 32; }

[ -e application/viewer-token ] || printf %s "$(token)" >application/viewer-token
if [ ! -e gateway/tokens ]; then
  # also where there is a token already, of an earlier version of this
  [ -e gateway/token ] || printf %s "$(token)" >gateway/token
  printf '%s\n' "$(token)" "$(cat gateway/token)" "$(token)" >gateway/tokens
elif [ ! -e gateway/token ]; then
  { sed 1d gateway/tokens && token; } >gateway/tokens.new
  mv gateway/tokens.new gateway/tokens
  printf %s "$(sed -n 2p gateway/tokens)" >gateway/token
fi
[ -e gateway/tls.key ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
  -subj /CN=otel-gateway -addext subjectAltName=DNS:otel-gateway.observability.svc \
  -keyout gateway/tls.key -out gateway/tls.crt 2>/dev/null
