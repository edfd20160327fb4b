//! What goes wrong in the world.

use std::time::Duration;

use base::{CallId, FlowId};

use super::media::FakeMedia;
use super::network::Owner;
use super::world::{Happening, PhoneId, World, fresh_edge};

impl World {
    /// The flow of a phone breaks; both ends learn it.
    pub fn break_flow(&mut self, id: PhoneId) {
        for flow in self.links_of(Owner::Phone(id.0)) {
            self.cut(flow);
        }
    }

    /// The flow of a phone carries nothing any more; the phone notices after 12 s, the server after 45 s.
    pub fn silence_flow(&mut self, id: PhoneId) {
        for flow in self.links_of(Owner::Phone(id.0)) {
            if let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) {
                link.is_cut = true;
                self.later(Duration::from_secs(12), Happening::NearLearnsOfLoss(flow));
                self.later(Duration::from_secs(45), Happening::ServerLearnsOfLoss(flow));
            }
        }
    }

    /// The flow of a phone stays open, but nothing that is sent on it arrives, and nobody notices.
    pub fn swallow(&mut self, id: PhoneId) {
        for flow in self.links_of(Owner::Phone(id.0)) {
            if let Some(link) = self.links.get_mut(&flow) {
                link.is_cut = true;
            }
        }
    }

    /// The server dies: all flows break, nothing is remembered, nobody can connect.
    pub fn kill_server(&mut self) {
        self.weather.server_is_up = false;
        let flows: Vec<FlowId> = self.links.keys().copied().collect();
        for flow in flows {
            self.cut(flow);
        }
        let users: Vec<String> = self.stations.iter().map(|station| station.user.clone()).collect();
        self.edge = fresh_edge(&mut self.chance, &users, self.ring_timeout);
    }

    /// The server is back, with a new memory.
    pub fn start_server(&mut self) {
        self.weather.server_is_up = true;
    }

    /// The server does not let a user in any more.
    pub fn revoke(&mut self, user: &str) {
        let outputs = self.edge.revoke(self.now, user);
        self.obey_edge(outputs);
    }

    /// Media of a phone stops getting through; consent runs out after 5 s, ICE gives up after 20 s.
    pub fn break_media(&mut self, id: PhoneId) {
        self.stations[id.0].media_path = false;
        for index in 0..self.stations.len() {
            let touched: Vec<(CallId, FakeMedia)> = self.stations[index]
                .media
                .iter()
                .filter(|(_, media)| media.is_connected && (index == id.0 || self.is_peer(id.0, media)))
                .map(|(call, media)| (*call, media.clone()))
                .collect();
            for (call, media) in touched {
                self.lose_media(index, call, &media);
            }
        }
    }

    /// Media gets through again. Sessions that are lost need new ICE credentials.
    pub fn mend_media(&mut self, id: PhoneId) {
        self.stations[id.0].media_path = true;
    }
}
