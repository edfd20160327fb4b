//! A foreign server that a test starts on a free port of this computer, and that ends with it.

use std::io::{BufRead as _, BufReader};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Longer than any server takes to start on a busy machine.
const DEADLINE: Duration = Duration::from_secs(30);

/// A running program, and what it has written to its standard error.
pub(crate) struct Program {
    child: Child,
    said: Arc<(Mutex<Said>, Condvar)>,
}

#[derive(Default)]
struct Said {
    lines: Vec<String>,
    over: bool,
}

impl Program {
    /// Starts it, and waits until it has written a line with `ready`.
    ///
    /// # Panics
    /// When it is not installed (`package` is Debian's name), or ends before.
    pub(crate) fn start(command: &mut Command, package: &str, ready: &str) -> Program {
        let missing = format!(
            "{package} is not installed, and these tests need it. Install it with: apt-get install -y {package} \
             (npm test does so by itself on Debian and Ubuntu)."
        );
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|fault| panic!("{missing} ({fault})"));
        let said = Arc::new((Mutex::new(Said::default()), Condvar::new()));
        let (lines, to) = (BufReader::new(child.stderr.take().expect("it is piped")), said.clone());
        std::thread::spawn(move || {
            for line in lines.split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                to.0.lock().unwrap_or_else(PoisonError::into_inner).lines.push(line);
                to.1.notify_all();
            }
            to.0.lock().unwrap_or_else(PoisonError::into_inner).over = true;
            to.1.notify_all();
        });
        let program = Program { child, said };
        program.wait_for(ready);
        program
    }

    fn wait_for(&self, ready: &str) {
        let (said, news) = &*self.said;
        let waits = |said: &mut Said| !said.over && !said.lines.iter().any(|line| line.contains(ready));
        let said = said.lock().unwrap_or_else(PoisonError::into_inner);
        let (said, _) = news.wait_timeout_while(said, DEADLINE, waits).unwrap_or_else(PoisonError::into_inner);
        assert!(said.lines.iter().any(|line| line.contains(ready)), "it did not start: {}", said.lines.join("\n"));
    }

    /// Waits until somebody listens on a port of this computer: some servers say that they start before they do.
    pub(crate) fn wait_for_port(&self, port: u16) {
        let (at, over) = (SocketAddr::from(([127, 0, 0, 1], port)), Instant::now() + DEADLINE);
        while TcpStream::connect(at).is_err() {
            assert!(Instant::now() < over, "nobody listens on {at}");
            // Nothing tells when a port is listened on; this is how often we look.
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How many lines with this it has written.
    pub(crate) fn count(&self, part: &str) -> usize {
        let said = self.said.0.lock().unwrap_or_else(PoisonError::into_inner);
        said.lines.iter().filter(|line| line.contains(part)).count()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody holds at this moment.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr()).expect("there is a free port").port()
}
