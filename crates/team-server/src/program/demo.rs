//! `rannan-server demo`: a contact centre to look at, in a folder of its own.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use actors::{Cast, Part, Troupe};
use base::{Chance, Secret};
use team_server::{Furnished, Plan, RunningServer, ServerConfig, furnish, is_free, start};
use tempfile::TempDir;

use super::demo_args::Demo;

/// Files of the database in the folder.
const FILES: [&str; 3] = ["server.db", "server.db-wal", "server.db-shm"];
/// What agents write beside their status.
const COURSE: (&str, &str) = ("In a course", "في دورة تدريبية");

/// Furnishes, starts, plays, until `end` comes.
pub async fn run(demo: Demo, end: impl Future<Output = ()>) -> Result<(), String> {
    let folder = Folder::of(&demo).await?;
    let plan = Plan::contact_centre(demo.agents, demo.callers(), |number| demo.language.is_arabic(number));
    let password = password()?;
    let config = ServerConfig::in_dir(demo.listen, folder.path());
    let team = furnish(&config.database_url, &plan, password.clone()).await.map_err(|e| e.to_string())?;
    let server = start(config).await.map_err(|e| e.to_string())?;
    let troupe = cast(&demo, &plan, &team, &server).and_then(|cast| Troupe::start(cast).map_err(|e| e.to_string()));
    let troupe = match troupe {
        Ok(troupe) => troupe,
        Err(error) => {
            server.shutdown().await;
            return Err(error);
        }
    };
    let ended = match invite(&demo, &plan, &server, &password) {
        Ok(()) => {
            end.await;
            Ok(())
        }
        // Whoever started us is gone.
        Err(error) => Err(format!("writing to standard output: {error}")),
    };
    troupe.end().await;
    server.shutdown().await;
    folder.close()?;
    ended
}

fn cast(demo: &Demo, plan: &Plan, team: &[Furnished], server: &RunningServer) -> Result<Cast, String> {
    let part = |(number, person): (usize, &Furnished)| Part {
        extension: person.extension.clone(),
        session: person.session.clone(),
        course: if demo.language.is_arabic(number) { COURSE.1 } else { COURSE.0 },
    };
    let (_newcomer, actors) = team.split_first().ok_or("nobody was made")?;
    let (agents, callers) = actors.split_at_checked(demo.agents).ok_or("too few were made")?;
    Ok(Cast {
        server: format!("http://{}", server.addr()),
        agents: agents.iter().enumerate().map(part).collect(),
        callers: callers.iter().enumerate().map(part).collect(),
        queues: plan.queues.iter().map(|queue| queue.settings.extension.clone()).collect(),
        pace: demo.pace,
        // Media stay on this computer, as everything else does.
        local_ips: vec![server.addr().ip()],
        seed: demo.seed,
    })
}

/// Says how to get in.
fn invite(demo: &Demo, plan: &Plan, server: &RunningServer, password: &Secret) -> std::io::Result<()> {
    let address = format!("http://{}", server.addr());
    let newcomer = plan.people.first().map(|it| (it.email.as_str(), it.extension.as_str())).unwrap_or_default();
    let mut out = std::io::stdout().lock();
    if demo.json {
        let named = |(name, extension): (&String, &String)| serde_json::json!({ "name": name, "extension": extension });
        let agents = plan.people.iter().skip(1).take(demo.agents).map(|it| named((&it.name, &it.extension)));
        let queues = plan.queues.iter().map(|it| named((&it.settings.name, &it.settings.extension)));
        let line = serde_json::json!({
            "address": address, "email": newcomer.0, "password": password.reveal(), "extension": newcomer.1,
            "agents": agents.collect::<Vec<_>>(), "queues": queues.collect::<Vec<_>>(),
            "callers": demo.callers(), "calls_per_minute": demo.pace.calls_per_minute(), "seed": demo.seed,
        });
        writeln!(out, "{line}")?;
        return out.flush();
    }
    writeln!(out, "A contact centre is open: {} agents, {} callers.\n", demo.agents, demo.callers())?;
    writeln!(out, "  Address   {address}\n  E-mail    {}\n  Password  {}\n", newcomer.0, password.reveal())?;
    writeln!(out, "Sign in with these in the app. Then try:")?;
    writeln!(out, "  - Team and Live panel: who talks, who waits, how long; take a waiting caller.")?;
    for queue in &plan.queues {
        let name = &queue.settings.name;
        // The name may be written from right to left: U+2068 and U+2069 keep it apart.
        writeln!(out, "  - Call \u{2068}{name}\u{2069} ({}): an agent answers.", queue.settings.extension)?;
    }
    writeln!(out, "  - Stay available: calls from the queues come to you when everybody else is busy.")?;
    writeln!(out, "  - Directory, Departments, Roles, Statuses: you may change everything.\n")?;
    writeln!(out, "Ctrl+C ends it{}.", if demo.data.is_none() { ", and nothing is kept" } else { "" })?;
    out.flush()
}

/// Keeps the rules for passwords, and nobody guesses it.
fn password() -> Result<Secret, String> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| format!("random bytes: {error}"))?;
    let mut chance = Chance::from_seed(seed);
    Ok(Secret::new(format!("Demo-{:03}-{}", chance.below(1000), &chance.token()[..8])))
}

/// Where the database is.
enum Folder {
    Own(TempDir),
    Named(PathBuf),
}

impl Folder {
    async fn of(demo: &Demo) -> Result<Folder, String> {
        let Some(dir) = &demo.data else {
            let own = tempfile::Builder::new().prefix("rannan-demo-").tempdir();
            return own.map(Folder::Own).map_err(|error| format!("making a folder: {error}"));
        };
        let database = dir.join(FILES[0]);
        if database.exists() {
            let url = ServerConfig::in_dir(demo.listen, dir).database_url;
            if !is_free(&url).await.map_err(|error| error.to_string())? {
                return Err(format!("{} holds a real team; name an empty folder, or none", dir.display()));
            }
            for file in FILES.iter().map(|name| dir.join(name)).filter(|file| file.exists()) {
                let told = |error| format!("removing {}: {error}", file.display());
                std::fs::remove_file(&file).map_err(told)?;
            }
        }
        Ok(Folder::Named(dir.clone()))
    }

    fn path(&self) -> &Path {
        match self {
            Folder::Own(own) => own.path(),
            Folder::Named(dir) => dir,
        }
    }

    fn close(self) -> Result<(), String> {
        match self {
            Folder::Own(own) => own.close().map_err(|error| format!("removing the folder: {error}")),
            Folder::Named(_) => Ok(()),
        }
    }
}
