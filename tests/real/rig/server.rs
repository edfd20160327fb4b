//! The `rannan-server` program.

use std::io::{BufRead, BufReader, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::json;
use tempfile::TempDir;

use super::json::post;
use super::programs::program;

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Agent {
    pub email: String,
    pub extension: String,
    pub password: String,
}

impl Agent {
    /// The account of this extension. The password is one that can be searched for.
    pub fn of(extension: &str) -> Agent {
        Agent {
            email: format!("agent{extension}@example.test"),
            extension: extension.to_owned(),
            password: format!("Kanarienvogel-{extension}"),
        }
    }
}

/// A running server; killed when dropped.
pub struct Server {
    child: Child,
    pub addr: SocketAddr,
    data: TempDir,
    options: Vec<String>,
}

impl Server {
    /// With these extensions.
    pub fn start(extensions: &[&str]) -> Server {
        Server::start_with(extensions, &[])
    }

    /// With further options.
    pub fn start_with(extensions: &[&str], options: &[&str]) -> Server {
        let data = tempfile::tempdir().expect("the temporary folder is writable");
        for extension in extensions {
            add_user(data.path(), &["add-user"], &Agent::of(extension));
        }
        let options: Vec<String> = options.iter().map(ToString::to_string).collect();
        let (child, addr) = spawn(data.path(), "127.0.0.1:0", &options);
        Server { child, addr, data, options }
    }

    /// Adds somebody while it runs.
    pub fn more(&self, extension: &str) -> Agent {
        let agent = Agent::of(extension);
        add_user(self.data.path(), &["add-user"], &agent);
        agent
    }

    /// Adds an administrator while it runs, and gives a token of theirs.
    pub fn administrator(&self, extension: &str) -> String {
        let agent = Agent::of(extension);
        add_user(self.data.path(), &["admin", "create"], &agent);
        let login = json!({"email": agent.email, "password": agent.password, "device": "test"});
        post(self.addr, "/v1/login", None, &login)["token"].as_str().expect("a token").to_owned()
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it was killed");
    }

    /// Starts it again at the same address with the same data.
    pub fn start_again(&mut self) {
        (self.child, self.addr) = spawn(self.data.path(), &self.addr.to_string(), &self.options);
    }

    /// Where it keeps what it keeps.
    pub fn data(&self) -> &Path {
        self.data.path()
    }

    /// Base URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// SIP over WebSocket.
    pub fn ws_url(&self) -> String {
        format!("ws://{}/sip", self.addr)
    }

    /// Digest user and password of an agent, as any SIP phone could use them.
    pub fn sip_credentials(&self, agent: &Agent) -> (String, String) {
        let login = json!({"email": agent.email, "password": agent.password, "device": "test"});
        let answer = post(self.addr, "/v1/login", None, &login);
        let token = answer["token"].as_str().expect("a token");
        let credentials = post(self.addr, "/v1/me/sip-credentials", Some(token), &json!({}));
        let text =
            |name: &str| credentials[name].as_str().unwrap_or_else(|| panic!("{name} in {credentials}")).to_owned();
        (text("user"), text("password"))
    }

    /// What it has logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(log_path(self.data.path())).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // An error means that it was killed by the test already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn log_path(data: &Path) -> PathBuf {
    data.join("log")
}

fn add_user(data: &Path, verb: &[&str], agent: &Agent) {
    let mut child = Command::new(program("rannan-server"))
        .args(verb)
        .args(["--email", &agent.email, "--name", &format!("Agent {}", agent.extension)])
        .args(["--extension", &agent.extension, "--data"])
        .arg(data)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("the server program runs");
    child.stdin.take().expect("was asked for").write_all(agent.password.as_bytes()).expect("it reads the password");
    assert!(child.wait().expect("it ends").success(), "adding a user");
}

fn spawn(data: &Path, bind: &str, options: &[String]) -> (Child, SocketAddr) {
    let log = std::fs::File::options().create(true).append(true).open(log_path(data)).expect("the folder is writable");
    let level = "info,team_server=trace,sip=trace,media=trace";
    let mut child = Command::new(program("rannan-server"))
        .args(["--bind", bind, "--data"])
        .arg(data)
        .args(options)
        .env("RUST_LOG", level)
        .stdout(Stdio::piped())
        .stderr(log)
        .spawn()
        .expect("the server program runs");
    let mut line = String::new();
    BufReader::new(child.stdout.take().expect("was asked for")).read_line(&mut line).expect("it says where it listens");
    let addr = line.trim().strip_prefix("listening on http://").and_then(|addr| addr.parse().ok());
    let addr = addr.unwrap_or_else(|| {
        panic!("no address in {line:?}; log:\n{}", std::fs::read_to_string(log_path(data)).unwrap_or_default())
    });
    (child, addr)
}
