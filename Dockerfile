# The simulated carrier as an image: docker build -t cmpassport-mock .
# docs/containers.md describes how to use it, its content, and what was tested.

# Where Docker Hub is far away, a mirror of it: --build-arg NODE_IMAGE=… --build-arg BASE_IMAGE=…
# Both are of one Debian release, since the binary of one runs on the libraries of the other.
ARG NODE_IMAGE=node:24-trixie-slim
ARG BASE_IMAGE=debian:trixie-slim

FROM ${NODE_IMAGE} AS build
# A registry nearer by: --build-arg NPM_CONFIG_REGISTRY=https://…
ARG NPM_CONFIG_REGISTRY
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# The build needs no package's install script, so none runs.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts/build.mjs scripts/
COPY contracts contracts
COPY fixtures fixtures
COPY mock-server mock-server
COPY src src
# Of contracts/, the image needs the data alone.
RUN npm run build && find contracts -name '*.ts' -delete

FROM ${BASE_IMAGE}
LABEL org.opencontainers.image.title="cmpassport-mock" \
      org.opencontainers.image.description="A simulated China Mobile cmpassport carrier, for tests" \
      org.opencontainers.image.licenses="MIT"
# Node's binary alone: npm and yarn stay behind. dist/ has what it needs of its packages inside.
COPY --from=build /usr/local/bin/node /usr/local/bin/
COPY --from=build /build/dist /app/dist
COPY --from=build /build/contracts /app/contracts
COPY package.json LICENSE containers/healthcheck.sh /app/
# A new volume takes over the owner of the folder that it covers: without it, only root could keep a CA there.
RUN node /app/dist/main.js --version && install -d -o 1000 -g 1000 /tls
# By number, so that Kubernetes can see that it is not root.
USER 1000:1000
ENV CMPASSPORT_HOST=0.0.0.0 \
    CMPASSPORT_PORT=10086 \
    CMPASSPORT_TLS_DIR=/tls
EXPOSE 10086
# Each second until the first success, for those who wait for it; then seldom. Docker before 25 has no --start-interval.
HEALTHCHECK --interval=30s --timeout=3s --start-period=30s --start-interval=1s --retries=3 CMD ["bash", "/app/healthcheck.sh"]
# Without a shell in between: the signals reach the mock.
ENTRYPOINT ["node", "/app/dist/main.js"]
