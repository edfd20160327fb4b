//! Whatever happens, in whatever order: actors ask for nothing that makes no sense, never spin, and find back to work.

use std::time::Duration;

use actors::{Agent, Caller, Effect, Input, Mind, Mood, Pace, Rhythm, Target};
use base::{Chance, Now};
use proptest::prelude::*;

fn rhythm(pace: Pace) -> Rhythm {
    Rhythm::of(pace, 12, 18)
}

fn agent(seed: u64) -> Agent {
    Agent::new(rhythm(Pace::BUSY), Chance::from_number(seed))
}

fn caller(seed: u64) -> Caller {
    let target = |number: &str, weight| Target { number: number.into(), weight };
    Caller::new(rhythm(Pace::BUSY), vec![target("801", 3), target("802", 1)], Chance::from_number(seed))
}

fn input() -> impl Strategy<Value = Input> {
    prop_oneof![
        1 => Just(Input::Registered),
        1 => Just(Input::Rings),
        1 => Just(Input::Connected),
        1 => Just(Input::Over),
        1 => any::<bool>().prop_map(|available| Input::Status { available }),
        6 => Just(Input::Time),
    ]
}

/// The call as the network has it, to judge what is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Call {
    None,
    Rings,
    Dialled,
    Up,
    Ending,
}

/// Plays inputs that are possible, checks every effect, and returns what was wanted.
fn play(mind: &mut impl Mind, story: &[(u16, Input)]) -> Vec<Effect> {
    let (mut now, mut call, mut held, mut said) = (Now::ZERO, Call::None, false, Vec::new());
    for (wait, input) in story {
        now = now + Duration::from_millis(u64::from(*wait));
        let possible = match (input, call) {
            (Input::Rings, Call::None) | (Input::Connected, Call::Rings | Call::Dialled) => true,
            (Input::Rings | Input::Connected, _) | (Input::Over, Call::None) => false,
            _ => true,
        };
        if !possible {
            continue;
        }
        match input {
            Input::Rings => call = Call::Rings,
            Input::Connected => call = Call::Up,
            Input::Over => (call, held) = (Call::None, false),
            Input::Registered | Input::Status { .. } | Input::Time => {}
        }
        for effect in mind.handle(now, *input) {
            match &effect {
                Effect::Dial(number) => {
                    assert_eq!(call, Call::None, "one call at a time");
                    assert!(["801", "802"].contains(&number.as_str()));
                    call = Call::Dialled;
                }
                Effect::Answer => assert_eq!(call, Call::Rings),
                Effect::Refuse => call = Call::None,
                Effect::HangUp => {
                    assert!(matches!(call, Call::Up | Call::Dialled), "{call:?}");
                    call = Call::Ending;
                }
                Effect::Hold => assert!(call == Call::Up && !std::mem::replace(&mut held, true)),
                Effect::Resume => assert!(call == Call::Up && std::mem::replace(&mut held, false)),
                Effect::Choose(_) | Effect::Ready => {}
            }
            said.push(effect);
        }
        // Time that is due leads somewhere: nobody asks to be woken for ever at the same moment.
        let mut turns = 0;
        while mind.wake_at().is_some_and(|at| at <= now) && *input == Input::Time {
            turns += 1;
            assert!(turns < 4, "it spins");
            said.extend(mind.handle(now, Input::Time));
        }
    }
    said
}

proptest! {
    #[test]
    fn actors_ask_for_nothing_impossible(seed: u64, story in prop::collection::vec((0u16..20_000, input()), 0..300)) {
        play(&mut agent(seed), &story);
        play(&mut caller(seed), &story);
    }

    #[test]
    fn the_same_seed_takes_the_same_way(seed: u64, story in prop::collection::vec((0u16..9_000, input()), 0..100)) {
        prop_assert_eq!(play(&mut agent(seed), &story), play(&mut agent(seed), &story));
        prop_assert_eq!(play(&mut caller(seed), &story), play(&mut caller(seed), &story));
    }

    #[test]
    fn an_agent_left_alone_is_available_again_before_long(seed: u64, story in prop::collection::vec((0u16..9_000, input()), 0..60)) {
        let mut agent = agent(seed);
        let _ = agent.handle(Now::ZERO, Input::Registered);
        play(&mut agent, &story);
        let mut now = Now::from_millis(600_000);
        let _ = agent.handle(now, Input::Over);
        let mut last = None;
        for _ in 0..40 {
            now = agent.wake_at().expect("without a call there is always something next").max(now);
            let moods = agent.handle(now, Input::Time).into_iter();
            last = moods.filter_map(|it| if let Effect::Choose(mood) = it { Some(mood) } else { None }).next_back().or(last);
            if last == Some(Mood::Available) {
                return Ok(());
            }
        }
        prop_assert!(false, "never available again: {agent:?}");
    }
}

#[test]
fn agents_of_a_long_day_answer_miss_hold_and_take_breaks() {
    let mut agent = agent(1);
    let _ = agent.handle(Now::ZERO, Input::Registered);
    let mut story = Vec::new();
    for _ in 0..200 {
        story.extend([(100, Input::Rings), (5000, Input::Time), (100, Input::Connected), (2000, Input::Time)]);
        story.extend([(9000, Input::Time), (9000, Input::Time), (50, Input::Over), (4000, Input::Time)]);
        story.push((16_000, Input::Time));
    }
    let said = play(&mut agent, &story);
    let count = |wanted: &Effect| said.iter().filter(|it| *it == wanted).count();
    assert!((150..200).contains(&count(&Effect::Answer)), "some are missed: {}", count(&Effect::Answer));
    assert!(count(&Effect::Hold) > 10 && count(&Effect::Ready) > 20 && count(&Effect::Choose(Mood::Available)) > 5);
    assert!(count(&Effect::Choose(Mood::Break)) > 2 && count(&Effect::Choose(Mood::Meeting)) > 0);
}
