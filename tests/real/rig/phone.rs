//! A `rannan-cli` process.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use super::programs::program;
use super::{Agent, Server};

/// Anything that is waited for happens within this time, also on a busy machine.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// How a phone is started.
#[derive(Default)]
pub struct PhoneSetup {
    options: Vec<String>,
    password: Option<String>,
    pulse: Option<String>,
}

impl PhoneSetup {
    /// Signs in at a team server.
    pub fn team(server: &Server, agent: &Agent) -> PhoneSetup {
        let mut setup = PhoneSetup::options(["--server", &server.url(), "--email", &agent.email]);
        setup.password = Some(agent.password.clone());
        setup
    }

    /// Registers with a SIP account.
    pub fn sip(url: &str, extension: &str, auth_user: &str, password: &str) -> PhoneSetup {
        let domain = "rannan.local";
        let options = ["--wss", url, "--user", extension, "--domain", domain, "--auth-user", auth_user];
        let mut setup = PhoneSetup::options(options);
        setup.password = Some(password.to_owned());
        setup
    }

    /// Just these options.
    pub fn options<'a>(options: impl IntoIterator<Item = &'a str>) -> PhoneSetup {
        PhoneSetup { options: options.into_iter().map(str::to_owned).collect(), ..PhoneSetup::default() }
    }

    /// One more option.
    pub fn with(mut self, words: &[&str]) -> PhoneSetup {
        self.options.extend(words.iter().map(ToString::to_string));
        self
    }

    /// Another password.
    pub fn password(mut self, password: &str) -> PhoneSetup {
        self.password = Some(password.to_owned());
        self
    }

    /// Sound server.
    pub fn pulse(mut self, address: &str) -> PhoneSetup {
        self.pulse = Some(address.to_owned());
        self
    }

    /// Starts it.
    pub fn start(self) -> Phone {
        let home = tempfile::tempdir().expect("the temporary folder is writable");
        let log = std::fs::File::create(home.path().join("log")).expect("the folder is writable");
        let mut command = Command::new(program("rannan-cli"));
        // The voices of these tests are steady tones: those are noise, and each period is an echo of the one before.
        for treatment in ["--noise", "--echo"] {
            if !self.options.iter().any(|option| option == treatment) {
                command.args([treatment, "off"]);
            }
        }
        command
            .args(&self.options)
            .args(["--password-env", "TEST_PASSWORD", "--data"])
            .arg(home.path().join("data"))
            .env("RUST_LOG", "info,engine=trace,phone=trace,sip=trace,sip_io=trace,media=trace,audio_io=trace,team_client=trace,store=trace")
            .env("HOME", home.path())
            .env("XDG_RUNTIME_DIR", home.path())
            // Without a sound server of the test there is none: never the one of whoever runs the tests.
            .env("PULSE_SERVER", self.pulse.unwrap_or_else(|| format!("unix:{}/nobody", home.path().display())))
            .env_remove("TEST_PASSWORD")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log);
        if let Some(password) = &self.password {
            command.env("TEST_PASSWORD", password);
        }
        let mut child = command.spawn().expect("the phone program runs");
        let (tx, events) = channel();
        let out = BufReader::new(child.stdout.take().expect("was asked for"));
        std::thread::spawn(move || {
            for line in out.lines().map_while(Result::ok) {
                if tx.send(line).is_err() {
                    return;
                }
            }
        });
        let stdin = child.stdin.take();
        Phone { child, stdin, events, seen: Vec::new(), home }
    }
}

/// A running phone; killed when dropped.
pub struct Phone {
    child: Child,
    stdin: Option<ChildStdin>,
    events: Receiver<String>,
    seen: Vec<String>,
    home: TempDir,
}

impl Phone {
    /// Gives a command.
    pub fn say(&mut self, line: &str) {
        self.seen.push(format!("> {line}"));
        let stdin = self.stdin.as_mut().expect("its input was not closed");
        writeln!(stdin, "{line}").expect("the phone reads");
    }

    /// Waits for the next event of this name; events before it are passed over.
    pub fn wait(&mut self, event: &str) -> Value {
        self.wait_where(event, |_| true)
    }

    /// Waits for an event of this name in which a field has this value.
    pub fn wait_with(&mut self, event: &str, field: &str, value: &str) -> Value {
        self.wait_where(event, |found| found[field] == value)
    }

    /// Waits until each of these came, in any order; other events are passed over. Gives the first of each, as they came.
    pub fn wait_each(&mut self, events: &[&str]) -> Vec<Value> {
        let deadline = Instant::now() + DEADLINE;
        let mut missing = events.to_vec();
        let mut came = Vec::new();
        while !missing.is_empty() {
            match self.next(deadline) {
                Some(found) => {
                    let before = missing.len();
                    missing.retain(|event| found["event"] != *event);
                    if missing.len() < before {
                        came.push(found);
                    }
                }
                None => panic!("no event {missing:?}; {}", self.story()),
            }
        }
        came
    }

    /// Waits for an event of this name that fits.
    pub fn wait_where(&mut self, event: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let deadline = Instant::now() + DEADLINE;
        loop {
            let found = match self.next(deadline) {
                Some(found) => found,
                None => panic!("no event {event:?}; {}", self.story()),
            };
            if found["event"] == event && fits(&found) {
                return found;
            }
        }
    }

    /// The next event, whatever it is. `None`: none came, or the phone has ended.
    fn next(&mut self, deadline: Instant) -> Option<Value> {
        match self.events.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => {
                let event =
                    serde_json::from_str(&line).unwrap_or_else(|_| panic!("one JSON object a line, not {line:?}"));
                self.seen.push(line);
                Some(event)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// What it has told so far, as a place to look from.
    pub fn mark(&self) -> usize {
        self.seen.len()
    }

    /// Has it told an event of this name since?
    pub fn told_since(&self, mark: usize, event: &str) -> bool {
        let name = format!("\"event\":\"{event}\"");
        self.seen[mark..].iter().any(|line| line.contains(&name))
    }

    /// Ends its input.
    pub fn close_input(&mut self) {
        self.stdin = None;
    }

    /// Sends a signal by number.
    pub fn signal(&self, name: &str) {
        let status = Command::new("kill").args(["-s", name, &self.child.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Waits for its end: exit code.
    pub fn exit_code(&mut self) -> i32 {
        let deadline = Instant::now() + DEADLINE;
        // Its output ends with it.
        while self.next(deadline).is_some() {}
        assert!(Instant::now() < deadline, "the phone does not end; {}", self.story());
        let status = self.child.wait().expect("its output has ended");
        status.code().unwrap_or_else(|| panic!("ended by a signal: {status}; {}", self.story()))
    }

    /// What it has logged and written so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.home.path().join("log")).unwrap_or_default()
    }

    fn story(&self) -> String {
        let log = self.log();
        let tail: Vec<&str> = log.lines().rev().take(40).collect();
        let tail: Vec<&str> = tail.into_iter().rev().collect();
        format!("this is what happened:\n{}\nend of its log:\n{}", self.seen.join("\n"), tail.join("\n"))
    }
}

impl Drop for Phone {
    fn drop(&mut self) {
        // An error means that it has ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
