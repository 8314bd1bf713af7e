#!/bin/sh
# Makes the secrets that docker-compose.yml needs, each in a file of deploy/secrets; leaves those alone that there are.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets
for name in master-key operator-key metrics-key postgres-password grafana-password; do
  [ -s "secrets/$name" ] || head -c 32 /dev/urandom | base64 | tr -d '\n' >"secrets/$name"
done
# Containers read them as other users; the directory is the owner's alone.
chmod 644 secrets/*
echo "The secrets are in $(pwd)/secrets. Keep a copy of master-key elsewhere: without it no personal data can be read."
