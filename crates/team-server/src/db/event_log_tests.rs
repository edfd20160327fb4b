//! Sums and charts against a recount in memory, over random histories (LP-03, CH-02, CH-03).

use std::collections::BTreeMap;

use base::Chance;
use team_api::{PanelDays, QueueSettings};
use testkit::database::Place;

use super::*;
use crate::db::panel_sums::{DaySums, Fates, SLOT_MS};
use crate::db::queue_events::QueueEventRow;
use crate::db::queues::Written;
use crate::db::status_rows::Hand;

testkit::on_both_databases! {
    sums_of_queues_are_a_recount_of_the_log_lp_03,
    breaks_are_a_recount_of_the_log_ch_03,
    directions_are_a_recount_of_the_log_and_old_rows_are_forgotten_ch_02,
}

const DAY: i64 = 24 * 60 * 60 * 1000;
const TODAY: i64 = 20_000 * DAY;
const NOW: i64 = TODAY + 11 * 60 * 60 * 1000 + 1234;

fn any<'a>(chance: &mut Chance, of: &[&'a str]) -> &'a str {
    of[usize::try_from(chance.below(of.len() as u64)).unwrap()]
}

fn moment(chance: &mut Chance, from: i64, to: i64) -> i64 {
    from + i64::try_from(chance.below((to - from).unsigned_abs())).unwrap()
}

async fn sums_of_queues_are_a_recount_of_the_log_lp_03(place: Place) {
    let db = Db::open(&place.url()).await.unwrap();
    let mut limits = BTreeMap::new();
    for (extension, service_level_s) in [("800", 20), ("801", 45)] {
        let wish = QueueSettings {
            name: extension.into(),
            extension: extension.into(),
            service_level_s,
            ..QueueSettings::default()
        };
        let Written::Done(id) = db.add_queue(&wish, Hand { user_id: "u", now: 1 }).await.unwrap() else { panic!() };
        limits.insert(id, i64::from(service_level_s) * 1000);
    }
    let queues: Vec<&str> = limits.keys().map(String::as_str).chain(["gone"]).collect();
    let mut chance = Chance::from_number(7);
    let mut log = Vec::new();
    for _ in 0..1500 {
        let event = any(&mut chance, &["joined", "resumed", "offered", "answered", "missed", "left", "over"]);
        let detail = match event {
            "left" => any(&mut chance, &["abandoned", "timed_out", "no_agent", "sent_on"]),
            _ => "",
        };
        let row = QueueEventRow {
            at_ms: moment(&mut chance, TODAY - DAY - DAY / 4, NOW),
            queue: any(&mut chance, &queues).to_owned(),
            stay: String::new(),
            agent: String::new(),
            event,
            detail: detail.to_owned(),
            took_ms: moment(&mut chance, 0, 90_000),
        };
        db.add_queue_event(&row).await.unwrap();
        log.push(row);
    }
    let days = PanelDays { today_ms: TODAY, yesterday_ms: TODAY - DAY };
    let found = db.day_sums(days).await.unwrap();
    let mut slots = BTreeMap::new();
    for (id, limit) in &limits {
        let mut expected = DaySums::default();
        for row in log.iter().filter(|row| row.queue == *id) {
            if row.at_ms < TODAY {
                expected.answered_yesterday += u64::from(row.event == "answered" && row.at_ms >= TODAY - DAY);
                continue;
            }
            let mut fates = Fates::default();
            match (row.event, row.detail.as_str()) {
                ("joined" | "resumed", _) => expected.came += 1,
                ("over", _) => {
                    expected.talks += 1;
                    expected.talked_ms += row.took_ms.unsigned_abs();
                }
                ("answered", _) => {
                    fates = Fates { answered: 1, in_time: u64::from(row.took_ms <= *limit), ..fates };
                }
                ("left", how) => {
                    fates.abandoned = u64::from(how == "abandoned");
                    fates.late = u64::from(how != "sent_on" && row.took_ms > *limit);
                }
                _ => {}
            }
            expected.fates.add(fates);
            if matches!(row.event, "answered" | "left") {
                let slot = usize::try_from((row.at_ms - TODAY) / SLOT_MS).unwrap();
                slots.entry((slot, id.clone())).or_insert_with(Fates::default).add(fates);
            }
        }
        assert_eq!(found.get(id), Some(&expected), "{id}");
        assert!(expected.fates.in_time > 0 && expected.fates.late > 0 && expected.answered_yesterday > 0);
    }
    assert!(!found.contains_key("gone") || found["gone"].fates == Fates::default(), "only yesterday is counted of it");
    let half_hours = db.half_hours(TODAY).await.unwrap();
    let half_hours: BTreeMap<_, _> = half_hours.into_iter().map(|(slot, id, fates)| ((slot, id), fates)).collect();
    assert_eq!(half_hours, slots);
    let level = Fates { answered: 3, in_time: 2, abandoned: 9, late: 1 }.service_level();
    assert_eq!((level, Fates::default().service_level()), (Some(50.0), None));
    db.close().await;
}

async fn breaks_are_a_recount_of_the_log_ch_03(place: Place) {
    let db = Db::open(&place.url()).await.unwrap();
    let mut chance = Chance::from_number(9);
    let mut log: Vec<(String, String, i64, i64)> = Vec::new();
    for user in ["noor", "rana", "sami"] {
        let mut at = TODAY - DAY;
        while at < NOW {
            let status = any(&mut chance, &["available", "break", "dnd", "meeting", "other", "offline"]);
            db.log_status(user, status, at).await.unwrap();
            if let Some(last) = log.last_mut().filter(|last| last.0 == user) {
                last.3 = at;
            }
            log.push((user.into(), status.into(), at, NOW));
            at = moment(&mut chance, at + 1, at + 3 * 60 * 60 * 1000);
        }
    }
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    for (user, status, since, until) in &log {
        let ms = until - since.max(&TODAY);
        if ms > 0 && !matches!(status.as_str(), "available" | "offline") {
            *expected.entry((user.clone(), status.clone())).or_default() += ms.unsigned_abs();
        }
    }
    let found = db.breaks(TODAY, NOW).await.unwrap();
    let found: BTreeMap<_, _> = found.into_iter().map(|it| ((it.user_id, it.status_id), it.ms)).collect();
    assert_eq!(found, expected);
    // A server that was killed: nobody was seen after the last thing that it wrote.
    let last = log.iter().map(|row| row.2).max().unwrap();
    db.close_status_log().await.unwrap();
    let (soon, later) = (db.breaks(TODAY, NOW).await.unwrap(), db.breaks(TODAY, NOW + DAY).await.unwrap());
    assert_eq!(soon, later, "nothing runs any more");
    let total: u64 = db.breaks(TODAY, last).await.unwrap().iter().map(|it| it.ms).sum();
    assert_eq!(soon.iter().map(|it| it.ms).sum::<u64>(), total);
    db.close().await;
}

async fn directions_are_a_recount_of_the_log_and_old_rows_are_forgotten_ch_02(place: Place) {
    let db = Db::open(&place.url()).await.unwrap();
    let mut chance = Chance::from_number(11);
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    for n in 0..300 {
        let began_ms = moment(&mut chance, TODAY - DAY, NOW);
        let row = CallRow {
            call: n.to_string(),
            extension: any(&mut chance, &["101", "102", "103"]).to_owned(),
            direction: any(&mut chance, &["inbound", "outbound", "internal", "conference", "eavesdrop"]),
            began_ms,
            answered_ms: 0,
            ended_ms: began_ms + 5,
        };
        db.log_call(&row).await.unwrap();
        if began_ms >= TODAY {
            *expected.entry((row.extension, row.direction.to_owned())).or_default() += 1;
        }
    }
    let found = db.calls_by_direction(TODAY).await.unwrap();
    assert_eq!(found.into_iter().map(|(a, b, n)| ((a, b), n)).collect::<BTreeMap<_, _>>(), expected);
    assert_eq!(db.forget_logs(TODAY - DAY + KEPT_MS).await.unwrap(), 0);
    assert_eq!(db.forget_logs(NOW + KEPT_MS).await.unwrap(), 300);
    assert_eq!(db.calls_by_direction(0).await.unwrap(), []);
    db.close().await;
}
