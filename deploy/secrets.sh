#!/bin/sh
# The one-shot service `secrets` of docker-compose.yml: writes each secret that is missing into the directory $1, and leaves the others alone.
# Each consumer has a directory of its own, which only the user of its container can read.
set -eu
umask 077
dir=$1

# secret CONSUMER UID NAME [FILE]: random, or a copy of FILE.
secret() {
  mkdir -p "$dir/$1"
  if [ ! -s "$dir/$1/$3" ]; then
    if [ -n "${4-}" ]; then
      cat "$4" >"$dir/$1/$3.new"
    else
      head -c 32 /dev/urandom | base64 | tr -d '\n' >"$dir/$1/$3.new"
    fi
    mv "$dir/$1/$3.new" "$dir/$1/$3"
  fi
  if [ "$(id -u)" = 0 ]; then
    chown -R "$2" "$dir/$1"
  fi
}

# The service's files are named as its properties.
secret guildhall 10001 guildhall.master-key
secret guildhall 10001 guildhall.operator.key
secret guildhall 10001 guildhall.metrics.key
secret guildhall 10001 spring.datasource.password
secret postgres 0 password "$dir/guildhall/spring.datasource.password"
secret prometheus 65534 metrics-key "$dir/guildhall/guildhall.metrics.key"
secret grafana 472 password
