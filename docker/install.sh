#!/bin/sh
# Installs Scriba on this machine, or brings it up to date: it asks what is yours, writes that down, and starts the archive.
# Call it again after `git pull`: it finds its answers of before. docker/install.sh --help shows how to answer beforehand.
set -eu

here=$(cd "$(dirname "$0")" && pwd)
sources=$(dirname "$here")
yes='' way='' data='' port='' database='' office='' languages='' owner='' time_zone=''

usage() {
  cat <<'END'
Usage: docker/install.sh [--yes] [NAME=ANSWER …]

Installs Scriba, or brings it up to date. It asks for what is not answered by NAME=ANSWER; --yes takes what was answered before, or else what is
usual.

  way=docker|systemd         containers by Docker Compose, or a service of this machine (Debian, Ubuntu; as root)
  data=FOLDER                where all that is kept lies
  port=8440                  where it is reached; 127.0.0.1:8440 from this machine alone (behind a proxy)
  database=sqlite|postgres   SQLite is enough for a household
  office=no|yes              make PDFs of office files, too (with Docker this needs postgres)
  languages='deu eng'        what is on the paper, as Tesseract calls it
  time_zone=Europe/Berlin    where the days of dates begin
  owner=1000:1000            with Docker: user and group whose files they are
END
}

main() {
  for answer in "$@"; do
    case $answer in
      --yes) yes=1 ;;
      --help) usage && exit 0 ;;
      way=* | data=* | port=* | database=* | office=* | languages=* | time_zone=* | owner=*) eval "${answer%%=*}=\${answer#*=}" ;;
      *) usage >&2 && refuse "What is '$answer'?" ;;
    esac
  done
  ask way "Containers (docker) or a service of this machine (systemd)?" "$(usual_way)" "docker systemd"
  case $way in
    docker) with_docker ;;
    systemd) with_systemd ;;
  esac
}

refuse() {
  echo "$*" >&2
  exit 1
}

# ask NAME QUESTION USUAL [ANSWERS]: sets the variable NAME, unless it is answered already.
ask() {
  eval "answer=\$$1"
  if [ -z "$answer" ] && [ -z "$yes" ]; then
    printf '%s [%s] ' "$2" "$3" >&2
    read -r answer || refuse "Nobody answers. Call it with --yes, or give $1=… ."
  fi
  answer=${answer:-$3}
  case " ${4:-$answer} " in
    *" $answer "*) ;;
    *) refuse "$1=$answer is none of: $4" ;;
  esac
  case $answer in *["'\$\"\\
"]*) refuse "$1 may hold no quotes, \$, backslashes or line breaks." ;; esac
  eval "$1=\$answer"
}

# before FILE NAME USUAL: what FILE says of NAME, else what is usual.
before() {
  found=$(sed -n "s/^$2=//p" "$1" 2>/dev/null | tail -n 1 | sed "s/^'\(.*\)'\$/\1/")
  echo "${found:-$3}"
}

# keep FILE NAME VALUE: writes NAME='VALUE' and leaves all else in FILE as it is.
keep() {
  { grep -v "^$2=" "$1" 2>/dev/null || true; } >"$1.new"
  echo "$2='$3'" >>"$1.new"
  chmod 600 "$1.new"
  mv "$1.new" "$1"
}

usual_way() {
  if docker compose version >/dev/null 2>&1; then echo docker; else echo systemd; fi
}

ask_the_rest() {
  ask database "SQLite or PostgreSQL?" "$1" "sqlite postgres"
  ask languages "Which languages are on your paper? (deu eng fra …)" "$(before "$2" SCRIBA_OCR_LANGUAGE eng | tr + ' ')"
  ask time_zone "In which time zone?" "$(before "$2" SCRIBA_TIME_ZONE "$(cat /etc/timezone 2>/dev/null || echo UTC)")"
}

# same_database: an archive does not change its database by being installed again; it would begin empty.
same_database() {
  [ "$database" = "$was" ] || refuse "The archive here is kept with $was. Move it first by scribad move-db, as docs/backup.md says, and set $1 then."
}

keep_settings() {
  keep "$1" SCRIBA_OCR_LANGUAGE "$(echo "$languages" | tr -s ' ' +)"
  keep "$1" SCRIBA_TIME_ZONE "$time_zone"
}

with_docker() {
  docker compose version >/dev/null 2>&1 || refuse "Docker with its plugin compose is not here. Install it, or take way=systemd."
  cd "$here"
  files=$(before .env COMPOSE_FILE compose.sqlite.yaml)
  case $files in *postgres*) was=postgres ;; *) was=sqlite ;; esac
  case $files in *office*) had=yes ;; *) had=no ;; esac
  ask data "Where shall all that is kept lie? (a folder, or data for a volume of Docker's)" "$(before .env DATA "$sources/data")"
  ask port "At which port is it reached? (127.0.0.1:8440: from this machine alone)" "$(before .env PORT 8440)"
  ask_the_rest "$was" scriba.env
  ask office "Make PDFs of office files, too?" "$had" "yes no"
  ask owner "Whose files are they? (user:group, as numbers)" "$(before .env OWNER "$(usual_owner)")"
  [ -z "$(before .env COMPOSE_FILE "")" ] || same_database "COMPOSE_FILE in $here/.env"
  case $database.$office in
    sqlite.no) file=compose.sqlite.yaml ;;
    sqlite.yes) refuse "office=yes goes with database=postgres here; or set tika_gotenberg_endpoint to a Gotenberg of your own." ;;
    postgres.no) file=compose.postgres.yaml ;;
    postgres.yes) file=compose.postgres-office.yaml ;;
  esac
  umask 077
  if [ -n "$(before .env POSTGRES_PASSWORD "")" ] || [ "$database" = sqlite ]; then :; else
    keep .env POSTGRES_PASSWORD "$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')"
  fi
  case $data in
    /*) [ -d "$data" ] || { mkdir -p "$data" && chown "$owner" "$data"; } ;;
    data) ;;
    *) refuse "data=$data must begin with /" ;;
  esac
  keep .env COMPOSE_FILE "$file"
  keep .env DATA "$data"
  keep .env PORT "$port"
  keep .env OWNER "$owner"
  keep .env LANGUAGES "$(echo "$languages" | tr ' ' '\n' | grep -vx -e eng -e osd | xargs || true)"
  keep .env NAME "$(uname -n)"
  keep_settings scriba.env
  docker compose up -d --build
  echo "Scriba begins. The first user's address is in: cd $here && docker compose logs scriba"
}

usual_owner() {
  if [ "$(id -u)" = 0 ]; then echo 1000:1000; else echo "$(id -u):$(id -g)"; fi
}

with_systemd() {
  [ "$(id -u)" = 0 ] || refuse "A service is installed by root: sudo docker/install.sh way=systemd"
  for each in apt-get systemctl; do
    command -v "$each" >/dev/null || refuse "There is no $each here: this way is for Debian and Ubuntu. Or take way=docker."
  done
  settings=/etc/scriba/scriba.env own=/etc/systemd/system/scribad.service.d/data.conf
  case $(before $settings SCRIBA_DATABASE_URL "") in ?*) was=postgres ;; *) was=sqlite ;; esac
  ask data "Where shall all that is kept lie?" "$(sed -n 's/^ReadWritePaths=//p' $own 2>/dev/null | grep . || echo /var/lib/scriba)"
  ask port "At which port is it reached? (127.0.0.1:8440: from this machine alone)" "$(before $settings SCRIBA_LISTEN 8440 | sed 's/^0\.0\.0\.0://')"
  ask_the_rest "$was" $settings
  [ ! -e "$data/scriba.db" ] || same_database "SCRIBA_DATABASE_URL in $settings"
  ask office "Make PDFs of office files, too? (some 400 MB)" no "yes no"
  # shellcheck disable=SC2046  # words are meant
  packages "$here/packages-run.txt" $(models)
  [ "$office" = no ] || packages libreoffice-calc-nogui libreoffice-impress-nogui libreoffice-writer-nogui
  id scriba >/dev/null 2>&1 || useradd --system --home-dir /var/lib/scriba --no-create-home --shell /usr/sbin/nologin scriba
  install -d -m 755 /etc/scriba
  if [ "$database" = postgres ] && [ "$was" = sqlite ]; then own_database; fi
  case $port in *:*) keep $settings SCRIBA_LISTEN "$port" ;; *) keep $settings SCRIBA_LISTEN "0.0.0.0:$port" ;; esac
  keep_settings $settings
  programs
  units
  echo "Scriba is at work. The first user's address is in: journalctl -u scribad"
}

models() {
  for language in $languages; do echo "tesseract-ocr-$(echo "$language" | tr _ -)"; done
}

# packages FILE-OR-NAME …: installs what is missing of Debian's.
packages() {
  list=$(mktemp)
  for each in "$@"; do if [ -f "$each" ]; then cat "$each"; else echo "$each"; fi; done >"$list"
  "$here/install-packages" "$list"
  rm "$list"
}

own_database() {
  packages postgresql
  (cd / && runuser -u postgres -- createuser scriba && runuser -u postgres -- createdb -O scriba scriba) ||
    refuse "PostgreSQL has made no user and database 'scriba'; the reason stands above."
  keep $settings SCRIBA_DATABASE_URL "postgresql+psycopg2:///scriba?host=/var/run/postgresql"
}

programs() {
  pages
  echo "Installing Scriba into /opt/scriba (800 MB, a minute or two) …"
  [ -x /opt/scriba/bin/pip ] || python3 -m venv /opt/scriba
  /opt/scriba/bin/pip install -q --disable-pip-version-check --require-hashes -r "$sources/requirements.txt"
  /opt/scriba/bin/pip install -q --disable-pip-version-check --no-deps --no-build-isolation --force-reinstall "$sources"
  ln -sf /opt/scriba/bin/scriba /opt/scriba/bin/scribad /usr/local/bin/
}

# Of the browser's pages; a release brings them along.
pages() {
  if [ -d "$sources/.git" ] || [ ! -f "$sources/clients/web/dist/index.html" ]; then
    make -s -C "$sources" web || refuse "The pages for the browser could not be built; the reason stands above."
  fi
}

units() {
  install -m 644 "$here/systemd/scribad.service" "$here/systemd/scribad-node.service" /etc/systemd/system/
  rm -f $own
  if [ "$data" != /var/lib/scriba ]; then
    install -d -o scriba -g scriba -m 700 "$data"
    install -d "$(dirname $own)"
    printf '[Service]\nEnvironment=SCRIBA_DATA_DIR=%s\nReadWritePaths=%s\n' "$data" "$data" >$own
  fi
  systemctl daemon-reload
  systemctl enable scribad
  systemctl restart scribad
}

main "$@"
