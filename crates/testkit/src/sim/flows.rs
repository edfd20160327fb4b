//! Flows as they open, carry and end.

use std::time::Duration;

use base::FlowId;
use bytes::Bytes;
use model::RegistrationFailure;
use phone::Input;
use sip::edge::EdgeOutput;

use super::network::{Link, Owner};
use super::world::{Happening, World, first_line};

impl World {
    pub(super) fn open_link(&mut self, owner: Owner, near: FlowId) -> FlowId {
        self.counter += 1;
        let flow = FlowId(self.counter);
        let (least, most) = self.weather.delay_ms;
        let delay = Duration::from_millis(least + self.chance.below(most - least + 1));
        self.links.insert(flow, Link::new(owner, near, delay));
        if let Owner::Raw(index) = owner {
            let outputs = self.edge.flow_up(self.now, flow, Some(self.raws[index].user.clone()));
            self.obey_edge(outputs);
        }
        flow
    }

    pub(super) fn flow_opens(&mut self, flow: FlowId) {
        let Some(link) = self.links.get(&flow).cloned() else { return };
        let Owner::Phone(index) = link.owner else { return };
        if link.is_cut {
            return; // Closed while it was opened.
        }
        if !self.weather.server_is_up {
            self.links.remove(&flow);
            return self.feed(index, Input::FlowDown(link.near, RegistrationFailure::Unreachable));
        }
        let outputs = self.edge.flow_up(self.now, flow, None);
        self.obey_edge(outputs);
        self.feed(index, Input::FlowUp(link.near));
    }

    pub(super) fn cut(&mut self, flow: FlowId) {
        let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) else { return };
        link.is_cut = true;
        let delay = link.delay;
        self.later(delay, Happening::NearLearnsOfLoss(flow));
        self.later(delay + Duration::from_millis(1), Happening::ServerLearnsOfLoss(flow));
    }

    pub(super) fn links_of(&self, owner: Owner) -> Vec<FlowId> {
        self.links.iter().filter(|(_, link)| link.owner == owner).map(|(flow, _)| *flow).collect()
    }

    pub(super) fn link_of(&self, index: usize, near: FlowId) -> Option<FlowId> {
        self.links
            .iter()
            .find(|(_, link)| link.owner == Owner::Phone(index) && link.near == near)
            .map(|(flow, _)| *flow)
    }

    pub(super) fn send_up(&mut self, flow: FlowId, bytes: Bytes) {
        if let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) {
            let at = link.up(self.now);
            self.at(at, Happening::ToServer(flow, bytes));
        }
    }

    pub(super) fn obey_edge(&mut self, outputs: Vec<EdgeOutput>) {
        for output in outputs {
            match output {
                EdgeOutput::Send { flow, bytes } => {
                    self.note(|| format!("  ← {flow} {}", first_line(&bytes)));
                    if let Some(link) = self.links.get_mut(&flow).filter(|link| !link.is_cut) {
                        let at = link.down(self.now);
                        self.at(at, Happening::ToNear(flow, bytes));
                    }
                }
                EdgeOutput::Close { flow, .. } => self.cut(flow),
                EdgeOutput::Event(_) => {}
            }
        }
    }

    pub(super) fn open_flow(&mut self, index: usize, near: FlowId) {
        if let Some(open) = self.stations[index].flow.replace(near)
            && self.link_of(index, open).and_then(|flow| self.links.get(&flow)).is_some_and(|link| !link.is_cut)
        {
            self.stations[index].fault(format!("flow {near} is opened beside {open}"));
        }
        if !self.weather.server_is_up {
            return self.later(Duration::from_millis(1), Happening::Refused(index, near));
        }
        let flow = self.open_link(Owner::Phone(index), near);
        let delay = self.links[&flow].delay;
        self.later(delay * 3, Happening::FlowOpens(flow));
    }

    pub(super) fn close_flow(&mut self, index: usize, near: FlowId) {
        if self.stations[index].flow == Some(near) {
            self.stations[index].flow = None;
        }
        let Some(flow) = self.link_of(index, near) else { return };
        // What was sent before still arrives; nothing comes back.
        let link = self.links.get_mut(&flow).filter(|link| !link.is_cut);
        if let Some(link) = link {
            let gone_at = link.up(self.now);
            link.owner = Owner::Nobody;
            self.at(gone_at, Happening::ServerLearnsOfLoss(flow));
        }
        self.later(Duration::from_millis(1), Happening::Refused(index, near)); // Late news that must not matter.
    }
}
