//! Opening and closing devices beside the worker: both may block.

use std::sync::Arc;
use std::thread::Thread;

use audio_io::{Input, OpenError, Output};
use rtrb::{Consumer, Producer};

use super::command::{OpenFailure, SpeakerSink, Which};
use super::inbox::Inbox;
use super::recorder::Recorder;

/// What an opener brings, and for which attempt.
pub(super) struct Opened {
    pub which: Which,
    pub attempt: u64,
    pub outcome: Result<Device, OpenFailure>,
}

/// Something that opened.
pub(super) enum Device {
    Microphone(Input, Consumer<f32>),
    Speaker(Output, Producer<f32>),
    File(Recorder),
}

impl From<OpenError> for OpenFailure {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Missing { .. } => OpenFailure::Missing,
            OpenError::Busy => OpenFailure::Busy,
            OpenError::NoPermission => OpenFailure::NoPermission,
            OpenError::Format => OpenFailure::Format,
            OpenError::Backend(words) => OpenFailure::Backend(words),
        }
    }
}

/// Opens devices in threads of their own and puts them into the worker's inbox.
#[derive(Clone)]
pub(super) struct Openers {
    inbox: Arc<Inbox>,
    worker: Thread,
}

impl Openers {
    pub(super) fn new(inbox: Arc<Inbox>, worker: Thread) -> Self {
        Openers { inbox, worker }
    }

    pub(super) fn microphone(&self, attempt: u64, id: Option<String>) {
        self.open(Which::Mic, attempt, move || {
            let (input, ring) = Input::open(id.as_deref())?;
            Ok(Device::Microphone(input, ring))
        });
    }

    pub(super) fn speaker(&self, which: Which, attempt: u64, sink: SpeakerSink) {
        self.open(which, attempt, move || match sink {
            SpeakerSink::Device(id) => {
                let (output, ring) = Output::open(id.as_deref())?;
                Ok(Device::Speaker(output, ring))
            }
            SpeakerSink::Wav(path) => {
                Recorder::create(&path).map(Device::File).map_err(|error| OpenFailure::Backend(error.to_string()))
            }
        });
    }

    /// A speaker with left and right.
    pub(super) fn sides(&self, attempt: u64, id: Option<String>) {
        self.open(Which::SideTest, attempt, move || {
            let (output, ring) = Output::open_stereo(id.as_deref())?;
            Ok(Device::Speaker(output, ring))
        });
    }

    fn open(&self, which: Which, attempt: u64, open: impl FnOnce() -> Result<Device, OpenFailure> + Send + 'static) {
        let Openers { inbox, worker } = self.clone();
        let spawned = std::thread::Builder::new().name("sound-open".into()).spawn({
            let (inbox, worker) = (inbox.clone(), worker.clone());
            move || {
                // What the ended worker does not take any more is closed here.
                drop(inbox.opened(Opened { which, attempt, outcome: open() }));
                worker.unpark();
            }
        });
        if let Err(error) = spawned {
            let outcome = Err(OpenFailure::Backend(format!("no thread to open a device: {error}")));
            drop(inbox.opened(Opened { which, attempt, outcome }));
            worker.unpark();
        }
    }
}

/// Drops something that may take its time, elsewhere.
pub(super) fn close<T: Send + 'static>(device: T) {
    if let Err(error) = std::thread::Builder::new().name("sound-close".into()).spawn(move || drop(device)) {
        // The closure, and with it the device, was dropped right here.
        tracing::warn!(%error, "no thread to close a device");
    }
}
