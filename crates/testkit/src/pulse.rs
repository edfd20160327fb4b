//! A PulseAudio daemon of one's own: sound cards without sound cards.
//!
//! Each [`FakeCard`] is a pair of a microphone that plays what one feeds it and a loudspeaker whose sound one can record:
//!
//! ```text
//! feed ─► null sink `into_NAME` ─► monitor ─► source `mic_NAME`     the program under test records this one
//! the program under test ─► null sink `spk_NAME` ─► monitor `spk_NAME.monitor` ─► record
//! ```

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long the daemon may take to come up.
const START_UP: Duration = Duration::from_secs(20);

/// A private daemon; ends when dropped. Its directory goes with it.
pub struct PulseServer {
    daemon: Mutex<Child>,
    directory: PathBuf,
}

/// Names of one pair of devices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FakeCard {
    /// What the program under test opens as microphone.
    pub microphone: String,
    /// Play here, and the microphone hears it.
    pub feed: String,
    /// What the program under test opens as loudspeaker.
    pub speaker: String,
    /// Record here what the loudspeaker plays.
    pub record: String,
}

impl FakeCard {
    /// The names for a card.
    #[must_use]
    pub fn named(name: &str) -> Self {
        FakeCard {
            microphone: format!("mic_{name}"),
            feed: format!("into_{name}"),
            speaker: format!("spk_{name}"),
            record: format!("spk_{name}.monitor"),
        }
    }

    /// What the daemon loads for it; `sides` is the number of channels of the loudspeaker.
    fn modules(&self, sides: u8) -> [String; 3] {
        let FakeCard { microphone, feed, speaker, .. } = self;
        // `norewinds`: without it a null sink renders two seconds ahead while nobody listens, and stands still that long for the first.
        [
            format!("module-null-sink sink_name={speaker} rate=48000 channels={sides} norewinds=1"),
            format!("module-null-sink sink_name={feed} rate=48000 channels=1 norewinds=1"),
            format!("module-remap-source source_name={microphone} master={feed}.monitor channels=1"),
        ]
    }
}

impl PulseServer {
    /// Starts a daemon with one card for each name; the first card is the default. Waits until it answers.
    ///
    /// # Panics
    /// With a sentence that names the package when `pulseaudio` is not installed, and with the daemon's own words when it fails.
    #[must_use]
    pub fn start(cards: &[&str]) -> Self {
        let directory = fresh_directory();
        let socket = directory.join("native");
        let mut modules = vec![format!("module-native-protocol-unix auth-anonymous=1 socket={}", socket.display())];
        for card in cards.iter().map(|name| FakeCard::named(name)) {
            modules.extend(card.modules(1));
        }
        let first = cards.first().map(|name| FakeCard::named(name));
        let script = directory.join("default.pa");
        let mut text: String = modules.iter().map(|module| format!("load-module {module}\n")).collect();
        if let Some(FakeCard { microphone, speaker, .. }) = first {
            text.push_str(&format!("set-default-sink {speaker}\nset-default-source {microphone}\n"));
        }
        std::fs::write(&script, text).expect("the fresh directory is writable");
        let log = std::fs::File::create(directory.join("log")).expect("the fresh directory is writable");
        let daemon = Command::new("pulseaudio")
            .args([
                "-n",
                "--daemonize=no",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--high-priority=no",
                "--realtime=no",
            ])
            .args(["--disable-shm=yes", "--log-target=stderr", "-F"])
            .arg(&script)
            .env("XDG_RUNTIME_DIR", &directory)
            .env("HOME", &directory)
            .env_remove("PULSE_SERVER")
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn();
        let daemon = match daemon {
            Ok(daemon) => daemon,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                panic!(
                    "the program `pulseaudio` is missing: install the package `pulseaudio` (apt-get install pulseaudio)"
                )
            }
            Err(error) => panic!("pulseaudio could not be started: {error}"),
        };
        let server = PulseServer { daemon: Mutex::new(daemon), directory };
        server.wait_for(&socket);
        server
    }

    /// Value for `PULSE_SERVER` in the environment of the program under test.
    #[must_use]
    pub fn address(&self) -> String {
        format!("unix:{}", self.directory.join("native").display())
    }

    /// A directory that the program under test may use as `XDG_RUNTIME_DIR`; it goes with the daemon.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Points this process to the daemon. For test binaries with one test, or before any thread reads the environment.
    pub fn use_in_this_process(&self) {
        // SAFETY: the caller keeps to the sentence above.
        unsafe { std::env::set_var("PULSE_SERVER", self.address()) };
    }

    /// Kills the daemon now, as a crash would. Safe to repeat.
    pub fn kill(&self) {
        let mut daemon = self.daemon.lock().expect("nobody panics while holding it");
        // An error means that it has ended already.
        let _ = daemon.kill();
        let _ = daemon.wait();
    }

    /// Removes a card while programs use it, as pulling a plug does.
    ///
    /// # Panics
    /// When `pactl` (package `pulseaudio-utils`) is missing or refuses.
    pub fn unplug(&self, name: &str) {
        let FakeCard { microphone, feed, speaker, .. } = FakeCard::named(name);
        let listed = self.pactl(&["list", "short", "modules"]);
        let ours = |line: &&str| {
            [&microphone, &feed, &speaker].iter().any(|device| line.contains(&format!("_name={device} ")))
        };
        let modules: Vec<String> =
            listed.lines().filter(ours).filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect();
        assert_eq!(modules.len(), 3, "the card {name} is there:\n{listed}");
        // The microphone goes before the sink that it listens to.
        for module in modules.iter().rev() {
            self.pactl(&["unload-module", module]);
        }
    }

    /// Plugs a card in that was not there, or was unplugged before.
    ///
    /// # Panics
    /// As [`PulseServer::unplug`].
    pub fn plug(&self, name: &str) {
        self.plug_with_sides(name, 1);
    }

    /// Plugs in a card whose loudspeaker has a left and a right side.
    ///
    /// # Panics
    /// As [`PulseServer::unplug`].
    pub fn plug_stereo(&self, name: &str) {
        self.plug_with_sides(name, 2);
    }

    fn plug_with_sides(&self, name: &str, sides: u8) {
        for module in FakeCard::named(name).modules(sides) {
            let mut words = vec!["load-module"];
            words.extend(module.split_whitespace());
            self.pactl(&words);
        }
    }

    /// Makes a card the system's default for both directions.
    ///
    /// # Panics
    /// As [`PulseServer::unplug`].
    pub fn make_default(&self, name: &str) {
        let FakeCard { microphone, speaker, .. } = FakeCard::named(name);
        self.pactl(&["set-default-sink", &speaker]);
        self.pactl(&["set-default-source", &microphone]);
    }

    /// Mutes a card's microphone in the system's mixer, or not.
    ///
    /// # Panics
    /// As [`PulseServer::unplug`].
    pub fn mute_microphone(&self, name: &str, on: bool) {
        self.pactl(&["set-source-mute", &FakeCard::named(name).microphone, if on { "1" } else { "0" }]);
    }

    /// How many streams of the program under test record now.
    ///
    /// # Panics
    /// As [`PulseServer::unplug`].
    #[must_use]
    pub fn open_microphones(&self) -> usize {
        self.pactl(&["list", "source-outputs"]).matches("media.name = \"Call\"").count()
    }

    fn pactl(&self, arguments: &[&str]) -> String {
        let out = Command::new("pactl").args(arguments).env("PULSE_SERVER", self.address()).output();
        let out = out.unwrap_or_else(|error| {
            panic!("the program `pactl` does not run ({error}): install the package `pulseaudio-utils`")
        });
        assert!(out.status.success(), "pactl {arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8_lossy(&out.stdout).into_owned()
    }

    fn wait_for(&self, socket: &Path) {
        let deadline = Instant::now() + START_UP;
        while std::os::unix::net::UnixStream::connect(socket).is_err() {
            let ended = self.daemon.lock().expect("nobody panics while holding it").try_wait();
            let log = || std::fs::read_to_string(self.directory.join("log")).unwrap_or_default();
            assert!(matches!(ended, Ok(None)), "pulseaudio ended at once:\n{}", log());
            assert!(Instant::now() < deadline, "pulseaudio does not listen after {START_UP:?}:\n{}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for PulseServer {
    fn drop(&mut self) {
        self.kill();
        // Only a directory of our own in the temporary folder; left over if something else holds it.
        let _ = std::fs::remove_dir_all(&self.directory);
    }
}

/// A directory that only we can read, with a name that no other test has.
fn fresh_directory() -> PathBuf {
    use std::os::unix::fs::DirBuilderExt;
    use std::sync::atomic::{AtomicU32, Ordering};
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let name = format!("rannan-pulse-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let directory = std::env::temp_dir().join(name);
    // A directory of a process with our number that crashed.
    let _ = std::fs::remove_dir_all(&directory);
    std::fs::DirBuilder::new().mode(0o700).create(&directory).expect("the temporary folder is writable");
    directory
}
