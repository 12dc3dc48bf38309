# shellcheck shell=sh disable=SC2034,SC2154 # The scripts that source it use what is set, and set what is used.
# Sourced by the launchers, after find_java: sets platform, class_path, java_options and
# aot_cache from home and java_build.

case $(uname -sm) in
  "Linux x86_64") platform=linux-x86_64 ;;
  "Linux aarch64") platform=linux-aarch_64 ;;
  "Darwin arm64") platform=macos-aarch_64 ;;
  *) platform=none ;;
esac

class_path=
for jar in "$home"/lib/*.jar; do
  class_path=$class_path${class_path:+:}$jar
done

java_options="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders -Xms32m -XX:+ExitOnOutOfMemoryError
  --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# The cache of loaded classes and their profiles fits one build of the JDK only, so that build names
# the file. Without a fitting cache the program starts all the same, only slower.
aot_cache=$home/lib/partita$java_build.aot

# RocksDB starts a process to find out which C library there is, unless it is told.
ROCKSDB_MUSL_LIBC=false
for loader in /lib/ld-musl-*; do
  [ ! -e "$loader" ] || ROCKSDB_MUSL_LIBC=true
done
export ROCKSDB_MUSL_LIBC
