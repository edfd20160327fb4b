//! The hands of a job: a few workers, each with one user at the server at a time.

use model::{EditUser, NewUser};
use team_client::TeamClient;

use super::door::Bulk;
use super::job::{Outcome, Task};
use super::plan::made_before;
use super::wish::{BulkWhy, RowFault, UserField, UserWish};
use crate::directory::{DirectoryError, refused};
use crate::session::SignInError;

/// Users at the server at the same time: as many passwords as it hashes side by side.
const WORKERS: usize = 2;
/// Tries of a change while somebody else changes the same user.
const TRIES: usize = 3;

/// Carries out what is left of a job, with the sign-in of whoever started it.
pub(super) fn begin(bulk: &Bulk, job: u64, server: &TeamClient) {
    for _ in 0..WORKERS {
        let (bulk, server) = (bulk.clone(), server.clone());
        tokio::spawn(async move {
            while let Some(task) = bulk.take(job) {
                let outcome = done(&server, &task).await;
                bulk.finish(job, task.at, outcome).await;
            }
        });
    }
}

async fn done(server: &TeamClient, task: &Task) -> Outcome {
    let done = match &task.user {
        None => make(server, task).await,
        Some(user) => change(server, user, &task.wish).await,
    };
    done.unwrap_or_else(failed)
}

async fn make(server: &TeamClient, Task { wish, tried, .. }: &Task) -> Result<Outcome, DirectoryError> {
    let UserWish { extension, name, email, password, pin, role, department, is_agent, agent, skills } = wish.clone();
    let mut card = model::AgentCard { is_agent: is_agent.unwrap_or_default(), skills, ..model::AgentCard::default() };
    card.options = agent.over(card.options);
    let new = NewUser {
        extension,
        name: name.unwrap_or_default(),
        email: email.unwrap_or_default(),
        password: password.unwrap_or_else(|| base::Secret::new(String::new())),
        role: role.unwrap_or(model::Role::User),
        department,
        agent: card,
        acl: Vec::new(),
        pin: pin.unwrap_or_else(|| base::Secret::new(String::new())),
        use_voicemail: false,
    };
    match server.add_user(new).await.map_err(refused) {
        Ok(_) => Ok(Outcome::Made),
        // The answer to an earlier try was lost: is it ours?
        Err(why @ (DirectoryError::ExtensionTaken | DirectoryError::EmailTaken)) if *tried => {
            let users = server.directory().await.map_err(refused)?;
            made_before(wish, &users).map(|_| Outcome::Made).ok_or(why)
        }
        Err(why) => Err(why),
    }
}

async fn change(server: &TeamClient, user: &str, wish: &UserWish) -> Result<Outcome, DirectoryError> {
    let mut tries = 0;
    while wish.says_of_card() {
        let card = server.user_card(user).await.map_err(refused)?;
        let mut agent = card.agent.clone();
        agent.is_agent = wish.is_agent.unwrap_or(agent.is_agent);
        agent.options = wish.agent.over(agent.options);
        let edit = EditUser {
            version: card.version,
            name: wish.name.clone(),
            email: wish.email.clone(),
            password: wish.password.clone(),
            pin: wish.pin.clone(),
            agent: (agent != card.agent).then_some(agent),
            ..EditUser::default()
        };
        tries += 1;
        match server.edit_user(user, edit).await.map_err(refused) {
            Ok(_) => break,
            Err(DirectoryError::Changed) if tries < TRIES => {}
            Err(why) => return Err(why),
        }
    }
    if wish.role.is_some() || wish.department.is_some() {
        let mut rights = server.user_rights(user).await.map_err(refused)?;
        let before = rights.clone();
        rights.role = wish.role.unwrap_or(rights.role);
        rights.department = wish.department.clone().unwrap_or(rights.department);
        if rights != before {
            server.put_user_rights(user, &rights).await.map_err(refused)?;
        }
    }
    Ok(Outcome::Changed)
}

/// What a refusal means for the row; what is none of the row's fault ends the job, which can go on later.
fn failed(why: DirectoryError) -> Outcome {
    let fault = |why, field| Outcome::Failed(RowFault::new(why, field));
    match why {
        DirectoryError::NotSignedIn => Outcome::Lost(why),
        DirectoryError::Server(SignInError::Server { status: 400..=499, .. }) => {
            fault(BulkWhy::Refused, UserField::Ignore)
        }
        DirectoryError::Server(_) => Outcome::Lost(why),
        DirectoryError::NotYours => fault(BulkWhy::NotYours, UserField::Ignore),
        DirectoryError::NoSuchUser => fault(BulkWhy::Gone, UserField::Id),
        DirectoryError::Changed => fault(BulkWhy::Changed, UserField::Ignore),
        DirectoryError::ExtensionTaken => fault(BulkWhy::ExtensionTaken, UserField::Id),
        DirectoryError::EmailTaken => fault(BulkWhy::EmailTaken, UserField::Email),
        DirectoryError::WeakPassword => fault(BulkWhy::WeakPassword, UserField::Password),
        DirectoryError::Extension => fault(BulkWhy::BadId, UserField::Id),
        DirectoryError::Name => fault(BulkWhy::BadName, UserField::Name),
        DirectoryError::Email => fault(BulkWhy::BadEmail, UserField::Email),
        DirectoryError::Pin => fault(BulkWhy::BadPin, UserField::Pin),
        DirectoryError::Yourself => fault(BulkWhy::Yourself, UserField::Ignore),
        DirectoryError::LastOwner => fault(BulkWhy::LastOwner, UserField::Role),
        DirectoryError::Acl | DirectoryError::Card | DirectoryError::Status | DirectoryError::StatusText => {
            fault(BulkWhy::Refused, UserField::Ignore)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_the_fault_of_a_row_fails_it_bk_01() {
        let lost = [
            DirectoryError::NotSignedIn,
            DirectoryError::Server(SignInError::Unreachable),
            DirectoryError::Server(SignInError::Expired),
            DirectoryError::Server(SignInError::Server { status: 503, code: String::new() }),
        ];
        for why in lost {
            assert_eq!(failed(why.clone()), Outcome::Lost(why));
        }
        let refused = DirectoryError::Server(SignInError::Server { status: 422, code: "x".into() });
        assert_eq!(failed(refused), Outcome::Failed(RowFault::new(BulkWhy::Refused, UserField::Ignore)));
    }
}
