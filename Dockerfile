# The image of the mock: docker build -t cmpassport-mock .
# docs/how-to/containers.md describes its use.

# To use a mirror of Docker Hub: --build-arg NODE_IMAGE=… --build-arg BASE_IMAGE=…
# Both images must have the same Debian release: the Node binary from one runs with the libraries of the other.
ARG NODE_IMAGE=node:24-trixie-slim
ARG BASE_IMAGE=debian:trixie-slim

FROM ${NODE_IMAGE} AS build
# To use another npm registry: --build-arg NPM_CONFIG_REGISTRY=https://…
ARG NPM_CONFIG_REGISTRY
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The build needs no install scripts of packages.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts/build.mjs scripts/
COPY scripts/lib scripts/lib
COPY contracts contracts
COPY fixtures fixtures
COPY mock-server mock-server
COPY src src
# The build has no .git: --build-arg VERSION=… says its version.
ARG VERSION
# Of contracts/, the image needs the data alone.
RUN npm run build && find contracts -name '*.ts' -delete

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="cmpassport-mock" \
      org.opencontainers.image.description="A simulated China Mobile cmpassport carrier, for tests" \
      org.opencontainers.image.licenses="MIT"
# Only the Node binary, without npm and yarn. dist/ contains the bundled packages.
COPY --from=build /usr/local/bin/node /usr/local/bin/
COPY --from=build /build/dist /app/dist
COPY --from=build /build/contracts /app/contracts
COPY package.json LICENSE containers/healthcheck.sh /app/
# A new volume gets the owner of this folder. Without the folder, only root could store a CA in the volume.
RUN node /app/dist/main.js --version && install -d -o 1000 -g 1000 /tls
# A numeric user, so that Kubernetes can verify that it is not root.
USER 1000:1000
ENV CMPASSPORT_HOST=0.0.0.0 \
    CMPASSPORT_PORT=10086 \
    CMPASSPORT_TLS_DIR=/tls
EXPOSE 10086
# Checks each second until the first success, so that dependent services start early. Docker before 25 has no --start-interval.
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s --start-interval=1s --retries=3 CMD ["bash", "/app/healthcheck.sh"]
# The exec form, so that signals reach the mock and not a shell.
ENTRYPOINT ["node", "/app/dist/main.js"]
