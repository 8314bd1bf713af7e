# Sourced by ./mvnw and ./guildhall. Sets JAVA_HOME to an installed JDK 25 or newer, whatever `java` is the default here.

# The major version of the JDK in the directory $1; nothing when that is no JDK (a JRE has no javac).
guildhall_jdk_major() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] || return 0
  _version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null) || _version=
  [ -n "$_version" ] || _version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  printf %s "$_version"
}

# Where the `javac` of the PATH really lives, links followed.
guildhall_jdk_of_path() {
  _javac=$(command -v javac) || return 0
  while [ -L "$_javac" ]; do
    _target=$(readlink "$_javac")
    case $_target in
    /*) _javac=$_target ;;
    *) _javac=$(dirname "$_javac")/$_target ;;
    esac
  done
  (cd "$(dirname "$_javac")/.." && pwd -P)
}

# The chosen JDK, or nothing: JAVA_HOME, then the PATH, then the lowest fitting version in the usual places.
guildhall_jdk() {
  set +f
  for _jdk in "${JAVA_HOME-}" "$(guildhall_jdk_of_path)"; do
    [ -n "$_jdk" ] || continue
    _major=$(guildhall_jdk_major "$_jdk")
    if [ -n "$_major" ] && [ "$_major" -ge 25 ]; then
      printf %s "$_jdk"
      return 0
    fi
  done
  _best= _best_major=
  for _jdk in /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /usr/local/jdk* /usr/local/openjdk* /opt/* /opt/java/* /opt/jdk/* \
    "${HOME-}"/.sdkman/candidates/java/* "${HOME-}"/.jdks/* "${HOME-}"/.gradle/jdks/* "${HOME-}"/.jabba/jdk/* "${HOME-}"/.asdf/installs/java/* \
    "${HOME-}"/.local/share/mise/installs/java/* "${HOME-}"/.nix-profile /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /home/linuxbrew/.linuxbrew/opt/openjdk*; do
    [ -d "$_jdk" ] || continue
    _major=$(guildhall_jdk_major "$_jdk")
    [ -n "$_major" ] && [ "$_major" -ge 25 ] || continue
    if [ -z "$_best" ] || [ "$_major" -lt "$_best_major" ]; then
      _best=$_jdk _best_major=$_major
    fi
  done
  printf %s "$_best"
}

JAVA_HOME=$(guildhall_jdk)
if [ -z "$JAVA_HOME" ]; then
  echo "Guildhall needs a JDK 25 or newer and found none. Install one (https://adoptium.net, or your package manager) or set JAVA_HOME to it." >&2
  if _java=$(command -v java); then
    echo "The java of the PATH is not one: $("$_java" -version 2>&1 | head -n 1) ($_java)." >&2
  fi
  exit 1
fi
export JAVA_HOME
