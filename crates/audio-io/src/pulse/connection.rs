//! One connection: messages out, messages in, blocking.

use std::ffi::CString;
use std::io::{self, BufReader, Cursor, Read, Write};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::time::Duration;

use pulseaudio::protocol::{self as pa, Command, CommandReply, DESCRIPTOR_SIZE, ProtocolError, PulseError};

use crate::OpenError;

/// How long the server may take to answer while we open a stream.
const PATIENCE: Duration = Duration::from_secs(3);
/// Longest message taken from the server.
const MOST_BYTES: u32 = 4 << 20;

/// What went wrong.
#[derive(Debug)]
pub(super) enum Fault {
    Io(io::Error),
    Protocol(ProtocolError),
    Refused(PulseError),
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Io(error)
    }
}

impl From<ProtocolError> for Fault {
    fn from(error: ProtocolError) -> Self {
        Fault::Protocol(error)
    }
}

impl Fault {
    /// In the words of the door; `id` is what was asked for.
    pub(super) fn into_open_error(self, id: Option<&str>) -> OpenError {
        match self {
            Fault::Refused(PulseError::NoEntity) => OpenError::Missing { id: id.unwrap_or("default").to_owned() },
            Fault::Refused(PulseError::AccessDenied | PulseError::AuthKey) => OpenError::NoPermission,
            Fault::Refused(PulseError::Busy) => OpenError::Busy,
            Fault::Refused(PulseError::Invalid | PulseError::NotSupported) => OpenError::Format,
            Fault::Refused(other) => OpenError::Backend(format!("PulseAudio refused: {other}")),
            Fault::Io(error) => OpenError::Backend(format!("PulseAudio: {error}")),
            Fault::Protocol(error) => OpenError::Backend(format!("PulseAudio: {error}")),
        }
    }
}

/// Where the sound server listens, if it does.
pub(super) fn socket_path() -> Option<PathBuf> {
    // PULSE_SERVER may be a list, each with an optional {machine id}, `unix:` being the default kind.
    let named = std::env::var("PULSE_SERVER").unwrap_or_default();
    let plain = named.split_whitespace().map(|entry| entry.rsplit_once('}').map_or(entry, |(_, rest)| rest));
    let path = plain.map(|entry| entry.strip_prefix("unix:").unwrap_or(entry)).find(|entry| entry.starts_with('/'));
    match path {
        Some(path) => Some(PathBuf::from(path)).filter(|path| path.exists()),
        None => pulseaudio::socket_path_from_env(),
    }
}

/// A connection after its handshake.
pub(super) struct Connection {
    reader: BufReader<UnixStream>,
    version: u16,
    seq: u32,
    body: Vec<u8>,
    outgoing: Vec<u8>,
    /// A subscription's event came while we waited for a reply.
    event_passed: bool,
}

/// What the server sent.
#[expect(clippy::large_enum_variant, reason = "lives on the stack for one turn of a loop")]
pub(super) enum Message<'a> {
    /// Samples of a record stream.
    Sound { channel: u32, bytes: &'a [u8] },
    /// A command or the head of a reply; `rest` is what follows.
    Command { seq: u32, command: Command, rest: &'a [u8] },
}

/// Length of the cookie on the wire (`PA_NATIVE_COOKIE_LENGTH`): a server ends the connection when it is any other.
const COOKIE_LENGTH: usize = 256;

/// The password-like file that servers share with their user, or as many zeros, as libpulse sends when there is none: a server
/// that trusts its socket (PipeWire, `auth-anonymous`) does not look at them.
fn cookie() -> Vec<u8> {
    let configured = std::env::var_os("XDG_CONFIG_HOME").map(|dir| PathBuf::from(dir).join("pulse/cookie"));
    [configured, pulseaudio::cookie_path_from_env()]
        .into_iter()
        .flatten()
        .filter_map(|path| std::fs::read(path).ok())
        .find(|bytes| bytes.len() == COOKIE_LENGTH)
        .unwrap_or_else(|| vec![0; COOKIE_LENGTH])
}

impl Connection {
    /// Connects and introduces us.
    pub(super) fn open() -> Result<Self, Fault> {
        let path = socket_path().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        let socket = UnixStream::connect(path)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        socket.set_write_timeout(Some(PATIENCE))?;
        let cookie = cookie();
        let mut connection = Connection {
            reader: BufReader::with_capacity(16 << 10, socket),
            version: pa::MAX_VERSION,
            seq: 0,
            body: Vec::new(),
            outgoing: Vec::new(),
            event_passed: false,
        };
        let auth = pa::AuthParams { version: pa::MAX_VERSION, supports_shm: false, supports_memfd: false, cookie };
        let answer: pa::AuthReply = connection.ask(&Command::Auth(auth))?;
        connection.version = answer.version.min(pa::MAX_VERSION);
        let mut props = pa::Props::new();
        props.set(pa::Prop::ApplicationName, c"Rannan");
        props.set(pa::Prop::ApplicationId, c"app.rannan.phone");
        let process = CString::new(std::process::id().to_string()).expect("digits hold no NUL");
        props.set(pa::Prop::ApplicationProcessId, process.as_c_str());
        let _: pa::SetClientNameReply = connection.ask(&Command::SetClientName(props))?;
        Ok(connection)
    }

    /// Sends a command and waits for its reply; what else comes meanwhile does not concern us yet.
    pub(super) fn ask<R: CommandReply>(&mut self, command: &Command) -> Result<R, Fault> {
        let asked = self.tell(command)?;
        let version = self.version;
        loop {
            match self.read()? {
                Message::Command { seq, command: Command::Reply, rest } if seq == asked => {
                    return Ok(pa::TagStructReader::new(&mut Cursor::new(rest), version).read()?);
                }
                Message::Command { seq, command: Command::Error(error), .. } if seq == asked => {
                    return Err(Fault::Refused(error));
                }
                Message::Command { command: Command::SubscribeEvent(_), .. } => self.event_passed = true,
                Message::Command { .. } | Message::Sound { .. } => {}
            }
        }
    }

    /// As [`Connection::ask`], for a command whose reply is empty.
    pub(super) fn do_it(&mut self, command: &Command) -> Result<(), Fault> {
        let asked = self.tell(command)?;
        loop {
            match self.read()? {
                Message::Command { seq, command: Command::Reply, .. } if seq == asked => return Ok(()),
                Message::Command { seq, command: Command::Error(error), .. } if seq == asked => {
                    return Err(Fault::Refused(error));
                }
                Message::Command { command: Command::SubscribeEvent(_), .. } => self.event_passed = true,
                Message::Command { .. } | Message::Sound { .. } => {}
            }
        }
    }

    /// Whether an event of a subscription came while we waited for a reply; asked once.
    pub(super) fn take_event(&mut self) -> bool {
        std::mem::take(&mut self.event_passed)
    }

    /// Sends a command; returns its number.
    pub(super) fn tell(&mut self, command: &Command) -> Result<u32, Fault> {
        self.seq = self.seq.wrapping_add(1);
        self.outgoing.clear();
        pa::encode_command_message(&mut self.outgoing, self.seq, command, self.version)?;
        self.reader.get_mut().write_all(&self.outgoing)?;
        Ok(self.seq)
    }

    /// Sends samples: `fill` appends the bytes.
    pub(super) fn play(&mut self, channel: u32, fill: impl FnOnce(&mut Vec<u8>)) -> Result<(), Fault> {
        self.outgoing.clear();
        self.outgoing.resize(DESCRIPTOR_SIZE, 0);
        fill(&mut self.outgoing);
        let length = (self.outgoing.len() - DESCRIPTOR_SIZE) as u32;
        let head = pa::Descriptor { length, channel, offset: 0, flags: pa::DescriptorFlags::empty() };
        let place = self.outgoing.first_chunk_mut().expect("resized to the size of a head above");
        pa::encode_descriptor(place, &head);
        Ok(self.reader.get_mut().write_all(&self.outgoing)?)
    }

    /// Waits for the next message.
    pub(super) fn read(&mut self) -> Result<Message<'_>, Fault> {
        let head = pa::read_descriptor(&mut self.reader)?;
        if head.length > MOST_BYTES {
            return Err(io::Error::from(io::ErrorKind::InvalidData).into());
        }
        self.body.resize(head.length as usize, 0);
        self.reader.read_exact(&mut self.body)?;
        if head.channel != u32::MAX {
            return Ok(Message::Sound { channel: head.channel, bytes: &self.body });
        }
        let mut cursor = Cursor::new(&self.body[..]);
        let (seq, command) = Command::read_tag_prefixed(&mut cursor, self.version)?;
        let at = cursor.position() as usize;
        Ok(Message::Command { seq, command, rest: &self.body[at..] })
    }

    /// From here on reads wait for ever; the socket returned ends them by being shut down.
    pub(super) fn settle(&self) -> io::Result<UnixStream> {
        let socket = self.reader.get_ref();
        socket.set_read_timeout(None)?;
        socket.try_clone()
    }
}
