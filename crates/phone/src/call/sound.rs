//! What the agent hears and who hears the agent: one ear, one ringer, one tone. Compared with what was asked for last,
//! so that effects are sent for changes only and never forgotten.

use base::CallId;

use crate::effect::{Effect, Tone};
use crate::notice::Notice;
use crate::turn::Turn;

/// How a call is connected to microphone and speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ear {
    /// Both ways.
    Talks(CallId),
    /// Early media: we only listen.
    Listens(CallId),
}

impl Ear {
    fn call(self) -> CallId {
        match self {
            Ear::Talks(call) | Ear::Listens(call) => call,
        }
    }
}

/// What should sound now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub(crate) ear: Option<Ear>,
    pub(crate) ringing: Option<CallId>,
    /// Goes on until it is not wanted any more.
    pub(crate) tone: Option<Tone>,
}

/// What sounds, as far as we asked for it.
#[derive(Debug, Default)]
pub(crate) struct Sound {
    ear: Option<Ear>,
    ringing: Option<CallId>,
    tone: Playing,
    /// A tone that ends by itself, asked for in this turn. A standing tone is more important.
    passing: Option<Tone>,
    muted: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
enum Playing {
    #[default]
    Nothing,
    Standing(Tone),
    /// Ends by itself; perhaps it has.
    Passing,
}

impl Sound {
    /// Plays a tone that ends by itself, at the end of this turn.
    pub(crate) fn play_once(&mut self, tone: Tone) {
        self.passing = Some(tone);
    }

    /// First half: what must stop. Media sessions may be closed after it.
    pub(crate) fn stop_unwanted(&mut self, wanted: Wanted, turn: &mut Turn) {
        if let Some(ear) = self.ear
            && wanted.ear.map(Ear::call) != Some(ear.call())
        {
            turn.effect(Effect::LeaveAudio(ear.call()));
            self.ear = None;
        }
        if self.ringing.is_some() && wanted.ringing.is_none() {
            turn.effect(Effect::StopRinging);
            self.ringing = None;
        }
    }

    /// Second half: what must begin.
    pub(crate) fn start_wanted(&mut self, wanted: Wanted, turn: &mut Turn) {
        let ear_changed = self.ear != wanted.ear;
        if ear_changed && let Some(ear) = wanted.ear {
            turn.effect(match ear {
                Ear::Talks(call) => Effect::JoinAudio(call),
                Ear::Listens(call) => Effect::ListenAudio(call),
            });
        }
        self.ear = wanted.ear;
        if self.ringing != wanted.ringing
            && let Some(call) = wanted.ringing
        {
            turn.effect(Effect::StartRinging(call));
        }
        self.ringing = wanted.ringing;
        self.change_tone(wanted, ear_changed, turn);
    }

    fn change_tone(&mut self, wanted: Wanted, ear_changed: bool, turn: &mut Turn) {
        let passing = self.passing.take();
        let next = match (wanted.tone, passing) {
            (Some(tone), _) => Playing::Standing(tone),
            (None, Some(tone)) => {
                turn.effect(Effect::Tone(tone));
                self.tone = Playing::Passing;
                return;
            }
            // The end of the last call does not sound into the next one.
            (None, None) if self.tone == Playing::Passing && !(ear_changed && wanted.ear.is_some()) => Playing::Passing,
            (None, None) => Playing::Nothing,
        };
        if next == self.tone {
            return;
        }
        turn.effect(match &next {
            Playing::Standing(tone) => Effect::Tone(*tone),
            Playing::Nothing | Playing::Passing => Effect::StopTone,
        });
        self.tone = next;
    }

    /// Mutes the microphone, or not.
    pub(crate) fn mute(&mut self, muted: bool, turn: &mut Turn) {
        if self.muted != muted {
            self.muted = muted;
            turn.effect(Effect::MuteMicrophone(muted));
            turn.notice(Notice::Muted(muted));
        }
    }

    pub(crate) fn is_muted(&self) -> bool {
        self.muted
    }
}
