//! What an owner hears and presses who calls the own voice box (EC-05, EC-08). Pure: keys and ends of sounds in, what is to be done out.

use base::Secret;

use crate::mail_seam::{Opened, Waiting};

/// Wrong PINs in a call.
const TRIES: u8 = 3;
/// Digits of a PIN at most; more are a wrong one.
const LONGEST_PIN: usize = 12;

/// Something that is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Say {
    EnterPin,
    WrongPin,
    NoPin,
    TooOften,
    NewMessage,
    OldMessage,
    Menu,
    NoMessages,
    NoMore,
    Deleted,
    AfterTone,
    GreetingKept,
    GreetingUsual,
    TooShort,
    Goodbye,
    Tone,
}

/// In which language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Tongue {
    #[default]
    English,
    Arabic,
}

/// What is to be done, one after the other.
#[derive(Clone, Debug)]
pub(super) enum Do {
    Say(Say, Tongue),
    /// The owner's greeting, or the usual one.
    Greet,
    /// A message.
    Play(String),
    /// Ask whether this is the PIN: [`Step::Opened`].
    Open(Secret),
    Heard(String),
    Delete(String),
    /// After what is said: keep what comes in, until `#`.
    Record,
    /// What was recorded is the greeting from now on.
    KeepGreeting,
    UsualGreeting,
    /// After what is said.
    HangUp,
}

/// What has happened.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// The call stands.
    Begin,
    Key(char),
    /// Everything was said and played.
    Over,
    /// …long ago, and nobody has pressed anything.
    Quiet,
    Opened(Opened),
    /// Recording is over; there is something in it.
    Recorded(bool),
}

/// One call of an owner.
#[derive(Debug, Default)]
pub(super) struct Booth {
    at: At,
    tongue: Tongue,
    /// Nobody has pressed anything for so many times.
    quiet: u8,
}

#[derive(Debug)]
enum At {
    Pin { typed: String, wrong: u8 },
    Messages { all: Vec<Waiting>, index: usize, sounds: bool },
    Greeting { all: Vec<Waiting>, index: usize },
    Leaving,
}

impl Default for At {
    fn default() -> Self {
        At::Pin { typed: String::new(), wrong: 0 }
    }
}

impl Booth {
    /// What follows.
    pub(super) fn step(&mut self, step: Step) -> Vec<Do> {
        if !matches!(step, Step::Quiet | Step::Over) {
            self.quiet = 0;
        }
        match step {
            Step::Quiet => self.waited(),
            Step::Begin => vec![Do::Say(Say::EnterPin, Tongue::English), Do::Say(Say::EnterPin, Tongue::Arabic)],
            step => match std::mem::replace(&mut self.at, At::Leaving) {
                At::Pin { typed, wrong } => self.at_pin(step, typed, wrong),
                At::Messages { all, index, sounds } => self.at_messages(&step, all, index, sounds),
                At::Greeting { all, index } => self.at_greeting(&step, all, index),
                At::Leaving => Vec::new(),
            },
        }
    }

    fn say(&self, what: Say) -> Do {
        Do::Say(what, self.tongue)
    }

    fn leave(&mut self, what: &[Say]) -> Vec<Do> {
        self.at = At::Leaving;
        what.iter().chain([&Say::Goodbye]).map(|say| self.say(*say)).chain([Do::HangUp]).collect()
    }

    /// The menu once more, then nobody is there.
    fn waited(&mut self) -> Vec<Do> {
        self.quiet += 1;
        match &self.at {
            At::Messages { .. } if self.quiet < 2 => vec![self.say(Say::Menu)],
            At::Leaving => Vec::new(),
            _ => self.leave(&[]),
        }
    }

    fn at_pin(&mut self, step: Step, mut typed: String, wrong: u8) -> Vec<Do> {
        let done = match step {
            Step::Key('#') if !typed.is_empty() => vec![Do::Open(Secret::new(std::mem::take(&mut typed)))],
            Step::Key(digit @ '0'..='9') if typed.len() <= LONGEST_PIN => {
                typed.push(digit);
                Vec::new()
            }
            Step::Key('*') => {
                typed.clear();
                Vec::new()
            }
            Step::Opened(Opened::Yes(all)) => return self.show(all, 0),
            Step::Opened(Opened::WrongPin) if wrong + 1 < TRIES => {
                self.at = At::Pin { typed: String::new(), wrong: wrong + 1 };
                return [Say::WrongPin, Say::EnterPin].map(|say| self.say(say)).into();
            }
            Step::Opened(Opened::WrongPin) => return self.leave(&[Say::WrongPin]),
            Step::Opened(Opened::TooOften) => return self.leave(&[Say::TooOften]),
            Step::Opened(Opened::NoPin) => return self.leave(&[Say::NoPin]),
            _ => Vec::new(),
        };
        self.at = At::Pin { typed, wrong };
        done
    }

    /// The message there, or that there is none.
    fn show(&mut self, all: Vec<Waiting>, index: usize) -> Vec<Do> {
        let done = match all.get(index) {
            Some(one) => {
                let what = if one.heard { Say::OldMessage } else { Say::NewMessage };
                vec![self.say(what), Do::Play(one.id.clone())]
            }
            None if all.is_empty() => vec![self.say(Say::NoMessages), self.say(Say::Menu)],
            None => vec![self.say(Say::NoMore), self.say(Say::Menu)],
        };
        let sounds = index < all.len();
        self.at = At::Messages { all, index, sounds };
        done
    }

    fn at_messages(&mut self, step: &Step, mut all: Vec<Waiting>, index: usize, sounds: bool) -> Vec<Do> {
        let mut done = Vec::new();
        match step {
            Step::Over if sounds => {
                if let Some(one) = all.get_mut(index).filter(|one| !one.heard) {
                    one.heard = true;
                    done.push(Do::Heard(one.id.clone()));
                }
                done.push(self.say(Say::Menu));
                self.at = At::Messages { all, index, sounds: false };
                return done;
            }
            // Behind the last one, again is from the first.
            Step::Key('1') => {
                let index = if index < all.len() { index } else { 0 };
                return self.show(all, index);
            }
            Step::Key('2') if index < all.len() => {
                let id = all.remove(index).id;
                done.extend([Do::Delete(id), self.say(Say::Deleted)]);
                done.extend(self.show(all, index));
                return done;
            }
            Step::Key('3') => {
                let next = (index + 1).min(all.len());
                return self.show(all, next);
            }
            Step::Key('4') => {
                self.at = At::Greeting { all, index };
                return vec![self.say(Say::AfterTone), self.say(Say::Tone), Do::Record];
            }
            Step::Key('5') => done.extend([Do::UsualGreeting, self.say(Say::GreetingUsual), self.say(Say::Menu)]),
            Step::Key('8') => {
                self.tongue = match self.tongue {
                    Tongue::English => Tongue::Arabic,
                    Tongue::Arabic => Tongue::English,
                };
                done.push(self.say(Say::Menu));
            }
            Step::Key('*') => return self.leave(&[]),
            Step::Key(_) => done.push(self.say(Say::Menu)),
            _ => {}
        }
        // A key has ended what sounded.
        let sounds = sounds && done.is_empty();
        self.at = At::Messages { all, index, sounds };
        done
    }

    fn at_greeting(&mut self, step: &Step, all: Vec<Waiting>, index: usize) -> Vec<Do> {
        let Step::Recorded(is_there) = step else {
            self.at = At::Greeting { all, index };
            return Vec::new();
        };
        self.at = At::Messages { all, index, sounds: false };
        if *is_there {
            vec![Do::KeepGreeting, self.say(Say::GreetingKept), Do::Greet, self.say(Say::Menu)]
        } else {
            vec![self.say(Say::TooShort), self.say(Say::Menu)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is done, in one line.
    fn told(done: &[Do]) -> String {
        let word = |it: &Do| match it {
            Do::Say(what, Tongue::English) => format!("{what:?}"),
            Do::Say(what, Tongue::Arabic) => format!("{what:?}/ar"),
            Do::Open(pin) => format!("open {}", pin.reveal()),
            Do::Play(id) => format!("play {id}"),
            Do::Heard(id) => format!("heard {id}"),
            Do::Delete(id) => format!("delete {id}"),
            other => format!("{other:?}"),
        };
        done.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    fn walk(booth: &mut Booth, steps: &[(Step, &str)]) {
        for (at, (step, expected)) in steps.iter().enumerate() {
            assert_eq!(told(&booth.step(step.clone())), *expected, "{at}: {step:?}");
        }
    }

    fn key(key: char) -> Step {
        Step::Key(key)
    }

    fn open(of: &[(&str, bool)]) -> Step {
        let one = |(id, heard): &(&str, bool)| Waiting { id: (*id).to_owned(), heard: *heard };
        Step::Opened(Opened::Yes(of.iter().map(one).collect()))
    }

    #[test]
    fn the_pin_opens_the_box_and_three_wrong_ones_end_the_call_ec_05() {
        let mut booth = Booth::default();
        walk(
            &mut booth,
            &[
                (Step::Begin, "EnterPin EnterPin/ar"),
                (key('#'), ""),
                (key('9'), ""),
                (key('*'), ""),
                (key('4'), ""),
                (Step::Over, ""),
                (key('7'), ""),
                (key('#'), "open 47"),
                (Step::Opened(Opened::WrongPin), "WrongPin EnterPin"),
                (key('1'), ""),
                (key('#'), "open 1"),
                (Step::Opened(Opened::WrongPin), "WrongPin EnterPin"),
                (key('2'), ""),
                (key('#'), "open 2"),
                (Step::Opened(Opened::WrongPin), "WrongPin Goodbye HangUp"),
                (key('2'), ""),
                (open(&[("a", false)]), ""),
                (Step::Quiet, ""),
            ],
        );
        for (answer, said) in [(Opened::NoPin, "NoPin"), (Opened::TooOften, "TooOften")] {
            let done = Booth::default().step(Step::Opened(answer));
            assert_eq!(told(&done), format!("{said} Goodbye HangUp"));
        }
        let mut booth = Booth::default();
        for _ in 0..100 {
            booth.step(key('1'));
        }
        assert_eq!(told(&booth.step(key('#'))), "open 1111111111111", "more digits than a PIN has are a wrong one");
    }

    #[test]
    fn messages_are_heard_repeated_skipped_and_deleted_ec_08() {
        walk(
            &mut Booth::default(),
            &[
                (open(&[("a", false), ("b", false), ("c", true)]), "NewMessage play a"),
                (Step::Over, "heard a Menu"),
                (Step::Over, ""),
                (key('1'), "OldMessage play a"),
                (key('3'), "NewMessage play b"),
                (key('2'), "delete b Deleted OldMessage play c"),
                (Step::Over, "Menu"),
                (key('3'), "NoMore Menu"),
                (key('2'), "Menu"),
                (key('1'), "OldMessage play a"),
                (key('2'), "delete a Deleted OldMessage play c"),
                (key('2'), "delete c Deleted NoMessages Menu"),
                (key('1'), "NoMessages Menu"),
                (key('*'), "Goodbye HangUp"),
            ],
        );
    }

    #[test]
    fn a_message_that_was_not_heard_to_its_end_stays_new_ec_08() {
        walk(
            &mut Booth::default(),
            &[
                (open(&[("a", false)]), "NewMessage play a"),
                (key('7'), "Menu"),
                (Step::Over, ""),
                (key('1'), "NewMessage play a"),
            ],
        );
    }

    #[test]
    fn an_own_greeting_is_recorded_heard_and_given_up_ec_08() {
        walk(
            &mut Booth::default(),
            &[
                (open(&[]), "NoMessages Menu"),
                (key('4'), "AfterTone Tone Record"),
                (Step::Over, ""),
                (Step::Recorded(false), "TooShort Menu"),
                (key('4'), "AfterTone Tone Record"),
                (Step::Recorded(true), "KeepGreeting GreetingKept Greet Menu"),
                (key('5'), "UsualGreeting GreetingUsual Menu"),
            ],
        );
    }

    #[test]
    fn arabic_is_one_key_away_and_silence_ends_the_call_lg_02() {
        walk(
            &mut Booth::default(),
            &[
                (open(&[("a", true)]), "OldMessage play a"),
                (key('8'), "Menu/ar"),
                (key('1'), "OldMessage/ar play a"),
                (Step::Over, "Menu/ar"),
                (Step::Quiet, "Menu/ar"),
                (Step::Over, ""),
                (Step::Quiet, "Goodbye/ar HangUp"),
            ],
        );
        assert_eq!(told(&Booth::default().step(Step::Quiet)), "Goodbye HangUp");
    }
}
