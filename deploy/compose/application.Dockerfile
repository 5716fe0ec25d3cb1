# The examples of this repository as one image, for the services of docker-compose.yml: built from the sources, run without
# npm, compilers or development packages by a user (`node`, by its number) who owns nothing in it. The context is the root of the repository;
# .dockerignore says what is left out.
#
#   docker build -f deploy/compose/application.Dockerfile --target application -t otel-monitor-examples .

FROM node:24.18.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc tsconfig.base.json tsconfig.json ./
COPY packages packages
COPY examples examples
COPY scripts scripts
RUN npm ci
RUN npm run build
# what the built programs load, and nothing else
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.18.0-bookworm-slim AS application
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/packages packages
COPY --from=build /app/examples examples
COPY deploy/compose/*.mjs deploy/compose/
# A named volume takes the owner of the folder it is mounted over, the first time: these are the user's, all else is root's.
RUN mkdir -p /var/lib/otel-monitor /run/otel-monitor/scrape /run/otel-monitor/grafana /run/otel-monitor/alerting \
  && chown -R node:node /var/lib/otel-monitor /run/otel-monitor
USER 1000:1000
EXPOSE 9464
CMD ["node", "examples/spritepal/dist/main.js"]

# The same with Python, for the service of SizeWise that is written in it. Its packages are installed now: later nothing
# may be written.
FROM application AS sizewise
USER root
RUN apt-get update \
  && apt-get install -y --no-install-recommends python3 python3-venv \
  && rm -rf /var/lib/apt/lists/*
ENV OTELCOL_CACHE=/opt/otel-monitor
RUN node examples/sizewise/dist/launcher/install-python.js
USER 1000:1000
CMD ["node", "examples/sizewise/dist/main.js"]
