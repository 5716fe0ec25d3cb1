# The Collector's own image holds one program and nothing to ask it with: no shell, no wget. A static wget is added, for the
# health check of docker-compose.yml, and nothing else.
FROM busybox:1.37.0-musl AS busybox

FROM otel/opentelemetry-collector-contrib:0.159.0
COPY --from=busybox /bin/busybox /bin/wget
# as the image has it
USER 10001:10001
