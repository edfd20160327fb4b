//! What waits for the worker.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::command::{AudioCommand, HeardPacket};
use super::openers::Opened;

/// Most commands that wait; a driver that is further ahead has lost its way.
const MOST_COMMANDS: usize = 256;
/// Most packets that wait: 5 s of one call.
const MOST_PACKETS: usize = 256;

/// Shared between the worker, its handles and the threads that open devices. The lock is held for a push or a swap only.
#[derive(Default)]
pub(super) struct Inbox(Mutex<Waiting>);

/// All that waits.
#[derive(Default)]
pub(super) struct Waiting {
    pub commands: VecDeque<AudioCommand>,
    pub packets: VecDeque<HeardPacket>,
    /// At most one per device and attempt.
    pub opened: VecDeque<Opened>,
    pub packets_dropped: u64,
    pub ended: bool,
}

impl Inbox {
    pub(super) fn new() -> Self {
        let waiting = Waiting {
            commands: VecDeque::with_capacity(MOST_COMMANDS),
            packets: VecDeque::with_capacity(MOST_PACKETS),
            ..Waiting::default()
        };
        Inbox(Mutex::new(waiting))
    }

    /// False: full, or nobody takes them any more.
    pub(super) fn command(&self, command: AudioCommand) -> bool {
        let mut waiting = self.lock();
        let taken = !waiting.ended && waiting.commands.len() < MOST_COMMANDS;
        if taken {
            waiting.commands.push_back(command);
        }
        taken
    }

    /// Full: the oldest gives way and is counted.
    pub(super) fn packet(&self, packet: HeardPacket) {
        let mut waiting = self.lock();
        if waiting.ended {
            return;
        }
        if waiting.packets.len() >= MOST_PACKETS {
            waiting.packets.pop_front();
            waiting.packets_dropped += 1;
        }
        waiting.packets.push_back(packet);
    }

    /// Gives the device back when the worker has ended: the caller's thread closes it.
    pub(super) fn opened(&self, opened: Opened) -> Option<Opened> {
        let mut waiting = self.lock();
        if waiting.ended {
            return Some(opened);
        }
        waiting.opened.push_back(opened);
        None
    }

    pub(super) fn end(&self) {
        self.lock().ended = true;
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Waiting> {
        // Nothing inside can be left half done by a panic: every change is one push, pop or swap.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
