//! The PulseAudio protocol over its Unix socket, spoken by one thread per stream. PipeWire answers the same.
//!
//! The server converts rate and channels: we always ask for 48 kHz mono. `early_requests` makes it keep to a period of 10 ms
//! on both sides. When a device vanishes, the server moves the stream to another or says that it was killed.

mod connection;
mod devices;
mod streams;
mod watch;

pub(crate) use devices::list;
pub(crate) use streams::{open_input, open_output};
pub(crate) use watch::{Cut, watch};

/// Prefix of ids, the same that `cpal` gives.
const PREFIX: &str = "pulseaudio:";

/// Whether there is a sound server to connect to.
pub(crate) fn is_there() -> bool {
    connection::socket_path().is_some()
}

/// Whether `id` should be looked for here: a sound server is there and the id does not name another host.
pub(crate) fn is_asked_for(id: Option<&str>) -> bool {
    !id.is_some_and(|id| id.starts_with("alsa:")) && is_there()
}
