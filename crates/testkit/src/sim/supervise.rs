//! Leave to supervise, as the team server gives it, and as it must not be.

use base::{CallId, Secret, SuperviseMode, WallMs};
use model::Supervised;
use phone::{Command, Input, TeamInput};
use sip::{SuperviseToken, supervise_key};

use super::world::{PhoneId, SECRET, World};

impl World {
    /// This phone knows with what leaves are judged.
    pub fn knows_leaves(&mut self, id: PhoneId) {
        let key = supervise_key(&Secret::new(SECRET), &self.station(id).user);
        self.knows_leaves_by(id, key);
    }

    /// The same with another key.
    pub fn knows_leaves_by(&mut self, id: PhoneId, key: Secret) {
        self.feed(id.0, Input::Team(TeamInput::SuperviseKey { key, ahead_ms: 0 }));
    }

    /// What the server would sign for this phone, about the call on which somebody talks.
    ///
    /// # Panics
    /// When nobody talks there.
    pub fn leave(&mut self, by: PhoneId, of: &str, mode: SuperviseMode) -> SuperviseToken {
        self.counter += 1;
        SuperviseToken {
            id: self.counter.to_string(),
            until: WallMs(self.wall().0 + 30_000),
            mode,
            shown: false,
            by: self.station(by).user.clone(),
            of: of.to_owned(),
            call: self.edge.talk_of(of).expect("somebody talks there").0.to_owned(),
        }
    }

    /// A supervisor comes with a leave. Says the id of the call, which exists if the command was not refused.
    pub fn supervise_with(&mut self, by: PhoneId, leave: &SuperviseToken) -> CallId {
        let station = &mut self.stations[by.0];
        station.dialled += 1;
        let call = CallId(station.dialled);
        let token = Secret::new(leave.sign(&supervise_key(&Secret::new(SECRET), &leave.of)));
        let (user, name) = (leave.of.clone(), leave.of.clone());
        let whom = Supervised { user, name, extension: leave.of.clone(), other: None };
        self.command(by, Command::Supervise { call, whom, mode: leave.mode, token });
        call
    }

    /// A supervisor comes with a leave that is good.
    pub fn supervise(&mut self, by: PhoneId, of: &str, mode: SuperviseMode) -> CallId {
        let leave = self.leave(by, of, mode);
        self.supervise_with(by, &leave)
    }
}
