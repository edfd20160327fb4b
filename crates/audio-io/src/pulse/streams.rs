//! A record or playback stream and its thread.

use std::net::Shutdown;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use base::SampleRate;
use pulseaudio::protocol::stream::{BufferAttr, StreamFlags};
use pulseaudio::protocol::{
    ChannelMap, Command, CreatePlaybackStreamReply, CreateRecordStreamReply, GetSinkInfo, GetSourceInfo,
    PlaybackStreamParams, Prop, Props, RecordStreamParams, Request, SampleFormat, SampleSpec,
};
use rtrb::{Consumer, Producer};

use super::connection::{Connection, Fault, Message};
use super::devices::{sink_name, source_name};
use crate::stream::{Captured, Opened, Played, Running, Sides, capture_ring, playout_ring};
use crate::{Health, OpenError, StreamLost};

const RATE: SampleRate = SampleRate(base::SAMPLE_RATE);
const BYTES_PER_SAMPLE: usize = 4;
/// 10 ms.
const PERIOD_BYTES: u32 = (base::FRAME_SAMPLES * BYTES_PER_SAMPLE) as u32;
/// The server runs its device at this period and keeps its queue no shorter than three of them: with half a period of ours that is 20 ms,
/// not 30. It must divide our period: at 8 ms the ring always holds too little or too much, and sound has gaps.
const LEAST_REQUEST_BYTES: u32 = PERIOD_BYTES / 2;
/// How long a request may wait for samples that are late: the server has as much and more in hand.
const PATIENCE: Duration = Duration::from_millis(8);
/// Most samples sent in answer to one request; the rest follows in the next round.
const MOST_REQUESTED: u32 = 100 * PERIOD_BYTES;

/// A running stream; dropping it ends the thread and the stream with it.
struct Stream {
    socket: UnixStream,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Stream {
    fn drop(&mut self) {
        // An error means that the server was faster; the thread's read ends either way.
        let _ = self.socket.shutdown(Shutdown::Both);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the thread of a sound stream panicked");
        }
    }
}

pub(crate) fn open_input(id: Option<&str>) -> Result<Opened<Consumer<f32>>, OpenError> {
    let refused = |fault: Fault| fault.into_open_error(id);
    let mut connection = Connection::open().map_err(refused)?;
    let source_name = source_name(&mut connection, id)?;
    let still_there = source_name.clone().map(|name| GetSourceInfo { index: None, name: Some(name) });
    let params = RecordStreamParams {
        sample_spec: spec(Sides::One),
        channel_map: ChannelMap::mono(),
        source_name,
        buffer_attr: BufferAttr { fragment_size: PERIOD_BYTES, ..BufferAttr::default() },
        flags: StreamFlags { early_requests: true, ..StreamFlags::default() },
        props: props(),
        ..RecordStreamParams::default()
    };
    let reply: CreateRecordStreamReply = connection.ask(&Command::CreateRecordStream(params)).map_err(refused)?;
    let (captured, ring, health) = capture_ring(RATE);
    let stream = run(connection, &health, move |connection, health| {
        record(connection, health, reply.channel, captured, still_there)
    })?;
    Ok(Opened { rate: RATE, health, stream, ring, waits: false })
}

pub(crate) fn open_output(id: Option<&str>, sides: Sides) -> Result<Opened<Producer<f32>>, OpenError> {
    let refused = |fault: Fault| fault.into_open_error(id);
    let mut connection = Connection::open().map_err(refused)?;
    let sink_name = sink_name(&mut connection, id)?;
    let still_there = sink_name.clone().map(|name| GetSinkInfo { index: None, name: Some(name) });
    let period = PERIOD_BYTES * sides.count() as u32;
    let params = PlaybackStreamParams {
        sample_spec: spec(sides),
        channel_map: match sides {
            Sides::One => ChannelMap::mono(),
            Sides::Two => ChannelMap::stereo(),
        },
        sink_name,
        buffer_attr: BufferAttr {
            target_length: 2 * period,
            pre_buffering: period,
            minimum_request_length: LEAST_REQUEST_BYTES * sides.count() as u32,
            ..BufferAttr::default()
        },
        flags: StreamFlags { early_requests: true, ..StreamFlags::default() },
        props: props(),
        ..PlaybackStreamParams::default()
    };
    let reply: CreatePlaybackStreamReply = connection.ask(&Command::CreatePlaybackStream(params)).map_err(refused)?;
    let (ring, played, health) = playout_ring(RATE, sides);
    let stream = run(connection, &health, move |connection, _| play(connection, &reply, played, still_there))?;
    Ok(Opened { rate: RATE, health, stream, ring, waits: true })
}

fn spec(sides: Sides) -> SampleSpec {
    SampleSpec { format: SampleFormat::Float32Le, channels: sides.count() as u8, sample_rate: RATE.0 }
}

fn props() -> Props {
    let mut props = Props::new();
    props.set(Prop::MediaName, c"Call");
    // Desktops lower music for streams of this role.
    props.set(Prop::MediaRole, c"phone");
    props
}

/// Starts the thread that serves a stream until the socket is shut down.
fn run(
    mut connection: Connection,
    health: &Arc<Health>,
    serve: impl FnOnce(&mut Connection, &Health) -> Result<StreamLost, Fault> + Send + 'static,
) -> Result<Running, OpenError> {
    let failed = |error: std::io::Error| OpenError::Backend(format!("PulseAudio: {error}"));
    let socket = connection.settle().map_err(failed)?;
    let health = health.clone();
    let thread = std::thread::Builder::new()
        .name("sound-stream".into())
        .spawn(move || {
            crate::raise_priority();
            let lost = serve(&mut connection, &health).unwrap_or(StreamLost::ServerLeft);
            health.mark_lost(lost);
        })
        .map_err(failed)?;
    Ok(Box::new(Stream { socket, thread: Some(thread) }))
}

/// `chosen` asks for the device that the user chose. When the server moves the stream, either the user did that in a mixer, which
/// is fine, or the device is gone: then the question is answered with an error, and the phone decides what comes next.
fn record(
    connection: &mut Connection,
    health: &Health,
    stream: u32,
    mut captured: Captured,
    chosen: Option<GetSourceInfo>,
) -> Result<StreamLost, Fault> {
    let mut asked = None;
    loop {
        match connection.read()? {
            Message::Sound { channel, bytes } if channel == stream => {
                captured
                    .take(bytes.chunks_exact(BYTES_PER_SAMPLE).map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])));
            }
            Message::Command { command: Command::RecordStreamKilled(channel), .. } if channel == stream => {
                return Ok(StreamLost::Gone);
            }
            Message::Command { command: Command::RecordStreamMoved(_), .. } => {
                if let Some(question) = &chosen {
                    asked = Some(connection.tell(&Command::GetSourceInfo(question.clone()))?);
                }
            }
            Message::Command { command: Command::Error(_), seq, .. } if asked == Some(seq) => {
                return Ok(StreamLost::Gone);
            }
            Message::Command { command: Command::Overflow(_), .. } => health.count_xrun(),
            Message::Sound { .. } | Message::Command { .. } => {}
        }
    }
}

/// `chosen`: as for [`record`].
fn play(
    connection: &mut Connection,
    created: &CreatePlaybackStreamReply,
    mut played: Played,
    chosen: Option<GetSinkInfo>,
) -> Result<StreamLost, Fault> {
    let stream = created.channel;
    let sides = played.sides();
    let moment = BYTES_PER_SAMPLE * sides.count();
    let mut owed = created.requested_bytes;
    let mut asked = None;
    loop {
        while owed >= moment as u32 {
            let count = owed.min(MOST_REQUESTED) as usize / moment;
            played.wait_for(count, PATIENCE);
            connection.play(stream, |out| {
                played.give(count, |left, right| {
                    out.extend_from_slice(&left.to_le_bytes());
                    if sides == Sides::Two {
                        out.extend_from_slice(&right.to_le_bytes());
                    }
                });
            })?;
            owed -= (count * moment) as u32;
        }
        match connection.read()? {
            Message::Command { command: Command::Request(Request { channel, length }), .. } if channel == stream => {
                owed = owed.saturating_add(length);
            }
            Message::Command { command: Command::PlaybackStreamKilled(channel), .. } if channel == stream => {
                return Ok(StreamLost::Gone);
            }
            Message::Command { command: Command::PlaybackStreamMoved(_), .. } => {
                if let Some(question) = &chosen {
                    asked = Some(connection.tell(&Command::GetSinkInfo(question.clone()))?);
                }
            }
            Message::Command { command: Command::Error(_), seq, .. } if asked == Some(seq) => {
                return Ok(StreamLost::Gone);
            }
            Message::Sound { .. } | Message::Command { .. } => {}
        }
    }
}
