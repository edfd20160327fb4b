//! The worker's thread and the way to talk to it.

use std::sync::Arc;
use std::thread::{JoinHandle, Thread};
use std::time::Instant;

use tokio::sync::mpsc;

use super::command::{AudioCommand, AudioEvent, HeardPacket};
use super::inbox::Inbox;
use super::worker;

/// Events that may wait for their reader before levels are dropped.
const EVENTS: usize = 64;

/// Owns the thread; dropping it ends the thread, closes the devices and completes a WAV file. That blocks for some milliseconds.
pub struct AudioWorker {
    handle: AudioHandle,
    thread: Option<JoinHandle<()>>,
}

/// Talks to the worker: cheap to clone, usable from any thread, never blocks.
#[derive(Clone)]
pub struct AudioHandle {
    inbox: Arc<Inbox>,
    thread: Thread,
}

impl AudioWorker {
    /// Starts the thread, asleep. `epoch` is what the engine's clock counts from.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn spawn(epoch: Instant) -> std::io::Result<(AudioWorker, AudioHandle, mpsc::Receiver<AudioEvent>)> {
        let inbox = Arc::new(Inbox::new());
        let (events, receiver) = mpsc::channel(EVENTS);
        let shared = inbox.clone();
        let thread = std::thread::Builder::new().name("audio".into()).spawn(move || {
            audio_io::raise_priority();
            worker::run(shared, events, epoch);
        })?;
        let handle = AudioHandle { inbox, thread: thread.thread().clone() };
        Ok((AudioWorker { handle: handle.clone(), thread: Some(thread) }, handle, receiver))
    }
}

impl Drop for AudioWorker {
    fn drop(&mut self) {
        self.handle.inbox.end();
        self.handle.thread.unpark();
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the audio worker panicked");
        }
    }
}

impl AudioHandle {
    /// Hands over a command. False (and a line in the log): the worker has ended, or 256 commands wait.
    pub fn send(&self, command: AudioCommand) -> bool {
        let taken = self.inbox.command(command);
        if !taken {
            tracing::error!("the audio worker takes no more commands");
        }
        self.thread.unpark();
        taken
    }

    /// Hands over a received packet. When 256 wait, the oldest is dropped and counted. A packet of a call that has not joined is dropped.
    pub fn packet(&self, packet: HeardPacket) {
        // The worker comes by every 10 ms while a call takes part; waking it for each packet would double its work.
        self.inbox.packet(packet);
    }
}
