//! Whatever people and networks do, in any order: when it is over, nothing is left anywhere.

use std::time::Duration;

use base::Chance;
use sip::ua::Event;

use crate::scene::Scene;

/// One random life of three phones (two of them of one user).
fn live(seed: u64) {
    let mut s = Scene::new(seed, &["101", "102", "102"]);
    let mut dice = Chance::from_number(seed);
    let mut calls = [const { Vec::new() }; 3];
    for _ in 0..60 {
        let n = usize::try_from(dice.below(3)).unwrap();
        match dice.below(12) {
            0 | 1 => {
                let id = s.invite(n, ["101", "102", "103"][usize::try_from(dice.below(3)).unwrap()]);
                calls[n].push(id);
            }
            2..=4 => {
                let news: Vec<_> = s.agents[n].events.drain(..).collect();
                for event in news {
                    match event {
                        Event::Invited { id, .. } => {
                            calls[n].push(id);
                            match dice.below(4) {
                                0 => s.act(n, |ua, now| ua.reject(now, id, 603)),
                                1 => s.act(n, |ua, now| ua.ring(now, id)),
                                _ => s.act(n, |ua, now| ua.answer(now, id, "v=0".into())),
                            }
                        }
                        Event::Reoffered { id, .. } if dice.below(4) == 0 => {
                            s.act(n, |ua, now| ua.refuse_reoffer(now, id, 488))
                        }
                        Event::Reoffered { id, .. } => s.act(n, |ua, now| ua.answer_reoffer(now, id, "v=0".into())),
                        _ => {}
                    }
                }
            }
            5 | 6 => {
                if let Some(id) = calls[n].pop() {
                    s.act(n, |ua, now| ua.hang_up(now, id));
                }
            }
            7 => {
                if let Some(&id) = calls[n].last() {
                    s.act(n, |ua, now| ua.reoffer(now, id, "v=0".into()));
                }
            }
            8 => {
                s.cut(n);
                s.pass(Duration::from_millis(dice.below(3000)));
                s.connect(n);
            }
            9 if dice.below(4) == 0 => s.restart(),
            10 => {
                s.hold_back(n);
                s.pass(Duration::from_millis(dice.below(500)));
                s.let_go(n);
            }
            _ => s.pass(Duration::from_millis(dice.below(20_000))),
        }
    }
    for (n, ids) in calls.into_iter().enumerate() {
        for id in ids {
            s.act(n, |ua, now| ua.hang_up(now, id));
        }
        let rest: Vec<_> = s.agents[n].events.drain(..).collect();
        for event in rest {
            if let Event::Invited { id, .. } = event {
                s.act(n, |ua, now| ua.reject(now, id, 486));
            }
            if let Event::Reoffered { id, .. } = event {
                s.act(n, |ua, now| ua.answer_reoffer(now, id, "v=0".into()));
            }
        }
    }
    s.nothing_is_left();
}

#[test]
fn nothing_is_left_after_any_life() {
    for seed in 1..=150 {
        let lived = std::panic::catch_unwind(|| live(seed));
        assert!(lived.is_ok(), "seed {seed}");
    }
}
