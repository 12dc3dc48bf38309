# shellcheck shell=sh
# Sourced by the launchers: find_java sets java_home to a Java 25 or newer and java_build to a name of
# that very build, or fails.

# Whether a directory is a Java home of version 25 or newer; sets java_build. Reads its `release`
# file, because starting java only to ask for the version costs more than the server's own start.
is_java_25() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  version=0
  java_build=
  while IFS='=' read -r key value; do
    value=${value#\"}
    value=${value%\"}
    case $key in
      JAVA_VERSION) version=${value%%[!0-9]*} ;;
      IMPLEMENTOR_VERSION | JAVA_RUNTIME_VERSION) java_build=$java_build-$value ;;
    esac
  done <"$1/release"
  [ "${version:-0}" -ge 25 ]
}

# Looks where the user says, then where Java is usually installed.
find_java() {
  for java_home in "${PARTITA_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if [ -n "$java_home" ] && is_java_25 "$java_home"; then
      return 0
    fi
  done
  if on_path=$(command -v java); then
    on_path=$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")
    java_home=${on_path%/bin/java}
    if is_java_25 "$java_home"; then
      return 0
    fi
  fi
  for java_home in \
    /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    "${HOME:-/nonexistent}"/.m2/jdks/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if is_java_25 "$java_home"; then
      return 0
    fi
  done
  if [ -x /usr/libexec/java_home ]; then
    java_home=$(/usr/libexec/java_home -v 25+ 2>/dev/null) && is_java_25 "$java_home" && return 0
  fi
  java_home=
  return 1
}

# The message for when find_java fails.
say_no_java() {
  echo "partita: no Java 25 or newer found; install one (https://adoptium.net) or set PARTITA_JAVA_HOME" >&2
}
