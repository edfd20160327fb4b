//! Random histories of one book on two devices, over a network that loses questions and answers and delivers some late: in the end
//! all are the same, nothing was written over that its device had not seen, and nothing was lost.

use std::collections::{BTreeMap, BTreeSet};

use base::{Chance, Now};
use book::sync::{Agenda, Ask, Edit, Held, Judgement, Meeting, Mine, News, Phase, Theirs, is_from, judge, meet};
use model::Book;

const HISTORIES: u64 = 3_000;
const CONTACTS: u64 = 4;
const PAGE: usize = 2;

type Id = u64;
/// What stands in a contact; each edit writes a text that no other one writes.
type Text = Option<u64>;

#[derive(Clone, Debug)]
struct Row {
    change: u64,
    edit: String,
    text: Text,
}

#[derive(Clone, Debug)]
struct Sent {
    id: Id,
    base: u64,
    edit: String,
    text: Text,
}

#[derive(Default)]
struct Server {
    rows: BTreeMap<Id, Row>,
    change: u64,
    /// All texts that ever stood here.
    stood: BTreeSet<u64>,
    /// Who replaced whose row: device, contact, change that was replaced, and whose edit that was.
    replaced: Vec<(String, Id, u64, String)>,
}

enum Answer {
    Kept(u64),
    Conflict(Row),
}

impl Server {
    fn pull(&self, since: u64) -> (Vec<(Id, Row)>, u64) {
        let mut rows: Vec<_> = self.rows.iter().filter(|(_, row)| row.change > since).collect();
        rows.sort_by_key(|(_, row)| row.change);
        let left = rows.len().saturating_sub(PAGE);
        (rows.into_iter().take(PAGE).map(|(id, row)| (*id, row.clone())).collect(), left as u64)
    }

    fn push(&mut self, sent: &[Sent]) -> Vec<Answer> {
        sent.iter().map(|edit| self.edit(edit)).collect()
    }

    fn edit(&mut self, sent: &Sent) -> Answer {
        let row = self.rows.get(&sent.id);
        let held = row.map(|row| Held { change: row.change, deleted: row.text.is_none(), edit: &row.edit });
        let edit = Edit { base: sent.base, deleted: sent.text.is_none(), edit: &sent.edit };
        match (judge(held, edit), row) {
            (Judgement::Accept, row) => {
                // Nothing is lost when what was deleted in both places comes back.
                if let Some(row) = row.filter(|row| row.text.is_some()) {
                    self.replaced.push((sent.edit.clone(), sent.id, row.change, row.edit.clone()));
                }
                self.change += 1;
                self.stood.extend(sent.text);
                let new = Row { change: self.change, edit: sent.edit.clone(), text: sent.text };
                self.rows.insert(sent.id, new);
                Answer::Kept(self.change)
            }
            (Judgement::IsSo, Some(row)) => Answer::Kept(row.change),
            (Judgement::Disputed, Some(row)) => Answer::Conflict(row.clone()),
            (Judgement::IsSo | Judgement::Disputed, None) => unreachable!("there is nothing to compare with"),
        }
    }
}

#[derive(Clone, Debug)]
struct Outgoing {
    base: u64,
    edit: String,
    /// Theirs, while the agent has not decided.
    open: Option<(u64, Text)>,
}

struct Device {
    name: &'static str,
    agenda: Agenda,
    known: u64,
    texts: BTreeMap<Id, Text>,
    changes: BTreeMap<Id, u64>,
    outbox: BTreeMap<Id, Outgoing>,
    edits: u64,
    /// Changes that the agent could see here: taken, or shown beside ours.
    seen: BTreeSet<(Id, u64)>,
    /// Texts that were replaced by the agent's own hand.
    given_up: BTreeSet<u64>,
}

impl Device {
    fn new(name: &'static str) -> Device {
        Device {
            name,
            agenda: Agenda::new(),
            known: 0,
            texts: BTreeMap::new(),
            changes: BTreeMap::new(),
            outbox: BTreeMap::new(),
            edits: 0,
            seen: BTreeSet::new(),
            given_up: BTreeSet::new(),
        }
    }

    fn text(&self, id: Id) -> Text {
        self.texts.get(&id).copied().flatten()
    }

    fn tag(&mut self) -> String {
        self.edits += 1;
        format!("{}.{}", self.name, self.edits)
    }

    fn write(&mut self, id: Id, text: Text) {
        let edit = self.tag();
        self.given_up.extend(self.text(id));
        self.texts.insert(id, text);
        let base = self.changes.get(&id).copied().unwrap_or(0);
        let outgoing = self.outbox.entry(id).or_insert(Outgoing { base, edit: String::new(), open: None });
        outgoing.edit = edit;
    }

    /// The agent chooses ours or theirs.
    fn decide(&mut self, id: Id, ours: bool) {
        let edit = self.tag();
        let Some(outgoing) = self.outbox.get_mut(&id) else { return };
        let Some((change, theirs)) = outgoing.open.take() else { return };
        if ours && self.texts.get(&id).copied().flatten() != theirs {
            self.given_up.extend(theirs);
            outgoing.base = change;
            outgoing.edit = edit;
        } else {
            self.given_up.extend(self.texts.get(&id).copied().flatten());
            self.outbox.remove(&id);
            self.texts.insert(id, theirs);
            self.changes.insert(id, change);
        }
    }

    fn take(&mut self, id: Id, row: &Row) {
        let mine = match self.outbox.get(&id) {
            Some(Outgoing { open: Some((theirs, _)), .. }) => Mine::Open { theirs: *theirs },
            Some(Outgoing { base, .. }) => Mine::Waiting { base: *base },
            None => self.changes.get(&id).map_or(Mine::Absent, |change| Mine::Clean { change: *change }),
        };
        let theirs = Theirs {
            change: row.change,
            deleted: row.text.is_none(),
            is_ours: is_from(&row.edit, self.name),
            is_same: self.text(id) == row.text,
        };
        match meet(mine, theirs) {
            Meeting::Ignore => {}
            Meeting::Take | Meeting::Settle => {
                self.outbox.remove(&id);
                self.texts.insert(id, row.text);
                self.changes.insert(id, row.change);
                self.seen.insert((id, row.change));
            }
            Meeting::Rebase => self.outbox.get_mut(&id).unwrap().base = row.change,
            Meeting::Dispute => {
                self.outbox.get_mut(&id).unwrap().open = Some((row.change, row.text));
                self.seen.insert((id, row.change));
            }
        }
    }

    fn waiting(&self) -> Vec<Sent> {
        let queued = self.outbox.iter().filter(|(_, outgoing)| outgoing.open.is_none());
        queued
            .map(|(id, outgoing)| Sent {
                id: *id,
                base: outgoing.base,
                edit: outgoing.edit.clone(),
                text: self.text(*id),
            })
            .collect()
    }

    fn answered(&mut self, sent: &[Sent], answers: &[Answer]) {
        for (sent, answer) in sent.iter().zip(answers) {
            match answer {
                Answer::Conflict(row) => self.take(sent.id, row),
                Answer::Kept(change) => {
                    let Some(outgoing) = self.outbox.get_mut(&sent.id).filter(|o| o.open.is_none()) else { continue };
                    if outgoing.edit == sent.edit {
                        self.outbox.remove(&sent.id);
                        self.changes.insert(sent.id, *change);
                    } else {
                        outgoing.base = outgoing.base.max(*change);
                    }
                }
            }
        }
    }
}

/// How the network treats a question.
enum Fate {
    Fine,
    QuestionLost,
    AnswerLost,
    /// It arrives when everybody has given up on it.
    Late,
}

struct World {
    chance: Chance,
    server: Server,
    devices: [Device; 2],
    late: Vec<Vec<Sent>>,
    now: Now,
    text: u64,
}

impl World {
    fn ask(&mut self, at: usize, fate: &Fate) -> bool {
        let now = self.now;
        let count = self.devices[at].waiting().len() as u64;
        self.devices[at].agenda.on(now, News::Waiting { book: Book::Personal, count });
        let Some(ask) = self.devices[at].agenda.next(now) else { return false };
        let news = match ask {
            Ask::Pull(Book::Company) | Ask::Push(Book::Company) => {
                News::Pulled { book: Book::Company, taken: 0, change: 0, left: 0 }
            }
            Ask::Pull(book) => match fate {
                Fate::Fine => {
                    let (rows, left) = self.server.pull(self.devices[at].known);
                    let taken = rows.len() as u64;
                    for (id, row) in rows {
                        self.devices[at].take(id, &row);
                        self.devices[at].known = row.change;
                    }
                    News::Pulled { book, taken, change: self.devices[at].known, left }
                }
                _ => News::Failed,
            },
            Ask::Push(book) => {
                let sent = self.devices[at].waiting();
                match fate {
                    Fate::Fine => {
                        let answers = self.server.push(&sent);
                        self.devices[at].answered(&sent, &answers);
                        let left = self.devices[at].waiting().len() as u64;
                        News::Pushed { book, taken: sent.len() as u64, left }
                    }
                    Fate::AnswerLost => {
                        self.server.push(&sent);
                        News::Failed
                    }
                    Fate::Late => {
                        self.late.push(sent);
                        News::Failed
                    }
                    Fate::QuestionLost => News::Failed,
                }
            }
        };
        self.devices[at].agenda.on(now, news);
        true
    }

    fn step(&mut self) {
        let at = self.chance.below(2) as usize;
        let id = self.chance.below(CONTACTS);
        self.now = self.now + std::time::Duration::from_millis(self.chance.below(3_000));
        match self.chance.below(14) {
            0..=2 => {
                self.text += 1;
                let text = Some(self.text);
                self.devices[at].write(id, text);
            }
            3 if self.devices[at].text(id).is_some() => self.devices[at].write(id, None),
            4 => {
                let ours = self.chance.below(2) == 0;
                self.devices[at].decide(id, ours);
            }
            5 => self.devices[at].agenda.on(self.now, News::Lost),
            6 => self.devices[at].agenda.on(self.now, News::Connected),
            7 if !self.late.is_empty() => {
                let which = self.chance.below(self.late.len() as u64) as usize;
                let sent = self.late.swap_remove(which);
                self.server.push(&sent);
            }
            8 => {
                let change = self.server.change;
                self.devices[at].agenda.on(self.now, News::Told { book: Book::Personal, change });
            }
            fate => {
                let fate = match fate {
                    9 => Fate::QuestionLost,
                    10 => Fate::AnswerLost,
                    11 => Fate::Late,
                    _ => Fate::Fine,
                };
                self.ask(at, &fate);
            }
        }
    }

    /// The network works, nobody edits, and every conflict is decided: until nothing is left to do.
    fn settle(&mut self, seed: u64) {
        for sent in std::mem::take(&mut self.late) {
            self.server.push(&sent);
        }
        for _ in 0..1_000 {
            for at in 0..2 {
                self.devices[at].agenda.on(self.now, News::Connected);
                while self.ask(at, &Fate::Fine) {}
                for id in 0..CONTACTS {
                    let ours = self.chance.below(2) == 0;
                    self.devices[at].decide(id, ours);
                }
            }
            let rested = |device: &Device| device.outbox.is_empty() && device.known == self.server.change;
            if self.devices.iter().all(rested) {
                return;
            }
        }
        panic!("history {seed} does not come to rest");
    }
}

#[test]
fn ct_02_three_thousand_random_histories_of_two_devices_converge_and_nothing_is_lost() {
    let mut conflicts = 0;
    for seed in 0..HISTORIES {
        let mut world = World {
            chance: Chance::from_number(seed),
            server: Server::default(),
            devices: [Device::new("one"), Device::new("two")],
            late: Vec::new(),
            now: Now::ZERO,
            text: 0,
        };
        for _ in 0..60 {
            world.step();
        }
        conflicts += world.devices.iter().flat_map(|d| d.outbox.values()).filter(|o| o.open.is_some()).count();
        world.settle(seed);
        let World { server, devices, text, .. } = world;
        for device in &devices {
            assert_eq!(device.agenda.phase(), Phase::Rested, "history {seed}");
            for id in 0..CONTACTS {
                let there = server.rows.get(&id).and_then(|row| row.text);
                assert_eq!(device.text(id), there, "history {seed}: {} differs in {id}", device.name);
            }
        }
        for (edit, id, change, before) in &server.replaced {
            let device = devices.iter().find(|device| is_from(edit, device.name)).expect("one of them");
            let knew = is_from(before, device.name) || device.seen.contains(&(*id, *change));
            assert!(knew, "history {seed}: {edit} was written over {before}, which its device never showed");
        }
        for text in 1..=text {
            let known = server.stood.contains(&text) || devices.iter().any(|device| device.given_up.contains(&text));
            assert!(known, "history {seed}: what was written as {text} is nowhere");
        }
    }
    assert!(conflicts > 100, "the histories are too peaceful: {conflicts} conflicts");
}
