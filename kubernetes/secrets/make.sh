#!/bin/sh
# Makes the files that the Secrets of the overlays are made of, where they are not there yet: sh kubernetes/secrets/make.sh
# None of them is in the repository. To change one, delete it, run this again, and apply: pods are replaced.
#
#   application/viewer-token    reads /metrics, /health and the dashboard of the application: for Prometheus, and who looks
#   gateway/token               agents show it to gateways
#   gateway/tls.crt, tls.key    the gateways' certificate, for a year; it signs itself, and agents trust it and no other
set -eu
umask 077
cd "$(dirname "$0")"

token() { [ -e "$1" ] || printf %s "$(openssl rand -hex 32)" >"$1"; }

token application/viewer-token
token gateway/token
[ -e gateway/tls.key ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 365 \
  -subj /CN=otel-gateway -addext subjectAltName=DNS:otel-gateway.observability.svc \
  -keyout gateway/tls.key -out gateway/tls.crt 2>/dev/null
