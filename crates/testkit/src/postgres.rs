//! PostgreSQL for tests: one cluster for each test process, in a temporary folder, on a Unix socket in it, without waiting for the disk.
//!
//! It is started when the first test asks for it, as the user `postgres` when we are root (PostgreSQL refuses to run as root). A shell
//! keeps it: its standard input is ours to hold, so it learns of our end, however it comes, ends the cluster and removes the folder.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const MISSING: &str = "PostgreSQL is not installed, and these tests run on it too. Install it with: apt-get install -y postgresql \
                       (npm test does so by itself on Debian and Ubuntu).";

/// Our superuser, and the folder's owner.
const OWNER: &str = "postgres";
/// Members of this role need a password; everybody else who reaches the socket does not.
const SEALED: &str = "sealed";

const RULES: &str = "local all +sealed scram-sha-256\nlocal all all trust\n";

/// `$1` is PostgreSQL's folder of programs, `$2` ours. Whoever waits for `ready` may be gone before it is said: that must not end the shell.
const KEEPER: &str = r#"
trap '' PIPE HUP
bin=$1 folder=$2
"$bin/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >"$folder/log" 2>&1 &&
printf '%s' "$3" >"$folder/data/pg_hba.conf" &&
"$bin/pg_ctl" --pgdata="$folder/data" --wait --timeout=120 --log="$folder/log" --options="$4" start >/dev/null 2>&1 &&
echo ready || { echo failed; cat "$folder/log"; }
exec 1>&-
read -r _
"$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate stop >/dev/null 2>&1
rm -rf "$folder"
"#;

struct Cluster {
    bin: PathBuf,
    folder: PathBuf,
    databases: AtomicU32,
    /// Its standard input is closed by the system when this process ends.
    _keeper: Child,
}

/// The URL of an empty database.
///
/// # Panics
/// When there is no PostgreSQL, or it fails.
#[must_use]
pub fn fresh_database() -> String {
    let cluster = cluster();
    let name = cluster.next_name();
    cluster.say(&format!("CREATE DATABASE {name} TEMPLATE template0"));
    cluster.url(OWNER, &name)
}

/// The URL of an empty database of a user who needs this password. The URL does not hold it.
///
/// # Panics
/// When there is no PostgreSQL, or it fails.
#[must_use]
pub fn fresh_sealed_database(password: &str) -> String {
    let cluster = cluster();
    let name = cluster.next_name();
    let quoted = password.replace('\'', "''");
    cluster.say(&format!("CREATE ROLE {name} LOGIN IN ROLE {SEALED} PASSWORD '{quoted}'"));
    cluster.say(&format!("CREATE DATABASE {name} OWNER {name} TEMPLATE template0"));
    cluster.url(&name, &name)
}

/// Ends every connection to the database of this URL, as a restart of PostgreSQL does.
///
/// # Panics
/// When PostgreSQL fails.
pub fn end_connections(url: &str) {
    let name =
        url.split('?').next().and_then(|start| start.rsplit('/').next()).expect("a URL of ours names its database");
    cluster().say(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
}

/// Ends every connection to the database of this URL and refuses new ones, or takes them again.
///
/// # Panics
/// When PostgreSQL fails.
pub fn refuse_connections(url: &str, refuse: bool) {
    cluster().say(&format!("ALTER DATABASE {} ALLOW_CONNECTIONS {}", name_of(url), !refuse));
    if refuse {
        end_connections(url);
    }
}

fn name_of(url: &str) -> &str {
    url.split('?').next().and_then(|start| start.rsplit('/').next()).expect("a URL of ours names its database")
}

fn cluster() -> &'static Cluster {
    static CLUSTER: OnceLock<Result<Cluster, String>> = OnceLock::new();
    CLUSTER.get_or_init(Cluster::start).as_ref().unwrap_or_else(|why| panic!("{why}"))
}

impl Cluster {
    fn start() -> Result<Self, String> {
        let bin = programs().ok_or(MISSING)?;
        let failed = |what: &'static str| move |fault: std::io::Error| format!("{what} for PostgreSQL: {fault}");
        let folder = tempfile::Builder::new().prefix("rannan-pg-").tempdir().map_err(failed("making a folder"))?.keep();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o700)).map_err(failed("closing the folder"))?;
        let settings = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c fsync=off -c synchronous_commit=off -c full_page_writes=off \
             -c max_connections=200 -c shared_buffers=32MB",
            folder.display()
        );
        let mut keeper = match other_user(&folder)? {
            None => Command::new("sh"),
            Some((user, group)) => {
                let mut setpriv = Command::new("setpriv");
                setpriv.arg(format!("--reuid={user}")).arg(format!("--regid={group}")).args(["--clear-groups", "sh"]);
                setpriv
            }
        };
        keeper.args(["-c", KEEPER, "keeper"]).arg(&bin).arg(&folder).arg(RULES).arg(settings);
        // A group of its own, so that Ctrl-C ends us and then, in order, the cluster.
        keeper.current_dir("/").process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = keeper.spawn().map_err(failed("starting a shell"))?;
        let mut said = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut line = String::new();
        said.read_line(&mut line).map_err(failed("waiting"))?;
        if line.trim() != "ready" {
            let mut log = String::new();
            said.read_to_string(&mut log).map_err(failed("reading the log"))?;
            return Err(format!("PostgreSQL did not start. Its log: {log}"));
        }
        let cluster = Cluster { bin, folder, databases: AtomicU32::new(0), _keeper: child };
        cluster.say(&format!("CREATE ROLE {SEALED}"));
        Ok(cluster)
    }

    fn next_name(&self) -> String {
        format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed))
    }

    fn url(&self, user: &str, database: &str) -> String {
        format!("postgres://{user}@localhost/{database}?host={}", self.folder.display())
    }

    /// Statements come by standard input, so that no password stands in the process list.
    fn say(&self, sql: &str) {
        use std::io::Write as _;
        let mut psql = Command::new(self.bin.join("psql"))
            .args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-U", OWNER, "-d", "postgres", "-h"])
            .arg(&self.folder)
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("psql comes with PostgreSQL");
        psql.stdin.take().expect("it is piped").write_all(sql.as_bytes()).expect("psql reads");
        let done = psql.wait_with_output().expect("psql ends");
        assert!(done.status.success(), "psql: {}", String::from_utf8_lossy(&done.stderr));
    }
}

/// Debian keeps the programs of each version in a folder of its own; elsewhere `pg_config` knows.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let number =
        |path: &Path| path.file_name().and_then(|name| name.to_str()).and_then(|name| name.parse::<u32>().ok());
    let newest = versions
        .map(|entry| entry.path())
        .filter(|path| path.join("bin/initdb").exists())
        .max_by_key(|path| number(path))
        .map(|path| path.join("bin"));
    newest.or_else(|| {
        let told = Command::new("pg_config").arg("--bindir").output().ok()?;
        let bin = PathBuf::from(String::from_utf8(told.stdout).ok()?.trim());
        bin.join("initdb").exists().then_some(bin)
    })
}

/// Root gives the folder to `postgres` and takes its place; anybody else stays who they are.
fn other_user(folder: &Path) -> Result<Option<(u32, u32)>, String> {
    let id = |words: &[&str]| -> Option<u32> {
        let told = Command::new("id").args(words).output().ok()?;
        String::from_utf8(told.stdout).ok()?.trim().parse().ok()
    };
    if id(&["-u"]) != Some(0) {
        return Ok(None);
    }
    let (Some(user), Some(group)) = (id(&["-u", OWNER]), id(&["-g", OWNER])) else {
        return Err(format!("there is no user {OWNER}. {MISSING}"));
    };
    std::os::unix::fs::chown(folder, Some(user), Some(group))
        .map_err(|fault| format!("giving the folder away: {fault}"))?;
    Ok(Some((user, group)))
}
