//! What the server cost, and what came out.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Load;
use crate::watchers::Summary;

/// What a process has used until now, as Linux tells it.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    at: std::time::Instant,
    cpu_s: f64,
    rss_mib: f64,
}

impl Cost {
    pub fn of(pid: u32) -> Result<Cost, String> {
        let read = |file: &str| std::fs::read_to_string(format!("/proc/{pid}/{file}")).map_err(|e| e.to_string());
        let (stat, status) = (read("stat")?, read("status")?);
        // After the name in brackets, which may hold anything: utime and stime are 12th and 13th, in hundredths of a second.
        let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace().skip(11).take(2);
        let cpu_s = fields.filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        let kib: f64 = line.split_whitespace().next().and_then(|it| it.parse().ok()).unwrap_or_default();
        Ok(Cost { at: std::time::Instant::now(), cpu_s, rss_mib: kib / 1024.0 })
    }

    /// Share of one core between two moments, per cent.
    fn cpu_since(&self, before: &Cost) -> f64 {
        100.0 * (self.cpu_s - before.cpu_s) / self.at.duration_since(before.at).as_secs_f64()
    }
}

pub struct Report {
    pub load: Load,
    pub signed_on: Duration,
    pub empty: Cost,
    pub full: Cost,
    pub quiet: Cost,
    pub busy: Cost,
    pub latency: Summary,
    pub expected: usize,
    pub complete: bool,
}

impl Report {
    fn per_thousand(&self, value: f64) -> f64 {
        value * 1000.0 / self.load.agents as f64
    }

    fn rss_per_thousand(&self) -> f64 {
        self.per_thousand(self.full.rss_mib - self.empty.rss_mib)
    }

    pub fn json(&self) -> Value {
        let Load { agents, departments, callers, changes, seconds, postgres, .. } = self.load;
        json!({
            "database": if postgres { "postgres" } else { "sqlite" },
            "agents": agents, "departments": departments, "callers": callers, "changes_per_second": changes, "seconds": seconds,
            "sign_on_s": self.signed_on.as_secs_f64(),
            "presence_ms": { "p50": self.latency.p50_ms, "p99": self.latency.p99_ms, "max": self.latency.max_ms },
            "arrived": self.latency.count, "expected": self.expected, "complete": self.complete,
            "rss_mib": { "empty": self.empty.rss_mib, "full": self.full.rss_mib, "busy": self.busy.rss_mib,
                         "per_1000_agents": self.rss_per_thousand() },
            "cpu_percent": { "quiet": self.quiet.cpu_since(&self.full), "busy": self.busy.cpu_since(&self.quiet),
                             "quiet_per_1000_agents": self.per_thousand(self.quiet.cpu_since(&self.full)),
                             "busy_per_1000_agents": self.per_thousand(self.busy.cpu_since(&self.quiet)) },
        })
    }

    pub fn table(&self) -> String {
        let Load { agents, departments, callers, changes, seconds, postgres, .. } = self.load;
        let database = if postgres { "PostgreSQL" } else { "SQLite" };
        let (quiet, busy) = (self.quiet.cpu_since(&self.full), self.busy.cpu_since(&self.quiet));
        let rows = [
            (
                "load",
                format!(
                    "{database}, {agents} agents in {departments} department(s), {callers} callers, {changes}/s for {seconds} s"
                ),
            ),
            ("signing on", format!("{:.1} s", self.signed_on.as_secs_f64())),
            ("changes that arrived", format!("{} of {}", self.latency.count, self.expected)),
            (
                "presence p50 / p99 / max",
                format!("{:.1} / {:.1} / {:.1} ms", self.latency.p50_ms, self.latency.p99_ms, self.latency.max_ms),
            ),
            (
                "RSS empty / full / busy",
                format!("{:.1} / {:.1} / {:.1} MiB", self.empty.rss_mib, self.full.rss_mib, self.busy.rss_mib),
            ),
            ("RSS per 1,000 agents", format!("{:.1} MiB", self.rss_per_thousand())),
            ("CPU quiet / busy", format!("{quiet:.1} / {busy:.1} % of a core")),
            ("CPU per 1,000 agents", format!("{:.1} / {:.1} %", self.per_thousand(quiet), self.per_thousand(busy))),
        ];
        rows.map(|(name, value)| format!("{name:<26} {value}")).join("\n")
    }
}
