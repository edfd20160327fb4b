//! The job's part of the engine's door: one file and one job at a time, for whoever is signed in.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base::{Chance, Secret};
use book::csv::Options;
use model::made_password;
use team_client::{TeamClient, TeamError};
use tokio::sync::mpsc;

use super::export;
use super::file::{self, BulkFile, ReadRow};
use super::job::{BulkNews, BulkRow, BulkView, Job, Origin, Outcome, Row, RowState, Task};
use super::plan::{Judge, Known, Verdict};
use super::range::{self, RangeFault, RangeWish};
use super::run;
use super::wish::{BulkWhy, UserField};
use super::words::TableLanguage;
use crate::directory::{DirectoryError, refused};
use crate::handle::EngineHandle;
use crate::mail::Mail;
use crate::session::Session;

/// Why nothing was planned or done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BulkError {
    /// It is no range.
    #[error(transparent)]
    Range(#[from] RangeFault),
    /// This is no table.
    #[error("this is no table")]
    NotATable,
    /// More than 10 MiB.
    #[error("the file is too large")]
    TooLarge,
    /// More than 10,000 rows.
    #[error("the file has more than 10,000 rows")]
    TooManyRows,
    /// No column says the Id.
    #[error("no column says the Id")]
    NoIdColumn,
    /// Another file was opened since.
    #[error("this file is not open any more")]
    NoSuchFile,
    /// There is no such job any more, or it has no such row.
    #[error("there is no such job")]
    NoSuchJob,
    /// Another job runs.
    #[error("another job runs")]
    Busy,
    /// The system gives no random numbers, or a thread has died.
    #[error("{0}")]
    Internal(String),
    /// The directory was not read.
    #[error(transparent)]
    Directory(#[from] DirectoryError),
}

/// Keeps the open file and the job. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Bulk {
    kept: Arc<Mutex<Kept>>,
    mail: mpsc::Sender<Mail>,
}

#[derive(Default)]
struct Kept {
    last: u64,
    file: Option<Arc<OpenFile>>,
    job: Option<Job>,
}

struct OpenFile {
    id: u64,
    name: String,
    bytes: Vec<u8>,
}

impl Bulk {
    pub fn new(mail: mpsc::Sender<Mail>) -> Bulk {
        Bulk { kept: Arc::default(), mail }
    }

    pub(super) fn take(&self, job: u64) -> Option<Task> {
        self.kept().job.as_mut().filter(|it| it.id == job)?.take()
    }

    pub(super) async fn finish(&self, job: u64, at: usize, outcome: Outcome) {
        let news = self.kept().job.as_mut().filter(|it| it.id == job).map(|it| it.finish(at, outcome));
        self.tell(news).await;
    }

    async fn tell(&self, news: Option<BulkNews>) {
        if let Some(news) = news {
            // Nobody is left to be told when the program ends.
            let _ = self.mail.send(Mail::Bulk(Box::new(news))).await;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        // Whoever panicked has left whole rows behind: each change is one call.
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Many users at once.
impl EngineHandle {
    /// Plans a range; nothing is done yet. An earlier job is forgotten.
    ///
    /// # Errors
    /// [`BulkError`].
    pub async fn bulk_range(&self, range: &RangeWish) -> Result<BulkView, BulkError> {
        let wishes = range::wishes(range)?;
        let rows = wishes.into_iter().zip(1..).map(|(wish, line)| (line, wish, None)).collect();
        let origin = Origin { separator: b';', header: vec!["Id".to_owned()], ..Origin::default() };
        self.plan(origin, rows, false).await
    }

    /// Opens the bytes of a file and says how they look. Another file that was open is forgotten.
    ///
    /// # Errors
    /// [`BulkError`].
    pub async fn bulk_open_file(&self, name: &str, bytes: Vec<u8>) -> Result<BulkFile, BulkError> {
        if bytes.len() > file::LARGEST {
            return Err(BulkError::TooLarge);
        }
        let id = {
            let mut kept = self.0.bulk.kept();
            kept.last += 1;
            let id = kept.last;
            kept.file = Some(Arc::new(OpenFile { id, name: name.to_owned(), bytes }));
            id
        };
        self.bulk_look(id, None, None).await
    }

    /// Looks at the open file again, read in another way.
    ///
    /// # Errors
    /// [`BulkError`].
    pub async fn bulk_look(
        &self,
        file: u64,
        options: Option<Options>,
        mapping: Option<Vec<UserField>>,
    ) -> Result<BulkFile, BulkError> {
        let open = self.open_bulk_file(file)?;
        aside(move || file::look(open.id, &open.name, &open.bytes, options, mapping)).await?
    }

    /// Plans the rows of the open file; nothing is done yet. An earlier job is forgotten.
    ///
    /// # Errors
    /// [`BulkError`].
    pub async fn bulk_plan(&self, file: u64, options: Options, mapping: Vec<UserField>) -> Result<BulkView, BulkError> {
        let open = self.open_bulk_file(file)?;
        let departments = self.bulk_server().await?.departments().await.map_err(not_read)?;
        let read = move || file::read(&open.name, &open.bytes, options, &mapping, &departments);
        let (origin, rows) = aside(read).await??;
        self.plan(origin, rows, true).await
    }

    async fn plan(&self, origin: Origin, rows: Vec<ReadRow>, changes: bool) -> Result<BulkView, BulkError> {
        let server = self.bulk_server().await?;
        let owner = self.bulk_owner().await?;
        let own = server.my_rights().await.map_err(not_read)?;
        let users = server.directory().await.map_err(not_read)?;
        // Who does not administer queues hears of a taken extension when the row is carried out.
        let queues = server.queue_extensions().await.unwrap_or_default();
        let mut seed = [0u8; 32];
        getrandom::fill(&mut seed).map_err(|fault| BulkError::Internal(fault.to_string()))?;
        let rows = aside(move || {
            let known = Known::new(users, queues, own.role);
            let mut judge = Judge::new(&known, changes);
            let mut chance = Chance::from_seed(seed);
            rows.into_iter()
                .map(|(line, wish, fault)| {
                    let verdict = match fault {
                        Some(fault) => Verdict::bad(fault.why, fault.field, ""),
                        None => judge.judge(&wish),
                    };
                    let makes = verdict.state == RowState::New && wish.password.is_none();
                    Row::new(line, wish, verdict, makes.then(|| made_password(&mut chance)))
                })
                .collect()
        })
        .await?;
        let mut kept = self.0.bulk.kept();
        if kept.job.as_ref().is_some_and(Job::is_running) {
            return Err(BulkError::Busy);
        }
        kept.last += 1;
        let job = Job::new(kept.last, owner, origin, rows);
        Ok(kept.job.insert(job).view())
    }

    /// The job of whoever is signed in; `None`: there is none.
    pub async fn bulk(&self) -> Option<BulkView> {
        let owner = self.bulk_owner().await.ok()?;
        self.0.bulk.kept().job.as_ref().filter(|job| job.owner == owner).map(Job::view)
    }

    /// Rows of a job from the `offset`th, `limit` at most; those that were not carried out only, when `faults`.
    ///
    /// # Errors
    /// [`BulkError::NoSuchJob`].
    pub async fn bulk_rows(
        &self,
        job: u64,
        offset: usize,
        limit: usize,
        faults: bool,
    ) -> Result<Vec<BulkRow>, BulkError> {
        self.with_job(job, |job| Ok(job.page(offset, limit, faults))).await
    }

    /// Carries out what is left of a job; `EngineEvent::Bulk` says how far it is.
    ///
    /// # Errors
    /// [`BulkError`].
    pub async fn bulk_start(&self, job: u64) -> Result<(), BulkError> {
        let server = self.bulk_server().await?;
        let (begins, view) = self.with_job(job, |job| Ok((job.start(), job.view()))).await?;
        self.0.bulk.tell(Some(BulkNews { view, changed: Vec::new() })).await;
        if begins {
            run::begin(&self.0.bulk, job, &server);
        }
        Ok(())
    }

    /// No further row: what is done stays, what is at the server is waited for.
    ///
    /// # Errors
    /// [`BulkError::NoSuchJob`].
    pub async fn bulk_stop(&self, job: u64) -> Result<(), BulkError> {
        let view = self.with_job(job, |job| {
            job.stop();
            Ok(job.view())
        });
        let news = BulkNews { view: view.await?, changed: Vec::new() };
        self.0.bulk.tell(Some(news)).await;
        Ok(())
    }

    /// Forgets a job that does not run, with the passwords that it made, and the open file.
    pub fn bulk_leave(&self, job: u64) {
        let mut kept = self.0.bulk.kept();
        if kept.job.as_ref().is_some_and(|it| it.id == job && !it.is_running()) {
            kept.job = None;
            kept.file = None;
        }
    }

    /// The password that was made for the user of a row.
    ///
    /// # Errors
    /// [`BulkError::NoSuchJob`].
    pub async fn bulk_password(&self, job: u64, row: usize) -> Result<Secret, BulkError> {
        self.with_job(job, |job| job.password(row).ok_or(BulkError::NoSuchJob)).await
    }

    /// A table of everybody who was made, with the passwords that were made. Keep it as what it is.
    ///
    /// # Errors
    /// [`BulkError::NoSuchJob`].
    pub async fn bulk_passwords(&self, job: u64, language: TableLanguage) -> Result<Secret, BulkError> {
        self.with_job(job, |job| Ok(Secret::new(export::passwords(job, language)))).await
    }

    /// The rows that were not carried out as a table: as they stood in the file, with its separator, and `reason` behind them under
    /// `heading`.
    ///
    /// # Errors
    /// [`BulkError::NoSuchJob`].
    pub async fn bulk_faults(
        &self,
        job: u64,
        heading: &str,
        reason: impl Fn(BulkWhy) -> String,
    ) -> Result<String, BulkError> {
        self.with_job(job, |job| Ok(export::faults(job, heading, reason))).await
    }

    /// The directory as a table without anything that is secret: those of `ids`, in their order; everybody by extension for `None`.
    ///
    /// # Errors
    /// [`BulkError::Directory`].
    pub async fn directory_table(&self, ids: Option<&[String]>, language: TableLanguage) -> Result<String, BulkError> {
        let server = self.bulk_server().await?;
        let mut users = server.directory().await.map_err(not_read)?;
        let departments = server.departments().await.map_err(not_read)?;
        if let Some(ids) = ids {
            let place: std::collections::HashMap<&str, usize> =
                ids.iter().enumerate().map(|(at, id)| (id.as_str(), at)).collect();
            users.retain(|user| place.contains_key(user.id.as_str()));
            users.sort_by_key(|user| place.get(user.id.as_str()).copied());
        }
        aside(move || export::directory(&users, &departments, language)).await
    }

    async fn with_job<T>(&self, id: u64, act: impl FnOnce(&mut Job) -> Result<T, BulkError>) -> Result<T, BulkError> {
        let owner = self.bulk_owner().await?;
        let mut kept = self.0.bulk.kept();
        match kept.job.as_mut().filter(|job| job.id == id && job.owner == owner) {
            Some(job) => act(job),
            None => Err(BulkError::NoSuchJob),
        }
    }

    fn open_bulk_file(&self, id: u64) -> Result<Arc<OpenFile>, BulkError> {
        self.0.bulk.kept().file.clone().filter(|file| file.id == id).ok_or(BulkError::NoSuchFile)
    }

    async fn bulk_owner(&self) -> Result<(String, String), BulkError> {
        match self.snapshot().await.map(|snapshot| snapshot.session) {
            Some(Session::SignedIn(user)) => Ok((user.server, user.id)),
            _ => Err(DirectoryError::NotSignedIn.into()),
        }
    }

    async fn bulk_server(&self) -> Result<TeamClient, BulkError> {
        Ok(self.team_client().await.ok_or(DirectoryError::NotSignedIn)?)
    }
}

fn not_read(fault: TeamError) -> BulkError {
    BulkError::Directory(refused(fault))
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, BulkError> {
    tokio::task::spawn_blocking(work).await.map_err(|fault| BulkError::Internal(fault.to_string()))
}
