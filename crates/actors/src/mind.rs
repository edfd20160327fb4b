//! What can happen to an actor, and what an actor can want.

use base::Now;

/// Something happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// The phone is registered, for the first time or again.
    Registered,
    /// Somebody calls.
    Rings,
    /// The call is up: both can speak.
    Connected,
    /// The call is over, however it went.
    Over,
    /// The server says whether calls from queues come: the own choice, or one that was made by somebody else.
    Status {
        /// They come.
        available: bool,
    },
    /// Time has passed.
    Time,
}

/// Something is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Call this number.
    Dial(String),
    /// Take the call that rings.
    Answer,
    /// Do not take it.
    Refuse,
    /// End the call, answered or not.
    HangUp,
    /// Put the call on hold.
    Hold,
    /// Take it back.
    Resume,
    /// Choose a status.
    Choose(Mood),
    /// End the rest after a call (AO-02).
    Ready,
}

/// A status, as an actor thinks of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes calls.
    Available,
    /// On a break.
    Break,
    /// In a meeting.
    Meeting,
    /// In a course: own words.
    Course,
}

/// Whoever decides for one phone that has one call at a time.
pub trait Mind: Send + 'static {
    /// Something happened.
    #[must_use]
    fn handle(&mut self, now: Now, input: Input) -> Vec<Effect>;

    /// When [`Input::Time`] is due; `None`: not before something else happens.
    fn wake_at(&self) -> Option<Now>;
}
