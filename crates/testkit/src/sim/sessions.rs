//! Media sessions as they are asked, connect and end.

use std::time::Duration;

use base::{CallId, Now};
use phone::{Input, MediaInput};

use super::media::{FakeMedia, Result as Done};
use super::world::{Happening, World};

impl World {
    pub(super) fn ask_media(
        &mut self,
        index: usize,
        call: CallId,
        ask: impl FnOnce(&mut FakeMedia) -> Done,
        report: impl FnOnce(String) -> MediaInput,
    ) {
        let (least, most) = self.weather.media_write_ms;
        let pause = Duration::from_millis(least + self.chance.below(most - least + 1));
        let Some(media) = self.stations[index].media.get_mut(&call) else { return };
        let epoch = media.epoch;
        let done = ask(media);
        let (session, connects) = (media.session.clone(), media.epoch != epoch);
        let (pause, input) = match done {
            Done::Text(text) => (pause, report(text)),
            Done::Applied => (Duration::from_millis(1), MediaInput::Applied),
            Done::Bad => (Duration::from_millis(1), MediaInput::BadDescription),
        };
        let epoch = media.epoch;
        self.later(pause, Happening::Media(index, call, session.clone(), input));
        if connects {
            let start = pause + Duration::from_millis(self.weather.media_connect_ms);
            let give_up_at = self.now + start + Duration::from_secs(15);
            self.later(start, Happening::Connects(index, call, session, epoch, give_up_at));
        }
    }

    pub(super) fn media_speaks(&mut self, index: usize, call: CallId, session: &str, input: MediaInput) {
        // A rolled back or closed session may still speak: the phone has to cope.
        self.note(|| format!("  media {session}"));
        self.feed(index, Input::Media(call, input));
    }

    pub(super) fn media_connects(&mut self, index: usize, call: CallId, session: String, epoch: u64, give_up_at: Now) {
        let Some(media) = self.current(index, call, &session, epoch).cloned() else { return };
        if self.far_end_is_ready(index, &media) {
            if let Some(media) = self.current(index, call, &session, epoch) {
                media.is_connected = true;
            }
            self.feed(index, Input::Media(call, MediaInput::Connected));
        } else if self.now >= give_up_at {
            self.feed(index, Input::Media(call, MediaInput::Failed));
        } else {
            self.later(Duration::from_millis(20), Happening::Connects(index, call, session, epoch, give_up_at));
        }
    }

    pub(super) fn far_end_is_ready(&self, index: usize, media: &FakeMedia) -> bool {
        let Some((far, _)) = &media.remote else { return false };
        if !self.stations[index].media_path {
            return false;
        }
        if far.starts_with("raw") {
            return true;
        }
        self.stations
            .iter()
            .filter(|station| station.media_path)
            .flat_map(|station| station.media.values())
            .any(|other| media.fits(other))
    }

    pub(super) fn is_peer(&self, index: usize, media: &FakeMedia) -> bool {
        let far = media.remote.as_ref().map(|(session, _)| session);
        self.stations[index].media.values().any(|other| Some(&other.session) == far)
    }

    pub(super) fn close_media(&mut self, index: usize, call: CallId) {
        let Some(closed) = self.stations[index].media.remove(&call) else { return };
        let far = (0..self.stations.len()).find_map(|at| {
            let mut media = self.stations[at].media.iter();
            media
                .find(|(_, media)| media.remote.as_ref().is_some_and(|(far, _)| *far == closed.session))
                .map(|(id, media)| (at, *id, media.clone()))
        });
        if let Some((at, call, media)) = far {
            self.lose_media(at, call, &media);
        }
    }

    pub(super) fn lose_media(&mut self, index: usize, call: CallId, media: &FakeMedia) {
        let news =
            |make: fn(usize, CallId, String, u64) -> Happening| make(index, call, media.session.clone(), media.epoch);
        self.later(Duration::from_secs(5), news(Happening::ConsentLost));
        self.later(Duration::from_secs(20), news(Happening::MediaLost));
    }

    pub(super) fn current(&mut self, index: usize, call: CallId, session: &str, epoch: u64) -> Option<&mut FakeMedia> {
        self.stations[index].media.get_mut(&call).filter(|media| media.session == session && media.epoch == epoch)
    }

    pub(super) fn collect_misuse(&mut self, index: usize) {
        let misuse: Vec<String> =
            self.stations[index].media.values_mut().flat_map(|media| std::mem::take(&mut media.misuse)).collect();
        for text in misuse {
            self.stations[index].fault(format!("media was asked for {text}"));
        }
    }
}
