//! What `--help` says.

pub const GENERAL: &str = "\
The Rannan team server: accounts, events and SIP over WebSocket on one port.

Usage: rannan-server [serve] [OPTIONS]     runs the server
       rannan-server admin create …        adds an administrator
       rannan-server add-user …            adds somebody
       rannan-server backup FILE           copies the database while the server runs
       rannan-server check                 looks at configuration and database, changes nothing
       rannan-server config                prints the commented configuration file
       rannan-server demo                  opens a simulated contact centre on this computer

Each has --help of its own.
";

pub const OPTIONS: &str = "
Options:
  --config FILE          configuration file (rannan-server config prints one); what stands here wins over it
  --bind ADDRESS:PORT    where to listen                                   [127.0.0.1:5080; port 0: a free one]
  --data DIR             folder of the SQLite database                     [./data]
  --database URL         sqlite:PATH or postgres://USER@HOST/DB instead; never with a password in it
  --domain NAME          SIP domain, host of every address                 [rannan.local]
  --public-ws URL        WebSocket URL that phones are told; repeatable    [ws:// and the host they asked for]
  --allow-origin ORIGIN  web origin that may open /sip; repeatable         [any]
  --ice URL              stun: or turn: server that phones are told; repeatable
  --practice             ready-made agents without passwords, for this computer only
  --json-log             one JSON object a line on standard error instead of text
  --help, --version

It does not do TLS. On a network put a proxy in front (Caddy, HAProxy, nginx) that does, and name its address with --public-ws.
RUST_LOG sets the log level (info). RANNAN_DATABASE_PASSWORD is the password of PostgreSQL; a file can hold it too (database_password_file).
";

pub const SERVE: &str = "\
Runs the server until SIGTERM or Ctrl-C. Brings the database up to date first.

Usage: rannan-server [serve] [OPTIONS]
";

pub const ADD_USER: &str = "\
Adds somebody to the database. A running server lets them in at once.

Usage: rannan-server add-user --email EMAIL --name NAME --extension EXT [--admin] [OPTIONS]

The password is asked for on a terminal, twice and without showing it, else read from standard input. It has at least 8 characters, a capital
and a small letter, a number and a special character.
";

pub const ADMIN: &str = "\
Adds an administrator, the first one for instance.

Usage: rannan-server admin create --email EMAIL --name NAME --extension EXT [OPTIONS]

The same as add-user --admin; see there for the password.
";

pub const BACKUP: &str = "\
Copies the SQLite database to a new file, as it is at one moment, while the server may be running. The copy is read and checked before it gets
its name. To go back: end the server, put the copy in the place of server.db, remove server.db-wal and server.db-shm, start it.
Recordings of calls are files in the folder \"recordings\" beside it; copy them, too.
PostgreSQL has a tool of its own for this, pg_dump; asked to copy it, this command does nothing but say so, and fails.

Usage: rannan-server backup FILE [OPTIONS]
";

pub const CHECK: &str = "\
Looks at configuration, mail settings and database and says what a start would do. Changes nothing.

Usage: rannan-server check [OPTIONS]
";

pub const CONFIG: &str = "\
Prints the commented configuration file.

Usage: rannan-server config > rannan-server.toml
";

pub const DEMO: &str = "\
Opens a contact centre on this computer that lives by itself: departments, queues, agents who answer, hold, rest and take breaks, callers who
wait, give up or talk, each with a real registration and real sound. Prints where to sign in, as whom, and what to try. Ctrl-C or SIGTERM ends it.

Usage: rannan-server demo [OPTIONS]

Options:
  --data DIR             keep the database there: an empty folder, or one of an earlier demo, which begins anew  [a temporary one]
  --listen ADDRESS:PORT  an address of this computer                                     [127.0.0.1:5090; port 0: a free one]
  --agents N             1 to 60                                                         [12]
  --pace PACE            slow (2 calls a minute), normal (6), busy (40: callers give up), or a number of calls a minute  [normal]
  --language LANGUAGE    names in en, ar or both                                         [both]
  --seed N               draws the actors' decisions                                     [1]
  --json                 what is printed as one line of JSON
  --json-log             one JSON object a line on standard error instead of text
  --help

Never on a folder that holds a real team. RUST_LOG sets the log level (warn).
";
